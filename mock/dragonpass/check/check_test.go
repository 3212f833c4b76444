package check_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
)

func TestResource(t *testing.T) {
	hours := func(open, closing string) func(*dragonpass.Resource) {
		return func(r *dragonpass.Resource) { r.OpeningHours[0].Open, r.OpeningHours[0].Close = open, closing }
	}
	day := func(n int) func(*dragonpass.Resource) {
		return func(r *dragonpass.Resource) { r.OpeningHours[0].DayOfWeek = n }
	}
	for _, row := range []struct {
		name string
		edit func(*dragonpass.Resource)
		want string // what the error begins with; empty: there is none
	}{
		{"good", func(*dragonpass.Resource) {}, ""},
		{"day 0", day(0), "openingHours/0/dayOfWeek"}, {"day 1", day(1), ""}, {"day 7", day(7), ""}, {"day 8", day(8), "openingHours/0/dayOfWeek"},
		{"all day", hours("00:00", "24:00"), ""},
		{"a minute", hours("10:00", "10:01"), ""},
		{"no time at all", hours("10:00", "10:00"), "openingHours/0/close"},
		{"a night in one row", hours("22:00", "02:00"), "openingHours/0/close"},
		{"it opens at the end of the day", hours("24:00", "24:00"), "openingHours/0/open"},
		{"no such hour", hours("25:00", "26:00"), "openingHours/0/open"},
		{"no such minute", hours("10:00", "10:60"), "openingHours/0/close"},
		{"area 0", func(r *dragonpass.Resource) { r.Area = 0 }, "extra/loungeInfo/area"},
		{"area 1", func(r *dragonpass.Resource) { r.Area = 1 }, ""},
		{"area 3", func(r *dragonpass.Resource) { r.Area = 3 }, "extra/loungeInfo/area"},
		{"route 0", func(r *dragonpass.Resource) { r.RouteTypes[1] = 0 }, "extra/loungeInfo/routeTypes/1"},
		{"route 4", func(r *dragonpass.Resource) { r.RouteTypes[0] = 4 }, "extra/loungeInfo/routeTypes/0"},
		{"the highest tier", func(r *dragonpass.Resource) { r.Tier = math.MaxInt32 }, ""},
		{"a tier that no answer can show", func(r *dragonpass.Resource) { r.Tier = math.MaxInt32 + 1 }, "extra/loungeInfo/tier"},
		{"a quirk that is none", func(r *dragonpass.Resource) { r.Quirk = "nope" }, "quirk"},
		{"tier 0", func(r *dragonpass.Resource) { r.Tier = 0 }, "extra/loungeInfo/tier"},
		{"an hour of one digit", hours("5:00", "22:00"), "openingHours/0/open"},
		{"no name", func(r *dragonpass.Resource) { r.Name = "" }, "resourceName"},
		{"the longest name", func(r *dragonpass.Resource) { r.Name = strings.Repeat("ü", 200) }, ""},
		{"a longer name", func(r *dragonpass.Resource) { r.Name = strings.Repeat("ü", 201) }, "resourceName"},
		{"a translation in part", func(r *dragonpass.Resource) { r.Translation = dragonpass.PartlyTranslated }, ""},
		{"a translation that is none of the words", func(r *dragonpass.Resource) { r.Translation = "wholly" }, "translation"},
		{"a known quirk", func(r *dragonpass.Resource) { r.Quirk = dragonpass.Slow }, ""},
		{"another quirk", func(r *dragonpass.Resource) { r.Quirk = "nonsense" }, "quirk"},
		{"a name of a letter", func(r *dragonpass.Resource) { r.Name = "ü" }, ""},
		{"the shortest address of a picture", func(r *dragonpass.Resource) { r.Images[0].URL = "/" }, ""},
		{"the longest address of a picture", func(r *dragonpass.Resource) { r.Images[0].URL = strings.Repeat("/", 2048) }, ""},
		{"a longer one", func(r *dragonpass.Resource) { r.Images[0].URL = strings.Repeat("/", 2049) }, "imagesList/0/url"},
		{"a picture of the last place", func(r *dragonpass.Resource) { r.Images[0].Order = math.MaxInt32 }, ""},
		{"a picture after it", func(r *dragonpass.Resource) { r.Images[0].Order = math.MaxInt32 + 1 }, "imagesList/0/order"},
		{"a picture without address", func(r *dragonpass.Resource) { r.Images[0].URL = "" }, "imagesList/0/url"},
		{"a picture of place 0", func(r *dragonpass.Resource) { r.Images[0].Order = 0 }, "imagesList/0/order"},
		{"no currency", func(r *dragonpass.Resource) { r.Price.Currency = "gbp" }, "price/currency"},
		{"four letters of currency", func(r *dragonpass.Resource) { r.Price.Currency = "GBPP" }, "price/currency"},
		{"a rate of one cent's digit", func(r *dragonpass.Resource) { r.Price.ChildRate = "14.0" }, "price/childRate"},
		{"a rate of cents alone", func(r *dragonpass.Resource) { r.Price.ChildRate = ".00" }, "price/childRate"},
		{"a rate of letters", func(r *dragonpass.Resource) { r.Price.AdultRate = "1x.00" }, "price/adultRate"},
		{"a rate without cents", func(r *dragonpass.Resource) { r.Price.ChildRate = "14" }, "price/childRate"},
		{"the largest capacity", func(r *dragonpass.Resource) { r.Capacity = dragonpass.MaxCapacity }, ""},
		{"a larger capacity", func(r *dragonpass.Resource) { r.Capacity = dragonpass.MaxCapacity + 1 }, "capacity"},
		{"capacity 0", func(r *dragonpass.Resource) { r.Capacity = 0 }, ""},
		{"capacity below 0", func(r *dragonpass.Resource) { r.Capacity = -1 }, "capacity"},
		{"slots of no length", func(r *dragonpass.Resource) { r.Policy.SlotMinutes = 0 }, "prebookingPolicy/slotMinutes"},
		{"slots of a day", func(r *dragonpass.Resource) { r.Policy.SlotMinutes = 24 * 60 }, ""},
		{"slots of more", func(r *dragonpass.Resource) { r.Policy.SlotMinutes = 24*60 + 1 }, "prebookingPolicy/slotMinutes"},
		{"slots of a minute", func(r *dragonpass.Resource) { r.Policy.SlotMinutes = 1 }, ""},
		{"a day ahead", func(r *dragonpass.Resource) { r.Policy.MaxAdvanceDays = 1 }, ""},
		{"no day ahead", func(r *dragonpass.Resource) { r.Policy.MaxAdvanceDays = 0 }, "prebookingPolicy/maxAdvanceDays"},
		{"the longest day ahead", func(r *dragonpass.Resource) { r.Policy.MaxAdvanceDays = 100_000 }, ""},
		{"one more", func(r *dragonpass.Resource) { r.Policy.MaxAdvanceDays = 100_001 }, "prebookingPolicy/maxAdvanceDays"},
		{"hours before, below 0", func(r *dragonpass.Resource) { r.Policy.AdvanceBookingHours = -1 }, "prebookingPolicy/advanceBookingHours"},
		{"passengers, below 0", func(r *dragonpass.Resource) { r.Policy.MaxPassengersPerOrder = -1 }, "prebookingPolicy/maxPassengerPerOrder"},
		{"cancellation, below 0", func(r *dragonpass.Resource) { r.Policy.Cancellation.HoursBefore = -1 }, "prebookingPolicy/cancellationPolicy/cancellationHoursBefore"},
		{"a policy counts only where it can be booked", func(r *dragonpass.Resource) { r.PrebookingAllowed, r.Policy.SlotMinutes = false, 0 }, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := dragonpass.Resource{
				Module: dragonpass.Lounge, PrebookingAllowed: true, OpeningHours: []dragonpass.OpeningHours{{DayOfWeek: 3, Open: "05:00", Close: "22:00"}},
				Policy: dragonpass.PrebookingPolicy{SlotMinutes: 30, MaxAdvanceDays: 365}, Area: 2, RouteTypes: []int{1, 3}, Tier: 1, Name: "Lounge",
				Price: dragonpass.Price{Currency: "GBP", AdultRate: "28.00", ChildRate: "14.00"}, Images: []dragonpass.Image{{URL: "/a", Order: 1}},
			}
			row.edit(&r)
			err := check.Resource(r)
			if row.want == "" {
				require.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, row.want+": ")
		})
	}
}

