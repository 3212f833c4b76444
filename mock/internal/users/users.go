package users

import (
	"cmp"
	"slices"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/reading"
	"dragonmock/mock/dragonpass/user"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// Get returns a user of the client. Errors: USER_NOT_FOUND.
func Get(tx *world.Tx, clientUserID string) (user.User, error) {
	u := booking.FindUser(tx, clientUserID)
	return u, user.Require(clientUserID, u)
}

// Create makes a user. Errors: those of [user.Create].
func Create(tx *world.Tx, u user.User) (user.User, error) {
	create := user.Create{User: u, Known: booking.FindUser(tx, u.ClientUserID)}
	made, err := create.Decide()
	if err != nil {
		return user.User{}, err
	}
	tx.Users.Put(made.ClientUserID, made)
	return made, nil
}

// Update changes what is not empty of a user. Errors: those of [user.Update].
func Update(tx *world.Tx, u user.User) (user.User, error) {
	update := user.Update{User: u, Known: booking.FindUser(tx, u.ClientUserID)}
	update.Borne = len(ePassesOf(tx, u.ClientUserID))+len(membershipsOf(tx, u.ClientUserID)) > 0
	changed, err := update.Decide()
	if err != nil {
		return user.User{}, err
	}
	tx.Users.Put(changed.ClientUserID, changed)
	return changed, nil
}

// Delete ends a user. The name stays while a pass or a membership bears it. Errors: those of [user.Delete].
func Delete(tx *world.Tx, clientUserID string) error {
	d := user.Delete{
		ClientUserID: clientUserID, Known: booking.FindUser(tx, clientUserID), EPasses: ePassesOf(tx, clientUserID), Memberships: membershipsOf(tx, clientUserID),
	}
	for _, p := range d.EPasses {
		d.Orders = append(d.Orders, ordersOf(tx, p.Holder())...)
	}
	for _, m := range d.Memberships {
		d.Orders = append(d.Orders, ordersOf(tx, m.Holder())...)
	}
	left, remains, err := d.Decide(tx.Now())
	switch {
	case err != nil:
		return err
	case remains:
		tx.Users.Put(clientUserID, left)
	default:
		tx.Users.Remove(clientUserID)
	}
	return nil
}

// EPassesFilter narrows a list of a user's passes.
type EPassesFilter struct {
	Module *dragonpass.Module      // nil: any
	Status *dragonpass.EPassStatus // nil: any
}

// EPasses lists the passes of a user, whichever version issued them, newest first. Errors: USER_NOT_FOUND.
func EPasses(tx *world.Tx, clientUserID string, f EPassesFilter, page booking.Page) (booking.Paged[dragonpass.EPass], error) {
	if _, err := Get(tx, clientUserID); err != nil {
		return booking.Paged[dragonpass.EPass]{}, err
	}
	return booking.Cut(slices.DeleteFunc(ePassesOf(tx, clientUserID), func(p dragonpass.EPass) bool {
		return f.Module != nil && *f.Module != p.Module || f.Status != nil && *f.Status != p.ShownStatus(tx.Now(), tx.Client().Readings.Has(reading.PendingAsActive))
	}), page), nil
}

// Memberships lists the memberships of a user, newest first; status nil lists all. Errors: USER_NOT_FOUND.
func Memberships(tx *world.Tx, clientUserID string, status *dragonpass.MembershipStatus, page booking.Page) (booking.Paged[dragonpass.Membership], error) {
	if _, err := Get(tx, clientUserID); err != nil {
		return booking.Paged[dragonpass.Membership]{}, err
	}
	return booking.Cut(slices.DeleteFunc(membershipsOf(tx, clientUserID), func(m dragonpass.Membership) bool {
		return status != nil && *status != m.ShownStatus(tx.Now(), tx.Client().Readings.Has(reading.PendingAsActive))
	}), page), nil
}

// ePassesOf are the passes of a user, newest first; of those of one second the one with the largest id. All passes of the
// world are looked at: an index would cost every issue, and its world, for what is seldom asked.
func ePassesOf(tx *world.Tx, clientUserID string) []dragonpass.EPass {
	var passes []dragonpass.EPass
	tx.EPasses.Each(func(_ string, p dragonpass.EPass) bool {
		if p.ClientUserID == clientUserID {
			passes = append(passes, p)
		}
		return true
	})
	slices.SortFunc(passes, func(a, b dragonpass.EPass) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(b.EPassID, a.EPassID))
	})
	return passes
}

// membershipsOf are the memberships of a user, newest first.
func membershipsOf(tx *world.Tx, clientUserID string) []dragonpass.Membership {
	var memberships []dragonpass.Membership
	tx.UserMemberships.EachDown(rowkey.User(clientUserID), func(_, id string) bool {
		m, _ := tx.Memberships.Get(id)
		memberships = append(memberships, m)
		return true
	})
	return memberships
}

// ordersOf are the uses of an account, newest first.
func ordersOf(tx *world.Tx, holder dragonpass.Holder) []user.Order {
	var orders []user.Order
	tx.Usage.EachDown(rowkey.Holder(holder)+"/", func(_ string, row store.UsageRow) bool {
		o, _ := tx.Order(row.OrderID)
		b, _ := tx.Options.Get(row.OrderID)
		orders = append(orders, user.Order{Order: o, Bought: b})
		return true
	})
	return orders
}
