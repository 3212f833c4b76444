package rules

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

func prebook(t *testing.T) Prebook {
	r := lounge(t)
	return Prebook{
		PrebookRequest: dragonpass.PrebookRequest{
			ProgramID: "18943", Path: dragonpass.Lounge, Module: dragonpass.Lounge, Holder: dragonpass.Holder{EPassID: "1"}, Token: "t",
			Passenger: dragonpass.Passenger{FirstName: "Ada"},
		},
		Promise: dragonpass.PrebookingToken{
			Token: "t", Module: dragonpass.Lounge, ResourceID: "N00001", Date: date, ServiceAt: at(t, "2025-09-04T09:30:00Z"),
			Party: dragonpass.Party{Adults: 1, Children: 1}, ValidUntil: at(t, start).Add(dragonpass.TokenLife),
		},
		Account: Account{EPass: pass(t, 2)}, Resource: r, Slot: r.SlotOf(date),
	}
}

func TestPrebook_OrderOfChecks(t *testing.T) {
	now := at(t, start)
	edit := func(change func(*dragonpass.PrebookingToken)) func(*Prebook) {
		return func(p *Prebook) { change(&p.Promise) }
	}
	checkOrder(t, func() Prebook { return prebook(t) }, func(p Prebook) error { _, err := p.Decide(now); return err }, []wrong[Prebook]{
		{"another module in the path", func(p *Prebook) { p.Path = dragonpass.FastTrack }, dragonpass.ModuleMismatch},
		{"no such token", func(p *Prebook) { p.Promise.Token = "" }, dragonpass.PrebookingTokenInvalid},
		{"a used token", edit(func(t *dragonpass.PrebookingToken) { t.OrderID = "DP1" }), dragonpass.PrebookingTokenUsed},
		{"a token that has ended", edit(func(t *dragonpass.PrebookingToken) { t.ValidUntil = now.Add(-time.Second) }), dragonpass.PrebookingTokenExpired},
		{"a token of another module", edit(func(t *dragonpass.PrebookingToken) { t.Module = dragonpass.FastTrack }), dragonpass.PrebookingTokenMismatch},
		{"another's token", edit(func(t *dragonpass.PrebookingToken) { t.Holder = dragonpass.Holder{EPassID: "2"} }), dragonpass.PrebookingTokenMismatch},
		{"an unknown pass", func(p *Prebook) { p.Account = Account{} }, dragonpass.EPassNotFound},
		{"a pass of another module", func(p *Prebook) { p.Account = Account{EPass: &dragonpass.EPass{Module: dragonpass.SetMeal}} }, dragonpass.ModuleMismatch},
		{"an unknown resource", func(p *Prebook) { p.Resource.ResourceID = "" }, dragonpass.ResourceNotFound},
		{"a cancelled pass", func(p *Prebook) {
			p.Account = Account{EPass: &dragonpass.EPass{Module: dragonpass.Lounge, CancelledAt: now}}
		}, dragonpass.EPassCancelled},
		{"other visits than the client says", func(p *Prebook) { p.UseVisits = 1 }, dragonpass.EntitlementsMismatch},
		{"no e-mail", func(p *Prebook) { p.Resource.Policy.RequiredInfo.Email = true }, dragonpass.PassengerInfoRequired},
		{"a venue whose supplier says no", func(p *Prebook) { p.Resource.Quirk = dragonpass.SupplierError }, dragonpass.PrebookingFailed},
		{"too few places", func(p *Prebook) { p.Slot.Left = 1 }, dragonpass.SlotUnavailable},
	})
}

func TestPrebook_Decide_WritesTokenAndSlotOnce(t *testing.T) {
	now := at(t, start)
	p := prebook(t)
	p.Promise.Holder, p.Promise.Reserved = p.Holder, true
	p.Slot = p.Slot.Take(55).Reserve(2)
	p.Resource.Confirmation = dragonpass.Confirmation{Mode: dragonpass.ConfirmAfter, After: time.Minute}
	got, err := p.Decide(now)
	require.NoError(t, err)
	assert.Equal(t, dragonpass.Order{
		ProgramID: "18943", Module: dragonpass.Lounge, Category: dragonpass.Prebooking, Status: dragonpass.Pending, Holder: dragonpass.Holder{EPassID: "1"},
		ResourceID: "N00001", CreatedAt: now, Party: dragonpass.Party{Adults: 1, Children: 1}, Date: date, ServiceAt: p.Promise.ServiceAt,
		SettlesAt: now.Add(time.Minute),
	}, got.Order, "without the data that the resource does not ask for")
	assert.Equal(t, p.Slot.Take(2).Free()+2, got.Slot.Free(), "the places were its own")
	assert.Equal(t, dragonpass.Slot{ResourceID: "N00001", Date: date, Left: 3}, got.Slot)
	assert.Equal(t, p.Promise.Released(), got.Token)
	assert.True(t, p.Promise.Reserved, "what was looked up is not modified")
}

func TestPrebook_Membership_SpendsEntitlements(t *testing.T) {
	p := prebook(t)
	p.Holder, p.Account = dragonpass.Holder{MembershipID: "1"}, Account{Membership: member(t)}
	got, err := p.Decide(at(t, start))
	require.NoError(t, err)
	assert.Equal(t, dragonpass.Spent{Cardholder: 1, Guests: 1}, got.Order.Spent)
	p.Account = Account{}
	_, err = p.Decide(at(t, start))
	refused(t, dragonpass.MembershipNotFound, err)
}

