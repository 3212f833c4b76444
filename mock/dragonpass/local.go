package dragonpass

import (
	"fmt"
	"time"
)

// The layouts of wall clock times at a resource.
const (
	layoutMinute = "2006-01-02T15:04"
	layoutSecond = "2006-01-02T15:04:05"
)

// LocalTime is a wall clock time at a resource, to the minute, as the vendor writes it: "2025-10-01T10:30" (D, seed).
// It has no zone; the resource gives it one.
type LocalTime string

// UsageDate writes an instant as the vendor writes usageDate: the wall clock of the zone, to the second (D/339352m0).
func UsageDate(t time.Time, zone *time.Location) string {
	return t.In(zone).Format(layoutSecond)
}

// In is the instant at which the wall clock of zone shows l. A time that occurs twice, when clocks go back, is the
// first of the two; one that clocks skip does not exist, nor does 30 February. The instant is one of
// [CheckInstant].
func (l LocalTime) In(zone *time.Location) (time.Time, error) {
	wall, err := time.ParseInLocation(layoutMinute, string(l), time.UTC)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is not a date and time of the calendar, such as 2025-10-01T10:30", l)
	}
	// The offsets before and after any change near this wall time; the earlier instant has the larger offset.
	_, before := wall.Add(-24 * time.Hour).In(zone).Zone()
	_, after := wall.Add(24 * time.Hour).In(zone).Zone()
	offsets := []int{before, after}
	if before == after {
		offsets = offsets[:1]
	}
	var first time.Time
	for _, offset := range offsets {
		t := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		if t.Format(layoutMinute) == string(l) && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	if first.IsZero() {
		return time.Time{}, fmt.Errorf("%s does not exist in %s: clocks skip it", l, zone)
	}
	if err := CheckInstant(first); err != nil {
		return time.Time{}, fmt.Errorf("%s in %s: %w", l, zone, err)
	}
	return first.UTC(), nil
}

// CheckInstant refuses what is no instant of an entity: it has a year that can be written, and clocks begin with 1970. What
// ended a second before that is still one.
func CheckInstant(t time.Time) error {
	if t.Before(time.Unix(-1, 0)) || t.UTC().Year() > 9999 {
		return fmt.Errorf("expected an instant in the years 1970 to 9999, got %s", t.UTC().Format(layoutSecond))
	}
	return nil
}

// Minutes is the time of day in minutes from midnight; l must be a valid time.
func (l LocalTime) Minutes() int {
	return parseClock(string(l[len("2006-01-02T"):]))
}

// parseClock reads "15:04", or "24:00" for the end of a day, as minutes from midnight; -1 if it is neither.
func parseClock(s string) int {
	if s == "24:00" {
		return 24 * 60
	}
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") { // Go reads 5:04 too, which no answer shows
		return -1
	}
	return t.Hour()*60 + t.Minute()
}

// NextSecond is the whole second at t or after it: world time knows no others, and a frozen clock would never come to them.
func NextSecond(t time.Time) time.Time { return t.Add(time.Second - 1).Truncate(time.Second) }
