package lifestyle

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/rules"
)

const monday = "2025-10-06T05:00:00Z" // 06:00 in Manchester

func at(t testing.TB, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return v
}

// venue is a resource in Manchester that opens from 06:00 to 13:00 and from 14:00 to 22:00, but not on Sundays.
func venue(t testing.TB, m dragonpass.Module, options ...option.Option) dragonpass.Resource {
	t.Helper()
	zone, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	r := dragonpass.Resource{
		ResourceID: "F1", Module: m, Zone: zone, Options: options, PrebookingAllowed: true,
		Policy: dragonpass.PrebookingPolicy{MaxPassengersPerOrder: 2, AdvanceBookingHours: 2, MaxAdvanceDays: 28},
	}
	for day := 1; day <= 6; day++ {
		r.OpeningHours = append(r.OpeningHours, dragonpass.OpeningHours{DayOfWeek: day, Open: "14:00", Close: "22:00"}, dragonpass.OpeningHours{DayOfWeek: day, Open: "06:00", Close: "13:00"})
	}
	return r
}

var (
	yoga    = option.Option{OptionID: "F1-yoga", AdultRate: "8.50", ChildRate: "0.00", Visit: option.Visit{Type: option.Class, DayOfWeek: 1, Start: "09:00", End: "10:00", Places: 3}}
	dayPass = option.Option{OptionID: "F1-dayPass", AdultRate: "12.00", ChildRate: "12.00", Visit: option.Visit{Type: option.DayPass}}
	bundle  = option.Option{OptionID: "E1-01", AdultRate: "9.00", ChildRate: "9.00", Package: option.Package{Days: 10, Bytes: 100}}
)

// ask is a pass that asks for a class on Monday at 09:00.
func ask(t testing.TB) Availability {
	t.Helper()
	r := venue(t, dragonpass.Fitness, yoga, dayPass)
	o, ok := option.Find(r.Options, "F1-yoga-20251006")
	require.True(t, ok)
	pass := &dragonpass.EPass{EPassID: "1", Module: dragonpass.Fitness, Granted: 9, ActivationDate: at(t, monday).AddDate(0, -2, 0), ExpirationDate: at(t, monday).AddDate(1, 0, 0)}
	return Availability{
		Availability: rules.Availability{
			AvailabilityRequest: dragonpass.AvailabilityRequest{
				Holder: dragonpass.Holder{EPassID: "1"}, Module: r.Module, ResourceID: r.ResourceID, OptionID: o.OptionID, Party: dragonpass.Party{Adults: 2},
			},
			Resource: r, Account: rules.Account{EPass: pass}, Slot: SlotOf(&r, o.OptionID, "2025-10-06T09:00"),
		},
		Option: o,
	}
}

func refused(t *testing.T, want dragonpass.Code, err error, what string) {
	t.Helper()
	var refusal *dragonpass.Error
	require.ErrorAs(t, err, &refusal, what)
	assert.Equal(t, want, refusal.Code, what)
}

type wrong[P any] struct {
	name string
	make func(*P)
	want dragonpass.Code
}

// inOrder holds that of any two wrongs the one that stands first in the list is named.
func inOrder[P any](t *testing.T, good func() P, decide func(P) error, wrongs []wrong[P]) {
	t.Helper()
	require.NoError(t, decide(good()))
	for i, first := range wrongs {
		p := good()
		first.make(&p)
		refused(t, first.want, decide(p), first.name)
		for _, second := range wrongs[i+1:] {
			p := good()
			second.make(&p)
			first.make(&p)
			refused(t, first.want, decide(p), first.name+" before "+second.name)
		}
	}
}

func TestAvailability_OrderOfChecks(t *testing.T) {
	t.Parallel()
	now := at(t, monday)
	inOrder(t, func() Availability { return ask(t) }, func(a Availability) error { _, err := a.Decide(now); return err }, []wrong[Availability]{
		{"a top-up of no order", func(a *Availability) { a.TopUpOf = "DP1" }, dragonpass.OrderNotFound},
		{"an unknown resource", func(a *Availability) { a.Resource.ResourceID = "" }, dragonpass.ResourceNotFound},
		{"another module than the resource's", func(a *Availability) { a.Module = dragonpass.ESIM }, dragonpass.ModuleMismatch},
		{"a pass of another module", func(a *Availability) {
			a.Account = rules.Account{EPass: &dragonpass.EPass{Module: dragonpass.LocalOffer}}
		}, dragonpass.ModuleMismatch},
		{"a resource that cannot be booked", func(a *Availability) { a.Resource.PrebookingAllowed = false }, dragonpass.PrebookingNotSupported},
		{"an unknown option", func(a *Availability) { a.Option = option.Option{} }, dragonpass.OptionNotFound},
		{"a class on another day", func(a *Availability) { a.Date = "2025-10-07T09:00" }, dragonpass.PrebookingDateInvalid},
		{"nobody", func(a *Availability) { a.Party = dragonpass.Party{} }, dragonpass.PassengersInvalid},
		{"an unknown pass", func(a *Availability) { a.Account = rules.Account{} }, dragonpass.EPassNotFound},
		{"a cancelled pass", func(a *Availability) { a.Account.EPass.CancelledAt = now }, dragonpass.EPassCancelled},
	})
}

