package memory

import "sync/atomic"

// Pool is about how many bytes the worlds of a server may take together for what they remember for a while. A part of it,
// equal for all worlds and kinds, is safe: when there is more than the whole, what has more than its part gives way. A nil
// Pool has no bound.
type Pool struct {
	limit, kinds int64
	used, worlds atomic.Int64
}

// NewPool makes a pool of so many bytes for things of so many kinds.
func NewPool(bytes, kinds int) *Pool { return &Pool{limit: int64(bytes), kinds: int64(kinds)} }

// Used is how many bytes are taken.
func (p *Pool) Used() int { return int(p.used.Load()) }

// Share is what one world takes of a pool. The zero Share takes of none. It is for one goroutine at a time.
type Share struct {
	pool  *Pool
	bytes int
}

// Join begins the share of a world that takes so many bytes.
func (p *Pool) Join(bytes int) Share {
	s := Share{pool: p}
	if s.Set(bytes); p != nil {
		p.worlds.Add(1)
	}
	return s
}

// Set notes how many bytes the world takes now.
func (s *Share) Set(bytes int) {
	if s.pool != nil {
		s.pool.used.Add(int64(bytes - s.bytes))
		s.bytes = bytes
	}
}

// Leave ends the share, and gives back what it took.
func (s *Share) Leave() {
	if s.Set(0); s.pool != nil {
		s.pool.worlds.Add(-1)
	}
	s.pool = nil
}

// Exceeded says whether there is more than the whole, with a world that has come to so many bytes, and more than its part of
// one kind of things, of which the world has so many.
func (s *Share) Exceeded(bytes, kind int) bool {
	p := s.pool
	return p != nil && p.used.Load()+int64(bytes-s.bytes) > p.limit && int64(kind)*p.kinds*p.worlds.Load() > p.limit
}
