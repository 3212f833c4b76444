package fault

import (
	"maps"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/duration"
)

// Rule is one fault rule, in the shape of scenario files. It has exactly one action: one of the fields from Error on.
type Rule struct {
	ID          string   `json:"id,omitzero"`          // [Add] gives "f1", "f2", ... to rules without one
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
	Forge     Forgery         `json:"forge,omitzero"`     // an event of v2 is signed wrongly
}

// Forgery is what is wrong with the signature of an event.
type Forgery string

// The forgeries.
const (
	UnknownKey Forgery = "unknownKey" // by a key that no key set has
	RetiredKey Forgery = "retiredKey" // by a key that signs no longer
	Expired    Forgery = "expired"    // it has ended
	Altered    Forgery = "altered"    // the body was changed after it was signed
	Unsigned   Forgery = "unsigned"   // there is none
)

var forgeries = []Forgery{UnknownKey, RetiredKey, Expired, Altered, Unsigned}

// Match narrows a rule to calls that look like this, and has at least one of these. A string of the form /.../ is a regular expression, unanchored.
type Match struct {
	// Body is an object of which the call's body must have every member. Objects in it match likewise, lists by length
	// and item by item, numbers by value.
	Body    jsontext.Value    `json:"body,omitzero"`
	Query   map[string]string `json:"query,omitzero"`   // one of the parameter's values matches
	Headers map[string]string `json:"headers,omitzero"` // one of the header's values matches
}

// orNone is the match, or nil when it has nothing to match.
func (m *Match) orNone() *Match {
	if m == nil || m.Body == nil && len(m.Query) == 0 && len(m.Headers) == 0 {
		return nil
	}
	return m
}

// Response is an answer that the test author made up.
type Response struct {
	Status  int               `json:"status,omitzero"` // 0: 200
	Headers map[string]string `json:"headers,omitzero"`
	Body    jsontext.Value    `json:"body,omitzero"` // a string is sent as its text, anything else as JSON
}

// RateLimit refuses calls over so many in a window of the world's clock. A window begins with a call, and ends Per later.
type RateLimit struct {
	Requests int               `json:"requests"`
	Per      duration.Duration `json:"per"`
}

// Moment is when a connection is reset.
type Moment string

// A connection is reset before the handler runs, so that nothing has happened, or after it, so that the reply to what
// has happened is lost.
const (
	Before Moment = "before"
	After  Moment = "after"
)

// The names of the actions.
const (
	actError     = "error"
	actRespond   = "respond"
	actDelay     = "delay"
	actDrop      = "drop"
	actTruncate  = "truncate"
	actMalformed = "malformed"
	actSlowBody  = "slowBody"
	actRateLimit = "rateLimit"
	actForge     = "forge"
)

// actions are all of them, in the order of the documentation.
var actions = []string{actError, actRespond, actDelay, actDrop, actTruncate, actMalformed, actSlowBody, actRateLimit, actForge}

// actions names the actions that the rule has.
func (r Rule) actions() []string {
	var names []string
	for i, has := range []bool{
		r.Error != "", r.Respond != nil, r.Delay != nil, r.Drop != "", r.Truncate != nil, r.Malformed, r.SlowBody != 0, r.RateLimit != nil, r.Forge != "",
	} {
		if has {
			names = append(names, actions[i])
		}
	}
	return names
}

// compact writes the bodies of a rule that was read without white space and needless escapes, so that rules are the same
// however they were written.
func (r Rule) compact() Rule {
	if r.Match != nil {
		_ = r.Match.Body.Format(jsontext.PreserveRawStrings(false)) // it was checked with the document
	}
	if r.Respond != nil {
		_ = r.Respond.Body.Format(jsontext.PreserveRawStrings(false))
	}
	return r
}

// clone shares nothing with r, so that what is ready never changes.
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
