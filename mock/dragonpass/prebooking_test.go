package dragonpass_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

func TestEnquiryRefusals(t *testing.T) {
	now := at(t, "2025-09-01T08:00:00Z")
	good := func() dragonpass.Enquiry {
		return dragonpass.Enquiry{Module: dragonpass.Lounge, Resource: lounge(t), Date: "2025-09-04T10:30", Party: dragonpass.Party{Adults: 1}}
	}
	pass := dragonpass.EPass{EPassID: "1", Module: dragonpass.Lounge, Granted: 1, ActivationDate: now, ExpirationDate: now.Add(30 * 24 * time.Hour)}
	unknown := dragonpass.Refuse(dragonpass.EPassNotFound, "no E-pass 9")
	for _, row := range []struct {
		name string
		edit func(*dragonpass.Enquiry)
		want dragonpass.Code
	}{
		{"nothing wrong", func(*dragonpass.Enquiry) {}, ""},
		{"module of the request", func(q *dragonpass.Enquiry) { q.Module = dragonpass.FastTrack }, dragonpass.ModuleMismatch},
		{"module of the pass", func(q *dragonpass.Enquiry) {
			p := pass
			p.Module = dragonpass.SetMeal
			q.Account = p
		}, dragonpass.ModuleMismatch},
		{"a restaurant", func(q *dragonpass.Enquiry) { q.Module, q.Resource.Module = dragonpass.SetMeal, dragonpass.SetMeal }, dragonpass.PrebookingNotSupported},
		{"a lounge without prebooking", func(q *dragonpass.Enquiry) { q.Resource.PrebookingAllowed = false }, dragonpass.PrebookingNotSupported},
		{"no such date", func(q *dragonpass.Enquiry) { q.Date = "2025-02-30T10:30" }, dragonpass.PrebookingDateInvalid},
		{"now, by the wall clock of the lounge", func(q *dragonpass.Enquiry) { q.Date = "2025-09-01T09:00" }, dragonpass.PrebookingDateInvalid},
		{"a minute from now is a date", func(q *dragonpass.Enquiry) { q.Date = "2025-09-01T09:01" }, ""},
		{"no adult", func(q *dragonpass.Enquiry) { q.Party = dragonpass.Party{Children: 1} }, dragonpass.PassengersInvalid},
		{"six", func(q *dragonpass.Enquiry) { q.Party = dragonpass.Party{Adults: 5, Children: 1} }, ""},
		{"seven", func(q *dragonpass.Enquiry) { q.Party = dragonpass.Party{Adults: 5, Children: 2} }, dragonpass.PassengersInvalid},
		{"0 means six", func(q *dragonpass.Enquiry) {
			q.Resource.Policy.MaxPassengersPerOrder, q.Party = 0, dragonpass.Party{Adults: 6}
		}, ""},
		{"0 does not mean seven", func(q *dragonpass.Enquiry) {
			q.Resource.Policy.MaxPassengersPerOrder, q.Party = 0, dragonpass.Party{Adults: 7}
		}, dragonpass.PassengersInvalid},
		{"an unknown pass", func(q *dragonpass.Enquiry) { q.Unknown = unknown }, dragonpass.EPassNotFound},
		{"an unknown pass comes after a bad party", func(q *dragonpass.Enquiry) {
			q.Unknown, q.Party = unknown, dragonpass.Party{}
		}, dragonpass.PassengersInvalid},
		{"a pass that is short", func(q *dragonpass.Enquiry) {
			q.Account, q.Party = pass, dragonpass.Party{Adults: 2}
		}, dragonpass.EPassUsagesExhausted},
		{"a good pass", func(q *dragonpass.Enquiry) { q.Account = pass }, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			q := good()
			row.edit(&q)
			_, err := q.Check(now)
			refused(t, row.want, err)
		})
	}
}

