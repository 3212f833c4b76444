package fault

import (
	"errors"
	"time"

	"dragonmock/mock/internal/duration"
)

// Duration is a duration as scenario files write it: Go's form, and "d" for 24 hours before it ("90d", "1d12h").
type Duration time.Duration

var errDuration = errors.New("expected a duration such as 800ms, 90d or 1d12h")

// ParseDuration reads a duration. None is negative.
func ParseDuration(s string) (Duration, error) {
	d, err := duration.Parse(s)
	if err != nil || d < 0 {
		return 0, errDuration
	}
	return Duration(d), nil
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
