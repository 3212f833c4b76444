package user_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/user"
)

var (
	now   = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)
	ada   = user.User{ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com"}
	byron = user.User{ClientUserID: "u-1", FirstName: "Ada", LastName: "Byron"}
)

// refused asserts a refusal and its sentence; an empty symbol means none.
func refused(t *testing.T, want dragonpass.Code, message string, err error) {
	t.Helper()
	if want == "" {
		require.NoError(t, err)
		return
	}
	var e *dragonpass.Error
	require.True(t, errors.As(err, &e), "expected a refusal, got %v", err)
	assert.Equal(t, want, e.Code)
	assert.Equal(t, message, e.Message())
	assert.NotEmpty(t, e.Rule)
}

func TestCheckName(t *testing.T) {
	const mismatch = "clientUserId: u-1 belongs to another first and last name"
	refused(t, "", "", user.CheckName(ada, "Ada", "Lovelace"))
	refused(t, "", "", user.CheckName(user.User{}, "Ada", "Byron"))
	refused(t, dragonpass.ClientUserNameMismatch, mismatch, user.CheckName(ada, "ada", "Lovelace"))
	refused(t, dragonpass.ClientUserNameMismatch, mismatch, user.CheckName(ada, "Ada", "Byron"))
	refused(t, dragonpass.ClientUserNameMismatch, mismatch, user.CheckName(ada.Forgotten(), "Ada", "Byron"))
}

func TestCreate(t *testing.T) {
	for name, row := range map[string]struct {
		user, known user.User
		code        dragonpass.Code
		message     string
	}{
		"nobody's yet":                {user: ada},
		"there already":               {ada, ada, dragonpass.UserExists, "clientUserId: there is a user u-1 already"},
		"there, by another name":      {byron, ada, dragonpass.UserExists, "clientUserId: there is a user u-1 already"},
		"deleted":                     {user: ada, known: ada.Forgotten()},
		"deleted, under another name": {byron, ada.Forgotten(), dragonpass.ClientUserNameMismatch, "clientUserId: u-1 belongs to another first and last name"},
	} {
		t.Run(name, func(t *testing.T) {
			c := user.Create{User: row.user, Known: row.known}
			got, err := c.Decide()
			refused(t, row.code, row.message, err)
			if row.code == "" {
				assert.Equal(t, row.user, got)
			}
		})
	}
}

