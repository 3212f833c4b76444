package dragonpass

import (
	"slices"
	"time"
)

// EPass is a pass for one module. All but Used and CancelledAt is fixed at issue (D/338656m0).
type EPass struct {
	EPassID          string // 16 digits
	OrderID          string // the order that issued it
	ProgramID        string
	Module           Module
	ClientUserID     string
	FirstName        string
	LastName         string
	Granted          int // usages at issue, counted in persons (D/v1/338667m0)
	Used             int
	ActivationDate   time.Time
	ExpirationDate   time.Time
	AllowedResources []string // empty: every resource of the module (D)
	CreatedAt        time.Time
	CancelledAt      time.Time // zero: it is not
}

// Available is what remains: granted = available + used, always.
func (p EPass) Available() int { return p.Granted - p.Used }

// IssueStatus is the status of the issue order: confirmed, or cancelled for good.
func (p EPass) IssueStatus() OrderStatus {
	if !p.CancelledAt.IsZero() {
		return Cancelled
	}
	return Confirmed
}

// CheckIssue refuses to issue p at now: EXPIRATION_INVALID when it would end at or before now or its activation
// ACTIVATION_IN_PAST when it would begin before now (D/338667m0).
func (p EPass) CheckIssue(now time.Time) error {
	switch {
	case p.ActivationDate.Before(now):
		return Refuse(ActivationInPast, "/extra/activationDate: expected now or later").By("D/338667m0").Unless("%s or later", now.UTC())
	case !p.ExpirationDate.After(now):
		return Refuse(ExpirationInvalid, "/extra/expirationDate: expected an instant after now").By("A-042").Unless("an instant after %s", now.UTC())
	case p.ExpirationDate.Before(p.ActivationDate):
		return Refuse(ExpirationInvalid, "/extra/expirationDate: expected an instant after activationDate").By("A-042").Unless("an instant after %s", p.ActivationDate.UTC())
	}
	return nil
}

// Holder names the pass as an account.
func (p EPass) Holder() Holder { return Holder{EPassID: p.EPassID} }

// Program is the programme the pass was issued in.
func (p EPass) Program() string { return p.ProgramID }

// CheckModule refuses a pass of another module: MODULE_MISMATCH.
func (p EPass) CheckModule(m Module) error {
	if p.Module != m {
		return Refuse(ModuleMismatch, "/ePassId: E-pass %s is of module %d, not %d", p.EPassID, p.Module, m).By("A-044").Unless("a pass of module %d", m)
	}
	return nil
}

// CheckUsable refuses a pass that is cancelled, not active yet, or expired at now; both ends of its life still count
//
func (p EPass) CheckUsable(now time.Time) error {
	switch {
	case !p.CancelledAt.IsZero():
		return Refuse(EPassCancelled, "E-pass %s is cancelled", p.EPassID).By("A-043").Unless("another pass: a cancelled one stays so")
	case now.Before(p.ActivationDate):
		return Refuse(EPassNotActive, "E-pass %s is not active yet", p.EPassID).By("A-041").Unless("a time at or after %s", p.ActivationDate.UTC())
	case now.After(p.ExpirationDate):
		return Refuse(EPassExpired, "E-pass %s has expired", p.EPassID).By("A-041").Unless("a time at or before %s", p.ExpirationDate.UTC())
	}
	return nil
}

// CheckUse refuses the pass for a party at a resource: not usable at now, not valid at the service time, out of
// scope, or short of usages; in this order. service equals now for a walk-in.
func (p EPass) CheckUse(r Resource, party Party, service, now time.Time) error {
	if err := p.CheckUsable(now); err != nil {
		return err
	}
	if service.After(p.ExpirationDate) {
		return Refuse(EPassExpired, "E-pass %s will have expired at the service time", p.EPassID).By("A-022").Unless("a service time at or before %s", p.ExpirationDate.UTC())
	}
	if service.Before(p.ActivationDate) {
		return Refuse(EPassExpired, "E-pass %s will not be active at the service time", p.EPassID).By("A-022").Unless("a service time at or after %s", p.ActivationDate.UTC())
	}
	if len(p.AllowedResources) > 0 && !slices.Contains(p.AllowedResources, r.ResourceID) {
		return Refuse(EPassOutOfScope, "E-pass %s is not good for resource %s", p.EPassID, r.ResourceID).By("D/v1/338667m0").Unless("one of %v", p.AllowedResources)
	}
	if n := party.Persons(); n > p.Available() {
		return Refuse(EPassUsagesExhausted, "E-pass %s has %d usages left, the party has %d persons", p.EPassID, p.Available(), n).
			By("D/v1/338667m0").Unless("a party of at most %d", p.Available())
	}
	return nil
}

// Take uses n usages; the caller has checked that they are there.
func (p EPass) Take(n int) EPass { p.Used += n; return p }

// Refund gives n usages back. It counts even after expiry.
func (p EPass) Refund(n int) EPass { p.Used -= n; return p }

// Cancel ends the pass for good: ORDER_ALREADY_CANCELLED the second time, EPASS_IN_USE while usages are taken, which
// every standing prebooking does.
func (p EPass) Cancel(now time.Time) (EPass, error) {
	switch {
	case !p.CancelledAt.IsZero():
		return p, Refuse(OrderAlreadyCancelled, "order %s is cancelled already", p.OrderID).By("A-043")
	case p.Used > 0:
		return p, Refuse(EPassInUse, "E-pass %s cannot be cancelled: %d usages are taken", p.EPassID, p.Used).By("A-043").
			Unless("its prebookings cancelled first")
	}
	p.CancelledAt = now
	return p, nil
}

// ClientUser is the one name that a client's user id belongs to, over passes and memberships (D/v1/338667m0).
type ClientUser struct {
	ClientUserID, FirstName, LastName string
}

// CheckName refuses another name: CLIENT_USER_NAME_MISMATCH. Names are compared to the letter.
func (u ClientUser) CheckName(first, last string) error {
	if u.FirstName != first || u.LastName != last {
		return Refuse(ClientUserNameMismatch, "/clientUserId: %s belongs to another first and last name", u.ClientUserID).
			By("D/v1/338667m0").Unless("the name %s %s", u.FirstName, u.LastName)
	}
	return nil
}