// TestAvailability_Boundaries asks at and beside each bound, by the clocks of the club.
func TestAvailability_Boundaries(t *testing.T) {
	t.Parallel()
	class := func(date string) func(*Availability) {
		return func(a *Availability) { a.Date = dragonpass.LocalTime(date) }
	}
	day := func(date string) func(*Availability) {
		return func(a *Availability) {
			a.Option, a.OptionID, a.Date = dayPass, dayPass.OptionID, dragonpass.LocalTime(date)
			a.Slot = SlotOf(&a.Resource, a.OptionID, a.Date)
		}
	}
	offer := func(end string) func(*Availability) {
		return func(a *Availability) {
			a.Option = option.Option{OptionID: "F1-offer", Offer: option.Offer{Validity: option.Validity{Type: option.Fixed, StartDate: "2025-10-01", EndDate: end}}}
			a.OptionID, a.Slot = a.Option.OptionID, SlotOf(&a.Resource, "F1-offer", "")
		}
	}
	on := func(date string, edit func(*Availability)) func(*Availability) {
		return func(a *Availability) { edit(a); a.Date = dragonpass.LocalTime(date) }
	}
	for _, row := range []struct {
		name, now string
		edit      func(*Availability)
		date      string // that the token is for; empty: the option is not to be had
		reason    string
		refused   dragonpass.Code
	}{
		{"a class, two hours ahead", "2025-10-06T06:00:00Z", class(""), "2025-10-06T09:00", "", ""},
		{"a class, a second later", "2025-10-06T06:00:01Z", class(""), "", "at least 2 h ahead", ""},
		{"a class that begins", "2025-10-06T08:00:00Z", class(""), "", "has begun", ""},
		{"a class that is over", "2025-10-07T08:00:00Z", class(""), "", "has begun", ""},
		{"a class, 28 days ahead", "2025-09-08T08:00:00Z", class(""), "2025-10-06T09:00", "", ""},
		{"a class, a second earlier", "2025-09-08T07:59:59Z", class(""), "", "at most 28 days", ""},
		{"a class, named with its day", monday, class("2025-10-06T23:59"), "2025-10-06T09:00", "", ""},
		{"a class, named with another", monday, class("2025-10-05T09:00"), "", "", dragonpass.PrebookingDateInvalid},
		{"a date that is none", monday, class("2025-02-30T09:00"), "", "", dragonpass.PrebookingDateInvalid},
		{"the last two places", monday, func(a *Availability) { a.Slot.Left = 2 }, "2025-10-06T09:00", "", ""},
		{"one place for two", monday, func(a *Availability) { a.Slot.Left = 1 }, "", "full", ""},
		{"three persons of two", monday, func(a *Availability) { a.Party.Children = 1 }, "", "", dragonpass.PassengersInvalid},
		{"a day pass for today", monday, day(""), "2025-10-06T06:00", "", ""},
		{"a day pass, before the club closes", "2025-10-06T20:59:59Z", day(""), "2025-10-06T06:00", "", ""},
		{"a day pass, when it closes", "2025-10-06T21:00:00Z", day(""), "", "closed for the day", ""},
		{"a day pass for tomorrow", "2025-10-06T21:00:00Z", day("2025-10-07T00:00"), "2025-10-07T06:00", "", ""},
		{"an offer, at its last second", "2025-10-06T22:59:59Z", offer("2025-10-06"), "2025-10-06T23:59", "", ""},
		{"an offer, a second later", "2025-10-06T23:00:00Z", offer("2025-10-06"), "", "the offer is over", ""},
		{"an offer, for its last day", monday, on("2025-10-08T23:59", offer("2025-10-08")), "2025-10-08T23:59", "", ""},
		{"an offer, for the day after", monday, on("2025-10-09T00:00", offer("2025-10-08")), "", "not good then", ""},
		{"an offer, for earlier today", monday, on("2025-10-06T01:00", offer("2025-10-08")), "2025-10-06T01:00", "", ""},
		{"an offer, before its first day", "2025-09-30T12:00:00Z", offer("2025-10-08"), "2025-09-30T13:00", "", ""},
		{"an offer, before its first day and for it", "2025-09-30T12:00:00Z", on("2025-10-01T00:00", offer("2025-10-08")), "2025-10-01T00:00", "", ""},
		{"an offer, for the day before its first", "2025-09-29T12:00:00Z", on("2025-09-30T23:59", offer("2025-10-08")), "", "not good then", ""},
		{"a day pass for a Sunday", monday, day("2025-10-12T12:00"), "", "closed on that day", ""},
		{"a day pass for yesterday", monday, day("2025-10-05T12:00"), "", "", dragonpass.PrebookingDateInvalid},
		{"a day pass, yesterday in London and today in UTC", "2025-10-06T23:30:00Z", day("2025-10-06T12:00"), "", "", dragonpass.PrebookingDateInvalid},
	} {
		a := ask(t)
		row.edit(&a)
		offer, err := a.Decide(at(t, row.now))
		if row.refused != "" {
			refused(t, row.refused, err, row.name)
			continue
		}
		require.NoError(t, err, row.name)
		assert.EqualValues(t, row.date, offer.Token.Date, row.name)
		if row.date == "" {
			assert.Contains(t, offer.Reason, row.reason, row.name)
			continue
		}
		assert.Empty(t, offer.Reason, row.name)
		assert.Equal(t, a.Option.Visit.Places > 0, offer.Token.Reserved, "%s: places are held where they are counted", row.name)
		service, err := offer.Token.Date.In(a.Resource.Zone)
		require.NoError(t, err)
		assert.Equal(t, service.UTC(), offer.Token.ServiceAt.UTC(), row.name)
	}
}

