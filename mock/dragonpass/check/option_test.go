package check_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/dragonpass/option"
)

// TestResource_WithOptions tells what is wrong with what a lifestyle resource offers, and where.
func TestResource_WithOptions(t *testing.T) {
	type edit = func(o *option.Option)
	relative := option.Validity{Type: option.Relative, Value: 1, Unit: "DAY"}
	good := map[dragonpass.Module]option.Option{
		dragonpass.ESIM:       {Package: option.Package{Days: 1, DataMode: 2, Bytes: 1, Speed: "5G"}},
		dragonpass.Fitness:    {Visit: option.Visit{Type: option.Class, DayOfWeek: 7, Start: "18:30", End: "19:30", Places: 1}},
		dragonpass.LocalOffer: {Offer: option.Offer{MarketingTag: 4, Validity: relative}},
	}
	for _, row := range []struct {
		name   string
		module dragonpass.Module
		edit   edit
		want   string // the pointer; empty: nothing is wrong
	}{
		{"a package", dragonpass.ESIM, func(*option.Option) {}, ""},
		{"no days", dragonpass.ESIM, func(o *option.Option) { o.Package.Days = 0 }, "/package/duration"},
		{"no volume", dragonpass.ESIM, func(o *option.Option) { o.Package.Bytes = 0 }, "/package/totalVolume"},
		{"the largest volume", dragonpass.ESIM, func(o *option.Option) { o.Package.Bytes = 1 << 50 }, ""},
		{"a byte more", dragonpass.ESIM, func(o *option.Option) { o.Package.Bytes = 1<<50 + 1 }, "/package/totalVolume"},
		{"a mode of its own", dragonpass.ESIM, func(o *option.Option) { o.Package.DataMode = 3 }, "/package/dataMode"},
		{"no speed", dragonpass.ESIM, func(o *option.Option) { o.Package.Speed = "" }, "/package/speed"},
		{"no id", dragonpass.ESIM, func(o *option.Option) { o.OptionID = "" }, "/optionId"},
		{"a price without cents", dragonpass.ESIM, func(o *option.Option) { o.ChildRate = "1" }, "/childRate"},
		{"a class", dragonpass.Fitness, func(*option.Option) {}, ""},
		{"on the eighth day", dragonpass.Fitness, func(o *option.Option) { o.Visit.DayOfWeek = 8 }, "/visit/dayOfWeek"},
		{"that ends as it begins", dragonpass.Fitness, func(o *option.Option) { o.Visit.End = "18:30" }, "/visit/endTime"},
		{"at no time", dragonpass.Fitness, func(o *option.Option) { o.Visit.Start = "6:30" }, "/visit/startTime"},
		{"a day pass at a time", dragonpass.Fitness, func(o *option.Option) { o.Visit.Type = option.DayPass }, "/visit/startTime"},
		{"fewer places than none", dragonpass.Fitness, func(o *option.Option) { o.Visit.Places = -1 }, "/visit/places"},
		{"an offer", dragonpass.LocalOffer, func(*option.Option) {}, ""},
		{"a tag of its own", dragonpass.LocalOffer, func(o *option.Option) { o.Offer.MarketingTag = 5 }, "/offer/marketingTag"},
		{"good for weeks", dragonpass.LocalOffer, func(o *option.Option) { o.Offer.Validity.Unit = "WEEK" }, "/offer/validity/unit"},
		{"good for no day", dragonpass.LocalOffer, func(o *option.Option) { o.Offer.Validity.Value = 0 }, "/offer/validity/value"},
		{"a day alone", dragonpass.LocalOffer, func(o *option.Option) {
			o.Offer.Validity = option.Validity{Type: option.Fixed, StartDate: "2025-10-01", EndDate: "2025-10-01"}
		}, ""},
		{"over before it begins", dragonpass.LocalOffer, func(o *option.Option) {
			o.Offer.Validity = option.Validity{Type: option.Fixed, StartDate: "2025-10-01", EndDate: "2025-09-30"}
		}, "/offer/validity/endDate"},
		{"fixed for a day", dragonpass.LocalOffer, func(o *option.Option) { o.Offer.Validity.Type = option.Fixed }, "/offer/validity/value"},
	} {
		t.Run(row.name, func(t *testing.T) {
			o := good[row.module]
			o.OptionID, o.Name, o.AdultRate, o.ChildRate = "X-1", "An option", "1.00", "1.00"
			row.edit(&o)
			r := dragonpass.Resource{Module: row.module, Name: "Somewhere", Options: []option.Option{o}}
			if row.module == dragonpass.ESIM {
				r.Coverage = option.Coverage{Type: 1, Regions: []string{"GB"}, RawText: "United Kingdom"}
			}
			err := check.Resource(r)
			if row.want == "" {
				require.NoError(t, err)
				r.Options = append(r.Options, o)
				assert.ErrorContains(t, check.Resource(r), "/options/1/optionId: \"X-1\" is there twice")
				return
			}
			assert.ErrorContains(t, err, "/options/0"+row.want+": ")
		})
	}
}
