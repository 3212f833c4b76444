package dispatch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/world"
)

// ErrServerEnds is the cause with which contexts end when the server does.
var ErrServerEnds = errors.New("the server ends")

// Exchange is one request on its way through the gates, and what they found out. Each group of fields is filled by what
// its comment names and changed by nobody else.
type Exchange struct {
	// By the router.
	Request   *http.Request
	Operation *Operation // nil: no operation has the path
	Path      url.Values // the parameters in the path
	Began     time.Time  // by the machine's clock
	writer    http.ResponseWriter

	// By readBody.
	Body []byte // whole; empty for none

	// By authenticate or findWorld, and permit.
	World   *world.World // nil: the request names none
	Program string       // whom the call acts for

	// By inject.
	decision fault.Decision // what a fault rule has become of the call

	// By checkRequest.
	Query  url.Values // nil for none
	Unread []string   // what the client sent that the contract does not know

	// By perform.
	call    Call
	slow    time.Duration // how long a slow test venue takes
	worldAt time.Time     // when the operation was, by the world's clock; zero: there was none

	// By the gate that ended the way.
	reply Reply
	ended bool

	dispatcher *Dispatcher
	surface    *surface
	gone       bool            // the client went away while it waited
	context    context.Context // see Context
	release    func()
}

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
	if ctx := x.Context(); fault.Sleep(ctx, d) != nil && !errors.Is(context.Cause(ctx), ErrServerEnds) {
		x.gone = true
	}
}

// lost says that the client gets no answer.
func (x *Exchange) lost() bool { return x.gone || x.decision.Drop != "" }