func TestClosed(t *testing.T) {
	mixed := lounge(t)
	mixed.OpeningHours = []dragonpass.OpeningHours{
		{DayOfWeek: 4, Open: "00:00", Close: "24:00"},                                                // Thursday
		{DayOfWeek: 5, Open: "05:10", Close: "09:00"}, {DayOfWeek: 5, Open: "18:00", Close: "23:59"}, // Friday
	}
	for _, row := range []struct {
		name     string
		resource dragonpass.Resource
		now      string
		date     dragonpass.LocalTime
		open     bool
	}{
		{"a day ahead to the second", lounge(t), "2025-09-03T09:30:00Z", "2025-09-04T10:30", true},
		{"a second less", lounge(t), "2025-09-03T09:30:01Z", "2025-09-04T10:30", false},
		{"365 days ahead to the second", lounge(t), "2025-09-03T09:30:00Z", "2026-09-03T10:30", true},
		{"a second more", lounge(t), "2025-09-03T09:29:59Z", "2026-09-03T10:30", false},
		{"a day ahead is 24 hours, not a wall day, when clocks go forward", lounge(t), "2025-03-29T10:30:00Z", "2025-03-30T10:30", false},
		{"an hour earlier it is", lounge(t), "2025-03-29T09:30:00Z", "2025-03-30T10:30", true},
		{"the first slot", lounge(t), "2025-09-01T08:00:00Z", "2025-09-04T05:00", true},
		{"before it", lounge(t), "2025-09-01T08:00:00Z", "2025-09-04T04:30", false},
		{"the last slot", lounge(t), "2025-09-01T08:00:00Z", "2025-09-04T21:30", true},
		{"at closing", lounge(t), "2025-09-01T08:00:00Z", "2025-09-04T22:00", false},
		{"off the grid", lounge(t), "2025-09-01T08:00:00Z", "2025-09-04T10:31", false},
		{"midnight of an all-day Thursday", mixed, "2025-09-01T08:00:00Z", "2025-09-04T00:00", true},
		{"its last slot", mixed, "2025-09-01T08:00:00Z", "2025-09-04T23:30", true},
		{"the grid counts from opening", mixed, "2025-09-01T08:00:00Z", "2025-09-05T05:40", true},
		{"and from nothing else", mixed, "2025-09-01T08:00:00Z", "2025-09-05T05:30", false},
		{"a slot that would end after closing", mixed, "2025-09-01T08:00:00Z", "2025-09-05T08:40", false},
		{"between two spans", mixed, "2025-09-01T08:00:00Z", "2025-09-05T12:00", false},
		{"in the second span", mixed, "2025-09-01T08:00:00Z", "2025-09-05T18:30", true},
		{"a closed Saturday", mixed, "2025-09-01T08:00:00Z", "2025-09-06T10:30", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			service, err := row.date.In(row.resource.Zone)
			require.NoError(t, err)
			reason := row.resource.Closed(row.date, service, at(t, row.now))
			assert.Equal(t, row.open, reason == "", reason)
		})
	}
}

func TestCheckRedeemToken(t *testing.T) {
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
			row.token.ValidUntil = until
			refused(t, row.want, row.token.CheckRedeem(row.module, row.holder, row.now))
		})
	}
}

func TestCollectPassenger(t *testing.T) {
	all := dragonpass.RequiredInfo{FirstName: true, LastName: true, Email: true, PhoneNumber: true, CallingCode: true, TransportNumber: true}
	ada := dragonpass.Passenger{FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com", PhoneNumber: "8081966002", CallingCode: "44", TransportNumber: "EK001"}
	kept, err := all.Collect(ada)
	require.NoError(t, err)
	assert.Equal(t, ada, kept)

	kept, err = dragonpass.RequiredInfo{FirstName: true}.Collect(dragonpass.Passenger{FirstName: "世界", Email: "nonsense"})
	require.NoError(t, err, "what is not asked for is not judged")
	assert.Equal(t, dragonpass.Passenger{FirstName: "世界"}, kept, "and not kept")

	_, err = all.Collect(dragonpass.Passenger{FirstName: " ", CallingCode: "+44", TransportNumber: "EK00123"})
	refused(t, dragonpass.PassengerInfoRequired, err)
	for _, name := range []string{"firstName", "lastName", "email", "phoneNumber", "callingCode", "transportNumber"} {
		assert.Contains(t, err.Error(), "/extra/prebookingRequiredInfo/"+name)
	}

	for _, row := range []struct {
		member string
		set    func(*dragonpass.Passenger, string)
		good   []string
		bad    []string
	}{
		{"email", func(p *dragonpass.Passenger, s string) { p.Email = s },
			[]string{"a@b", "ada.lovelace+lounge@example.co.uk"}, []string{"", "ada", "ada@", "Ada <ada@example.com>", "a@b c"}},
		{"phoneNumber", func(p *dragonpass.Passenger, s string) { p.PhoneNumber = s }, []string{"1", "08081966002"}, []string{"", "+44", "80 81", "٤٤"}},
		{"callingCode", func(p *dragonpass.Passenger, s string) { p.CallingCode = s }, []string{"1", "852"}, []string{"", "+1", "00-1"}},
		{"transportNumber", func(p *dragonpass.Passenger, s string) { p.TransportNumber = s }, []string{"E", "EK0012", "123456"}, []string{"", "EK00123", "EK 01", "ÉK1"}},
		{"firstName", func(p *dragonpass.Passenger, s string) { p.FirstName = s }, []string{"Z", "Ñandú", "李"}, []string{"", " \t"}},
	} {
		for _, s := range row.good {
			p := ada
			row.set(&p, s)
			_, err := all.Collect(p)
			assert.NoError(t, err, "%s %q", row.member, s)
		}
		for _, s := range row.bad {
			p := ada
			row.set(&p, s)
			_, err := all.Collect(p)
			assert.ErrorContains(t, err, row.member, "%q", s)
		}
	}
}