// TestTopUp_Boundaries: an eSIM can have more until its profile ends.
func TestTopUp_Boundaries(t *testing.T) {
	t.Parallel()
	until := at(t, monday).AddDate(1, 0, 0)
	for _, row := range []struct {
		name   string
		now    time.Time
		edit   func(*Availability)
		reason string
		want   dragonpass.Code
	}{
		{"a good one", at(t, monday), func(*Availability) {}, "", ""},
		{"at its end", until, func(*Availability) {}, "", ""},
		{"a second later", until.Add(time.Second), func(*Availability) {}, "has ended", ""},
		{"not provisioned", at(t, monday), func(a *Availability) { a.ESIM.Status = dragonpass.Pending }, "not provisioned", ""},
		{"failed", at(t, monday), func(a *Availability) { a.ESIM.Status = dragonpass.Failed }, "has ended", ""},
		{"cancelled", at(t, monday), func(a *Availability) { a.ESIM.Status = dragonpass.Cancelled }, "has ended", ""},
		{"of another holder", at(t, monday), func(a *Availability) { a.ESIM.Holder.EPassID = "2" }, "", dragonpass.OrderNotFound},
		{"for nobody", at(t, monday), func(a *Availability) { a.Holder = dragonpass.Holder{} }, "", ""},
		{"of a visit", at(t, monday), func(a *Availability) { a.ESIM.Module = dragonpass.Fitness }, "", dragonpass.ModuleMismatch},
	} {
		a := ask(t)
		a.Resource = venue(t, dragonpass.ESIM, bundle)
		a.Account.EPass.Module, a.Account.EPass.ExpirationDate = dragonpass.ESIM, until.AddDate(1, 0, 0)
		a.Module, a.Option, a.OptionID, a.Party, a.Slot = dragonpass.ESIM, bundle, bundle.OptionID, dragonpass.Party{Adults: 1}, SlotOf(&a.Resource, bundle.OptionID, "")
		a.TopUpOf, a.Bought = "DP1", option.Bought{Until: until}
		a.ESIM = dragonpass.Order{OrderID: "DP1", Module: dragonpass.ESIM, Status: dragonpass.Used, Holder: a.Holder}
		row.edit(&a)
		offer, err := a.Decide(row.now)
		if row.want != "" {
			refused(t, row.want, err, row.name)
			continue
		}
		require.NoError(t, err, row.name)
		assert.Contains(t, offer.Reason, row.reason, row.name)
		assert.Equal(t, row.reason == "", offer.Token.TopUpOf == "DP1", row.name)
		assert.False(t, offer.Token.Reserved, row.name)
	}
}

