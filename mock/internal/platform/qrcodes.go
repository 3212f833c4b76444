package platform

import (
	"dragonmock/mock/dragonpass"
)

// GenerateQRCode makes a string that stands for an active membership for five minutes. Errors:
// MEMBERSHIP_NOT_FOUND, MEMBERSHIP_NOT_ACTIVE.
func (tx *Tx) GenerateQRCode(membershipID string) (dragonpass.QRCode, error) {
	m, err := tx.Membership(membershipID)
	if err != nil {
		return dragonpass.QRCode{}, err
	}
	if err := m.CheckActive(tx.now); err != nil {
		return dragonpass.QRCode{}, err
	}
	q := dragonpass.QRCode{Code: tx.nextQRCode(), MembershipID: membershipID, ValidUntil: tx.now.Add(dragonpass.QRCodeLife)}
	put(tx, &tx.state.qrCodes, q.Code, q)
	tx.remembered(&tx.state.qrCodeAges, q.Code, tx.world.config.MaxTokens, func(oldest string) { remove(tx, &tx.state.qrCodes, oldest) })
	return q, nil
}

// holderOfQRCode is the membership that a live string stands for. Errors: QR_CODE_EXPIRED, also for an unknown one.
func (tx *Tx) holderOfQRCode(code string) (dragonpass.Holder, error) {
	q, ok := tx.state.qrCodes.get(code)
	if !ok {
		return dragonpass.Holder{}, dragonpass.Refuse(dragonpass.QRCodeExpired, "/qrCode: it stands for no membership").By("A-012").Unless("a string of generateMembershipQRCode")
	}
	return dragonpass.Holder{MembershipID: q.MembershipID}, q.Check(tx.now)
}

// QRValue says whether a value is one that a QR picture may hold: the id of a pass or membership, a voucher, or a
// dynamic string. Other text makes verification fail at the venue (S).
func (tx *Tx) QRValue(value string) bool {
	return tx.state.ePasses.has(value) || tx.state.memberships.has(value) || tx.state.vouchers.has(value) || tx.state.qrCodes.has(value)
}
