package rules

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

func TestAccount_Require(t *testing.T) {
	for _, row := range []struct {
		name    string
		account Account
		holder  dragonpass.Holder
		want    dragonpass.Code
	}{
		{"a pass", Account{EPass: pass(t, 1)}, dragonpass.Holder{EPassID: "1"}, ""},
		{"no pass", Account{}, dragonpass.Holder{EPassID: "1"}, dragonpass.EPassNotFound},
		{"a membership", Account{Membership: member(t)}, dragonpass.Holder{MembershipID: "1"}, ""},
		{"no membership", Account{}, dragonpass.Holder{MembershipID: "1"}, dragonpass.MembershipNotFound},
		{"nobody", Account{}, dragonpass.Holder{}, dragonpass.EPassNotFound},
	} {
		t.Run(row.name, func(t *testing.T) {
			refused(t, row.want, row.account.Require(row.holder))
			assert.Equal(t, row.want == "", row.account.Found())
			if row.want == "" {
				assert.Equal(t, row.holder, row.account.Holder())
			}
		})
	}
}

func TestAccount_CheckUse_EPass(t *testing.T) {
	from, to := at(t, "2025-09-01T08:00:00Z"), at(t, "2025-09-30T08:00:00Z")
	good := dragonpass.EPass{Module: dragonpass.Lounge, Granted: 3, Used: 1, ActivationDate: from, ExpirationDate: to}
	change := func(edit func(*dragonpass.EPass)) dragonpass.EPass { p := good; edit(&p); return p }
	two, three := dragonpass.Party{Adults: 1, Children: 1}, dragonpass.Party{Adults: 3}
	for _, row := range []struct {
		name         string
		pass         dragonpass.EPass
		party        dragonpass.Party
		service, now time.Time
		want         dragonpass.Code
	}{
		{"all it has", good, two, to, from, ""},
		{"one too many", good, three, to, from, dragonpass.EPassUsagesExhausted},
		{"more than can be counted", good, dragonpass.Party{Adults: math.MaxInt, Children: math.MaxInt}, to, from, dragonpass.EPassUsagesExhausted},
		{"a second before it is active", good, two, to, from.Add(-time.Second), dragonpass.EPassNotActive},
		{"in its first second", good, two, to, from, ""},
		{"in its last second", good, two, to, to, ""},
		{"a second after", good, two, to.Add(time.Second), to.Add(time.Second), dragonpass.EPassExpired},
		{"ended by the author before it began", change(func(p *dragonpass.EPass) { *p = p.Expire(from.Add(-time.Hour)) }), two, from, from.Add(-time.Hour), dragonpass.EPassExpired},
		{"a service a second after", good, two, to.Add(time.Second), from, dragonpass.EPassExpired},
		{"a service a second before", change(func(p *dragonpass.EPass) { p.ActivationDate = from.Add(time.Hour) }), two,
			from.Add(time.Hour - time.Second), from.Add(time.Hour), dragonpass.EPassExpired},
		{"cancelled, and expired too", change(func(p *dragonpass.EPass) { p.CancelledAt = from }), two, to, to.Add(time.Second), dragonpass.EPassCancelled},
		{"in scope", change(func(p *dragonpass.EPass) { p.AllowedResources = []string{"N00002", "N00001"} }), two, to, from, ""},
		{"out of scope, and short", change(func(p *dragonpass.EPass) { p.AllowedResources = []string{"N00002"} }), three, to, from, dragonpass.EPassOutOfScope},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := Account{EPass: &row.pass}.CheckUse(new(lounge(t)), row.party, row.service, row.now)
			refused(t, row.want, err)
		})
	}
}

func TestAccount_CheckUse_Membership(t *testing.T) {
	now := at(t, "2025-09-01T08:00:00Z")
	m := dragonpass.Membership{Status: dragonpass.MembershipActive, ExpirationDate: now.Add(time.Hour)}.
		With(dragonpass.Entitlements{Module: dragonpass.Lounge, Cardholder: 1, AllowedGuestsPerUsage: 1})
	one, lane := dragonpass.Party{Adults: 1}, lounge(t)
	lane.Module = dragonpass.FastTrack
	for _, row := range []struct {
		name         string
		resource     dragonpass.Resource
		party        dragonpass.Party
		service, now time.Time
		want         dragonpass.Code
	}{
		{"a service in its last second", lounge(t), one, now.Add(time.Hour), now, ""},
		{"a service a second after", lounge(t), one, now.Add(time.Hour + time.Second), now, dragonpass.EPassExpired},
		{"it has expired, and so has it at the service", lounge(t), one, now.Add(2 * time.Hour), now.Add(time.Hour + time.Second), dragonpass.MembershipNotActive},
		{"too many guests, and too few visits", lounge(t), dragonpass.Party{Adults: 3}, now, now, dragonpass.GuestsExceeded},
		{"too few visits", lounge(t), dragonpass.Party{Adults: 2}, now, now, dragonpass.EntitlementsExhausted},
		{"another module", lane, one, now, now, dragonpass.EntitlementsExhausted},
	} {
		t.Run(row.name, func(t *testing.T) {
			spent, err := Account{Membership: &m}.CheckUse(&row.resource, row.party, row.service, row.now)
			refused(t, row.want, err)
			if row.want == "" {
				assert.Equal(t, dragonpass.Spent{Cardholder: 1}, spent)
			}
		})
	}
	for _, status := range []dragonpass.MembershipStatus{0, 2, 3} {
		m.Status = status
		_, err := Account{Membership: &m}.CheckUse(new(lounge(t)), one, now, now)
		refused(t, dragonpass.MembershipNotActive, err)
	}
}

