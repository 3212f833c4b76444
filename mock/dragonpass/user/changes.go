package user

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/window"
)

// CheckName refuses a second name for a clientUserId, over passes and memberships: CLIENT_USER_NAME_MISMATCH. Names are
// compared to the letter. u is zero when the id is nobody's yet.
func CheckName(u User, first, last string) error {
	if u.ClientUserID != "" && !u.Named(first, last) {
		return dragonpass.RefuseField(dragonpass.ClientUserNameMismatch, "clientUserId", "%s belongs to another first and last name", u.ClientUserID).
			By("D/v1/338667m0").Unless("the name %s %s", u.FirstName, u.LastName)
	}
	return nil
}

// Require refuses a clientUserId that is nobody's, or of a user who was deleted: USER_NOT_FOUND.
func Require(clientUserID string, u User) error {
	if !u.Exists() {
		return dragonpass.RefuseField(dragonpass.UserNotFound, "clientUserId", "no user %s", clientUserID).By("A-030")
	}
	return nil
}

// Create is a client who wants a user.
type Create struct {
	User  User // as it is to be
	Known User // of that id; zero: it is nobody's yet
}

// Decide returns the new user, or refuses, in this order: one who is there already, by whatever way (USER_EXISTS); another
// name than the one that passes and memberships of a deleted user bear (CLIENT_USER_NAME_MISMATCH).
func (c *Create) Decide() (User, error) {
	if c.Known.Exists() {
		return User{}, dragonpass.RefuseField(dragonpass.UserExists, "clientUserId", "there is a user %s already", c.User.ClientUserID).
			By("A-030").Unless("another clientUserId, or an update")
	}
	return c.User, CheckName(c.Known, c.User.FirstName, c.User.LastName)
}

// Update is a client who changes a user. An empty member stays as it is.
type Update struct {
	User  User
	Known User // of that id; zero: it is nobody's yet
	Borne bool // a pass or a membership bears the name, which is fixed then (D/338656m0)
}

// Decide returns the user as it is then, or refuses, in this order: USER_NOT_FOUND; another name, while a pass or a
// membership bears the one there is (CLIENT_USER_NAME_MISMATCH).
func (u *Update) Decide() (User, error) {
	if err := Require(u.User.ClientUserID, u.Known); err != nil {
		return User{}, err
	}
	next := u.Known
	for _, m := range []struct {
		is   *string
		sent string
	}{
		{&next.FirstName, u.User.FirstName}, {&next.LastName, u.User.LastName}, {&next.PhoneNumber, u.User.PhoneNumber},
		{&next.CallingCode, u.User.CallingCode}, {&next.Email, u.User.Email},
	} {
		if m.sent != "" {
			*m.is = m.sent
		}
	}
	if u.Borne {
		return next, CheckName(u.Known, next.FirstName, next.LastName)
	}
	return next, nil
}

// Delete is a client who wants a user gone.
type Delete struct {
	ClientUserID string
	Known        User               // zero: there is none such
	EPasses      []dragonpass.EPass // of the user
	Memberships  []dragonpass.Membership
	Orders       []Order // made with them
}

// Order is a use of a pass or a membership, and what was bought with it of an option.
type Order struct {
	dragonpass.Order
	Bought option.Bought
}

// Decide returns what is left of the user: the name, when a pass or a membership bears it; false when nothing is. It
// refuses, in this order: USER_NOT_FOUND; a pass that is neither cancelled nor expired, a membership of which that is so,
// or a prebooking that stands, which can be used even when its pass has expired (USER_IN_USE).
func (d *Delete) Decide(now time.Time) (left User, remains bool, err error) {
	if err := Require(d.ClientUserID, d.Known); err != nil {
		return left, false, err
	}
	for _, p := range d.EPasses {
		if s := p.StatusAt(now); s != dragonpass.EPassStatusCancelled && s != dragonpass.EPassStatusExpired {
			return left, false, d.inUse("E-pass "+p.EPassID+" is neither cancelled nor expired", "the pass cancelled, or a time after its end")
		}
	}
	for _, m := range d.Memberships {
		if s := m.StatusAt(now); s != dragonpass.MembershipCancelled && s != dragonpass.MembershipExpired {
			return left, false, d.inUse("membership "+m.MembershipID+" is neither cancelled nor expired", "the membership cancelled")
		}
	}
	for _, o := range d.Orders {
		if window.Stands(&o.Order, o.Bought, now) {
			return left, false, d.inUse("prebooking "+o.OrderID+" stands", "the prebooking cancelled or used, or its time over")
		}
	}
	return d.Known.Forgotten(), len(d.EPasses)+len(d.Memberships) > 0, nil
}

func (d *Delete) inUse(what, remedy string) error {
	return dragonpass.RefuseField(dragonpass.UserInUse, "clientUserId", "%s cannot be deleted: %s", d.ClientUserID, what).By("A-070").Unless("%s", remedy)
}
