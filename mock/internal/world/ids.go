package world

import (
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"

	"dragonmock/mock/internal/store"
)

// DefaultSeed is the seed whose ids begin with the ones of the vendor's examples.
const DefaultSeed uint64 = 0

// firstToken is the prebooking token of the vendor's examples (D/338963m0).
const firstToken = "85c69b8e790befc7e94870ec269c3f1d"

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
		id := s.id(tx.Counters.Seed, *n, tx.given)
		*n++
		if !taken(id) {
			return id
		}
	}
}

// NextEPassID returns the id of the next pass: "1788" and 12 digits (D, seed).
func (tx *Tx) NextEPassID() string {
	return tx.next(ePassIDs, &tx.Counters.EPass, &tx.Counters.GivenEPass, tx.EPasses.Has)
}

// NextOrderID returns the id of the next order: "DP" and 14 digits (D, seed).
func (tx *Tx) NextOrderID() string {
	return tx.next(orderIDs, &tx.Counters.Order, &tx.Counters.GivenOrder, tx.OrderIDTaken)
}

// OrderIDTaken says whether an order has this id: a usage order, or one that issued a pass.
func (tx *Tx) OrderIDTaken(id string) bool { return tx.Orders.Has(id) || tx.Issues.Has(id) }

// NextVoucher returns the next voucher: 12 digits (D, seed).
func (tx *Tx) NextVoucher() string {
	return tx.next(voucherIDs, &tx.Counters.Voucher, &tx.Counters.GivenVoucher, tx.Vouchers.Has)
}

// NextMembershipID returns the id of the next membership: "8888" and 12 digits (D/v1/338664m0).
func (tx *Tx) NextMembershipID() string {
	return tx.next(membershipIDs, &tx.Counters.Membership, &tx.Counters.GivenMembership, tx.Memberships.Has)
}

// NextQRCode returns the next dynamic QR string, which is opaque.
func (tx *Tx) NextQRCode() string {
	for {
		r := rand.NewPCG(keyed(tx.Counters.Seed, "qrCode"), tx.Counters.QRCode)
		tx.Counters.QRCode++
		if code := fmt.Sprintf("DQ%016x%016x", r.Uint64(), r.Uint64()); !tx.QRCodes.Has(code) {
			return code
		}
	}
}

// NextToken returns the next prebooking token: 32 hex digits (D/338963m0).
func (tx *Tx) NextToken() string {
	n, purpose := &tx.Counters.Token, "prebookingToken"
	if tx.given {
		n, purpose = &tx.Counters.GivenToken, "given prebookingToken"
	}
	for {
		token := firstToken
		if tx.Counters.Seed != DefaultSeed || tx.given || *n > 0 {
			r := rand.NewPCG(keyed(tx.Counters.Seed, purpose), *n)
			token = store.AgeKey(r.Uint64()) + store.AgeKey(r.Uint64())
		}
		*n++
		if !tx.Tokens.Has(token) {
			return token
		}
	}
}

// Sequence numbers things by age; see [store.AgeKey].
func (tx *Tx) Sequence() uint64 {
	tx.Counters.Sequence++
	return tx.Counters.Sequence
}

// Remember notes the age of something that is remembered only for so long: beyond most, the oldest are forgotten. It
// returns its age.
func (tx *Tx) Remember(ages *store.Table[string], id string, most int, forget func(oldest string)) uint64 {
	age := tx.Sequence()
	ages.Put(store.AgeKey(age), id)
	for ages.Len() > most {
		key, oldest, _ := ages.First()
		forget(oldest)
		ages.Remove(key)
	}
	return age
}
