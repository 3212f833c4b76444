package platform

import (
	crand "crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/brianvoe/gofakeit/v6"
)

// DefaultSeed is the seed whose ids begin with the ones of the vendor's examples.
const DefaultSeed uint64 = 0

// firstToken is the prebooking token of the vendor's examples (D/338963m0).
const firstToken = "85c69b8e790befc7e94870ec269c3f1d"

// counters count what was given out. Those of a scenario's `given` are apart, so that the first order that a client
// makes has the first id whatever was there before it.
type counters struct {
	Seed uint64 // what all of them count from

	EPass, Order, Voucher, Membership, Token, QRCode                  uint64
	GivenEPass, GivenOrder, GivenVoucher, GivenMembership, GivenToken uint64
	Sequence                                                          uint64 // orders, tokens and stored answers by age
}

// A series is a kind of numbered id: a prefix and so many digits.
type series struct {
	prefix       string
	digits       int
	first, given uint64 // where the default seed begins, for clients and for `given`
}

// The series of the vendor's examples (D, seed; D/v1/338667m0).
var (
	ePassIDs      = series{"1788", 12, 66668888, 900000000001}
	membershipIDs = series{"8888", 12, 66668888, 900000000001}
	orderIDs      = series{"DP", 14, 1, 90000000000001}
	voucherIDs    = series{"", 12, 668800008888, 900000000001}
)

// id is the nth id of the series, n from 0. Another seed begins elsewhere.
func (s series) id(seed, n uint64, given bool) string {
	start := s.first
	if given {
		start = s.given
	}
	space := uint64(1)
	for range s.digits {
		space *= 10
	}
	if seed != DefaultSeed {
		start = keyed(seed, fmt.Sprint(s.prefix, s.digits, given)) % space
	}
	number := strconv.FormatUint((start+n)%space, 10)
	return s.prefix + strings.Repeat("0", s.digits-len(number)) + number
}

// keyed makes the start of a random stream from a seed and a purpose, so that streams do not shift one another.
func keyed(seed uint64, purpose string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, purpose) // a hash does not fail
	return rand.New(rand.NewPCG(seed, h.Sum64())).Uint64()
}

// next gives out the next id of a series that is not taken.
func (tx *Tx) next(s series, n, given *uint64, taken func(id string) bool) string {
	if tx.given {
		n = given
	}
	for {
		id := s.id(tx.state.counters.Seed, *n, tx.given)
		*n++
		if !taken(id) {
			return id
		}
	}
}

func (tx *Tx) nextEPassID() string {
	return tx.next(ePassIDs, &tx.state.counters.EPass, &tx.state.counters.GivenEPass, tx.state.ePasses.has)
}

func (tx *Tx) nextOrderID() string {
	return tx.next(orderIDs, &tx.state.counters.Order, &tx.state.counters.GivenOrder, tx.orderIDTaken)
}

func (tx *Tx) nextVoucher() string {
	return tx.next(voucherIDs, &tx.state.counters.Voucher, &tx.state.counters.GivenVoucher, tx.state.vouchers.has)
}

func (tx *Tx) nextMembershipID() string {
	return tx.next(membershipIDs, &tx.state.counters.Membership, &tx.state.counters.GivenMembership, tx.state.memberships.has)
}

// nextQRCode makes an opaque string.
func (tx *Tx) nextQRCode() string {
	for {
		r := rand.NewPCG(keyed(tx.state.counters.Seed, "qrCode"), tx.state.counters.QRCode)
		tx.state.counters.QRCode++
		if code := fmt.Sprintf("DQ%016x%016x", r.Uint64(), r.Uint64()); !tx.state.qrCodes.has(code) {
			return code
		}
	}
}

func (tx *Tx) nextToken() string {
	n, purpose := &tx.state.counters.Token, "prebookingToken"
	if tx.given {
		n, purpose = &tx.state.counters.GivenToken, "given prebookingToken"
	}
	for {
		token := firstToken
		if tx.state.counters.Seed != DefaultSeed || tx.given || *n > 0 {
			r := rand.NewPCG(keyed(tx.state.counters.Seed, purpose), *n)
			token = string(appendHex(appendHex(nil, r.Uint64()), r.Uint64()))
		}
		*n++
		if !tx.state.tokens.has(token) {
			return token
		}
	}
}

// sequence numbers things by age, as a key that sorts.
func (tx *Tx) sequence() uint64 {
	tx.state.counters.Sequence++
	return tx.state.counters.Sequence
}

// ageKey writes a number as a key that sorts like it.
func ageKey(n uint64) string { return string(appendHex(nil, n)) }

// appendHex writes a number as 16 digits.
func appendHex(b []byte, n uint64) []byte {
	var bytes [8]byte
	binary.BigEndian.PutUint64(bytes[:], n)
	return hex.AppendEncode(b, bytes[:])
}

// secret makes n random bytes as upper case hex. World ids and credentials are never seeded: a test must not be able to
// guess another's.
func secret(n int) string {
	b := make([]byte, n)
	crand.Read(b) // never fails (crypto/rand)
	return strings.ToUpper(hex.EncodeToString(b))
}

// faker makes up values for the nth thing of a kind in `given`.
func (tx *Tx) faker(purpose string, n int) *gofakeit.Faker {
	return gofakeit.NewCustom(source64{rand.NewPCG(keyed(tx.world.config.Seed, purpose), uint64(n))})
}

// source64 lets gofakeit draw from a PCG, which costs nothing to make.
type source64 struct{ *rand.PCG }

func (s source64) Int63() int64 { return int64(s.Uint64() >> 1) }
func (s source64) Seed(int64)   {} // its seed is given when it is made