// TestBuy_SaysHowLongItIsGood, by.
func TestBuy_SaysHowLongItIsGood(t *testing.T) {
	t.Parallel()
	class, ok := option.Find([]option.Option{yoga}, "F1-yoga-20251006")
	require.True(t, ok)
	offer := func(v option.Validity) option.Option { return option.Option{Offer: option.Offer{Validity: v}} }
	fixed := offer(option.Validity{Type: option.Fixed, StartDate: "2025-10-01", EndDate: "2025-10-26"}) // the clocks go back that day
	for _, row := range []struct {
		name              string
		m                 dragonpass.Module
		o                 option.Option
		now, from, until  string
		date              dragonpass.LocalTime
		alsoCountsFromEnd bool
	}{
		{"an eSIM", dragonpass.ESIM, bundle, monday, monday, "2026-10-06T05:00:00Z", "", true},
		{"an eSIM that connects later", dragonpass.ESIM, option.Option{Package: option.Package{Effective: 10}}, "2024-02-28T20:00:00Z", "2024-02-29T06:00:00Z", "2025-02-28T06:00:00Z", "", true},
		{"a class", dragonpass.Fitness, class, monday, "2025-10-06T07:00:00Z", "2025-10-06T09:00:00Z", "2025-10-06T09:00", false},
		{"a day pass", dragonpass.Fitness, dayPass, monday, "2025-10-06T05:00:00Z", "2025-10-06T21:00:00Z", "2025-10-06T06:00", false},
		{"a day pass of a day that is closed since", dragonpass.Fitness, dayPass, monday, "2025-10-12T05:00:00Z", "2025-10-12T23:00:00Z", "2025-10-12T06:00", false},
		{"an offer of a fixed range", dragonpass.LocalOffer, fixed, monday, monday, "2025-10-26T23:59:59Z", "", true},
		{"an offer before its range", dragonpass.LocalOffer, fixed, "2025-09-01T05:00:00Z", "2025-09-30T23:00:00Z", "2025-10-26T23:59:59Z", "", true},
		{"an offer of days", dragonpass.LocalOffer, offer(option.Validity{Type: option.Relative, Value: 30, Unit: "DAY"}), monday, monday, "2025-11-05T05:00:00Z", "", true},
		{"an offer of months", dragonpass.LocalOffer, offer(option.Validity{Type: option.Relative, Value: 2, Unit: "MONTH"}), monday, monday, "2025-12-06T06:00:00Z", "", true},
		{"an offer of a month, from 31 January", dragonpass.LocalOffer, offer(option.Validity{Type: option.Relative, Value: 1, Unit: "MONTH"}), "2025-01-31T12:00:00Z", "2025-01-31T12:00:00Z", "2025-02-28T12:00:00Z", "", true},
		{"an offer of a month, from 31 January of a leap year", dragonpass.LocalOffer, offer(option.Validity{Type: option.Relative, Value: 1, Unit: "MONTH"}), "2024-01-31T12:00:00Z", "2024-01-31T12:00:00Z", "2024-02-29T12:00:00Z", "", true},
		{"an offer of a month, from 28 January", dragonpass.LocalOffer, offer(option.Validity{Type: option.Relative, Value: 1, Unit: "MONTH"}), "2025-01-28T12:00:00Z", "2025-01-28T12:00:00Z", "2025-02-28T12:00:00Z", "", true},
		{"an offer of a month, from 28 February", dragonpass.LocalOffer, offer(option.Validity{Type: option.Relative, Value: 1, Unit: "MONTH"}), "2025-02-28T12:00:00Z", "2025-02-28T12:00:00Z", "2025-03-28T12:00:00Z", "", true},
		{"an offer of a month, from 31 October", dragonpass.LocalOffer, offer(option.Validity{Type: option.Relative, Value: 1, Unit: "MONTH"}), "2025-10-31T12:00:00Z", "2025-10-31T12:00:00Z", "2025-11-30T12:00:00Z", "", true},
		{"an offer of a month, from 31 May there, 30 May in UTC", dragonpass.LocalOffer, offer(option.Validity{Type: option.Relative, Value: 1, Unit: "MONTH"}), "2025-05-30T23:30:00Z", "2025-05-30T23:30:00Z", "2025-06-29T23:30:00Z", "", true},
		{"an offer of a year, from 29 February", dragonpass.LocalOffer, offer(option.Validity{Type: option.Dynamic, Value: 1, Unit: "YEAR"}), "2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z", "2025-02-28T12:00:00Z", "", true},
		{"an offer of years", dragonpass.LocalOffer, offer(option.Validity{Type: option.Dynamic, Value: 1, Unit: "YEAR"}), monday, monday, "2026-10-06T05:00:00Z", "", true},
	} {
		r := venue(t, row.m, row.o)
		order := dragonpass.Order{Module: row.m, Date: row.date}
		if row.date != "" {
			var err error
			order.ServiceAt, err = row.date.In(r.Zone)
			require.NoError(t, err)
		}
		b := Buy(row.o, &order, &r, at(t, row.now))
		assert.Equal(t, row.from, b.From.UTC().Format(time.RFC3339), row.name)
		assert.Equal(t, row.until, b.Until.UTC().Format(time.RFC3339), row.name)
		assert.Equal(t, row.o, b.Option, row.name)
		counts := order.ServiceAt
		if row.alsoCountsFromEnd {
			counts = b.Until
		}
		assert.Equal(t, counts, Counts(&order, b), "%s: what a cancellation counts from (A-086)", row.name)
	}
}

