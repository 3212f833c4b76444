package author

import (
	"errors"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/offers"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/world"
)

// Redemption asks to let a party in: on a voucher, or without a booking on one of the others, at a resource.
type Redemption struct {
	Voucher      string // of a prebooking
	EPassID      string
	MembershipID string
	QRCode       string // a dynamic string
	Shown        string // whatever the traveller shows: any of the three above
	ResourceID   string
	Party        dragonpass.Party
}

// Redeem lets a party in, and returns the usage order. Errors: INVALID_REQUEST for a voucher beside something else; those
// of [booking.RedeemVoucher] and [booking.WalkIn].
func Redeem(tx *world.Tx, r Redemption) (booking.Order, error) {
	if r.Voucher != "" && r.EPassID+r.MembershipID+r.QRCode+r.Shown+r.ResourceID != "" {
		return booking.Order{}, refuse("voucher", "expected it without ePassId, membershipId, qrCode and resourceId")
	}
	o, err := redeem(tx, r)
	return o, meantResource(tx, r.ResourceID, err)
}

func redeem(tx *world.Tx, r Redemption) (booking.Order, error) {
	switch {
	case r.Voucher != "":
		return booking.RedeemVoucher(tx, r.Voucher, r.Party)
	case r.QRCode != "":
		return booking.WalkInQRCode(tx, r.QRCode, r.ResourceID, r.Party)
	case r.Shown != "":
		return booking.WalkInShown(tx, r.Shown, r.ResourceID, r.Party)
	}
	return booking.WalkIn(tx, dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID}, r.ResourceID, r.Party)
}

// meantResource adds to the refusal of a resource that there is not which one was meant.
func meantResource(tx *world.Tx, id string, err error) error {
	if refused, ok := errors.AsType[*dragonpass.Error](err); ok && refused.Code == dragonpass.ResourceNotFound {
		refused.Complaints[0].Text += nearest.DidYouMean(id, tx.Catalog().ResourceIDs())
	}
	return err
}

// Reverse takes a use back at the venue's word, with full refund (D/339432m0). Errors: those of [booking.Reverse].
func Reverse(tx *world.Tx, orderID string) (booking.Order, error) {
	return booking.Reverse(tx, orderID)
}

// ConfirmOrder confirms a pending order: the supplier says yes. Errors: those of [booking.ConfirmOrder].
func ConfirmOrder(tx *world.Tx, orderID string) (booking.Order, error) {
	return booking.ConfirmOrder(tx, orderID)
}

// FailOrder fails a pending order, with refund: the supplier says no. Errors: those of [booking.FailOrder].
func FailOrder(tx *world.Tx, orderID string) (booking.Order, error) {
	return booking.FailOrder(tx, orderID)
}

// DataUse is so much data of the package of an order.
type DataUse struct {
	OrderID string
	Bytes   int64
}

// UseData uses data of an eSIM, as far as there is any left. Errors: those of [offers.UseData].
func UseData(tx *world.Tx, u DataUse) (offers.Package, error) {
	return offers.UseData(tx, u.OrderID, u.Bytes)
}

// Closing is a venue that closes, and why.
type Closing struct{ ResourceID, Remarks string }

// CloseResource closes a resource, and returns the bookings that are cancelled by it, oldest first. Errors: those of
// [booking.CloseResource].
func CloseResource(tx *world.Tx, c Closing) ([]dragonpass.Order, error) {
	ended, err := booking.CloseResource(tx, c.ResourceID, c.Remarks)
	announceResource(tx, news.ResourcesUpdated, c.ResourceID, err)
	return ended, meantResource(tx, c.ResourceID, err)
}

// BookingMove is a booking that the vendor moves to another time, and why.
type BookingMove struct {
	OrderID string
	Date    dragonpass.LocalTime
	Remarks string
}

// MoveOrder moves a booking. Errors: those of [booking.MoveOrder].
func MoveOrder(tx *world.Tx, m BookingMove) (booking.Order, error) {
	return booking.MoveOrder(tx, m.OrderID, m.Date, m.Remarks)
}

// ExpireEPass ends a pass a second ago. Errors: EPASS_NOT_FOUND.
func ExpireEPass(tx *world.Tx, ePassID string) (dragonpass.EPass, error) {
	return booking.ExpireEPass(tx, ePassID)
}

// Slot is how many persons one time of a resource, or of an option of it, still takes.
type Slot struct {
	ResourceID string
	OptionID   string // of a lifestyle resource
	Date       dragonpass.LocalTime
	Free       int
}

// SetSlot sets how many persons can still reserve or book one time of a resource. It takes nothing from those who
// reserved before. Errors: those of [booking.FillSlot].
func SetSlot(tx *world.Tx, s Slot) (dragonpass.Slot, error) {
	slot, err := booking.FillSlot(tx, s.ResourceID, s.OptionID, s.Date, s.Free)
	announceResource(tx, news.AvailabilityChanged, s.ResourceID, err)
	return slot, meantResource(tx, s.ResourceID, err)
}

// Patch is a change of a resource: a JSON object in the shape of the vendor's resource details.
type Patch struct {
	ResourceID string
	JSON       []byte
}

// PatchResource merges a patch into a resource of this world: objects merge, lists and plain values replace. One that leaves
// all as it was changes nothing, and nobody is told. Errors: RESOURCE_NOT_FOUND, INVALID_REQUEST.
func PatchResource(tx *world.Tx, p Patch) (dragonpass.Resource, error) {
	r, changed, err := booking.PatchResource(tx, p.ResourceID, p.JSON)
	if changed {
		announceResource(tx, news.ResourcesUpdated, p.ResourceID, err)
	}
	return r, meantResource(tx, p.ResourceID, err)
}

// announceResource tells clients of v2 of a resource that was changed, in a batch of its own.
func announceResource(tx *world.Tx, kind news.Kind, resourceID string, err error) {
	if r, ok := booking.FindResource(tx, resourceID); ok && err == nil {
		outbox.Announce(tx, kind, news.Group{Module: r.Module, IDs: []string{resourceID}})
	}
}

// KnowsQRValue says whether a value is one that a QR picture may hold: the id of a pass or membership, a voucher, or a
// dynamic string. Other text makes verification fail at the venue (S).
func KnowsQRValue(tx *world.Tx, value string) (bool, error) { return booking.QRValue(tx, value), nil }
