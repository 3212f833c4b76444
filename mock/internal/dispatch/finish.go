package dispatch

import (
	"net/http"
	"strconv"
	"time"

	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/intake"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/logbook"
	"dragonmock/mock/internal/seed"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/wire"
)

// finish sends the reply of the exchange, in one write, and records the exchange where its policy says so.
func (x *Exchange) finish() error {
	defer func() {
		if x.release != nil {
			x.release()
		}
	}()
	if x.Operation != nil && x.Operation.LargeBody {
		intake.Drain(x.writer, x.Request, x.Large, x.surface.Policy.MaxBody.Large)
	}
	r := &x.reply
	if x.surface.Policy.Own {
		r.Origin = envelope.Mock
	}
	r.reason = x.decision.Reason(r.reason, len(r.Body))
	x.log()
	if r.bare {
		x.writer.WriteHeader(r.Status)
		return nil
	}
	h := x.writer.Header()
	if x.surface.Policy.Record {
		x.nameRequest(h)
	}
	h.Set(envelope.OriginHeader, r.Origin)
	if r.symbol != "" {
		h.Set(envelope.ErrorHeader, string(r.symbol))
	}
	if r.reason != "" && intake.Explains(x.Request.Header) {
		h.Set(envelope.ReasonHeader, envelope.HeaderText(r.reason))
	}
	if r.ContentType == "" {
		r.ContentType = envelope.ContentType
	}
	h.Set("Content-Type", r.ContentType)
	for name, values := range r.Header {
		h[name] = values
	}
	if r.Stream != nil {
		if x.Request.Method == http.MethodHead {
			return nil // a stream that nobody reads would not end
		}
		return r.Stream(x.writer)
	}
	if x.lost() {
		r.Origin, r.Status = envelope.Fault, 0
	}
	if x.surface.Policy.Record {
		x.record(h)
	}
	if x.gone || !x.decision.IsZero() {
		return x.writeFaulty()
	}
	h.Set("Content-Length", strconv.Itoa(len(r.Body)))
	x.writer.WriteHeader(r.Status)
	_, err := x.writer.Write(r.Body)
	return err
}

// log tells the log of the exchange, and of an answer that broke the contract.
func (x *Exchange) log() {
	r, log, status := &x.reply, x.dispatcher.Log, x.reply.Status
	if x.breach != nil {
		log.Error(x.breach.Error(), "operation", x.id(), "status", status)
	}
	switch {
	case r.Stream != nil:
		status = http.StatusOK
	case x.lost():
		status = 0
	}
	if !logbook.Told(log, status) {
		return
	}
	told := logbook.Exchange{
		Method: x.Request.Method, Path: x.Request.URL.Path, Operation: x.id(), Status: status, Symbol: string(r.symbol), Message: r.message, Reason: r.reason,
		Fault: x.decision.Rule,
	}
	if x.World != nil {
		told.World = x.World.ID()
	}
	logbook.Tell(log, told)
}

// nameRequest gives the answer the id of its request: the one that the client sent, or one that is made of the seed of
// the world and the number of such requests.
func (x *Exchange) nameRequest(h http.Header) {
	id := x.Request.Header.Get(envelope.RequestIDHeader)
	if id == "" {
		if x.World != nil {
			id = x.World.NextRequestID()
		} else {
			id = seed.UUID(store.DefaultSeed, seed.RequestIDs, x.dispatcher.strays.Add(1))
		}
	}
	h.Set(envelope.RequestIDHeader, id)
}

// writeFaulty sends the reply as a fault rule has it.
func (x *Exchange) writeFaulty() error {
	if x.lost() {
		wire.Drop(x.writer)
		return nil
	}
	request := x.Request
	if x.decision.SlowBody > 0 {
		request = request.WithContext(x.Context())
	}
	if err := wire.Write(x.decision, x.writer, request, x.reply.Status, nil, x.reply.Body); err != nil {
		x.dispatcher.Log.Debug("the client went away", "error", err)
	}
	return nil
}

// record tells the exchange to the journal of its world; one without a world is told to the default world's.
func (x *Exchange) record(header http.Header) {
	r, world := &x.reply, x.World
	if world == nil {
		world = x.dispatcher.Host.World(host.DefaultWorld)
	}
	now, at := time.Now(), x.worldAt
	if at.IsZero() {
		at = world.Now()
	}
	e := journal.Exchange{
		Base: x.surface.owns(x.Request.URL.Path),
		Head: journal.Head{
			At: duration.Instant(now), World: duration.Instant(at), Method: x.Request.Method, Path: x.Request.URL.Path, Query: x.Request.URL.RawQuery, Operation: x.id(),
			Origin: r.Origin, Fault: x.decision.Rule, Status: r.Status, Code: r.code, Symbol: string(r.symbol), Reason: r.reason,
			Unread: x.Unread, Nearest: r.nearest, RequestID: header.Get(envelope.RequestIDHeader), Arrival: journal.Arrive(x.Request.Context()),
		},
		Request:  journal.Raw{Header: x.Request.Header, Body: x.Body},
		Response: journal.Raw{Header: header, Body: r.Body},
	}
	if !x.Began.IsZero() {
		e.Duration = duration.Millis(now.Sub(x.Began))
	}
	world.Journal().Add(e)
	if count := x.dispatcher.Count; count != nil {
		count(e.Operation, e.Status, e.Origin, time.Duration(e.Duration))
	}
}
