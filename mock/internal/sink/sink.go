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

// Absorb delivers all that is to be delivered now to the sink, which acknowledges it unless a fault rule answers in its
// place.
func Absorb(tx *world.Tx, render Render) {
	for e, ok := outbox.Take(tx); ok; e, ok = outbox.Take(tx) {
		d := injection.DecideIn(tx, Call(e.Notice, render))
		if Late(d, e) {
			outbox.Postpone(tx, e.ID, d.Delay)
			continue
		}
		outbox.Attempted(tx, e.ID, Attempt(d, func() store.Attempt {
			if _, err := render(e.Notice); err != nil {
				return store.Attempt{Error: err.Error()}
			}
			return Judge(http.StatusOK, []byte("{}"))
		}))
	}
}

// Late says whether a callback is to be postponed, so that others overtake it. That happens to it once.
func Late(d fault.Decision, e store.Event) bool { return d.Delay > 0 && !e.Late }

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
