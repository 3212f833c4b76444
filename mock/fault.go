package mock

import (
	"encoding/json"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/fault"
)

// Fault is a rule that says which call fails, when, and how: one of the `faults` of a scenario file. It has exactly one
// action, one of the fields from Error on.
//
// The operation "callback" is the sending of a callback: a delay, by the world's clock, makes it late, dropped before it
// is lost and sent again later, dropped after it comes twice.
type Fault struct {
	ID          string      // letters, digits, dots, dashes, underscores; empty: the world gives "f1", "f2", ...
	On          string      // operationId, "POST /path", "/path", "/path*", or "*"
	Match       *FaultMatch // nil: every call
	After       int         // so many matching calls pass first
	Times       int         // it acts so often; 0: for ever
	Probability *float64    // it acts with this probability, 0 to 1, drawn from the world's seed; nil: always

	Error     dragonpass.Code // the vendor refuses
	Respond   *FaultResponse  // this is the answer
	Delay     *FaultDelay     // the answer takes its time
	Drop      FaultMoment     // the connection is reset
	Truncate  *int            // the connection ends after so many bytes of the body
	Malformed bool            // the body is no JSON
	SlowBody  int             // the body trickles: bytes a second
	RateLimit *FaultRateLimit // calls over the limit are refused
	Forge     string          // an event of v2 is signed wrongly: unknownKey, retiredKey, expired, altered or unsigned
}

// FaultMatch narrows a rule to calls that look like this, and has at least one of these. A string of the form /.../ is a
// regular expression, unanchored.
type FaultMatch struct {
	// Body is a JSON object of which the call's body must have every member. Objects in it match likewise, lists by
	// length and item by item, numbers by value.
	Body    json.RawMessage
	Query   map[string]string // one of the parameter's values matches
	Headers map[string]string // one of the header's values matches
}

// FaultResponse is an answer that the test author made up.
type FaultResponse struct {
	Status  int // 200 to 599; 0: 200
	Headers map[string]string
	Body    json.RawMessage // a JSON string is sent as its text, anything else as JSON
}

// FaultDelay is how long an answer takes, by the machine's clock: always the same, or log-normal by mean and 95th
// percentile.
type FaultDelay struct {
	Fixed     time.Duration
	Mean, P95 time.Duration
}

// FaultRateLimit refuses calls over so many in a window of the world's clock. A window begins with a call, and ends Per
// later.
type FaultRateLimit struct {
	Requests int
	Per      time.Duration
}

// FaultMoment is when a connection is reset.
type FaultMoment string

// A connection is reset before anything has happened, or after it, so that the reply is lost.
const (
	DropBefore FaultMoment = "before"
	DropAfter  FaultMoment = "after"
)

// FaultStatus is a rule with its counters.
type FaultStatus struct {
	Fault
	Seen   int          // calls that it was tried on and that match
	Hits   int          // calls on which it acted
	Window *FaultWindow // of a rate limit that has counted
}

// FaultWindow is what a rate limit has counted.
type FaultWindow struct {
	Began time.Time // world time
	Count int       // the calls that it let through
}

// Inject adds fault rules behind those that are there, and returns the new ones. Errors: INVALID_REQUEST that names all
// that is wrong with them, and then none is added; WORLD_ENDED.
func (w *World) Inject(rules ...Fault) ([]FaultStatus, error) {
	own := make([]fault.Rule, len(rules))
	for i, r := range rules {
		own[i] = r.rule()
	}
	added, err := author.Run(w.world, "addFault", author.AddFaults, own)
	return faultStatuses(added), err
}

// Faults returns the fault rules, in their order. Errors: WORLD_ENDED.
func (w *World) Faults() ([]FaultStatus, error) {
	all, err := author.Run(w.world, "listFaults", author.ListFaults, struct{}{})
	return faultStatuses(all), err
}

// RemoveFault takes a fault rule away. Errors: VALUE_NOT_FOUND; WORLD_ENDED.
func (w *World) RemoveFault(id string) error {
	_, err := author.Run(w.world, "removeFault", author.RemoveFault, id)
	return err
}

// ClearFaults takes all fault rules away. Errors: WORLD_ENDED.
func (w *World) ClearFaults() error {
	_, err := author.Run(w.world, "replaceFaults", author.ReplaceFaults, nil)
	return err
}

// rule is the rule as the world keeps it.
func (f Fault) rule() fault.Rule {
	r := fault.Rule{
		ID: f.ID, On: f.On, After: f.After, Times: f.Times, Probability: f.Probability, Error: f.Error, Drop: fault.Moment(f.Drop),
		Truncate: f.Truncate, Malformed: f.Malformed, SlowBody: f.SlowBody, Forge: fault.Forgery(f.Forge),
	}
	if m := f.Match; m != nil {
		r.Match = &fault.Match{Body: jsontext.Value(m.Body), Query: m.Query, Headers: m.Headers}
	}
	if a := f.Respond; a != nil {
		r.Respond = &fault.Response{Status: a.Status, Headers: a.Headers, Body: jsontext.Value(a.Body)}
	}
	if d := f.Delay; d != nil {
		r.Delay = &fault.Delay{Fixed: duration.Duration(d.Fixed), Mean: duration.Duration(d.Mean), P95: duration.Duration(d.P95)}
	}
	if l := f.RateLimit; l != nil {
		r.RateLimit = &fault.RateLimit{Requests: l.Requests, Per: duration.Duration(l.Per)}
	}
	return r
}

func faultStatuses(list []fault.Status) []FaultStatus {
	all := make([]FaultStatus, len(list))
	for i, s := range list {
		all[i] = FaultStatus{Fault: faultOf(s.Rule), Seen: s.Seen, Hits: s.Hits}
		if w := s.Window; w != nil {
			all[i].Window = &FaultWindow{time.Time(w.Began), w.Count}
		}
	}
	return all
}

// faultOf is a rule of a world as users see it.
func faultOf(r fault.Rule) Fault {
	f := Fault{
		ID: r.ID, On: r.On, After: r.After, Times: r.Times, Probability: r.Probability, Error: r.Error, Drop: FaultMoment(r.Drop),
		Truncate: r.Truncate, Malformed: r.Malformed, SlowBody: r.SlowBody, Forge: string(r.Forge),
	}
	if m := r.Match; m != nil {
		f.Match = &FaultMatch{Body: json.RawMessage(m.Body), Query: m.Query, Headers: m.Headers}
	}
	if a := r.Respond; a != nil {
		f.Respond = &FaultResponse{Status: a.Status, Headers: a.Headers, Body: json.RawMessage(a.Body)}
	}
	if d := r.Delay; d != nil {
		f.Delay = &FaultDelay{Fixed: time.Duration(d.Fixed), Mean: time.Duration(d.Mean), P95: time.Duration(d.P95)}
	}
	if l := r.RateLimit; l != nil {
		f.RateLimit = &FaultRateLimit{Requests: l.Requests, Per: time.Duration(l.Per)}
	}
	return f
}
