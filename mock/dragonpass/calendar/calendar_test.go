package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass/calendar"
)

func TestWeekday(t *testing.T) {
	t.Parallel()
	monday := time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC)
	for day := 1; day <= 7; day++ {
		assert.Equal(t, day, calendar.Weekday(monday.AddDate(0, 0, day-1)))
		assert.Equal(t, day, calendar.Weekday(monday.AddDate(0, 0, day).Add(-time.Nanosecond)), "to its end")
	}
}

// TestAddMonths_EndsWithTheMonth: nothing runs over into the month behind.
func TestAddMonths_EndsWithTheMonth(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		from   string
		months int
		want   string
	}{
		{"2025-01-31", 1, "2025-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2025-01-28", 1, "2025-02-28"}, {"2025-01-29", 1, "2025-02-28"},
		{"2024-01-29", 1, "2024-02-29"}, {"2025-01-31", 2, "2025-03-31"}, {"2025-01-31", 3, "2025-04-30"}, {"2025-10-31", 1, "2025-11-30"},
		{"2025-12-31", 2, "2026-02-28"}, {"2025-02-28", 1, "2025-03-28"}, {"2025-01-31", 0, "2025-01-31"}, {"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"}, {"2025-01-31", 1200, "2125-01-31"},
	} {
		from, err := time.Parse(time.DateOnly, row.from)
		require.NoError(t, err)
		from = from.Add(23*time.Hour + 59*time.Minute)
		assert.Equal(t, row.want+"T23:59", calendar.AddMonths(from, row.months).Format("2006-01-02T15:04"), "%s and %d months", row.from, row.months)
	}
	beirut, err := time.LoadLocation("Asia/Beirut")
	require.NoError(t, err)
	skipped := calendar.AddMonths(time.Date(2025, 1, 30, 0, 30, 0, 0, beirut), 2) // clocks skip this half hour
	assert.WithinDuration(t, time.Date(2025, 3, 30, 0, 30, 0, 0, beirut), skipped, 0)
	leap := time.Date(2024, 2, 29, 10, 0, 0, 0, time.UTC)
	assert.Equal(t, time.Date(2025, 2, 28, 10, 0, 0, 0, time.UTC), calendar.AddYears(leap, 1))
	assert.Equal(t, time.Date(2028, 2, 29, 10, 0, 0, 0, time.UTC), calendar.AddYears(leap, 4))
}
