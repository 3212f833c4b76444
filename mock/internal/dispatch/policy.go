package dispatch

import (
	"net/http"

	"dragonmock/mock/dragonpass"
)

// Policy is how a version treats its callers: which gates a request passes, in which order, and what becomes of its
// answer.
type Policy struct {
	// Admit refuses who may not come in at all; nil: all may. It is asked by [Dispatcher.Guard] alone.
	Admit func(*http.Request) *dragonpass.Error

	// Door is passed before it is known which operation is meant, so by requests of unknown paths too. Gates come after.
	Door, Gates []Gate

	MaxBody int    // the largest body of a request, in bytes
	Open    bool   // pages of every origin may call, so it answers preflights
	Strict  bool   // an answer that breaks the contract is an internal error, not only a logged one
	Own     bool   // all answers are the mock's own, whatever rule refuses, and its callers are told what broke
	Record  bool   // exchanges have a request id, and are told to the journal of their world and to [Config].Count
	Hint    string // what callers of unknown paths are told; empty: the operations that come nearest
}

// Gate is one check on the way of a request. Pass returns a refusal, or any other error, to end the way; a gate that
// ends it with an answer calls [Exchange.End].
type Gate struct {
	Name string
	Pass func(*Exchange) error
}

// Vendor is the policy of the vendor's surface, with the order of checks that A-049 assumes: the size of the body before
// the route; then authentication, which chooses the world; permission, which chooses the programme; fault rules; the
// contract; and last idempotency with the rules of business, which are one transaction.
func Vendor() Policy {
	return Policy{
		Door: []Gate{
			{"open", open},
			{"readBody", readBody},
		},
		Gates: []Gate{
			{"authenticate", authenticate},
			{"permit", permit},
			{"inject", inject},
			{"checkRequest", checkRequest},
			{"perform", perform},
		},
		MaxBody: 1 << 20, Open: true, Record: true,
	}
}

// Control is the policy of the control plane. Admit, which authenticates, comes first: before the route is known, and for
// whatever shares the port of the control plane. What the document does not know is refused, with a suggestion.
func Control(admit func(*http.Request) *dragonpass.Error) Policy {
	return Policy{
		Admit: admit,
		Gates: []Gate{
			{"findWorld", findWorld},
			{"readBody", readBody},
			{"checkRequest", checkRequestStrictly},
			{"perform", perform},
		},
		MaxBody: 16 << 20, Strict: true, Own: true,
		Hint: "openapi/control.yaml beside it has what is",
	}
}

// Guard lets a request on to next only when the policy of the first version admits it. A guard stands before a whole
// Echo, so that paths that no operation has are guarded too. Who is inside the process needs no guard.
func (d *Dispatcher) Guard(next http.Handler) http.Handler {
	s := d.surfaces[0]
	if s.Policy.Admit == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := s.Policy.Admit(r)
		if err == nil {
			next.ServeHTTP(w, r)
			return
		}
		if d.Errors.Row(err.Code).Status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", `Bearer realm="dragonmock control plane"`)
		}
		x := &Exchange{Request: r, writer: w, dispatcher: d, surface: s}
		x.refuse(err)
		if err := x.finish(); err != nil {
			d.Log.Debug("the client went away", "error", err)
		}
	})
}
