package simulation

import (
	"errors"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/sandbox"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/world"
)

// Visit is a party that comes without a booking.
type Visit struct {
	Path       dragonpass.Module
	DPID       string // the id of a pass or a membership, or a dynamic QR string
	ResourceID string // empty: the sandbox chooses
	Party      dragonpass.Party
}

// WalkIn lets a party in, and returns the id of the transaction. Errors: those of [sandbox.WalkIn], MODULE_MISMATCH for a
// resource of another module, those of [booking.WalkInShown].
func WalkIn(tx *world.Tx, v Visit) (transactionID string, err error) {
	choose := sandbox.WalkIn{Path: v.Path, Limited: tx.Client().SandboxLimits, ResourceID: v.ResourceID}
	if pass := booking.FindAccount(tx, dragonpass.Holder{EPassID: v.DPID}).EPass; pass != nil {
		for _, id := range pass.AllowedResources { // those of a cross-module pass are of several modules
			if r, ok := booking.FindResource(tx, id); ok && r.Module == v.Path {
				choose.Scope = append(choose.Scope, id)
			}
		}
	}
	at, err := choose.Choose()
	if err != nil {
		return "", err
	}
	if r, ok := booking.FindResource(tx, at); ok {
		if err := sandbox.CheckModule(v.Path, r.Module, "resourceId"); err != nil {
			return "", err
		}
	}
	order, err := booking.WalkInShown(tx, v.DPID, at, v.Party)
	if err != nil {
		return "", ofDPID(err)
	}
	return note(tx, order), nil
}

// ofDPID has a refusal speak of the one member that this surface has for whoever comes.
func ofDPID(err error) error {
	if refused, ok := errors.AsType[*dragonpass.Error](err); ok {
		for i, c := range refused.Complaints {
			if c.Field == "ePassId" || c.Field == "membershipId" || c.Field == "qrCode" {
				refused.Complaints[i].Field = "dpId"
			}
		}
	}
	return err
}

// Redemption is a party that comes with a voucher.
type Redemption struct {
	Path    dragonpass.Module
	Voucher string
	Party   dragonpass.Party
}

// Redeem lets a party in on a voucher, and returns the id of the transaction. Errors: those of [sandbox.Redeem], those of
// [booking.RedeemVoucher].
func Redeem(tx *world.Tx, r Redemption) (transactionID string, err error) {
	check := sandbox.Redeem{Path: r.Path, Limited: tx.Client().SandboxLimits, Voucher: r.Voucher}
	orderID, _ := tx.Vouchers.Get(r.Voucher)
	check.Order, _ = tx.Order(orderID)
	if err := check.Check(); err != nil {
		return "", err
	}
	order, err := booking.RedeemVoucher(tx, r.Voucher, r.Party)
	if err != nil {
		return "", err
	}
	return note(tx, order), nil
}

// note gives a use its transaction id. An order that is used voucher by voucher has several.
func note(tx *world.Tx, o booking.Order) string {
	id := tx.NextTransactionID()
	tx.Transactions.Put(id, o.OrderID)
	return id
}

// Cancellation takes a use back.
type Cancellation struct {
	Path          dragonpass.Module
	DPID          string // the id of the pass or membership
	TransactionID string
}

// Cancel takes a use back, with full refund: a walk-in or a redeemed prebooking. Errors: those of [sandbox.Cancel], those of
// [booking.Reverse].
func Cancel(tx *world.Tx, c Cancellation) error {
	check := sandbox.Cancel{Path: c.Path, Limited: tx.Client().SandboxLimits, TransactionID: c.TransactionID, Holder: c.DPID}
	if q, ok := tx.QRCodes.Get(c.DPID); ok {
		check.Holder = q.MembershipID
	}
	if orderID, ok := tx.Transactions.Get(c.TransactionID); ok {
		check.Order, _ = tx.Order(orderID)
	}
	if err := check.Check(); err != nil {
		return err
	}
	_, err := booking.Reverse(tx, check.Order.OrderID)
	return err
}
