package fault

import (
	"maps"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
)

// Rule is one fault rule, in the shape of scenario files. It has exactly one action: one of the fields from Error on.
type Rule struct {
	ID          string   `json:"id,omitzero"`          // the engine gives "f1", "f2", ... to rules without one
	On          string   `json:"on"`                   // operationId, "POST /path", "/path", "/path*", or "*"
	Match       *Match   `json:"match,omitzero"`       // nil: every call
	After       int      `json:"after,omitzero"`       // so many matching calls pass first
	Times       int      `json:"times,omitzero"`       // it acts so often; 0: for ever
	Probability *float64 `json:"probability,omitzero"` // it acts with this probability; nil: always

	Error     dragonpass.Code `json:"error,omitzero"`     // the vendor refuses
	Respond   *Response       `json:"respond,omitzero"`   // this is the answer
	Delay     *Delay          `json:"delay,omitzero"`     // the answer takes its time
	Drop      Moment          `json:"drop,omitzero"`      // the connection is reset
	Truncate  *int            `json:"truncate,omitzero"`  // the connection ends after so many bytes of the body
	Malformed bool            `json:"malformed,omitzero"` // the body is no JSON
	SlowBody  int             `json:"slowBody,omitzero"`  // the body trickles: bytes a second
	RateLimit *RateLimit      `json:"rateLimit,omitzero"` // calls over the limit are refused
}

// Match narrows a rule to calls that look like this. A string of the form /.../ is a regular expression, unanchored.
type Match struct {
	// Body is an object of which the call's body must have every member. Objects in it match likewise, lists by length
	// and item by item, numbers by value.
	Body    jsontext.Value    `json:"body,omitzero"`
	Query   map[string]string `json:"query,omitzero"`   // one of the parameter's values matches
	Headers map[string]string `json:"headers,omitzero"` // one of the header's values matches
}

// Response is an answer that the test author made up.
type Response struct {
	Status  int               `json:"status,omitzero"` // 0: 200
	Headers map[string]string `json:"headers,omitzero"`
	Body    jsontext.Value    `json:"body,omitzero"` // a string is sent as its text, anything else as JSON
}

// RateLimit refuses calls over so many in a window of the world's clock. A window begins with a call, and ends Per later.
type RateLimit struct {
	Requests int      `json:"requests"`
	Per      Duration `json:"per"`
}

// Moment is when a connection is reset.
type Moment string

// A connection is reset before the handler runs, so that nothing has happened, or after it, so that the reply to what
// has happened is lost.
const (
	Before Moment = "before"
	After  Moment = "after"
)

// The names of the actions, in the order of the documentation.
const (
	actError     = "error"
	actRespond   = "respond"
	actDelay     = "delay"
	actDrop      = "drop"
	actTruncate  = "truncate"
	actMalformed = "malformed"
	actSlowBody  = "slowBody"
	actRateLimit = "rateLimit"
)

// actions names the actions that the rule has.
func (r Rule) actions() []string {
	var names []string
	for _, a := range []struct {
		name string
		has  bool
	}{
		{actError, r.Error != ""},
		{actRespond, r.Respond != nil},
		{actDelay, r.Delay != nil},
		{actDrop, r.Drop != ""},
		{actTruncate, r.Truncate != nil},
		{actMalformed, r.Malformed},
		{actSlowBody, r.SlowBody != 0},
		{actRateLimit, r.RateLimit != nil},
	} {
		if a.has {
			names = append(names, a.name)
		}
	}
	return names
}

// clone shares nothing with r, so that what the engine holds is its own.
func (r Rule) clone() Rule {
	r.Probability, r.Truncate = copied(r.Probability), copied(r.Truncate)
	r.Delay, r.RateLimit = copied(r.Delay), copied(r.RateLimit)
	if r.Match = copied(r.Match); r.Match != nil {
		r.Match.Body = slices.Clone(r.Match.Body)
		r.Match.Query, r.Match.Headers = maps.Clone(r.Match.Query), maps.Clone(r.Match.Headers)
	}
	if r.Respond = copied(r.Respond); r.Respond != nil {
		r.Respond.Body, r.Respond.Headers = slices.Clone(r.Respond.Body), maps.Clone(r.Respond.Headers)
	}
	return r
}

func copied[T any](p *T) *T {
	if p == nil {
		return nil
	}
	return new(*p)
}