func TestUseData_OrderOfChecks(t *testing.T) {
	t.Parallel()
	now := at(t, monday)
	good := func() UseData {
		return UseData{OrderID: "DP1", Bytes: 1, Order: dragonpass.Order{OrderID: "DP1", Module: dragonpass.ESIM, Status: dragonpass.Confirmed}, Bought: option.Bought{Option: bundle, From: now, Until: now}}
	}
	decide := func(u UseData) error { _, _, err := u.Decide(now); return err }
	inOrder(t, good, decide, []wrong[UseData]{
		{"no such order", func(u *UseData) { u.Order.OrderID = "" }, dragonpass.OrderNotFound},
		{"an order of a lounge", func(u *UseData) { u.Order.Module = dragonpass.Lounge }, dragonpass.ModuleMismatch},
		{"no bytes", func(u *UseData) { u.Bytes = 0 }, dragonpass.InvalidRequest},
		{"an order that failed", func(u *UseData) { u.Order.Status = dragonpass.Failed }, dragonpass.VoucherInvalid},
		{"an eSIM that connects in a second", func(u *UseData) { u.Bought.From = now.Add(time.Second) }, dragonpass.RedemptionWindowClosed},
	})
	for _, row := range []struct {
		name string
		edit func(*UseData)
		want dragonpass.Code
	}{
		{"the most", func(u *UseData) { u.Bytes = MaxBytes }, ""},
		{"a modified order", func(u *UseData) { u.Order.Status = dragonpass.Modified }, ""},
		{"more than the most", func(u *UseData) { u.Bytes = MaxBytes + 1 }, dragonpass.InvalidRequest},
		{"bytes below none", func(u *UseData) { u.Bytes = -1 }, dragonpass.InvalidRequest},
		{"a pending order", func(u *UseData) { u.Order.Status = dragonpass.Pending }, dragonpass.VoucherInvalid},
		{"a cancelled order", func(u *UseData) { u.Order.Status = dragonpass.Cancelled }, dragonpass.VoucherInvalid},
		{"a profile that ended", func(u *UseData) { u.Bought.Until = now.Add(-time.Second) }, dragonpass.VoucherInvalid},
		{"a package used up", func(u *UseData) { u.Bought = u.Bought.Use(100, now) }, dragonpass.VoucherInvalid},
		{"its last instant", func(u *UseData) { u.Bought = u.Bought.Use(99, now.Add(-240*time.Hour)) }, ""},
		{"an instant later", func(u *UseData) { u.Bought = u.Bought.Use(99, now.Add(-240*time.Hour-time.Second)) }, dragonpass.VoucherInvalid},
	} {
		u := good()
		row.edit(&u)
		o, b, err := u.Decide(now)
		if row.want != "" {
			refused(t, row.want, err, row.name)
			assert.Equal(t, u.Order, o, "%s: nothing has changed", row.name)
			assert.Equal(t, u.Bought, b, "%s: nothing has changed", row.name)
			continue
		}
		require.NoError(t, err, row.name)
		assert.Equal(t, dragonpass.Used, o.Status, row.name)
		assert.Equal(t, now, o.UsedAt, row.name)
		assert.GreaterOrEqual(t, b.Remaining(), int64(0), row.name)
	}
	again := good()
	again.Order.Status, again.Order.UsedAt = dragonpass.Used, now.Add(-time.Hour)
	o, _, err := again.Decide(now)
	require.NoError(t, err)
	assert.Equal(t, now.Add(-time.Hour), o.UsedAt, "the first use counts")
}

func TestCheckIn_OrderOfChecks(t *testing.T) {
	t.Parallel()
	from, until := at(t, monday), at(t, monday).Add(time.Hour)
	good := func() CheckIn {
		return CheckIn{OrderID: "DP1", Order: dragonpass.Order{OrderID: "DP1", Module: dragonpass.Fitness, Status: dragonpass.Confirmed}, Bought: option.Bought{From: from, Until: until}}
	}
	inOrder(t, good, func(c CheckIn) error { return c.Check(from) }, []wrong[CheckIn]{
		{"no such order", func(c *CheckIn) { c.Order.OrderID = "" }, dragonpass.OrderNotFound},
		{"an eSIM", func(c *CheckIn) { c.Order.Module = dragonpass.ESIM }, dragonpass.ModuleMismatch},
		{"a cancelled order", func(c *CheckIn) { c.Order.Status = dragonpass.Cancelled }, dragonpass.OrderAlreadyCancelled},
		{"a used order", func(c *CheckIn) { c.Order.Status = dragonpass.Used }, dragonpass.OrderAlreadyUsed},
		{"a pending order", func(c *CheckIn) { c.Order.Status = dragonpass.Pending }, dragonpass.VoucherInvalid},
		{"a failed order", func(c *CheckIn) { c.Order.Status = dragonpass.Failed }, dragonpass.VoucherInvalid},
		{"a closed club", func(c *CheckIn) { c.Closed = true }, dragonpass.VoucherInvalid},
		{"a second early", func(c *CheckIn) { c.Bought.From = from.Add(time.Second) }, dragonpass.RedemptionWindowClosed},
	})
	c := good()
	require.NoError(t, c.Check(until))
	c.Order.Status = dragonpass.Modified // it is as good as confirmed
	require.NoError(t, c.Check(until))
	refused(t, dragonpass.RedemptionWindowClosed, c.Check(until.Add(time.Second)), "a second late")
}