func TestSpend(t *testing.T) {
	type have = dragonpass.Entitlements
	for _, row := range []struct {
		name       string
		have       have
		persons    int
		spent      dragonpass.Spent
		want       dragonpass.Code
		nextGuests int // before
	}{
		{"the cardholder alone", have{Cardholder: 1, Guests: 1, AllowedGuestsPerUsage: 1}, 1, dragonpass.Spent{Cardholder: 1}, "", 1},
		{"with a guest", have{Cardholder: 1, Guests: 1, AllowedGuestsPerUsage: 1}, 2, dragonpass.Spent{Cardholder: 1, Guests: 1}, "", 1},
		{"the guest shares", have{Cardholder: 1, Shared: 2, AllowedGuestsPerUsage: 2}, 2, dragonpass.Spent{Cardholder: 1, Shared: 1}, "", 2},
		{"both share", have{Shared: 2, AllowedGuestsPerUsage: 2}, 2, dragonpass.Spent{Shared: 2}, "", 1},
		{"a guest visit first, then a shared one", have{Cardholder: 1, Guests: 1, Shared: 1, AllowedGuestsPerUsage: 5}, 3, dragonpass.Spent{Cardholder: 1, Guests: 1, Shared: 1}, "", 2},
		{"a guest visit is not the cardholder's", have{Guests: 5, AllowedGuestsPerUsage: 5}, 1, dragonpass.Spent{}, dragonpass.EntitlementsExhausted, 0},
		{"nor a cardholder visit a guest's", have{Cardholder: 5, AllowedGuestsPerUsage: 5}, 2, dragonpass.Spent{}, dragonpass.EntitlementsExhausted, 0},
		{"too many guests, and too few visits", have{AllowedGuestsPerUsage: 1}, 3, dragonpass.Spent{}, dragonpass.GuestsExceeded, 0},
		{"none at all", have{}, 1, dragonpass.Spent{}, dragonpass.EntitlementsExhausted, 0},
		{"the last shared visit is the cardholder's", have{Shared: 1, AllowedGuestsPerUsage: 3}, 1, dragonpass.Spent{Shared: 1}, "", 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.nextGuests, row.have.MaxGuestsNextUse())
			spent, err := spend(row.have, dragonpass.Party{Adults: 1, Children: row.persons - 1})
			refused(t, row.want, err)
			assert.Equal(t, row.spent, spent)
			assert.Equal(t, row.have, row.have.Take(spent).Refund(spent), "a refund goes back where it came from")
		})
	}
}

// TestCheckUse_OfAPassThatIsBeingIssued: its id is nobody's yet, so a refusal names the member of the request.
func TestCheckUse_OfAPassThatIsBeingIssued(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)
	sound := dragonpass.EPass{EPassID: "17%d", Module: dragonpass.Lounge, Granted: 1, ActivationDate: now, ExpirationDate: now.AddDate(0, 1, 0)}
	for _, row := range []struct {
		pass   func(*dragonpass.EPass)
		member string
		words  string
	}{
		{func(p *dragonpass.EPass) { p.ActivationDate = now.Add(time.Second) }, "activationDate", "is not active yet"},
		{func(p *dragonpass.EPass) { p.ExpirationDate = now.Add(time.Hour) }, "expirationDate", "will have expired at the service time"},
		{func(p *dragonpass.EPass) { p.AllowedResources = []string{"N00002"} }, "allowedResources", "is not good for resource N00001"},
		{func(p *dragonpass.EPass) { p.Granted = 0 }, "availableUsages", "has 0 usages left, the party has 1 persons"},
	} {
		pass := sound
		row.pass(&pass)
		for issuing, want := range map[bool]dragonpass.Complaint{
			true: {Field: row.member, Text: "the E-pass " + row.words}, false: {Text: "E-pass 17%d " + row.words},
		} {
			account := Account{EPass: &pass, Issuing: issuing}
			_, err := account.CheckUse(&dragonpass.Resource{ResourceID: "N00001"}, dragonpass.Party{Adults: 1}, now.Add(48*time.Hour), now)
			var refusal *dragonpass.Error
			require.ErrorAs(t, err, &refusal)
			assert.Equal(t, []dragonpass.Complaint{want}, refusal.Complaints)
		}
	}
}
