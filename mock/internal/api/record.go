package api

import (
	"net/http"
	"time"

	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/platform"
)

// record tells an exchange to the journal of its world; one without a world is told to the default world's.
func (s *Surface) record(x *exchange, r reply, header http.Header, requestID string) {
	world := x.world
	if world == nil {
		world = s.Platform.World(platform.DefaultWorld)
	}
	now, at := time.Now(), x.worldAt
	if at.IsZero() {
		at = world.Now()
	}
	e := journal.Exchange{
		Head: journal.Head{
			At: now, World: at, Method: x.request.Method, Path: x.request.URL.Path, Query: x.request.URL.RawQuery,
			Origin: r.origin, Fault: x.decision.Rule, Status: r.status, Code: r.code, Symbol: string(r.symbol), Reason: r.reason,
			Unread: x.unread, Nearest: r.nearest, RequestID: requestID, Arrival: journal.Arrive(x.request.Context()),
		},
		Request:  journal.Raw{Header: x.request.Header, Body: x.body},
		Response: journal.Raw{Header: header, Body: r.body},
	}
	if x.op != nil {
		e.Operation = x.op.ID
	}
	if !x.began.IsZero() {
		e.Duration = duration.Duration(now.Sub(x.began))
	}
	world.Journal().Add(e)
	if s.Count != nil {
		s.Count(e.Operation, e.Status, e.Origin, time.Duration(e.Duration))
	}
}