func TestBooking_Check(t *testing.T) {
	t.Parallel()
	now := at(t, monday)
	r := venue(t, dragonpass.ESIM, bundle)
	mine := dragonpass.Holder{EPassID: "1"}
	plain := func() Booking {
		return Booking{Request: dragonpass.PrebookRequest{Holder: mine}, Token: dragonpass.PrebookingToken{OptionID: "E1-01"}, Resource: r, Option: bundle}
	}
	topUp := func() Booking {
		b := plain()
		b.Request.TopUp, b.Token.TopUpOf = true, "DP1"
		b.ESIM, b.Bought = dragonpass.Order{OrderID: "DP1", Status: dragonpass.Used, Holder: mine}, option.Bought{Until: now}
		return b
	}
	decide := func(b Booking) error { return b.Check(now) }
	inOrder(t, plain, decide, []wrong[Booking]{
		{"with the token of a top-up", func(b *Booking) { b.Token.TopUpOf = "DP1" }, dragonpass.PrebookingTokenMismatch},
		{"at a venue that loses it", func(b *Booking) { b.Resource.Quirk = dragonpass.OptionLost }, dragonpass.OptionNotFound},
		{"an option that the resource has no more", func(b *Booking) { b.Option = option.Option{} }, dragonpass.OptionNotFound},
	})
	inOrder(t, topUp, decide, []wrong[Booking]{
		{"with the token of a new eSIM", func(b *Booking) { b.Token.TopUpOf = "" }, dragonpass.PrebookingTokenMismatch},
		{"of another holder's eSIM", func(b *Booking) { b.ESIM.Holder.EPassID = "2" }, dragonpass.PrebookingTokenMismatch},
		{"an option that the resource has no more", func(b *Booking) { b.Option = option.Option{} }, dragonpass.OptionNotFound},
		{"of an eSIM that was cancelled", func(b *Booking) { b.ESIM.Status = dragonpass.Cancelled }, dragonpass.SlotUnavailable},
		{"of an eSIM that failed", func(b *Booking) { b.ESIM.Status = dragonpass.Failed }, dragonpass.SlotUnavailable},
		{"of an eSIM that ended a second ago", func(b *Booking) { b.Bought.Until = now.Add(-time.Second) }, dragonpass.SlotUnavailable},
		{"of an eSIM that is not there yet", func(b *Booking) { b.ESIM.Status = dragonpass.Pending }, dragonpass.SlotUnavailable},
	})
	for _, row := range []struct {
		name, id, date, now string
		edit                func(*Booking)
		lost                bool
	}{
		{"a class that has begun", "F1-yoga-20251006", "2025-10-06T09:00", "2025-10-06T09:00:00Z", func(*Booking) {}, false},
		{"a class that is over", "F1-yoga-20251006", "2025-10-06T09:00", "2025-10-06T09:00:01Z", func(*Booking) {}, true},
		{"a class at another time", "F1-yoga-20251006", "2025-10-06T09:00", monday, func(b *Booking) { b.Option.Visit.Start = "07:00" }, true},
		{"a class that ends earlier", "F1-yoga-20251006", "2025-10-06T09:00", monday, func(b *Booking) { b.Option.Visit.End = "09:30" }, false},
		{"a day pass when the club closes", "F1-dayPass", "2025-10-06T06:00", "2025-10-06T21:00:00Z", func(*Booking) {}, false},
		{"a day pass a second later", "F1-dayPass", "2025-10-06T06:00", "2025-10-06T21:00:01Z", func(*Booking) {}, true},
		{"a day pass of a day that is closed now", "F1-dayPass", "2025-10-06T06:00", monday, func(b *Booking) { b.Resource.OpeningHours = nil }, true},
		{"a day pass of a club that opens later now", "F1-dayPass", "2025-10-06T06:00", monday, func(b *Booking) {
			b.Resource.OpeningHours = []dragonpass.OpeningHours{{DayOfWeek: 1, Open: "08:00", Close: "22:00"}}
		}, true},
		{"an offer at its last second", "F1-offer", "2025-10-05T12:00", "2025-10-06T22:59:59Z", func(*Booking) {}, false},
		{"an offer that is over", "F1-offer", "2025-10-05T12:00", "2025-10-06T23:00:00Z", func(*Booking) {}, true},
	} {
		m := dragonpass.Fitness
		if row.id == "F1-offer" {
			m = dragonpass.LocalOffer
		}
		offer := option.Option{OptionID: "F1-offer", Offer: option.Offer{Validity: option.Validity{Type: option.Fixed, StartDate: "2025-10-01", EndDate: "2025-10-06"}}}
		b := plain()
		b.Resource = venue(t, m, yoga, dayPass, offer)
		b.Option, _ = option.Find(b.Resource.Options, row.id)
		b.Token = dragonpass.PrebookingToken{OptionID: row.id, Date: dragonpass.LocalTime(row.date)}
		var err error
		b.Token.ServiceAt, err = b.Token.Date.In(b.Resource.Zone)
		require.NoError(t, err)
		row.edit(&b)
		err = b.Check(at(t, row.now))
		if row.lost {
			refused(t, dragonpass.SlotUnavailable, err, row.name)
			continue
		}
		assert.NoError(t, err, row.name)
	}
	for _, gone := range []func(*Booking){
		func(b *Booking) { b.Resource.Quirk = dragonpass.OptionLost }, func(b *Booking) { b.Option = option.Option{} },
	} {
		b := plain()
		gone(&b)
		var refusal *dragonpass.Error
		require.ErrorAs(t, b.Check(now), &refusal)
		assert.Equal(t, "prebookingToken", refusal.Complaints[0].Field, "a booking has no optionId")
	}
	lost := Booking{Resource: r}
	lost.Resource.Quirk = dragonpass.OptionLost
	assert.NoError(t, lost.Check(now), "no option at all")
}

