package serial

import (
	"fmt"
	"strconv"
	"strings"

	"dragonmock/mock/internal/seed"
)

// DefaultSeed is the seed whose ids begin with the ones of the vendor's examples.
const DefaultSeed uint64 = 0

// Series is a kind of numbered id: a prefix and so many digits.
type Series struct {
	prefix       string
	digits       int
	first, given uint64 // where the default seed begins, for clients and for `given`
	grows        bool   // when all are given out, more digits follow
}

// The series of the vendor's examples (D, seed; D/v1/338667m0; D/v1/338664m0; D/338945m0).
var (
	EPasses      = Series{"1788", 12, 66668888, 900000000001, false}
	Memberships  = Series{"8888", 12, 66668888, 900000000001, false}
	Orders       = Series{"DP", 14, 1, 90000000000001, false}
	Vouchers     = Series{"", 12, 668800008888, 900000000001, false}
	ICCIDs       = Series{"898600F", 13, 1234567890123, 9000000000001, false} // D/3511084e0
	Transactions = Series{"DPSL", 5, 1, 1, true}
)

// ID is the nth id of the series of a seed, n from 0. Another seed begins elsewhere.
func (s Series) ID(of, n uint64, given bool) string {
	start := s.first
	if given {
		start = s.given
	}
	space := uint64(1)
	for range s.digits {
		space *= 10
	}
	if of != DefaultSeed {
		start = seed.Key(of, fmt.Sprint(s.prefix, s.digits, given)) % space
	}
	number := strconv.FormatUint((start+n)%space, 10)
	if s.grows && n >= space { // once around
		number = strconv.FormatUint(space+n, 10)
	}
	return s.prefix + strings.Repeat("0", max(0, s.digits-len(number))) + number
}

// Has says whether an id may be one of the series.
func (s Series) Has(id string) bool {
	number, ok := strings.CutPrefix(id, s.prefix)
	return ok && len(number) >= s.digits && len(number) <= 20 && strings.Trim(number, "0123456789") == ""
}
