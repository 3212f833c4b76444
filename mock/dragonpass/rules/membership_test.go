package rules

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/user"
)

func TestRegister_OrderOfChecks(t *testing.T) {
	now := at(t, start)
	good := func() Register {
		return Register{
			RegisterRequest: dragonpass.RegisterRequest{ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace", ExpirationDate: now.Add(time.Second)},
			User:            user.User{ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace"},
		}
	}
	checkOrder(t, good, func(r Register) error { _, err := r.Decide(now); return err }, []wrong[Register]{
		{"another name", func(r *Register) { r.LastName = "Byron" }, dragonpass.ClientUserNameMismatch},
		{"it ends now", func(r *Register) { r.ExpirationDate = now }, dragonpass.ExpirationInvalid},
	})
}

func TestRegister_Decide_GivesAMembership(t *testing.T) {
	now := at(t, start)
	program := dragonpass.StandardProgram("18943")
	r := Register{Program: program, RegisterRequest: dragonpass.RegisterRequest{
		ProgramID: "18943", ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace", PhoneNumber: "1", CallingCode: "44", Email: "a@b",
	}}
	want := dragonpass.Membership{
		ProgramID: "18943", ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace", PhoneNumber: "1", CallingCode: "44", Email: "a@b",
		Status: dragonpass.MembershipActive, RegisteredAt: now, ActivationDate: now, ExpirationDate: now.AddDate(2, 0, 0), Entitlements: program.Entitlements,
	}
	got, err := r.Decide(now)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	r.ExpirationDate = now.Add(time.Hour).In(zone(t, "Asia/Tokyo"))
	want.ExpirationDate = now.Add(time.Hour)
	got, err = r.Decide(now)
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

// TestRegister_ThatBeginsLater waits for its first instant, and is active from then on.
func TestRegister_ThatBeginsLater(t *testing.T) {
	now := at(t, start)
	begins := now.Add(time.Hour)
	r := Register{Program: dragonpass.StandardProgram("18943"), RegisterRequest: dragonpass.RegisterRequest{ActivationDate: begins.In(zone(t, "Asia/Tokyo"))}}
	m, err := r.Decide(now)
	require.NoError(t, err)
	assert.Equal(t, begins, m.ActivationDate)
	assert.Equal(t, begins.AddDate(2, 0, 0), m.ExpirationDate, "its time begins with it")
	for after, want := range map[time.Duration]dragonpass.MembershipStatus{
		0: dragonpass.MembershipPending, time.Hour - 1: dragonpass.MembershipPending, time.Hour: dragonpass.MembershipActive,
	} {
		assert.Equal(t, want, m.StatusAt(now.Add(after)), after)
	}
	m.MembershipID = "1"
	update := func(at time.Time, m dragonpass.Membership, to dragonpass.MembershipStatus, expires *time.Time) (dragonpass.Membership, error) {
		u := UpdateMembership{MembershipID: "1", Status: &to, Expires: expires, Membership: m}
		return u.Decide(at)
	}
	early, err := update(now, m, dragonpass.MembershipActive, nil)
	require.NoError(t, err)
	assert.Equal(t, dragonpass.MembershipActive, early.StatusAt(now))
	assert.Equal(t, now, early.ActivationDate, "who activates it says when it begins")
	suspended, err := update(begins, m, dragonpass.MembershipSuspended, nil)
	require.NoError(t, err)
	again, err := update(begins, suspended, dragonpass.MembershipPending, nil)
	require.NoError(t, err)
	assert.Equal(t, dragonpass.MembershipPending, again.StatusAt(begins), "it waits for an update")
	assert.Zero(t, again.ActivationDate)
	_, err = update(now, m, dragonpass.MembershipPending, new(begins.Add(-time.Second)))
	refused(t, dragonpass.ExpirationInvalid, err)
	_, err = update(now, m, dragonpass.MembershipSuspended, new(begins.Add(-time.Second)))
	refused(t, dragonpass.ExpirationInvalid, err)
	_, err = update(now, m, dragonpass.MembershipActive, new(begins.Add(-time.Second)))
	refused(t, "", err)
	_, err = update(now, m, dragonpass.MembershipPending, &begins)
	refused(t, "", err)
	r.ActivationDate = time.Date(9998, 1, 1, 0, 0, 0, 0, time.UTC)
	_, err = r.Decide(now)
	refused(t, dragonpass.InvalidRequest, err)
	r.ExpirationDate = r.ActivationDate.AddDate(1, 0, 0)
	_, err = r.Decide(now)
	refused(t, "", err)
	r.ActivationDate, r.ExpirationDate = now.Add(-time.Second), time.Time{}
	_, err = r.Decide(now)
	refused(t, dragonpass.ActivationInPast, err)
	r.ActivationDate, r.ExpirationDate = begins, begins.Add(-time.Second)
	_, err = r.Decide(now)
	refused(t, dragonpass.ExpirationInvalid, err)
}

// TestUpdateMembership_LeavesTheFirstInstant: after a clock was set back an active membership begins in the future. What does
// not activate it leaves that.
func TestUpdateMembership_LeavesTheFirstInstant(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)
	m := dragonpass.Membership{MembershipID: "1", Status: dragonpass.MembershipActive, ActivationDate: now.Add(time.Second), ExpirationDate: now.Add(time.Hour)}
	for name, to := range map[string]*dragonpass.MembershipStatus{"a date alone": nil, "the same status": new(dragonpass.MembershipActive)} {
		u := UpdateMembership{MembershipID: "1", Status: to, Expires: new(now.Add(2 * time.Hour)), Membership: m}
		got, err := u.Decide(now)
		require.NoError(t, err, name)
		assert.Equal(t, m.ActivationDate, got.ActivationDate, name)
	}
}

func TestUpdateMembership_OrderOfChecks(t *testing.T) {
	now := at(t, start)
	status := func(s dragonpass.MembershipStatus) *dragonpass.MembershipStatus { return &s }
	expired := dragonpass.Membership{MembershipID: "1", Status: dragonpass.MembershipActive, ExpirationDate: now.Add(-time.Second)}
	good := func() UpdateMembership {
		return UpdateMembership{MembershipID: "1", Status: status(dragonpass.MembershipActive), Expires: new(now.Add(time.Second)), Membership: expired}
	}
	checkOrder(t, good, func(u UpdateMembership) error { _, err := u.Decide(now); return err }, []wrong[UpdateMembership]{
		{"no such membership", func(u *UpdateMembership) { u.Membership.MembershipID = "" }, dragonpass.MembershipNotFound},
		{"a status that cannot be", func(u *UpdateMembership) { u.Status = status(dragonpass.MembershipSuspended) }, dragonpass.MembershipTransitionRefused},
		{"a date alone", func(u *UpdateMembership) { u.Status, u.Expires = nil, new(now.Add(time.Second)) }, dragonpass.MembershipTransitionRefused},
		{"a date that is not after now", func(u *UpdateMembership) { u.Expires = &now }, dragonpass.ExpirationInvalid},
	})
}

// TestUpdateMembership_Moves tests all 25 cells of the vendor's table (D/v1/338664m0), once without a date and once with
// one.
func TestUpdateMembership_Moves(t *testing.T) {
	now := at(t, start)
	states := []dragonpass.MembershipStatus{0, 1, 2, 3, 9}
	const (
		same, yes, no, date = "same", "yes", "no", "date"
	)
	table := [5][5]string{
		/* 0 */ {same, yes, yes, yes, no},
		/* 1 */ {no, same, yes, yes, no},
		/* 2 */ {yes, yes, same, yes, no},
		/* 3 */ {no, no, no, same, no},
		/* 9 */ {no, date, no, yes, same},
	}
	for i, from := range states {
		for j, to := range states {
			t.Run(fmt.Sprintf("%d to %d", from, to), func(t *testing.T) {
				m := dragonpass.Membership{MembershipID: "1", Status: from, ExpirationDate: now}
				if from == dragonpass.MembershipExpired {
					m.Status, m.ExpirationDate = dragonpass.MembershipActive, now.Add(-time.Second)
				}
				require.Equal(t, from, m.StatusAt(now))
				update := func(expires *time.Time) (dragonpass.Membership, error) {
					u := UpdateMembership{MembershipID: "1", Status: &to, Expires: expires, Membership: m}
					got, err := u.Decide(now)
					assert.Equal(t, m, u.Membership, "what was looked up is not modified")
					return got, err
				}
				got, err := update(nil)
				switch table[i][j] {
				case same:
					refused(t, "", err)
					assert.Equal(t, m, got)
				case yes:
					refused(t, "", err)
					assert.Equal(t, to, got.StatusAt(now))
				case no:
					refused(t, dragonpass.MembershipTransitionRefused, err)
				case date:
					refused(t, dragonpass.ExpirationInvalid, err)
				}
				later := now.Add(time.Hour)
				got, err = update(&later)
				switch {
				case table[i][j] == no, table[i][j] == same && (from == 3 || from == 9):
					refused(t, dragonpass.MembershipTransitionRefused, err)
				default:
					refused(t, "", err)
					assert.Equal(t, to, got.StatusAt(now))
					assert.Equal(t, later, got.ExpirationDate)
				}
				_, err = update(&now)
				assert.Error(t, err, "a date that is not after now is refused")
			})
		}
	}
}

func TestUpdateMembership_DateAlone(t *testing.T) {
	end := at(t, start)
	m := dragonpass.Membership{MembershipID: "1", Status: dragonpass.MembershipActive, ExpirationDate: end}
	later := end.Add(time.Hour)
	_, err := (&UpdateMembership{Expires: &later, Membership: m}).Decide(end.Add(time.Second))
	refused(t, dragonpass.MembershipTransitionRefused, err)
	got, err := (&UpdateMembership{Expires: &later, Membership: m}).Decide(end)
	refused(t, "", err)
	assert.Equal(t, later, got.ExpirationDate)
}

func TestGenerateQRCode_OrderOfChecks(t *testing.T) {
	now := at(t, start)
	good := func() GenerateQRCode { return GenerateQRCode{MembershipID: "1", Membership: *member(t)} }
	checkOrder(t, good, func(g GenerateQRCode) error { _, err := g.Decide(now); return err }, []wrong[GenerateQRCode]{
		{"no such membership", func(g *GenerateQRCode) { g.Membership.MembershipID = "" }, dragonpass.MembershipNotFound},
		{"a suspended one", func(g *GenerateQRCode) {
			g.Membership = dragonpass.Membership{MembershipID: "1", Status: dragonpass.MembershipSuspended, ExpirationDate: now}
		}, dragonpass.MembershipNotActive},
	})
	g := good()
	got, err := g.Decide(now)
	require.NoError(t, err)
	assert.Equal(t, dragonpass.QRCode{MembershipID: "1", ValidUntil: now.Add(5 * time.Minute)}, got)
}
