// Package duration owns how times and durations are written: by test authors, and to them.
package duration

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Duration is a time.Duration that is read as [Parse] reads it, and written in Go's form, such as 1.5ms.
type Duration time.Duration

// String returns Go's form.
func (d Duration) String() string { return time.Duration(d).String() }

// MarshalText returns Go's form.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [Parse] reads. Nothing changes on error.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = Duration(parsed)
	return nil
}

// Parse reads Go's durations, and "d" for 24 hours before them: "90d", "1d12h". A minus may stand before the whole.
func Parse(s string) (time.Duration, error) {
	rest, negative := strings.CutPrefix(s, "-")
	d, err := parse(rest)
	if errors.Is(err, strconv.ErrRange) {
		return 0, fmt.Errorf("expected a duration of at most %dd, got %q", maxDays, s)
	}
	if err != nil {
		return 0, fmt.Errorf("expected a duration such as 72h, 90d or 1d12h, got %q", s)
	}
	if negative {
		d = -d
	}
	return d, nil
}

// ParseGo reads what Go writes for a duration.
func ParseGo(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("expected a duration such as 1h30m0s, got %q", s)
	}
	return d, nil
}

// maxDays is how many days may be written: some that fit into a [time.Duration] with what stands behind them.
const maxDays = math.MaxUint16

// parse reads a duration without a sign. It fails with [strconv.ErrRange] for days that are too many.
func parse(s string) (time.Duration, error) {
	var days time.Duration
	if head, tail, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.ParseUint(head, 10, 16)
		if err != nil {
			return 0, err
		}
		if days, s = time.Duration(n)*24*time.Hour, tail; s == "" {
			return days, nil
		}
	}
	d, err := time.ParseDuration(s)
	switch {
	case err != nil:
		return 0, err
	case d < 0:
		return 0, strconv.ErrSyntax
	case d > math.MaxInt64-days:
		return 0, strconv.ErrRange
	}
	return days + d, nil
}
