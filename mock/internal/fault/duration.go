package fault

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// Duration is a duration as scenario files write it: Go's form, and "d" for 24 hours before it ("90d", "1d12h").
type Duration time.Duration

var errDuration = errors.New("expected a duration such as 800ms, 90d or 1d12h")

// ParseDuration reads a duration. None is negative.
func ParseDuration(s string) (Duration, error) {
	var days time.Duration
	rest := s
	if head, tail, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.ParseUint(head, 10, 16)
		if err != nil {
			return 0, errDuration
		}
		days, rest = time.Duration(n)*24*time.Hour, tail
		if rest == "" {
			return Duration(days), nil
		}
	}
	d, err := time.ParseDuration(rest)
	if err != nil || d < 0 || d > math.MaxInt64-days {
		return 0, errDuration
	}
	return Duration(days + d), nil
}

// String writes Go's form.
func (d Duration) String() string { return time.Duration(d).String() }

// MarshalText writes Go's form.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDuration] reads.
func (d *Duration) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDuration(string(text))
	return err
}
