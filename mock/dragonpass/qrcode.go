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
