package sink

import (
	"fmt"
	"net/http"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/injection"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/panics"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// Render returns the body of a notice as the client gets it.
type Render func(dragonpass.Notice) ([]byte, error)

// Call is the sending of a callback, as fault rules see it.
func Call(n dragonpass.Notice, render Render) fault.Call {
	return fault.Call{Operation: outbox.Operation, Method: http.MethodPost, Path: "/" + outbox.Operation, Body: func() any {
		body, _ := render(n) // who sends it says what is wrong with it
		var value any
		_ = json.Unmarshal(body, &value)
		return value
	}}
}

// Sending is a callback on its way.
type Sending struct {
	store.Event
	does   fault.Decision
	failed error // why it cannot be sent; nil: it can
}

// Take takes the oldest callback that is to be delivered now, with what fault rules do to it: both in one transaction, so
// that no rule counts a callback of a state that is gone.
func Take(tx *world.Tx, render Render) (s Sending, ok bool) {
	if s.Event, ok = outbox.Take(tx); ok {
		s.failed = panics.Caught(func() { s.does = injection.DecideIn(tx, Call(s.Notice, render)) })
	}
	return s, ok
}

// Attempt makes an attempt, in which post sends the callback, and returns how to note it. A panic on the way is a failed
// attempt like any other, and an error in the log: it stops neither the callbacks behind it nor whoever carries them.
func (s Sending) Attempt(post func() store.Attempt) (note func(*world.Tx)) {
	if s.failed == nil && s.does.Delay > 0 && !s.Late { // others overtake it, which happens to it once
		return func(tx *world.Tx) { outbox.Postpone(tx, s.ID, s.does.Delay) }
	}
	var a store.Attempt
	if s.failed == nil {
		s.failed = panics.Caught(func() { a = Attempt(s.does, post) })
	}
	return func(tx *world.Tx) {
		if s.failed != nil {
			tx.GoneWrong("a callback could not be sent", "event", s.ID, "error", s.failed)
			a = store.Attempt{Error: "the mock failed: the log says how"}
		}
		outbox.Attempted(tx, s.ID, a)
	}
}

// Absorb delivers all that is to be delivered now to the sink, which acknowledges it unless a fault rule answers in its
// place.
func Absorb(tx *world.Tx, render Render) {
	for s, ok := Take(tx, render); ok; s, ok = Take(tx, render) {
		s.Attempt(func() store.Attempt {
			if _, err := render(s.Notice); err != nil {
				return store.Attempt{Error: err.Error()}
			}
			return Judge(http.StatusOK, []byte("{}"))
		})(tx)
	}
}

// Attempt is an attempt as fault rules have it, but for delays: dropped before, it never left; dropped after, it arrived
// and the acknowledgement is lost, so that the client gets it twice; any other rule answers in the place of the client
// that got it. Post sends it.
func Attempt(d fault.Decision, post func() store.Attempt) store.Attempt {
	rule := "fault rule " + d.Rule
	if d.Drop == fault.Before {
		return store.Attempt{Error: "lost by " + rule}
	}
	a := post()
	if a.Status == 0 {
		return a
	}
	switch r := d.Respond; {
	case d.Drop == fault.After:
		a.Error = "acknowledgement lost by " + rule
	case d.Error != "":
		a = store.Attempt{Status: http.StatusInternalServerError, Error: rule + " answers " + string(d.Error)}
	case d.Truncate:
		a.Error = rule + " cuts the answer off"
	case d.Malformed:
		a = Judge(http.StatusOK, nil)
	case r != nil && r.Status == 0:
		a = Judge(http.StatusOK, r.Body)
	case r != nil:
		a = Judge(r.Status, r.Body)
	}
	return a
}

// Judge says whether an answer acknowledges a callback: HTTP 200 with a JSON body does (D/v1/338387m0), and nothing else.
func Judge(status int, body []byte) store.Attempt {
	a := store.Attempt{Status: status}
	switch {
	case status != http.StatusOK:
		a.Error = fmt.Sprintf("expected HTTP 200, got %d", status)
	case !jsontext.Value(body).IsValid():
		a.Error = "expected a JSON body"
	}
	return a
}
