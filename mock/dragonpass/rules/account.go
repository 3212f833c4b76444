package rules

import (
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
)

// Account is what was found for a [dragonpass.Holder]: an E-pass, a membership, or neither.
type Account struct {
	EPass      *dragonpass.EPass
	Membership *dragonpass.Membership
	Issuing    bool // the same call issues the pass
}

// Found says whether there is an account.
func (a Account) Found() bool { return a.EPass != nil || a.Membership != nil }

// Holder names the account; zero when there is none.
func (a Account) Holder() dragonpass.Holder {
	switch {
	case a.EPass != nil:
		return a.EPass.Holder()
	case a.Membership != nil:
		return a.Membership.Holder()
	}
	return dragonpass.Holder{}
}

// ProgramID is the programme in which the account was issued; empty when there is no account.
func (a Account) ProgramID() string {
	switch {
	case a.EPass != nil:
		return a.EPass.ProgramID
	case a.Membership != nil:
		return a.Membership.ProgramID
	}
	return ""
}

// Require refuses a name that no account was found for: EPASS_NOT_FOUND, or MEMBERSHIP_NOT_FOUND.
func (a Account) Require(name dragonpass.Holder) error {
	if name.MembershipID != "" {
		return RequireMembership(name.MembershipID, a.Membership != nil)
	}
	return RequireEPass(name.EPassID, a.EPass != nil)
}

// CheckModule refuses an E-pass of another module: MODULE_MISMATCH. What a membership is good for, its entitlements say.
func (a Account) CheckModule(m dragonpass.Module) error {
	if p := a.EPass; p != nil && !p.Covers(m) {
		return dragonpass.RefuseField(dragonpass.ModuleMismatch, "ePassId", "E-pass %s is of %s, not %d", p.EPassID, p.ModuleWords(), m).
			By("A-044").Unless("a pass of module %d", m)
	}
	return nil
}

// CheckUse refuses an account for a party at a resource, or returns what the use takes of a membership's entitlements.
// service equals now for a walk-in. An account that was not found is not refused here, see [Account.Require].
func (a Account) CheckUse(r *dragonpass.Resource, party dragonpass.Party, service, now time.Time) (dragonpass.Spent, error) {
	switch {
	case a.EPass != nil:
		return dragonpass.Spent{}, a.checkEPassUse(r, party, service, now)
	case a.Membership != nil:
		return checkMembershipUse(a.Membership, r, party, service, now)
	}
	return dragonpass.Spent{}, nil
}

// checkEPassUse refuses a pass that is cancelled, expired, or not active yet at now; not valid at the service
// time; out of scope; or short of usages; in this order. Both ends of a pass's life still count.
func (a Account) checkEPassUse(r *dragonpass.Resource, party dragonpass.Party, service, now time.Time) error {
	switch p := a.EPass; {
	case !p.CancelledAt.IsZero():
		return a.refuse(dragonpass.EPassCancelled, "", "is cancelled").By("A-043").Unless("another pass: a cancelled one stays so")
	case now.After(p.ExpirationDate):
		return a.refuse(dragonpass.EPassExpired, "expirationDate", "has expired").By("A-041").Unless("a time at or before %s", p.ExpirationDate)
	case now.Before(p.ActivationDate):
		return a.refuse(dragonpass.EPassNotActive, "activationDate", "is not active yet").By("A-041").Unless("a time at or after %s", p.ActivationDate)
	case service.After(p.ExpirationDate):
		return a.refuse(dragonpass.EPassExpired, "expirationDate", "will have expired at the service time").By("A-022").
			Unless("a service time at or before %s", p.ExpirationDate)
	case service.Before(p.ActivationDate):
		return a.refuse(dragonpass.EPassExpired, "activationDate", "will not be active at the service time").By("A-022").
			Unless("a service time at or after %s", p.ActivationDate)
	case len(p.AllowedResources) > 0 && !slices.Contains(p.AllowedResources, r.ResourceID):
		return a.refuse(dragonpass.EPassOutOfScope, "allowedResources", "is not good for resource %s", r.ResourceID).By("D/v1/338667m0").
			Unless("one of %v", p.AllowedResources)
	case party.Persons() > p.Available():
		return a.refuse(dragonpass.EPassUsagesExhausted, "availableUsages", "has %d usages left, the party has %d persons", p.Available(), party.Persons()).
			By("D/v1/338667m0").Unless("a party of at most %d", p.Available())
	}
	return nil
}

// refuse names the pass, or the member of the call that is only just issuing it: its id is not known to anybody then.
func (a Account) refuse(code dragonpass.Code, member, text string, args ...any) *dragonpass.Error {
	if a.Issuing {
		return dragonpass.RefuseField(code, member, "the E-pass "+text, args...)
	}
	return dragonpass.Refuse(code, "E-pass %s "+text, slices.Concat([]any{a.EPass.EPassID}, args)...)
}

// checkMembershipUse refuses a membership that is not active at now, or not valid at the service time (EPASS_EXPIRED,
// A-022); too many guests; or too few visits; in this order.
func checkMembershipUse(m *dragonpass.Membership, r *dragonpass.Resource, party dragonpass.Party, service, now time.Time) (dragonpass.Spent, error) {
	if err := checkActive(m, now); err != nil {
		return dragonpass.Spent{}, err
	}
	if service.After(m.ExpirationDate) {
		return dragonpass.Spent{}, dragonpass.Refuse(dragonpass.EPassExpired, "membership %s will have expired at the service time", m.MembershipID).
			By("A-022").Unless("a service time at or before %s", m.ExpirationDate)
	}
	return spend(m.EntitlementsFor(r.Module), party)
}

// spend refuses a party with too many guests, or more than there are visits for: GUESTS_EXCEEDED, ENTITLEMENTS_EXHAUSTED.
func spend(e dragonpass.Entitlements, party dragonpass.Party) (dragonpass.Spent, error) {
	if guests := party.Persons() - 1; guests > e.AllowedGuestsPerUsage {
		return dragonpass.Spent{}, dragonpass.Refuse(dragonpass.GuestsExceeded, "module %d: expected at most %d guests, got %d",
			e.Module, e.AllowedGuestsPerUsage, guests).By("A-047").Unless("at most %d guests", e.AllowedGuestsPerUsage)
	}
	spent, ok := e.Spend(party)
	if !ok {
		return dragonpass.Spent{}, dragonpass.Refuse(dragonpass.EntitlementsExhausted,
			"module %d: %d cardholder, %d guest and %d shared visits are left, too few for %d persons",
			e.Module, e.Cardholder, e.Guests, e.Shared, party.Persons()).By("A-047").Unless("more visits, or a smaller party")
	}
	return spent, nil
}

// checkActive refuses a membership that is not active at now: MEMBERSHIP_NOT_ACTIVE.
func checkActive(m *dragonpass.Membership, now time.Time) error {
	if status := m.StatusAt(now); status != dragonpass.MembershipActive {
		return dragonpass.Refuse(dragonpass.MembershipNotActive, "membership %s is not active, its status is %d", m.MembershipID, status).
			By("D/v1/338664m0").Unless("status 1")
	}
	return nil
}
