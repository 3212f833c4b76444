package dispatch

import (
	"sync"
	"time"
)

// The bounds of [tokens]: a client has one or two tokens at a time.
const (
	maxTokens   = 1024
	maxTokenLen = 4096
)

// tokens remembers whose signature a token bears, because checking one costs as much as the rest of a request. Whether
// there still is such a client, and whether the token has expired, is asked every time. It is safe for concurrent use.
type tokens struct {
	mu    sync.RWMutex
	known map[string]signature // by token
}

// signature is what is true of a token for ever: it is signed with this key.
type signature struct {
	issuer, key string
	expires     time.Time
}

func (t *tokens) get(token string) (signature, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	s, ok := t.known[token]
	return s, ok
}

// add remembers a token. When there are too many, all are forgotten: that is rare, and costs a check each.
func (t *tokens) add(token string, s signature) {
	if len(token) > maxTokenLen {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known == nil || len(t.known) >= maxTokens {
		t.known = map[string]signature{}
	}
	t.known[token] = s
}
