package rules

import (
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/user"
)

// Register is a client who wants a membership.
type Register struct {
	dragonpass.RegisterRequest
	User    user.User // the name that the clientUserId belongs to; zero: nobody's yet
	Program dragonpass.Program
}

// Decide returns the new membership, active at once or from its activation date on, with the programme's validity and
// entitlements, which lacks id and age; or refuses, in this order: CLIENT_USER_NAME_MISMATCH, ACTIVATION_IN_PAST,
// EXPIRATION_INVALID.
func (r *Register) Decide(now time.Time) (dragonpass.Membership, error) {
	if err := user.CheckName(r.User, r.FirstName, r.LastName); err != nil {
		return dragonpass.Membership{}, err
	}
	begins, expires, status := activation(r.ActivationDate, now), wholeSecond(r.ExpirationDate), dragonpass.MembershipActive
	if r.ExpirationDate.IsZero() {
		expires = r.Program.Expiry(begins)
		if err := dragonpass.CheckInstant(expires); err != nil {
			return dragonpass.Membership{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "activationDate", "with the time that the programme gives: %s", err).
				By("A-026").Unless("an earlier date, or an expirationDate")
		}
	}
	if err := CheckDates(begins, expires, now); err != nil {
		return dragonpass.Membership{}, err
	}
	if begins.After(now) {
		status = dragonpass.MembershipPending
	}
	return dragonpass.Membership{
		ProgramID: r.ProgramID, ClientUserID: r.ClientUserID, FirstName: r.FirstName, LastName: r.LastName, PhoneNumber: r.PhoneNumber,
		CallingCode: r.CallingCode, Email: r.Email, Status: status, RegisteredAt: now, ActivationDate: begins, ExpirationDate: expires,
		Entitlements: r.Program.Entitlements,
	}, nil
}

// UpdateMembership is a client who sets the status of a membership, its date or both.
type UpdateMembership struct {
	MembershipID string
	Status       *dragonpass.MembershipStatus // nil: as it is
	Expires      *time.Time                   // in any zone; nil: as it is
	Membership   dragonpass.Membership        // without id: there is none such
}

// moves are the statuses that a client may ask for from another (D/v1/338664m0). The same status again is no move.
func moves(from dragonpass.MembershipStatus) []dragonpass.MembershipStatus {
	switch from {
	case dragonpass.MembershipPending:
		return []dragonpass.MembershipStatus{dragonpass.MembershipActive, dragonpass.MembershipSuspended, dragonpass.MembershipCancelled}
	case dragonpass.MembershipActive:
		return []dragonpass.MembershipStatus{dragonpass.MembershipSuspended, dragonpass.MembershipCancelled}
	case dragonpass.MembershipSuspended:
		return []dragonpass.MembershipStatus{dragonpass.MembershipPending, dragonpass.MembershipActive, dragonpass.MembershipCancelled}
	case dragonpass.MembershipExpired:
		return []dragonpass.MembershipStatus{dragonpass.MembershipActive, dragonpass.MembershipCancelled}
	}
	return nil
}

// Decide returns the membership as it is then, or refuses, in this order: MEMBERSHIP_NOT_FOUND; a status that the
// vendor's table does not allow, or a date alone for a membership that has ended (MEMBERSHIP_TRANSITION_REFUSED); a date
// that is not after now, or is missing for an expired membership that becomes active again (EXPIRATION_INVALID). The same
// status again is accepted and changes nothing; 9 cannot be asked for.
func (u *UpdateMembership) Decide(now time.Time) (dragonpass.Membership, error) {
	if err := RequireMembership(u.MembershipID, u.Membership.MembershipID != ""); err != nil {
		return dragonpass.Membership{}, err
	}
	m := u.Membership
	from := m.StatusAt(now)
	to := from
	if u.Status != nil {
		to = *u.Status
	}
	ended := from == dragonpass.MembershipExpired || from == dragonpass.MembershipCancelled
	switch {
	case to != from && !slices.Contains(moves(from), to):
		return dragonpass.Membership{}, dragonpass.RefuseField(dragonpass.MembershipTransitionRefused, "status",
			"a membership of status %d cannot become %d", from, to).By("D/v1/338664m0").Unless("one of %v", moves(from))
	case u.Expires != nil && ended && to == from:
		return dragonpass.Membership{}, dragonpass.RefuseField(dragonpass.MembershipTransitionRefused, "expirationDate",
			"a membership of status %d has ended", from).By("A-025").Unless("status 1 with a later date, from status 9")
	case u.Expires != nil && !u.Expires.After(now):
		return dragonpass.Membership{}, notAfterNow(now)
	case u.Expires != nil && u.Expires.Before(u.begins(from, to, now)):
		return dragonpass.Membership{}, notAfterActivation(m.ActivationDate)
	case u.Expires == nil && from == dragonpass.MembershipExpired && to == dragonpass.MembershipActive:
		return dragonpass.Membership{}, dragonpass.RefuseField(dragonpass.ExpirationInvalid, "expirationDate",
			"expected a later date, it is missing").By("A-025").Unless("an instant after %s", now)
	}
	if to != from {
		m.Status = to
	}
	m.ActivationDate = u.begins(from, to, now)
	if u.Expires != nil {
		m.ExpirationDate = wholeSecond(*u.Expires)
	}
	return m, nil
}

// begins is the first instant of the membership when it has moved. Who activates it says that it is now; one that was
// suspended and is set back to pending has none, and waits for an update.
func (u *UpdateMembership) begins(from, to dragonpass.MembershipStatus, now time.Time) time.Time {
	switch {
	case to == from:
	case to == dragonpass.MembershipPending:
		return time.Time{}
	case to == dragonpass.MembershipActive && u.Membership.ActivationDate.After(now):
		return now
	}
	return u.Membership.ActivationDate
}

// GenerateQRCode is a client who wants a dynamic string for a membership.
type GenerateQRCode struct {
	MembershipID string
	Membership   dragonpass.Membership // without id: there is none such
}

// Decide returns the string's row, which lacks the string, or refuses: MEMBERSHIP_NOT_FOUND,
// MEMBERSHIP_NOT_ACTIVE.
func (g *GenerateQRCode) Decide(now time.Time) (dragonpass.QRCode, error) {
	if err := RequireMembership(g.MembershipID, g.Membership.MembershipID != ""); err != nil {
		return dragonpass.QRCode{}, err
	}
	if err := checkActive(&g.Membership, now); err != nil {
		return dragonpass.QRCode{}, err
	}
	return dragonpass.QRCode{MembershipID: g.MembershipID, ValidUntil: now.Add(dragonpass.QRCodeLife)}, nil
}