func TestUpdate(t *testing.T) {
	change := func(u user.User) user.User { u.ClientUserID = "u-1"; return u }
	for name, row := range map[string]struct {
		user, known user.User
		borne       bool
		want        user.User
		code        dragonpass.Code
		message     string
	}{
		"unknown": {user: ada, code: dragonpass.UserNotFound, message: "clientUserId: no user u-1"},
		"deleted": {user: ada, known: ada.Forgotten(), code: dragonpass.UserNotFound, message: "clientUserId: no user u-1"},
		"nothing": {user: change(user.User{}), known: ada, want: ada},
		"contact, with the name borne": {
			user: change(user.User{PhoneNumber: "1", CallingCode: "44", Email: "b@example.com"}), known: ada, borne: true,
			want: user.User{ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace", PhoneNumber: "1", CallingCode: "44", Email: "b@example.com"},
		},
		"the same name, borne": {user: change(user.User{LastName: "Lovelace"}), known: ada, borne: true, want: ada},
		"a last name, borne": {
			user: byron, known: ada, borne: true, code: dragonpass.ClientUserNameMismatch, message: "clientUserId: u-1 belongs to another first and last name",
		},
		"a first name, borne": {
			user: change(user.User{FirstName: "A."}), known: ada, borne: true,
			code: dragonpass.ClientUserNameMismatch, message: "clientUserId: u-1 belongs to another first and last name",
		},
		"a name that nothing bears": {
			user: change(user.User{FirstName: "A.", LastName: "King"}), known: ada,
			want: user.User{ClientUserID: "u-1", FirstName: "A.", LastName: "King", Email: "ada@example.com"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			u := user.Update{User: row.user, Known: row.known, Borne: row.borne}
			got, err := u.Decide()
			refused(t, row.code, row.message, err)
			if row.code == "" {
				assert.Equal(t, row.want, got)
			}
		})
	}
}

func TestDelete(t *testing.T) {
	pass := func(ends time.Time) []dragonpass.EPass {
		return []dragonpass.EPass{{EPassID: "1", ActivationDate: now, ExpirationDate: ends}}
	}
	cancelled := pass(now.Add(time.Hour))
	cancelled[0].CancelledAt = now
	waiting := []dragonpass.EPass{{EPassID: "1", ActivationDate: now.Add(time.Hour), ExpirationDate: now.Add(2 * time.Hour)}}
	member := func(s dragonpass.MembershipStatus, ends time.Time) []dragonpass.Membership {
		return []dragonpass.Membership{{MembershipID: "2", Status: s, ExpirationDate: ends}}
	}
	booked := func(s dragonpass.OrderStatus, at time.Time) []user.Order {
		return []user.Order{{Order: dragonpass.Order{OrderID: "3", Category: dragonpass.Prebooking, Status: s, ServiceAt: at}}}
	}
	order := func(s dragonpass.OrderStatus) []user.Order { return booked(s, now) }
	offer := func(until time.Time) []user.Order {
		return []user.Order{{Order: dragonpass.Order{OrderID: "3", Category: dragonpass.Prebooking, Status: 1, OptionID: "L1-01"}, Bought: option.Bought{Until: until}}}
	}
	later, past := now.Add(time.Second), now.Add(-time.Second)
	const (
		passes  = "clientUserId: u-1 cannot be deleted: E-pass 1 is neither cancelled nor expired"
		members = "clientUserId: u-1 cannot be deleted: membership 2 is neither cancelled nor expired"
		stands  = "clientUserId: u-1 cannot be deleted: prebooking 3 stands"
	)
	for name, row := range map[string]struct {
		delete  user.Delete
		remains bool
		code    dragonpass.Code
		message string
	}{
		"unknown":                {delete: user.Delete{}, code: dragonpass.UserNotFound, message: "clientUserId: no user u-1"},
		"deleted":                {delete: user.Delete{Known: ada.Forgotten()}, code: dragonpass.UserNotFound, message: "clientUserId: no user u-1"},
		"who has nothing":        {delete: user.Delete{Known: ada}},
		"a pass at its end":      {delete: user.Delete{Known: ada, EPasses: pass(now)}, code: dragonpass.UserInUse, message: passes},
		"a pass behind its end":  {delete: user.Delete{Known: ada, EPasses: pass(past)}, remains: true},
		"a cancelled pass":       {delete: user.Delete{Known: ada, EPasses: cancelled}, remains: true},
		"a pass that waits":      {delete: user.Delete{Known: ada, EPasses: waiting}, code: dragonpass.UserInUse, message: passes},
		"the second pass":        {delete: user.Delete{Known: ada, EPasses: append(pass(past), pass(later)...)}, code: dragonpass.UserInUse, message: passes},
		"a pass, before members": {delete: user.Delete{Known: ada, EPasses: pass(later), Memberships: member(1, later), Orders: order(1)}, code: dragonpass.UserInUse, message: passes},
		"an active membership":   {delete: user.Delete{Known: ada, Memberships: member(1, later), Orders: order(1)}, code: dragonpass.UserInUse, message: members},
		"a suspended one":        {delete: user.Delete{Known: ada, Memberships: member(2, later)}, code: dragonpass.UserInUse, message: members},
		"a cancelled one":        {delete: user.Delete{Known: ada, Memberships: member(3, later)}, remains: true},
		"an expired one":         {delete: user.Delete{Known: ada, Memberships: member(1, past)}, remains: true},
		"a pending order":        {delete: user.Delete{Known: ada, EPasses: pass(past), Orders: order(0)}, code: dragonpass.UserInUse, message: stands},
		"a confirmed order":      {delete: user.Delete{Known: ada, EPasses: pass(past), Orders: order(1)}, code: dragonpass.UserInUse, message: stands},
		"a booking at its end":   {delete: user.Delete{Known: ada, EPasses: pass(past), Orders: booked(1, now.Add(-3*time.Hour))}, code: dragonpass.UserInUse, message: stands},
		"a missed booking":       {delete: user.Delete{Known: ada, EPasses: pass(past), Orders: booked(1, past.Add(-3*time.Hour))}, remains: true},
		"a pending one, missed":  {delete: user.Delete{Known: ada, EPasses: pass(past), Orders: booked(0, past.Add(-3*time.Hour))}, remains: true},
		"a voucher at its end":   {delete: user.Delete{Known: ada, EPasses: pass(past), Orders: offer(now)}, code: dragonpass.UserInUse, message: stands},
		"a voucher that is over": {delete: user.Delete{Known: ada, EPasses: pass(past), Orders: offer(past)}, remains: true},
		"a used order":           {delete: user.Delete{Known: ada, EPasses: pass(past), Orders: order(2)}, remains: true},
		"a cancelled order":      {delete: user.Delete{Known: ada, EPasses: pass(past), Orders: order(3)}, remains: true},
	} {
		t.Run(name, func(t *testing.T) {
			row.delete.ClientUserID = "u-1"
			left, remains, err := row.delete.Decide(now)
			refused(t, row.code, row.message, err)
			assert.Equal(t, row.remains, remains)
			if row.code == "" {
				assert.Equal(t, user.User{ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace", Deleted: true}, left)
			}
		})
	}
}
