package option

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return v
}

var club = []Option{
	{OptionID: "F-spin", Visit: Visit{Type: Class, DayOfWeek: 1, Start: "18:30", End: "19:15", Places: 2}},
	{OptionID: "F-dayPass", Visit: Visit{Type: DayPass}},
	{OptionID: "F-yoga", Visit: Visit{Type: Class, DayOfWeek: 1, Start: "07:00", End: "08:00", Places: 3}},
	{OptionID: "F-swim", Visit: Visit{Type: Class, DayOfWeek: 7, Start: "07:00", End: "08:00", Places: 3}},
}

// TestFind: a class is named by its day, which must be one of its weekday.
func TestFind(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ id, day string }{ // no day of a class: it is not found
		{"F-yoga-20251006", "2025-10-06"}, {"F-yoga-20240226", "2024-02-26"}, {"F-swim-20251005", "2025-10-05"},
		{"F-yoga-20251007", ""}, {"F-swim-20251006", ""}, {"F-yoga", ""}, {"F-yoga-", ""}, {"F-yoga-20250230", ""}, {"F-yoga-2025106", ""}, {"F-yoga-202510060", ""},
		{"F-yoga-20251006-20251006", ""}, {"f-yoga-20251006", ""}, {"F-dayPass-20251006", ""}, {"", ""},
	} {
		o, ok := Find(club, row.id)
		assert.Equal(t, row.day != "", ok, row.id)
		assert.Equal(t, row.day, o.Visit.Day, row.id)
		if ok {
			assert.Equal(t, row.id, o.OptionID, "it bears the id that it was asked for by")
		}
	}
	o, ok := Find(club, "F-dayPass")
	assert.True(t, ok)
	assert.Equal(t, club[1], o)
	assert.Empty(t, club[2].Visit.Day, "what is listed stays as it is")
}

func TestOn_ListsADayByItsTimes(t *testing.T) {
	t.Parallel()
	ids := func(day string) []string {
		var all []string
		for _, o := range On(club, at(t, day+"T00:00:00Z")) {
			found, ok := Find(club, o.OptionID)
			assert.True(t, ok, "what a schedule lists can be asked for")
			assert.Equal(t, o, found)
			all = append(all, o.OptionID)
		}
		return all
	}
	assert.Equal(t, []string{"F-dayPass", "F-yoga-20251006", "F-spin-20251006"}, ids("2025-10-06"))
	assert.Equal(t, []string{"F-dayPass", "F-swim-20251005"}, ids("2025-10-05"))
	assert.Equal(t, []string{"F-dayPass"}, ids("2025-10-07"))
}

// TestStateAt: at both of its ends a package is what it was.
func TestStateAt(t *testing.T) {
	t.Parallel()
	until, begun := at(t, "2026-09-01T09:00:00Z"), at(t, "2025-09-01T09:00:00Z")
	unused := Bought{Option: Option{Package: Package{Days: 10, Bytes: 100}}, Until: until}
	used := unused.Use(40, begun)
	ends := begun.Add(240 * time.Hour)
	for _, row := range []struct {
		name          string
		b             Bought
		pending, dead bool
		now           time.Time
		want          State
	}{
		{"pending", unused, true, false, begun, Provisioning},
		{"withdrawn before it was there", unused, true, true, begun, Withdrawn},
		{"withdrawn", used, false, true, ends.Add(time.Second), Withdrawn},
		{"bought", unused, false, false, begun, Ready},
		{"bought, at the end of its profile", unused, false, false, until, Ready},
		{"bought, and the profile is over", unused, false, false, until.Add(time.Second), Expired},
		{"active", used, false, false, begun, Active},
		{"active, at the end of its days", used, false, false, ends, Active},
		{"its days are over", used, false, false, ends.Add(time.Second), Expired},
		{"used up", used.Use(60, begun), false, false, begun, UsedUp},
		{"used up, and its days are over", used.Use(60, begun), false, false, ends.Add(time.Second), Expired},
		{"begun at the end of its profile", unused.Use(1, until), false, false, until, Active},
		{"begun before the end of its profile, which is over", unused.Use(1, until.Add(-time.Hour)), false, false, until.Add(time.Second), Expired},
	} {
		assert.Equal(t, row.want, row.b.StateAt(row.pending, row.dead, row.now), row.name)
	}
}

func TestUse_NeverBelowZero(t *testing.T) {
	t.Parallel()
	first, later := at(t, "2025-09-01T09:00:00Z"), at(t, "2025-09-02T09:00:00Z")
	b := Bought{Option: Option{Package: Package{Days: 1, Bytes: 100}}}
	for _, row := range []struct{ bytes, left int64 }{{1, 99}, {98, 1}, {1, 0}, {1, 0}, {1 << 50, 0}} {
		b = b.Use(row.bytes, map[bool]time.Time{true: first, false: later}[b.ActivatedAt.IsZero()])
		assert.Equal(t, row.left, b.Remaining())
	}
	assert.Equal(t, first, b.ActivatedAt, "the first use begins the days")
	assert.Equal(t, int64(0), Bought{Option: Option{Package: Package{Bytes: 100}}}.Use(101, first).Remaining(), "of more than there is, what there is")
}
