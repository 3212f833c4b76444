package dispatch

import (
	"context"
	"errors"
	"time"

	"dragonmock/mock/internal/wire"
)

// ErrServerEnds is the cause with which contexts end when the server does.
var ErrServerEnds = errors.New("the server ends")

// End ends the way of the request with an answer.
func (x *Exchange) End(r Reply) { x.reply, x.ended = r, true }

// Context ends when the client goes away or the server ends, which is then its cause: [ErrServerEnds].
func (x *Exchange) Context() context.Context {
	if x.context != nil {
		return x.context
	}
	server := x.dispatcher.Context
	if server == nil {
		x.context = x.Request.Context()
		return x.context
	}
	ctx, cancel := context.WithCancelCause(x.Request.Context())
	stop := context.AfterFunc(server, func() { cancel(ErrServerEnds) })
	x.context, x.release = ctx, func() {
		stop()
		cancel(nil)
	}
	return ctx
}

// wait keeps the client waiting, unless it goes away. When the server ends it waits no longer.
func (x *Exchange) wait(d time.Duration) {
	if d <= 0 {
		return
	}
	if ctx := x.Context(); wire.Sleep(ctx, d) != nil && !errors.Is(context.Cause(ctx), ErrServerEnds) {
		x.gone = true
	}
}

// lost says that the client gets no answer.
func (x *Exchange) lost() bool { return x.gone || x.decision.Drop != "" }

// id is the operationId of the exchange; empty for none.
func (x *Exchange) id() string {
	if x.Operation == nil {
		return ""
	}
	return x.Operation.ID
}