func TestProfileOf(t *testing.T) {
	t.Parallel()
	until := at(t, monday)
	for _, row := range []struct {
		status dragonpass.OrderStatus
		now    time.Time
		want   Profile
	}{
		{dragonpass.Pending, until, ProfilePending}, {dragonpass.Confirmed, until, ProfileGood}, {dragonpass.Used, until, ProfileGood},
		{dragonpass.Modified, until, ProfileGood}, {dragonpass.Used, until.Add(time.Second), ProfileEnded}, {dragonpass.Cancelled, until, ProfileWithdrawn},
		{dragonpass.Failed, until, ProfileWithdrawn}, {dragonpass.Cancelled, until.Add(time.Second), ProfileWithdrawn},
	} {
		assert.Equal(t, row.want, ProfileOf(&dragonpass.Order{Status: row.status}, option.Bought{Until: until}, row.now), "%d at %s", row.status, row.now)
	}
}

func TestCheckRedeem_OfLocalOffersAlone(t *testing.T) {
	t.Parallel()
	assert.NoError(t, CheckRedeem("1", &dragonpass.Order{Module: dragonpass.Lounge}))
	assert.NoError(t, CheckRedeem("1", &dragonpass.Order{Module: dragonpass.LocalOffer, OptionID: "L1-01"}))
	for _, m := range []dragonpass.Module{dragonpass.Fitness, dragonpass.ESIM} {
		refused(t, dragonpass.VoucherInvalid, CheckRedeem("1", &dragonpass.Order{Module: m, OptionID: "x"}), "no counter takes it")
	}
}

// TestPlaces: what was changed of an option counts for those who are in it already.
func TestPlaces(t *testing.T) {
	t.Parallel()
	r := venue(t, dragonpass.Fitness, yoga, dayPass)
	s := SlotOf(&r, "F1-yoga-20251006", "2025-10-06T09:00")
	assert.Equal(t, 3, s.Left)
	assert.Equal(t, dragonpass.MaxCapacity, SlotOf(&r, "F1-dayPass", "2025-10-06T06:00").Left, "no bound")
	taken := s.Take(2)
	r.Options[0].Visit.Places = 5
	assert.Equal(t, [2]int{3, 5}, [2]int{Resized(taken, &r).Left, Resized(taken, &r).Places})
	r.Options[0].Visit.Places = 1
	assert.Equal(t, [2]int{-1, 1}, [2]int{Resized(taken, &r).Left, Resized(taken, &r).Places}, "who is in stays in")
	filled := taken
	filled.Left, filled.Filled = 0, true
	assert.Equal(t, [2]int{0, 1}, [2]int{Resized(filled, &r).Left, Resized(filled, &r).Places}, "the author's word stands")
	r.Options = r.Options[1:]
	assert.Equal(t, taken, Resized(taken, &r), "the class is gone")
}