// TestResource_ANightIsTwoRows: midnight is a time, but none after any other of its day.
func TestResource_ANightIsTwoRows(t *testing.T) {
	r := dragonpass.Resource{Name: "Lounge", OpeningHours: []dragonpass.OpeningHours{{DayOfWeek: 1, Open: "22:00", Close: "00:00"}}}
	assert.EqualError(t, check.Resource(r), "/openingHours/0/close: expected a time after open, 22:00, got 00:00; write a night as two rows")
}

// TestProgram tells of programmes and their entitlements what is wrong, and where.
func TestProgram(t *testing.T) {
	with := func(list ...dragonpass.Entitlements) dragonpass.Program {
		return dragonpass.Program{ProgramID: "1", Entitlements: list}
	}
	most := dragonpass.Entitlements{Module: dragonpass.Coupon, Cardholder: 10_000, Guests: 10_000, Shared: 10_000, AllowedGuestsPerUsage: 10_000}
	for _, row := range []struct {
		name    string
		program dragonpass.Program
		want    string // what the error begins with; empty: there is none
	}{
		{"nothing is given", with(), ""},
		{"no id", dragonpass.Program{}, "/ProgramID: "},
		{"no time at all", dragonpass.Program{ProgramID: "1", Validity: -1}, "/Validity: "},
		{"a nanosecond", dragonpass.Program{ProgramID: "1", Validity: 1}, ""},
		{"all modules", with(dragonpass.Entitlements{Module: 1}, dragonpass.Entitlements{Module: 2}, dragonpass.Entitlements{Module: 3}, most), ""},
		{"module 0", with(dragonpass.Entitlements{}), "/Entitlements/0/Module: "},
		{"module 5", with(dragonpass.Entitlements{Module: 1}, dragonpass.Entitlements{Module: 5}), "/Entitlements/1/Module: "},
		{"a module twice", with(dragonpass.Entitlements{Module: 2}, dragonpass.Entitlements{Module: 2}), "/Entitlements/1/Module: "},
		{"in another order", with(dragonpass.Entitlements{Module: 2}, dragonpass.Entitlements{Module: 1}), "/Entitlements/1/Module: "},
		{"fewer than none", with(dragonpass.Entitlements{Module: 1, Cardholder: -1}), "/Entitlements/0/Cardholder: "},
		{"one more than can be", with(dragonpass.Entitlements{Module: 1, Guests: 10_001}), "/Entitlements/0/Guests: "},
		{"one more shared", with(dragonpass.Entitlements{Module: 1, Shared: 10_001}), "/Entitlements/0/Shared: "},
		{"a lounge and a coupon agreed", dragonpass.Program{ProgramID: "1", Agreed: []dragonpass.Module{1, 4}}, ""},
		{"fast track agreed", dragonpass.Program{ProgramID: "1", Agreed: []dragonpass.Module{1, 2}}, "/Agreed/1: "},
		{"a lounge twice", dragonpass.Program{ProgramID: "1", Agreed: []dragonpass.Module{1, 1}}, "/Agreed/1: "},
		{"agreed in another order", dragonpass.Program{ProgramID: "1", Agreed: []dragonpass.Module{4, 3}}, "/Agreed/1: "},
		{"module 0 agreed", dragonpass.Program{ProgramID: "1", Agreed: []dragonpass.Module{0}}, "/Agreed/0: "},
		{"fewer guests than none", with(dragonpass.Entitlements{Module: 1, AllowedGuestsPerUsage: -1}), "/Entitlements/0/AllowedGuestsPerUsage: "},
	} {
		t.Run(row.name, func(t *testing.T) {
			err := check.Program(row.program)
			if row.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.Error(t, err)
			assert.True(t, strings.HasPrefix(err.Error(), row.want), "%s", err)
		})
	}
}
