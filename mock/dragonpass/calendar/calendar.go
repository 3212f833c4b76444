package calendar

import "time"

// Weekday is 1 for Monday to 7 for Sunday, by the clock of t.
func Weekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// AddMonths is so many months later, at the same time of the day by the clock of t. Where a month has no such day it is
// its last one: a month after 31 January is 28 February, or 29 February.
func AddMonths(t time.Time, n int) time.Time {
	last := time.Date(t.Year(), t.Month()+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return t.AddDate(0, n, min(last-t.Day(), 0))
}

// AddYears is so many years later, as [AddMonths] counts: a year after 29 February is 28 February.
func AddYears(t time.Time, n int) time.Time { return AddMonths(t, 12*n) }
