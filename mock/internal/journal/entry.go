package journal

import (
	"net/http"

	"dragonmock/mock/internal/duration"
)

// Head is an exchange without its messages.
type Head struct {
	At        duration.Instant `json:"at"`    // by the machine's clock
	World     duration.Instant `json:"world"` // by the world's clock
	Method    string           `json:"method"`
	Path      string           `json:"path"`
	Query     string           `json:"query,omitzero"`     // as it was sent, without the question mark
	Operation string           `json:"operation,omitzero"` // its operationId; empty when nothing matched
	Origin    string           `json:"origin"`             // who made the answer: vendor, fault, contract or mock
	Fault     string           `json:"fault,omitzero"`     // the id of the fault rule that fired
	Status    int              `json:"status"`             // 0: the exchange was dropped, nothing was answered
	Code      string           `json:"code,omitzero"`      // the dotted code of a refusal
	Symbol    string           `json:"symbol,omitzero"`
	Reason    string           `json:"reason,omitzero"` // which rule refused, and what would satisfy it
	Unread    []string         `json:"unread"`          // what the client sent that nothing read
	Nearest   []string         `json:"nearest"`         // the operations that an unmatched request may have meant
	RequestID string           `json:"requestId,omitzero"`
	Arrival
	Duration duration.Millis `json:"durationMs"`
}

// Exchange is what [Journal.Add] is told. Headers and bodies are borrowed for the call.
type Exchange struct {
	Head
	Base     int // how many bytes at the start of Path are a base of the surface
	Request  Raw
	Response Raw
}

// Raw is a message as it went over the wire.
type Raw struct {
	Header http.Header
	Body   []byte
}

// Entry is an exchange as the journal tells it.
type Entry struct {
	ID uint64 `json:"id"` // counts from 1 in every journal, and goes on after a clear
	Head
	Missed   int     `json:"missed,omitzero"` // of [Journal.Subscribe]: how many before it were forgotten before the watcher came to them
	Request  Message `json:"request"`
	Response Message `json:"response"`
}

// Message is one of the two messages of an exchange, without its secrets.
type Message struct {
	Header    map[string]string `json:"header"`    // all but those that speak of the connection; several values are joined
	Body      string            `json:"body"`      // in a body that names a secret but is no JSON, all after the name is masked
	Bytes     int               `json:"bytes"`     // the length of the body, out of its coding
	Truncated bool              `json:"truncated"` // some of the header or the body is left out
}
