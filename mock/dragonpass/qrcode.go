package dragonpass

import "time"

// QRCodeLife is how long a dynamic QR string stands for its membership, in world time.
const QRCodeLife = 300 * time.Second

// QRCode is a dynamic QR string.
type QRCode struct {
	Code         string
	MembershipID string
	ValidUntil   time.Time // that instant still counts
}

// Check refuses a string that has ended: QR_CODE_EXPIRED.
func (q QRCode) Check(now time.Time) error {
	if now.After(q.ValidUntil) {
		return Refuse(QRCodeExpired, "/qrCode: it ended at %s", q.ValidUntil.UTC().Format(time.RFC3339)).By("A-012").Unless("a new QR code")
	}
	return nil
}
