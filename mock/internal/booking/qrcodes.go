package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/bounds"
	"dragonmock/mock/internal/world"
)

// GenerateQRCode makes a string that stands for an active membership for five minutes. Errors: those of
// [rules.GenerateQRCode].
func GenerateQRCode(tx *world.Tx, membershipID string) (dragonpass.QRCode, error) {
	generate := rules.GenerateQRCode{MembershipID: membershipID}
	generate.Membership, _ = tx.Memberships.Get(membershipID)
	q, err := generate.Decide(tx.Now())
	if err != nil {
		return dragonpass.QRCode{}, err
	}
	q.Code = tx.NextQRCode()
	tx.QRCodes.Put(q.Code, q)
	bounds.Remember(tx, &tx.QRCodeAges, q.Code)
	forgetQRCodes(tx)
	return q, nil
}

// forgetQRCodes forgets the oldest dynamic strings: those beyond the bound, and those that have ended but for some.
func forgetQRCodes(tx *world.Tx) {
	ended := func(code string) bool {
		q, _ := tx.QRCodes.Get(code)
		return q.ValidUntil.Before(tx.Now())
	}
	bounds.ForgetOldest(tx, &tx.QRCodeAges, func(oldest string) bool {
		n := tx.QRCodeAges.Len()
		return n > tx.MaxTokens() || n > bounds.KeptExpired && ended(oldest) || n > 1 && tx.Crowded(tx.QRCodes.Size()+tx.QRCodeAges.Size())
	}, func(oldest string) bool {
		early := !ended(oldest)
		tx.QRCodes.Remove(oldest)
		return early
	})
}

// Forget forgets what has expired and is not asked for again: tokens, and dynamic strings.
func Forget(tx *world.Tx) {
	forgetTokens(tx)
	forgetQRCodes(tx)
}

// QRValue says whether a value is one that a QR picture may hold: the id of a pass or membership, a voucher, or a
// dynamic string. Other text makes verification fail at the venue (S).
func QRValue(tx *world.Tx, value string) bool {
	return tx.EPasses.Has(value) || tx.Memberships.Has(value) || tx.Vouchers.Has(value) || tx.QRCodes.Has(value)
}
