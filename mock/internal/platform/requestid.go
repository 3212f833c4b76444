package platform

import (
	"encoding/hex"
	"math/rand/v2"
)

// NextRequestID makes the id of a request that came without one. Of the same seed the nth is always the same.
func (w *World) NextRequestID() string { return RequestID(w.config.Seed, w.requests.Add(1)) }

// RequestID is the nth request id of a seed, in the form of a UUID.
func RequestID(seed, n uint64) string {
	const purpose = 0x5265717565737449 // so that it is a stream of its own
	var stream rand.PCG
	stream.Seed(seed^purpose, n)
	var raw [16]byte
	for i := 0; i < len(raw); i += 8 {
		for j, word := 0, stream.Uint64(); j < 8; j, word = j+1, word>>8 {
			raw[i+j] = byte(word)
		}
	}
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	var text [36]byte
	hex.Encode(text[0:8], raw[0:4])
	hex.Encode(text[9:13], raw[4:6])
	hex.Encode(text[14:18], raw[6:8])
	hex.Encode(text[19:23], raw[8:10])
	hex.Encode(text[24:36], raw[10:16])
	text[8], text[13], text[18], text[23] = '-', '-', '-', '-'
	return string(text[:])
}
