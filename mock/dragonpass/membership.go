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
	ActivationDate time.Time      `json:",omitzero"` // the first instant; zero: it waits for an update, or has long been active
	ExpirationDate time.Time      // the last instant, inclusive
	Entitlements   []Entitlements // by module, sorted
	Sequence       uint64         // age among the memberships of the world
}

// ShownStatus is the status as a client is shown it: with pendingAsActive, a membership whose activation is still to come is
// active, as in the example of the page (D/338664m0). One that nobody has activated is pending either way.
func (m Membership) ShownStatus(now time.Time, pendingAsActive bool) MembershipStatus {
	if s := m.StatusAt(now); s != MembershipPending || m.ActivationDate.IsZero() || !pendingAsActive {
		return s
	}
	return MembershipActive
}

// StatusAt is the status as the clock has it: every state but cancelled expires, and what waits for its first instant is
// active from then on.
func (m Membership) StatusAt(now time.Time) MembershipStatus {
	switch {
	case m.Status != MembershipCancelled && now.After(m.ExpirationDate):
		return MembershipExpired
	case m.Status == MembershipPending && !m.ActivationDate.IsZero() && !now.Before(m.ActivationDate):
		return MembershipActive
	}
	return m.Status
}

// Holder names the membership as an account.
func (m Membership) Holder() Holder { return Holder{MembershipID: m.MembershipID} }

// Take uses what a use of the module takes; the caller has checked that it is there.
func (m Membership) Take(module Module, s Spent) Membership {
	return m.With(m.EntitlementsFor(module).Take(s))
}

// Refund gives back what a use of the module took. It counts even after expiry.
func (m Membership) Refund(module Module, s Spent) Membership {
	return m.With(m.EntitlementsFor(module).Refund(s))
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
