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
	bounds.Made(tx, qrCodes(tx))
	return q, nil
}

// qrCodes are the dynamic strings of a world, of which the oldest are forgotten.
func qrCodes(tx *world.Tx) bounds.Kind[dragonpass.QRCode] {
	return bounds.Kind[dragonpass.QRCode]{
		Rows: &tx.QRCodes, Ages: &tx.QRCodeAges, Most: tx.MaxTokens(),
		Over: func(q dragonpass.QRCode) bool { return q.ValidUntil.Before(tx.Now()) },
	}
}

// Forget forgets what has expired and is not asked for again: tokens, and dynamic strings.
func Forget(tx *world.Tx) {
	bounds.Forget(tx, tokens(tx))
	bounds.Forget(tx, qrCodes(tx))
}

// QRValue says whether a value is one that a QR picture may hold: the id of a pass or membership, a voucher, or a
// dynamic string. Other text makes verification fail at the venue (S).
func QRValue(tx *world.Tx, value string) bool {
	return tx.EPasses.Has(value) || tx.Memberships.Has(value) || tx.Vouchers.Has(value) || tx.QRCodes.Has(value)
}
