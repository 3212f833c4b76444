package duration

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// Instant is a time.Time that is written in UTC with its offset, 2025-09-01T08:00:00+00:00, to the millisecond where it is
// no whole second.
type Instant time.Time

// IsZero says whether it is the zero time.
func (i Instant) IsZero() bool { return time.Time(i).IsZero() }

// String returns the form in which it is written.
func (i Instant) String() string { return time.Time(i).UTC().Format("2006-01-02T15:04:05.999-07:00") }

// MarshalText returns the form in which it is written.
func (i Instant) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads a date and time with offset.
func (i *Instant) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.RFC3339, string(text))
	if err == nil {
		*i = Instant(t.UTC())
	}
	return err
}

// ParseInstant reads a date and time with an offset, as the vendor takes it, cut to the second.
func ParseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if t = t.UTC(); err != nil || t.Year() < 0 || t.Year() > 9999 { // an offset leads out of the years that can be written
		return t, fmt.Errorf("expected a date and time with offset, such as 2025-09-01T09:00:00+01:00, got %q", s)
	}
	return t.Truncate(time.Second), nil
}

// Millis is a duration that was measured. It is written as a number of milliseconds.
type Millis time.Duration

// MarshalJSON writes the number.
func (m Millis) MarshalJSON() ([]byte, error) {
	return strconv.AppendFloat(nil, float64(m)/float64(time.Millisecond), 'f', -1, 64), nil
}

// UnmarshalJSON reads the number. Nothing changes on error.
func (m *Millis) UnmarshalJSON(data []byte) error {
	ms, err := strconv.ParseFloat(string(data), 64)
	if err == nil {
		*m = Millis(math.Round(ms * float64(time.Millisecond)))
	}
	return err
}
