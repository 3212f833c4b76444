package sink

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/injection"
	"dragonmock/mock/internal/keyring"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/panics"
	"dragonmock/mock/internal/signet"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// Render returns the body of an event as the client gets it.
type Render func(store.Event) ([]byte, error)

// Call is the sending of an event, as fault rules see it: those of v2 are called by their names.
func Call(e store.Event, render Render) fault.Call {
	name := outbox.Operation
	if e.News.Kind != "" {
		name = string(e.News.Kind)
	}
	return fault.Call{Operation: name, Method: http.MethodPost, Path: "/" + name, Body: func() any {
		body, _ := render(e) // who sends it says what is wrong with it
		var value any
		_ = json.Unmarshal(body, &value)
		return value
	}}
}

// Sending is a callback on its way.
type Sending struct {
	store.Event
	Signer signet.Name // of an event of v2
	does   fault.Decision
	failed error // why it cannot be sent; nil: it can
}

// Take takes the oldest event that is to be delivered now, inside the world itself or outside, with what fault rules do
// to it and the key that signs it: all in one transaction, so that no rule counts an event of a state that is gone.
func Take(tx *world.Tx, render Render, inside bool) (s Sending, ok bool) {
	if s.Event, ok = outbox.Take(tx, inside); ok {
		s.failed = panics.Caught(func() { s.does = injection.DecideIn(tx, Call(s.Event, render)) })
		if s.News.Kind != "" {
			s.Signer = signer(tx, s.News.Kind, s.does.Forge)
		}
	}
	return s, ok
}

// signer is the key that signs an event, as fault rules have it.
func signer(tx *world.Tx, kind news.Kind, forged fault.Forgery) signet.Name {
	switch forged {
	case fault.UnknownKey:
		return keyring.Unknown(tx, kind)
	case fault.RetiredKey:
		return keyring.Retired(tx, kind)
	}
	return keyring.Choose(tx, kind)
}

// Message is what is sent: the body, and for an event of v2 its signature.
func (s Sending) Message(render Render) (body []byte, signature string, err error) {
	body, err = render(s.Event)
	if err != nil || s.News.Kind == "" || s.does.Forge == fault.Unsigned {
		return body, "", err
	}
	signature, err = s.Signer.Sign(s.ID, body, s.does.Forge == fault.Expired)
	if s.does.Forge == fault.Altered {
		body = append(bytes.TrimSuffix(body, []byte("}")), `,"altered":true}`...)
	}
	return body, signature, err
}

// Attempt makes an attempt, in which post sends the callback, and returns how to note it. A panic on the way is a failed
// attempt like any other, and an error in the log: it stops neither the callbacks behind it nor whoever carries them.
func (s Sending) Attempt(post func() store.Attempt) (note func(*world.Tx)) {
	if s.failed == nil && s.does.Delay > 0 && !s.Late { // others overtake it, which happens to it once
		return func(tx *world.Tx) { outbox.Postpone(tx, s.ID, s.does.Delay) }
	}
	var a store.Attempt
	if s.failed == nil {
		s.failed = panics.Caught(func() { a = Attempt(s.does, post, Judging(s.News.Kind)) })
		if s.News.Kind != "" && a.Status != 0 && s.does.Forge != fault.Unsigned {
			a.KeyID = s.Signer.KeyID()
		}
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
	for s, ok := Take(tx, render, true); ok; s, ok = Take(tx, render, true) {
		s.Attempt(func() store.Attempt {
			if _, err := render(s.Event); err != nil {
				return store.Attempt{Error: err.Error()}
			}
			return store.Attempt{Status: http.StatusOK}
		})(tx)
	}
}

// Attempt is an attempt as fault rules have it, but for delays: dropped before, it never left; dropped after, it arrived
// and the acknowledgement is lost, so that the client gets it twice; any other rule answers in the place of the client
// that got it. Post sends it.
func Attempt(d fault.Decision, post func() store.Attempt, judge Judge) store.Attempt {
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
		a = judge(http.StatusOK, nil)
	case r != nil && r.Status == 0:
		a = judge(http.StatusOK, r.Body)
	case r != nil:
		a = judge(r.Status, r.Body)
	}
	return a
}

// Judge says whether an answer acknowledges an event.
type Judge func(status int, body []byte) store.Attempt

// Judging is how answers to events of a kind are judged: to a callback of v1 HTTP 200 with a JSON body is an acknowledgement
// (D/v1/338387m0), to an event of v2 HTTP 200 with {"status":"success"} (S), and nothing else.
func Judging(kind news.Kind) Judge {
	return func(status int, body []byte) store.Attempt {
		a := store.Attempt{Status: status}
		var said struct {
			Status string `json:"status"`
		}
		switch {
		case status != http.StatusOK:
			a.Error = fmt.Sprintf("expected HTTP 200, got %d", status)
		case !jsontext.Value(body).IsValid():
			a.Error = "expected a JSON body"
		case kind != "" && (json.Unmarshal(body, &said) != nil || said.Status != "success"):
			a.Error = `expected {"status":"success"}`
		}
		return a
	}
}