func TestPrices(t *testing.T) {
	t.Parallel()
	r := venue(t, dragonpass.Fitness, dayPass, yoga)
	r.Price.Currency = "GBP"
	assert.Equal(t, dragonpass.Price{Currency: "GBP", AdultRate: "8.50", ChildRate: "0.00"}, PriceOf(&r, yoga, at(t, monday)))
	assert.Equal(t, "8.50", Cheapest(&r, at(t, monday)).AdultRate)
	r.Quirk = dragonpass.PriceMoves
	for now, want := range map[string]string{"2025-10-06T00:59:59Z": "8.50", "2025-10-06T01:00:00Z": "9.50", "2025-10-06T23:59:59Z": "31.50"} {
		assert.Equal(t, want, PriceOf(&r, yoga, at(t, now)).AdultRate, now)
		assert.Equal(t, want, Cheapest(&r, at(t, now)).AdultRate, now)
	}
}

func TestFillSlot(t *testing.T) {
	t.Parallel()
	class := "F1-yoga-20251006"
	bounded := dayPass
	bounded.OptionID, bounded.Visit.Places = "F1-few", 5
	for _, row := range []struct {
		name, now, optionID string
		date                dragonpass.LocalTime
		free                int
		edit                func(*dragonpass.Resource)
		want                dragonpass.Code
		at                  dragonpass.LocalTime
	}{
		{"a class", monday, class, "2025-10-06T09:00", 0, nil, "", "2025-10-06T09:00"},
		{"a class, by its day", monday, class, "2025-10-06T00:00", 1, nil, "", "2025-10-06T09:00"},
		{"more than there are places", monday, class, "2025-10-06T09:00", dragonpass.MaxCapacity, nil, "", "2025-10-06T09:00"},
		{"a class, a second before it begins", "2025-10-06T07:59:59Z", class, "2025-10-06T09:00", 0, nil, "", "2025-10-06T09:00"},
		{"a class that begins", "2025-10-06T08:00:00Z", class, "2025-10-06T09:00", 0, nil, dragonpass.PrebookingDateInvalid, ""},
		{"a class on another day", monday, class, "2025-10-07T09:00", 0, nil, dragonpass.PrebookingDateInvalid, ""},
		{"days that are counted", monday, "F1-few", "2025-10-07T12:00", 3, nil, "", "2025-10-07T06:00"},
		{"today", "2025-10-06T20:59:59Z", "F1-few", "2025-10-06T12:00", 3, nil, "", "2025-10-06T06:00"},
		{"today, when it closes", "2025-10-06T21:00:00Z", "F1-few", "2025-10-06T12:00", 3, nil, dragonpass.PrebookingDateInvalid, ""},
		{"a Sunday", monday, "F1-few", "2025-10-12T12:00", 3, nil, dragonpass.PrebookingDateInvalid, ""},
		{"yesterday", monday, "F1-few", "2025-10-05T12:00", 3, nil, dragonpass.PrebookingDateInvalid, ""},
		{"fewer than none", monday, class, "2025-10-06T09:00", -1, nil, dragonpass.InvalidRequest, ""},
		{"more than anything takes", monday, class, "2025-10-06T09:00", dragonpass.MaxCapacity + 1, nil, dragonpass.InvalidRequest, ""},
		{"what takes whoever comes", monday, "F1-dayPass", "2025-10-07T06:00", 0, nil, dragonpass.InvalidRequest, ""},
		{"no option", monday, "", "2025-10-06T09:00", 0, nil, dragonpass.InvalidRequest, ""},
		{"an unknown option", monday, "F1-yoga", "2025-10-06T09:00", 0, nil, dragonpass.OptionNotFound, ""},
		{"a club that cannot be booked", monday, class, "2025-10-06T09:00", 0, func(r *dragonpass.Resource) { r.PrebookingAllowed = false }, dragonpass.PrebookingNotSupported, ""},
		{"an option of a lounge", monday, class, "2025-10-06T09:00", 0, func(r *dragonpass.Resource) { r.Module = dragonpass.Lounge }, dragonpass.InvalidRequest, ""},
		{"an unknown resource", monday, class, "2025-10-06T09:00", 0, func(r *dragonpass.Resource) { *r = dragonpass.Resource{} }, dragonpass.ResourceNotFound, ""},
	} {
		f := FillSlot{FillSlot: rules.FillSlot{ResourceID: "F1", Date: row.date, Free: row.free, Resource: venue(t, dragonpass.Fitness, yoga, dayPass, bounded)}, OptionID: row.optionID}
		if row.edit != nil {
			row.edit(&f.Resource)
		}
		f.Option, _ = option.Find(f.Resource.Options, f.OptionID)
		slot, err := f.Decide(at(t, row.now))
		if row.want != "" {
			refused(t, row.want, err, row.name)
			continue
		}
		require.NoError(t, err, row.name)
		assert.Equal(t, dragonpass.Slot{ResourceID: "F1", OptionID: row.optionID, Date: row.at, Left: row.free, Places: f.Option.Visit.Places, Filled: true}, slot, row.name)
	}
}
