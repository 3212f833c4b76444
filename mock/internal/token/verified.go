package token

import (
	"sync"
	"time"
)

// The bounds of [verified]: a client has one or two tokens at a time.
const (
	maxTokens   = 1024
	maxTokenLen = 4096
)

// verified remembers whose signature a token bears, because checking one costs as much as the rest of a request. Whether
// there still is such a client, and whether the token has expired, is asked every time. It is safe for concurrent use.
type verified struct {
	mu    sync.RWMutex
	known map[string]signature // by token
}

// signature is what is true of a token for ever: it is signed with this key.
type signature struct {
	issuer, key string
	expires     time.Time
}

func (v *verified) get(token string) (signature, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	s, ok := v.known[token]
	return s, ok
}

// add remembers a token. When there are too many, all are forgotten: that is rare, and costs a check each.
func (v *verified) add(token string, s signature) {
	if len(token) > maxTokenLen {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.known == nil || len(v.known) >= maxTokens {
		v.known = map[string]signature{}
	}
	v.known[token] = s
}
