package platform

import (
	"dragonmock/mock/dragonpass"
)

// account finds whose usages are meant: an E-pass or a membership. Errors: EPASS_NOT_FOUND, MEMBERSHIP_NOT_FOUND.
func (tx *Tx) account(h dragonpass.Holder) (dragonpass.Account, error) {
	if h.MembershipID != "" {
		return tx.Membership(h.MembershipID)
	}
	return tx.EPass(h.EPassID)
}

// take uses what a party needs of an account that was checked, and answers what of its entitlements that was.
func (tx *Tx) take(a dragonpass.Account, module dragonpass.Module, party dragonpass.Party) (dragonpass.Spent, error) {
	switch a := a.(type) {
	case dragonpass.EPass:
		put(tx, &tx.state.ePasses, a.EPassID, a.Take(party.Persons()))
	case dragonpass.Membership:
		left, spent, err := a.EntitlementsFor(module).Spend(party)
		if err != nil {
			return spent, err
		}
		put(tx, &tx.state.memberships, a.MembershipID, a.With(left))
		return spent, nil
	}
	return dragonpass.Spent{}, nil
}

// giveBack refunds what an order took, to where it came from, and frees its places. It counts even when the account has
// expired.
func (tx *Tx) giveBack(o dragonpass.Order) {
	if pass, ok := tx.state.ePasses.get(o.Holder.EPassID); ok {
		put(tx, &tx.state.ePasses, pass.EPassID, pass.Refund(o.Persons()))
	}
	if m, ok := tx.state.memberships.get(o.Holder.MembershipID); ok {
		put(tx, &tx.state.memberships, m.MembershipID, m.With(m.EntitlementsFor(o.Module).Refund(o.Spent)))
	}
	if o.Category == dragonpass.Prebooking {
		if r, ok := tx.resource(o.ResourceID); ok {
			slot := tx.slot(r, o.Date)
			slot.Left += o.Persons()
			tx.putSlot(slot)
		}
	}
}

// checkName refuses a second name for a clientUserId, over passes and memberships.
func (tx *Tx) checkName(clientUserID, first, last string) error {
	if user, ok := tx.state.users.get(clientUserID); ok {
		return user.CheckName(first, last)
	}
	return nil
}

// bindName binds a user to a name.
func (tx *Tx) bindName(clientUserID, first, last string) {
	put(tx, &tx.state.users, clientUserID, dragonpass.ClientUser{ClientUserID: clientUserID, FirstName: first, LastName: last})
}

// holderKey writes a holder as a key.
func holderKey(h dragonpass.Holder) string {
	if h.EPassID != "" {
		return "e" + h.EPassID
	}
	return "m" + h.MembershipID
}
