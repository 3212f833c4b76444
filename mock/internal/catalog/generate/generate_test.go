package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
)

func TestShippedCatalogueIsFresh(t *testing.T) {
	for name, build := range map[string]func() ([]byte, error){"catalog.json.gz": build, "lifestyle.json.gz": buildLifestyle} {
		want, err := build()
		require.NoError(t, err)
		file, err := os.Open("../" + name)
		require.NoError(t, err)
		defer file.Close()
		packed, err := gzip.NewReader(file)
		require.NoError(t, err)
		got, err := io.ReadAll(packed)
		require.NoError(t, err)
		if !bytes.Equal(want, got) {
			t.Errorf("%s is stale: run go generate ./mock/internal/catalog", name)
		}
	}
}

// TestFixedLifestyle_IsPassedOnAsItIs, to the byte.
func TestFixedLifestyle_IsPassedOnAsItIs(t *testing.T) {
	built, err := buildLifestyle()
	require.NoError(t, err)
	lines := strings.Split(strings.ReplaceAll(string(built), "},\n", "}\n"), "\n")
	for line := range strings.Lines(string(fixedLifestyle)) {
		assert.Contains(t, lines, strings.TrimSpace(line))
	}
}

func TestFixedRowsArePassedOnAsTheyAre(t *testing.T) {
	built, err := build()
	require.NoError(t, err)
	lines := strings.Split(strings.ReplaceAll(string(built), "},\n", "}\n"), "\n")
	for line := range strings.Lines(string(fixedRows)) {
		if row := strings.TrimRight(line, ",\n"); strings.HasPrefix(row, `{"transportHubId"`) || strings.HasPrefix(row, `{"resourceId"`) {
			assert.Contains(t, lines, row)
		}
	}
}

// A catalogue worth exploring has every kind of case.
func TestResourcesVary(t *testing.T) {
	data, err := build()
	require.NoError(t, err)
	c, err := catalog.Parse(data)
	require.NoError(t, err)
	const testVenues = "A99999" // they are bookable at once
	seen := map[string]int{}
	count := func(name string, is bool) {
		if is {
			seen[name]++
		}
	}
	for _, id := range c.HubResourceIDs() {
		r, _ := c.Resource(id)
		byDay := map[int][]dragonpass.OpeningHours{}
		for _, h := range r.OpeningHours {
			byDay[h.DayOfWeek] = append(byDay[h.DayOfWeek], dragonpass.OpeningHours{Open: h.Open, Close: h.Close})
		}
		count("open all day", r.OpeningHours[0].Open == "00:00" && r.OpeningHours[0].Close == "24:00")
		count("closed a weekday", len(byDay) == 6)
		count("other hours on a weekday", len(byDay) == 7 && !slices.Equal(byDay[3], byDay[7]))
		count("two spans a day", len(byDay[1]) == 2)
		count("no prebooking", r.Module == dragonpass.Lounge && !r.PrebookingAllowed)
		count("no walk-in", r.Module == dragonpass.Lounge && !r.WalkInAllowed)
		count("landside", r.Area == landside)
		count("arrivals", slices.Contains(r.RouteTypes, arrival))
		count("transit", slices.Contains(r.RouteTypes, transit))
		count("dynamic price", r.Price.Dynamic)
		count("price in "+r.Price.Currency, true)
		if !r.Prebookable() {
			continue
		}
		p := r.Policy
		count("not cancellable", !p.Cancellation.Cancellable)
		count("slots of 15 min", p.SlotMinutes == 15)
		count("slots of 60 min", p.SlotMinutes == 60)
		count("window of 48 h", p.Cancellation.HoursBefore == 48)
		count("window of 72 h", p.Cancellation.HoursBefore == 72)
		count("party of the default size", p.MaxPassengersPerOrder == 0)
		count("party of 4", p.MaxPassengersPerOrder == 4)
		count("party of 8", p.MaxPassengersPerOrder == 8)
		count("asks nothing", p.RequiredInfo == dragonpass.RequiredInfo{})
		count("asks everything", p.RequiredInfo == dragonpass.RequiredInfo{
			FirstName: true, LastName: true, Email: true, PhoneNumber: true, CallingCode: true, TransportNumber: true,
		})
		if r.Hub.TransportHubID == testVenues {
			continue
		}
		assert.True(t, p.AdvanceBookingHours >= 2 && p.AdvanceBookingHours <= 48, id)
	}
	for _, name := range []string{
		"open all day", "closed a weekday", "other hours on a weekday", "two spans a day", "no prebooking", "no walk-in", "landside", "arrivals", "transit",
		"dynamic price", "price in USD", "price in EUR", "price in JPY", "not cancellable", "slots of 15 min", "slots of 60 min", "window of 48 h",
		"window of 72 h", "party of the default size", "party of 4", "party of 8", "asks nothing", "asks everything",
	} {
		assert.GreaterOrEqual(t, seen[name], 5, name)
	}
	t.Log(seen)
}
