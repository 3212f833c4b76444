package dragonpass

import (
	"slices"
	"time"
)

// MembershipStatus is the state of a membership (D/v1/338664m0).
type MembershipStatus int

// The membership states. Cancelled is for good; Expired comes by the clock.
const (
	MembershipPending   MembershipStatus = 0
	MembershipActive    MembershipStatus = 1
	MembershipSuspended MembershipStatus = 2
	MembershipCancelled MembershipStatus = 3
	MembershipExpired   MembershipStatus = 9
)

// Membership is a member of a programme. A user may hold several.
type Membership struct {
	MembershipID   string // 16 digits
	ProgramID      string
	ClientUserID   string
	FirstName      string
	LastName       string
	PhoneNumber    string
	CallingCode    string
	Email          string
	Status         MembershipStatus // as it was set; see StatusAt
	RegisteredAt   time.Time
	ExpirationDate time.Time      // the last instant, inclusive
	Entitlements   []Entitlements // by module, sorted
	Sequence       uint64         // age among the memberships of the world
}

// StatusAt is the status as the clock has it: every state but cancelled expires.
func (m Membership) StatusAt(now time.Time) MembershipStatus {
	if m.Status != MembershipCancelled && now.After(m.ExpirationDate) {
		return MembershipExpired
	}
	return m.Status
}

// moves holds which status a client may ask for from which (D/v1/338664m0). The same status again is no move.
var moves = map[MembershipStatus][]MembershipStatus{
	MembershipPending:   {MembershipActive, MembershipSuspended, MembershipCancelled},
	MembershipActive:    {MembershipSuspended, MembershipCancelled},
	MembershipSuspended: {MembershipPending, MembershipActive, MembershipCancelled},
	MembershipExpired:   {MembershipActive, MembershipCancelled},
}

// Update sets status, expiration date or both; nil leaves it as it is (D/v1/338664m0). The same status again is accepted
// and changes nothing, 9 cannot be asked for, and an expired membership becomes active again only with a date after now
// . The date of an expired or cancelled membership cannot be moved alone. Errors: MEMBERSHIP_TRANSITION_REFUSED,
// EXPIRATION_INVALID.
func (m Membership) Update(status *MembershipStatus, expires *time.Time, now time.Time) (Membership, error) {
	from := m.StatusAt(now)
	to := from
	if status != nil {
		to = *status
	}
	if to != from && !slices.Contains(moves[from], to) {
		return m, Refuse(MembershipTransitionRefused, "/status: a membership of status %d cannot become %d", from, to).
			By("D/v1/338664m0").Unless("one of %v", moves[from])
	}
	ended := from == MembershipExpired || from == MembershipCancelled
	switch {
	case expires != nil && ended && to == from:
		return m, Refuse(MembershipTransitionRefused, "/expirationDate: a membership of status %d has ended", from).
			By("A-025").Unless("status 1 with a later date, from status 9")
	case expires != nil && !expires.After(now):
		return m, Refuse(ExpirationInvalid, "/expirationDate: expected an instant after now").By("A-042").Unless("an instant after %s", now.UTC())
	case expires == nil && from == MembershipExpired && to == MembershipActive:
		return m, Refuse(ExpirationInvalid, "/expirationDate: expected a later date, it is missing").By("A-025").Unless("an instant after %s", now.UTC())
	}
	if to != from {
		m.Status = to
	}
	if expires != nil {
		m.ExpirationDate = expires.UTC()
	}
	return m, nil
}

// CheckActive refuses a membership that is not active at now: MEMBERSHIP_NOT_ACTIVE.
func (m Membership) CheckActive(now time.Time) error {
	if status := m.StatusAt(now); status != MembershipActive {
		return Refuse(MembershipNotActive, "membership %s is not active, its status is %d", m.MembershipID, status).By("D/v1/338664m0").Unless("status 1")
	}
	return nil
}

// Holder names the membership as an account.
func (m Membership) Holder() Holder { return Holder{MembershipID: m.MembershipID} }

// Program is the programme the membership belongs to.
func (m Membership) Program() string { return m.ProgramID }

// CheckModule lets every module pass: what a membership is good for, its entitlements say.
func (m Membership) CheckModule(Module) error { return nil }

// CheckUse refuses the membership for a party at a resource: not active at now, not valid at the service time
// (EPASS_EXPIRED, as rules has it), too many guests, or too few visits; in this order.
func (m Membership) CheckUse(r Resource, party Party, service, now time.Time) error {
	if err := m.CheckActive(now); err != nil {
		return err
	}
	if service.After(m.ExpirationDate) {
		return Refuse(EPassExpired, "membership %s will have expired at the service time", m.MembershipID).By("A-022").Unless("a service time at or before %s", m.ExpirationDate.UTC())
	}
	_, _, err := m.EntitlementsFor(r.Module).Spend(party)
	return err
}

// EntitlementsFor are the visits of a module; none when it has none.
func (m Membership) EntitlementsFor(module Module) Entitlements {
	for _, e := range m.Entitlements {
		if e.Module == module {
			return e
		}
	}
	return Entitlements{Module: module}
}

// With is the membership with other visits of one module.
func (m Membership) With(e Entitlements) Membership {
	rest := slices.DeleteFunc(slices.Clone(m.Entitlements), func(old Entitlements) bool { return old.Module == e.Module })
	m.Entitlements = append(rest, e)
	slices.SortFunc(m.Entitlements, func(a, b Entitlements) int { return int(a.Module) - int(b.Module) })
	return m
}
