package store

import (
	"fmt"

	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/seed"
	"dragonmock/mock/internal/serial"
)

// DefaultSeed is the seed whose ids begin with the ones of the vendor's examples.
const DefaultSeed = serial.DefaultSeed

// firstToken is the prebooking token of the vendor's examples (D/338963m0).
const firstToken = "85c69b8e790befc7e94870ec269c3f1d"

// firstTokenDigits are those that it begins with, and tokens count on from.
const firstTokenDigits uint32 = 0x85c69b8e

// next gives out the next id of a series that is not taken.
func (s *State) next(of serial.Series, n, given *uint64, taken func(id string) bool) string {
	if s.log.given {
		n = given
	}
	for {
		id := of.ID(s.Counters.Seed, *n, s.log.given)
		*n++
		if !taken(id) {
			return id
		}
	}
}

// NextEPassID returns the id of the next pass: "1788" and 12 digits (D, seed).
func (s *State) NextEPassID() string {
	return s.next(serial.EPasses, &s.Counters.EPass, &s.Counters.GivenEPass, s.EPasses.Has)
}

// NextOrderID returns the id of the next order: "DP" and 14 digits (D, seed).
func (s *State) NextOrderID() string {
	return s.next(serial.Orders, &s.Counters.Order, &s.Counters.GivenOrder, s.OrderIDTaken)
}

// OrderIDTaken says whether an order has this id: a usage order, or one that issued a pass.
func (s *State) OrderIDTaken(id string) bool { return s.Orders.Has(id) || s.Issues.Has(id) }

// NextVoucher returns the next voucher: 12 digits (D, seed).
func (s *State) NextVoucher() string {
	return s.next(serial.Vouchers, &s.Counters.Voucher, &s.Counters.GivenVoucher, s.Vouchers.Has)
}

// NextICCID returns the id of the next eSIM profile: "898600F" and 13 digits (D/3511084e0).
func (s *State) NextICCID() string {
	return s.next(serial.ICCIDs, &s.Counters.ICCID, &s.Counters.GivenICCID, func(id string) bool {
		taken := false
		s.ESIMs.EachDown(rowkey.ESIMs(id), func(string, string) bool { taken = true; return false })
		return taken
	})
}

// NextTransactionID returns the id of the next simulated redemption: "DPSL" and five digits (D/338945m0).
func (s *State) NextTransactionID() string {
	return s.next(serial.Transactions, &s.Counters.Transaction, &s.Counters.Transaction, s.Transactions.Has)
}

// NextMembershipID returns the id of the next membership: "8888" and 12 digits (D/v1/338664m0).
func (s *State) NextMembershipID() string {
	return s.next(serial.Memberships, &s.Counters.Membership, &s.Counters.GivenMembership, s.Memberships.Has)
}

// NextQRCode returns the next dynamic QR string, which is opaque.
func (s *State) NextQRCode() string {
	for {
		r := seed.Nth(s.Counters.Seed, "qrCode", s.Counters.QRCode)
		s.Counters.QRCode++
		if code := fmt.Sprintf("DQ%016x%016x", r.Uint64(), r.Uint64()); !s.QRCodes.Has(code) {
			return code
		}
	}
}

// NextToken draws the next prebooking token, 32 hex digits (D/338963m0). It may be taken: see [Table.Add]. Tokens of one world
// begin with digits that count on, and are random from there: a new one is put at the end of a table and the oldest goes from
// its beginning, where random ones would be looked for all over it.
func (s *State) NextToken() string {
	n, purpose := &s.Counters.Token, "prebookingToken"
	if s.log.given {
		n, purpose = &s.Counters.GivenToken, "given prebookingToken"
	}
	token := firstToken
	if s.Counters.Seed != DefaultSeed || s.log.given || *n > 0 {
		r := seed.Nth(s.Counters.Seed, purpose, *n)
		token = rowkey.Age(uint64(firstTokenDigits+uint32(*n))<<32|r.Uint64()>>32) + rowkey.Age(r.Uint64())
	}
	*n++
	return token
}

// Sequence numbers things by age; see [rowkey.Age].
func (s *State) Sequence() uint64 {
	s.Counters.Sequence++
	return s.Counters.Sequence
}
