package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/dragonpass/user"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/world"
)

// FindAccount finds whose usages are meant: an E-pass, a membership, or neither.
func FindAccount(tx *world.Tx, h dragonpass.Holder) rules.Account {
	if h.MembershipID != "" {
		if m, ok := tx.Memberships.Get(h.MembershipID); ok {
			return rules.Account{Membership: &m}
		}
	} else if p, ok := tx.EPasses.Get(h.EPassID); ok && shows(tx, p.Module) {
		return rules.Account{EPass: &p}
	}
	return rules.Account{}
}

// take writes down what an order took of an account.
func take(tx *world.Tx, a rules.Account, o *dragonpass.Order) {
	switch {
	case a.EPass != nil:
		tx.EPasses.Put(a.EPass.EPassID, a.EPass.Take(o.Persons()))
	case a.Membership != nil:
		tx.Memberships.Put(a.Membership.MembershipID, a.Membership.Take(o.Module, o.Spent))
	}
}

// giveBack refunds what an order took, to where it came from, and frees its places. It counts even when the account has
// expired.
func giveBack(tx *world.Tx, o *dragonpass.Order, r *dragonpass.Resource) {
	if pass, ok := tx.EPasses.Get(o.Holder.EPassID); ok {
		tx.EPasses.Put(pass.EPassID, pass.Refund(o.Persons()))
	}
	if m, ok := tx.Memberships.Get(o.Holder.MembershipID); ok {
		tx.Memberships.Put(m.MembershipID, m.Refund(o.Module, o.Spent))
	}
	if o.Category == dragonpass.Prebooking {
		stock.Free(tx, o, r)
	}
}

// ClientUserIDOf is the client's key of whose usages they are.
func ClientUserIDOf(tx *world.Tx, h dragonpass.Holder) string {
	switch a := FindAccount(tx, h); {
	case a.EPass != nil:
		return a.EPass.ClientUserID
	case a.Membership != nil:
		return a.Membership.ClientUserID
	}
	return ""
}

// FindUser finds whose a clientUserId is, also when the user was deleted; zero: nobody's yet.
func FindUser(tx *world.Tx, clientUserID string) user.User {
	u, _ := tx.Users.Get(clientUserID)
	return u
}

// bindName has a user of a name who is given a pass or a membership: one who is not there is made (S).
func bindName(tx *world.Tx, clientUserID, first, last string) {
	if u := FindUser(tx, clientUserID); !u.Exists() || !u.Named(first, last) {
		tx.Users.Put(clientUserID, user.User{ClientUserID: clientUserID, FirstName: first, LastName: last})
	}
}
