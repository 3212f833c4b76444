package dragonpass_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return when
}

func TestLocalTimeIn(t *testing.T) {
	for _, row := range []struct {
		name, zone string
		local      dragonpass.LocalTime
		want       string // empty: it does not exist
	}{
		{"summer in London", "Europe/London", "2025-07-01T10:30", "2025-07-01T09:30:00Z"},
		{"winter in London", "Europe/London", "2025-01-01T10:30", "2025-01-01T10:30:00Z"},
		{"the last minute before clocks go forward", "Europe/London", "2025-03-30T00:59", "2025-03-30T00:59:00Z"},
		{"the first minute that clocks skip", "Europe/London", "2025-03-30T01:00", ""},
		{"the last minute that clocks skip", "Europe/London", "2025-03-30T01:59", ""},
		{"the first minute after it", "Europe/London", "2025-03-30T02:00", "2025-03-30T01:00:00Z"},
		{"a minute that occurs twice is the first", "Europe/London", "2025-10-26T01:30", "2025-10-26T00:30:00Z"},
		{"the first minute after it occurred twice", "Europe/London", "2025-10-26T02:00", "2025-10-26T02:00:00Z"},
		{"twice in New York", "America/New_York", "2025-11-02T01:30", "2025-11-02T05:30:00Z"},
		{"the first minute after New York went forward", "America/New_York", "2025-03-09T03:00", "2025-03-09T07:00:00Z"},
		{"the last minute before Tokyo's day", "Asia/Tokyo", "2025-03-09T23:59", "2025-03-09T14:59:00Z"},
		{"half an hour, Lord Howe, skipped", "Australia/Lord_Howe", "2025-10-05T02:15", ""},
		{"half an hour, Lord Howe, twice", "Australia/Lord_Howe", "2025-04-06T01:45", "2025-04-05T14:45:00Z"},
		{"a whole day skipped by Samoa", "Pacific/Apia", "2011-12-30T12:00", ""},
		{"no change", "Asia/Hong_Kong", "2025-03-30T01:30", "2025-03-29T17:30:00Z"},
		{"no such day", "Europe/London", "2025-02-30T10:30", ""},
		{"leap day", "Europe/London", "2028-02-29T10:30", "2028-02-29T10:30:00Z"},
		{"no such hour", "Europe/London", "2025-02-20T24:30", ""},
		{"not a date", "Europe/London", "tomorrow", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := row.local.In(zone(t, row.zone))
			if row.want == "" {
				assert.Error(t, err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, row.want, got.UTC().Format(time.RFC3339))
		})
	}
}

func TestLocalTime_InZone_IsWhatTheWallShows(t *testing.T) {
	london := zone(t, "Europe/London")
	when := at(t, "2025-07-01T09:30:00Z")
	assert.Equal(t, dragonpass.LocalTime("2025-07-01T10:30"), localAt(when, london))
	assert.Equal(t, "2025-07-01T10:30:00", dragonpass.UsageDate(when, london))
}

// localAt is what the wall clock of zone shows at an instant.
func localAt(t time.Time, zone *time.Location) dragonpass.LocalTime {
	return dragonpass.LocalTime(t.In(zone).Format("2006-01-02T15:04"))
}

// TestCheckInstant: what ended a second before clocks begin is still an instant.
func TestCheckInstant(t *testing.T) {
	east := time.FixedZone("", 14*60*60)
	for _, row := range []struct {
		at time.Time
		ok bool
	}{
		{time.Unix(-1, 0), true}, {time.Unix(-2, 0), false}, {time.Unix(0, 0), true}, {time.Time{}, false},
		{time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), true}, {time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), false},
		{time.Date(10000, 1, 1, 0, 0, 0, 0, east), true},
	} {
		assert.Equal(t, row.ok, dragonpass.CheckInstant(row.at) == nil, "%s", row.at)
	}
}

func TestOpeningHours_Minutes(t *testing.T) {
	for clock, want := range map[string]int{"00:00": 0, "00:59": 59, "01:00": 60, "23:59": 1439, "24:00": 1440, "24:01": -1, "5:00": -1, "": -1} {
		from, to := dragonpass.OpeningHours{Open: clock, Close: clock}.Minutes()
		assert.Equal(t, []int{want, want}, []int{from, to}, clock)
	}
	assert.Equal(t, 630, dragonpass.LocalTime("2025-10-01T10:30").Minutes())
}
