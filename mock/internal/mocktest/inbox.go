package mocktest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
)

// Inbox is the client's side of order synchronisation: a server that callbacks are sent to.
type Inbox struct {
	*httptest.Server
	Arrived <-chan struct{} // one for each callback that was answered

	mu       sync.Mutex
	received []string
	answers  []http.HandlerFunc
}

// NewInbox starts an inbox. It gives the first callbacks these answers, and acknowledges all others.
func NewInbox(t testing.TB, answers ...http.HandlerFunc) *Inbox {
	arrived := make(chan struct{}, 100)
	b := &Inbox{answers: answers, Arrived: arrived}
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		b.mu.Lock()
		b.received = append(b.received, string(body))
		answer := Respond(http.StatusOK, `{"status":"success"}`)
		if n := len(b.received) - 1; n < len(b.answers) {
			answer = b.answers[n]
		}
		b.mu.Unlock()
		answer(w, r)
		arrived <- struct{}{}
	}))
	t.Cleanup(b.Close)
	return b
}

// All returns the bodies that came, oldest first.
func (b *Inbox) All() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.received)
}

// Respond makes an answer of an inbox.
func Respond(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// RespondAfter makes an answer of an inbox that acknowledges only when release is closed.
func RespondAfter(release <-chan struct{}) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		<-release
		_, _ = io.WriteString(w, "{}")
	}
}
