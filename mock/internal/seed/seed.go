// Package seed owns the random streams that a seed gives.
//
// A stream is keyed by (seed, purpose) or by (seed, purpose, n), n being the number of a thing of its kind. So streams do
// not shift one another, and all there is to remember of one is n: going back to an older n rewinds it. Making a stream
// costs next to nothing, so that it is made anew where it is needed. What a stream gives is part of what users see (ids,
// names, delays); it must never change.
package seed

import (
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"io"
	"math/rand/v2"
)

// RequestIDs is the purpose of the ids that are made for requests without one.
const RequestIDs = "X-Request-ID"

// Key returns a number that only this seed and purpose have.
func Key(seed uint64, purpose string) uint64 { return PCG(seed, purpose).Uint64() }

// PCG returns the stream of a purpose.
func PCG(seed uint64, purpose string) *rand.PCG {
	h := fnv.New64a()
	_, _ = io.WriteString(h, purpose) // a hash does not fail
	return rand.NewPCG(seed, h.Sum64())
}

// Nth returns the stream of the nth thing of a purpose.
func Nth(seed uint64, purpose string, n uint64) *rand.PCG { return rand.NewPCG(Key(seed, purpose), n) }

// UUID returns the nth id of a purpose, in the form of a random UUID (RFC 9562, version 4).
func UUID(seed uint64, purpose string, n uint64) string {
	stream := Nth(seed, purpose, n)
	var id [16]byte
	binary.BigEndian.PutUint64(id[:8], stream.Uint64())
	binary.BigEndian.PutUint64(id[8:], stream.Uint64())
	return FormatUUID(id)
}

// FormatUUID writes 16 random bytes as a UUID of version 4: six of their bits are replaced.
func FormatUUID(id [16]byte) string {
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	text := hex.EncodeToString(id[:])
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}

// Source64 lets what wants a source of math/rand, such as gofakeit v6, draw from a stream.
type Source64 struct{ *rand.PCG }

// Int63 returns the next 63 bits.
func (s Source64) Int63() int64 { return int64(s.Uint64() >> 1) }

// Seed does nothing: a stream has its seed from the start.
func (s Source64) Seed(int64) {}
