package dispatch

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/directory"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/intake"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/symbols"
	"dragonmock/mock/internal/token"
	"dragonmock/mock/internal/world"
)

// The nouns of the pipeline. They speak of each other, so they stand together; what they do is in files of its own.

// Version is one document with all that answers it: a version of the vendor's API, or the control plane. It is a plain
// value; who needs something of a version asks the list of versions that package mock holds.
type Version struct {
	Name     string   // "v1"; part of what a request id is remembered by
	Bases    []string // the prefixes under which it answers; the first is the one to call it by
	Document *contract.Document
	Handlers map[string]Handler // by operationId
	Policy   Policy

	// Fields are the places of fields that a request body has under another name or another shape than the rules do: a
	// field's name to its JSON pointer. See [Operation.Place].
	Fields map[string]string

	// How the version shows what has no operation of its own to be shown by; nil where it cannot.
	Order    func(booking.Order) any
	Resource func(dragonpass.Resource) any
	Callback func(store.Event) ([]byte, error) // the body of an event
}

// Operation is an operation of a version.
type Operation struct {
	*contract.Operation
	Version string
	handler Handler
	fields  map[string]string
}

// Handler does one operation. It answers by [Call.Transact] or, where it does not do all in one transaction, by
// [Call.Render] before it commits; so that an answer that cannot be given has changed nothing.
type Handler func(*Call) (Reply, error)

// Call is one legal request at work.
type Call struct {
	*Exchange
	Tx   *world.Tx // inside of [Call.Transact]; nil when the request has no world
	Note string    // a handler may say here why its answer is what it is
}

// Policy is how a version treats its callers: which gates a request passes, in which order, and what becomes of its
// answer.
type Policy struct {
	// Door is passed before it is known which operation is meant, so by requests of unknown paths too. Gates come after.
	Door, Gates []Gate

	MaxBody intake.Limit // of the body of a request
	Strict  bool         // an answer that breaks the contract is an internal error, not only a logged one
	Own     bool         // all answers are the mock's own, whatever rule refuses, and its callers are told what broke
	Record  bool         // exchanges have a request id, and are told to the journal of their world and to [Config].Count
	Hint    string       // what callers of unknown paths are told; empty: the operations that come nearest
}

// Gate is one check on the way of a request. Pass returns a refusal, or any other error, to end the way; a gate that
// ends it with an answer calls [Exchange.End].
type Gate struct {
	Name string
	Pass func(*Exchange) error
}

// Config is what a dispatcher is made of.
type Config struct {
	Host   *host.Host
	Errors *symbols.Table
	Log    *slog.Logger

	// Strict makes an answer that breaks the contract an internal error, whatever the policy of its version.
	Strict bool

	// BodyTimeout is how long the body of a request may take to arrive; 0: [intake.DefaultTimeout].
	BodyTimeout time.Duration

	// Context ends when the server does; nil: never. Streams, waits and delays end with it.
	Context context.Context

	// Answerer chooses who answers requests that have passed all gates: the handlers, which it is given, or another in
	// their place or beside them. Nil: the handlers.
	Answerer func(handlers Answerer) Answerer

	// Count is told every exchange that was recorded; nil: nobody is.
	Count func(operation string, status int, origin string, took time.Duration)
}

// Dispatcher carries the requests of its versions. It is safe for concurrent use.
type Dispatcher struct {
	Config
	answerer Answerer
	surfaces []*surface
	whole    *directory.Directory // of all of them
	tokens   token.Verifier
	strays   atomic.Uint64 // request ids made for exchanges without a world
}

// surface is a version at work.
type surface struct {
	Version
	operations []*Operation
	directory  *directory.Directory
}

// Answerer answers a request that has passed all gates: it is legal, its world and programme are known, and no fault rule
// took it. An error that is not a [*dragonpass.Error] is an internal one. [Exchange.Context] says how long to try.
type Answerer interface {
	Answer(*Exchange) (Reply, error)
}

// Exchange is one request on its way through the gates, and what they found out. Each group of fields is filled by what
// its comment names and changed by nobody else.
type Exchange struct {
	// By the router.
	Request   *http.Request
	Operation *Operation // nil: no operation has the path
	Path      url.Values // the parameters in the path
	Began     time.Time  // by the machine's clock
	writer    http.ResponseWriter

	// By readBody.
	Body  []byte       // whole; empty for none
	Large *intake.Body // in its place, one that may be large and that the contract does not judge; nil for none

	// By authenticate or findWorld, and permit.
	World   *world.World // nil: the request names none
	Program string       // whom the call acts for

	// By inject.
	decision fault.Decision // what a fault rule has become of the call

	// By readHead.
	Query url.Values // nil for none

	// By checkRequest.
	Unread []string // what the client sent that the contract does not know

	// By perform.
	call    Call
	slow    time.Duration // how long a slow test venue takes
	worldAt time.Time     // when the operation was, by the world's clock; zero: there was none

	// By the gate that ended the way.
	reply  Reply
	ended  bool
	breach error // the last answer of ours that broke the contract

	dispatcher *Dispatcher
	surface    *surface
	gone       bool            // the client went away while it waited
	context    context.Context // see Context
	release    func()
}

// Reply is an answer before it goes out.
type Reply struct {
	Status      int
	Origin      string      // who made it, a word of package envelope
	ContentType string      // empty: that of the envelope
	Header      http.Header // beside those of every answer
	Body        []byte

	// Stream sends an answer that does not end by itself, or that is large, in place of Body.
	Stream func(http.ResponseWriter) error

	bare    bool // a status alone, which is no exchange
	symbol  dragonpass.Code
	code    string   // the dotted code of a refusal
	message string   // of a refusal, as its client is told
	reason  string   // which rule refused, or why the answer is what it is
	nearest []string // the operations that an unknown path may have meant
}
