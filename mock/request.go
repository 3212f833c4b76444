package mock

import (
	"context"
	"time"

	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/journal"
)

// Request is an exchange as the journal of a world tells it.
type Request struct {
	ID        uint64    // counts from 1 in every journal, and goes on after a clear
	At        time.Time // by the machine's clock
	World     time.Time // by the world's clock
	Method    string
	Path      string
	Query     string // as it was sent, without the question mark
	Operation string // its operationId; empty when nothing matched
	Origin    string // who made the answer: vendor, fault, contract or mock
	Fault     string // the id of the fault rule that acted
	Status    int    // 0: the exchange was dropped, nothing was answered
	Code      string // the dotted code of a refusal
	Symbol    string // its symbol
	Reason    string // which rule refused, and what would satisfy it
	Unread    []string
	Nearest   []string // the operations that an unmatched request may have meant
	RequestID string   // X-Request-ID

	Connection int64 // the number of the physical connection, from 1; 0: the server does not say
	Attempt    int   // which request of the connection it is, from 1
	Reused     bool  // the connection had carried another request before: a client may repeat such a one by itself
	Duration   time.Duration

	Request, Response Message
}

// Message is one of the two messages of an exchange, without its secrets.
type Message struct {
	Header    map[string]string // all but those that speak of the connection; several values are joined
	Body      string            // in a body that names a secret but is no JSON, all after the name is masked
	Bytes     int               // the length of the body, out of its coding
	Truncated bool              // some of the header or the body is left out
}

// RequestFilter chooses exchanges. What is zero does not choose; what names what there is not, or can match nothing, is
// refused.
type RequestFilter struct {
	Operation  string // operationId; a path is not taken
	Status     int    // HTTP
	Symbol     string // of a refusal
	Origin     string
	Method     string // in any case
	PathPrefix string // with the base of the surface, or without; "{orderId}" stands for one segment
	Unmatched  bool   // those that no operation matched; any PathPrefix may be looked for then
	Dropped    bool   // those that got no answer
	Since      uint64 // those after the entry of this id
	Limit      int    // how many to list: the oldest of what matches, so that Since pages on; 0: 100
}

func (f RequestFilter) journal() journal.Filter {
	return journal.Filter{
		Operation: f.Operation, Status: f.Status, Symbol: f.Symbol, Origin: f.Origin, Method: f.Method, PathPrefix: f.PathPrefix,
		Unmatched: f.Unmatched, Dropped: f.Dropped, Since: f.Since, Limit: f.Limit,
	}
}

// Requests is what a filter chose, oldest first.
type Requests struct {
	Requests []Request // at most the filter's Limit, the oldest
	Total    int       // how many the filter matches, listed or not
	Dropped  int       // how many entries the journal has forgotten since it was cleared, matching or not
}

// UnreadFields is what clients sent and nothing read since the journal was cleared: most often misspelt names.
type UnreadFields struct {
	Fields  []UnreadField // sorted by operation and field
	Dropped int           // how often a field was not counted, because there were too many
}

// UnreadField is something that clients sent and nothing read.
type UnreadField struct {
	Operation string
	Field     string // a JSON pointer, or "query name"
	Count     int    // how many exchanges sent it
	LastID    uint64 // the newest of them, which may be forgotten by now
}

// Requests reads what clients sent and what they were answered, oldest first. Errors: INVALID_REQUEST for a filter
// that names what there is not; WORLD_ENDED.
func (w *World) Requests(f RequestFilter) (Requests, error) {
	found, err := author.ListRequests(w.world, f.journal())
	return requestsOf(found), err
}

// AwaitRequests waits until n exchanges match, from 1 to 1,000, those that are there included. When ctx ends first it
// returns what there is, with the error of ctx. Errors as [World.Requests].
func (w *World) AwaitRequests(ctx context.Context, f RequestFilter, n int) (Requests, error) {
	found, err := author.AwaitRequests(ctx, w.world, f.journal(), n)
	return requestsOf(found), err
}

// Unread lists the fields that clients sent and nothing read: most often misspelt names. Errors: WORLD_ENDED.
func (w *World) Unread() (UnreadFields, error) {
	found, err := author.ListUnread(w.world)
	list := UnreadFields{Dropped: found.Dropped, Fields: make([]UnreadField, len(found.Fields))}
	for i, f := range found.Fields {
		list.Fields[i] = UnreadField(f)
	}
	return list, err
}

// ClearRequests forgets what clients sent. Errors: WORLD_ENDED.
func (w *World) ClearRequests() error { return author.ClearRequests(w.world) }

func requestsOf(found journal.Result) Requests {
	list := Requests{Total: found.Total, Dropped: found.Dropped, Requests: make([]Request, len(found.Requests))}
	for i, e := range found.Requests {
		list.Requests[i] = Request{
			ID: e.ID, At: time.Time(e.At), World: time.Time(e.World), Method: e.Method, Path: e.Path, Query: e.Query, Operation: e.Operation, Origin: e.Origin,
			Fault: e.Fault, Status: e.Status, Code: e.Code, Symbol: e.Symbol, Reason: e.Reason, Unread: e.Unread, Nearest: e.Nearest,
			RequestID: e.RequestID, Connection: e.Connection, Attempt: e.Attempt, Reused: e.Reused, Duration: time.Duration(e.Duration),
			Request: Message(e.Request), Response: Message(e.Response),
		}
	}
	return list
}