func TestCheckToken(t *testing.T) {
	until := at(t, "2025-09-01T08:10:00Z")
	ada, bob := dragonpass.Holder{EPassID: "1"}, dragonpass.Holder{EPassID: "2"}
	for _, row := range []struct {
		name   string
		token  dragonpass.PrebookingToken
		module dragonpass.Module
		holder dragonpass.Holder
		now    time.Time
		want   dragonpass.Code
	}{
		{"anybody's", dragonpass.PrebookingToken{Module: 1}, 1, ada, until, ""},
		{"her own", dragonpass.PrebookingToken{Module: 1, Holder: ada}, 1, ada, until, ""},
		{"another's", dragonpass.PrebookingToken{Module: 1, Holder: ada}, 1, bob, until, dragonpass.PrebookingTokenMismatch},
		{"a membership of the same id", dragonpass.PrebookingToken{Module: 1, Holder: ada}, 1, dragonpass.Holder{MembershipID: "1"}, until, dragonpass.PrebookingTokenMismatch},
		{"another module", dragonpass.PrebookingToken{Module: 1}, 2, ada, until, dragonpass.PrebookingTokenMismatch},
		{"a second after its end", dragonpass.PrebookingToken{Module: 1}, 1, ada, until.Add(time.Second), dragonpass.PrebookingTokenExpired},
		{"used, and ended", dragonpass.PrebookingToken{Module: 1, OrderID: "DP1"}, 1, ada, until.Add(time.Second), dragonpass.PrebookingTokenUsed},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.token.Token, row.token.ValidUntil = "t", until
			refused(t, row.want, checkToken(&row.token, row.module, row.holder, row.now))
		})
	}
}

func TestRedeem_Slot(t *testing.T) {
	slot := dragonpass.Slot{ResourceID: "N00001", Date: date, Left: 3, Reserved: 2}
	two := dragonpass.PrebookingToken{ResourceID: "N00001", Date: date, Party: dragonpass.Party{Adults: 2}}
	reserved, apart := two, two
	reserved.Reserved, apart.Reserved, apart.Apart = true, true, true
	for _, row := range []struct {
		name  string
		slot  dragonpass.Slot
		token dragonpass.PrebookingToken
		left  int
		held  int
		want  dragonpass.Code
	}{
		{"reserved places", slot, reserved, 1, 0, ""},
		{"places apart leave the slot as it is", slot, apart, 3, 2, ""},
		{"free places", dragonpass.Slot{Left: 4, Reserved: 2}, two, 2, 2, ""},
		{"one too few", slot, two, 3, 2, dragonpass.SlotUnavailable},
		{"reserved places of a full slot", dragonpass.Slot{Left: 2, Reserved: 2}, reserved, 0, 0, ""},
		{"none at all", dragonpass.Slot{}, two, 0, 0, dragonpass.SlotUnavailable},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := redeem(row.slot, &row.token)
			refused(t, row.want, err)
			assert.Equal(t, []int{row.left, row.held}, []int{got.Left, got.Reserved})
		})
	}
}

func TestCheckQuirk(t *testing.T) {
	for quirk, want := range map[dragonpass.Quirk]dragonpass.Code{
		dragonpass.NoQuirk: "", dragonpass.Slow: "", dragonpass.SlotLost: dragonpass.SlotUnavailable, dragonpass.SupplierError: dragonpass.PrebookingFailed,
	} {
		err := checkVenue(&dragonpass.Resource{ResourceID: "N99902", Module: dragonpass.Lounge, PrebookingAllowed: true, Quirk: quirk})
		refused(t, want, err)
		if want != "" {
			assert.Equal(t, "test venue N99902", refusal(t, err).Rule)
		}
	}
}

func TestPrebook_Visits_AreThoseThatTheClientSays(t *testing.T) {
	now := at(t, start)
	for name, row := range map[string]struct {
		visits int
		use    *dragonpass.Spent
		want   dragonpass.Code
	}{
		"it says nothing":   {},
		"how many":          {visits: 2},
		"one less":          {visits: 1, want: dragonpass.EntitlementsMismatch},
		"one more":          {visits: 3, want: dragonpass.EntitlementsMismatch},
		"which":             {use: &dragonpass.Spent{Cardholder: 1, Shared: 1}},
		"both":              {visits: 2, use: &dragonpass.Spent{Cardholder: 1, Shared: 1}},
		"as many of others": {visits: 2, use: &dragonpass.Spent{Cardholder: 1, Guests: 1}, want: dragonpass.EntitlementsMismatch},
		"none":              {use: &dragonpass.Spent{}, want: dragonpass.EntitlementsMismatch},
	} {
		t.Run(name, func(t *testing.T) {
			p := prebook(t)
			p.Holder = dragonpass.Holder{MembershipID: "2"}
			p.Account = Account{Membership: &dragonpass.Membership{
				MembershipID: "2", Status: dragonpass.MembershipActive, ExpirationDate: p.Promise.ServiceAt,
				Entitlements: []dragonpass.Entitlements{{Module: dragonpass.Lounge, Cardholder: 1, Shared: 1, AllowedGuestsPerUsage: 1}},
			}}
			p.UseVisits, p.Use = row.visits, row.use
			_, err := p.Decide(now)
			refused(t, row.want, err)
		})
	}
}
