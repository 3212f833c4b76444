// Package duration owns how test authors write durations.
package duration

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Parse reads Go's durations, and "d" for 24 hours before them: "90d", "1d12h". A minus may stand before the whole.
func Parse(s string) (time.Duration, error) {
	rest, negative := strings.CutPrefix(s, "-")
	d, ok := parse(rest)
	if !ok {
		return 0, fmt.Errorf("expected a duration such as 72h, 90d or 1d12h, got %q", s)
	}
	if negative {
		d = -d
	}
	return d, nil
}

func parse(s string) (time.Duration, bool) {
	var days time.Duration
	if head, tail, ok := strings.Cut(s, "d"); ok {
		n, err := strconv.ParseUint(head, 10, 16) // so many days fit
		if err != nil {
			return 0, false
		}
		if days, s = time.Duration(n)*24*time.Hour, tail; s == "" {
			return days, true
		}
	}
	d, err := time.ParseDuration(s)
	return days + d, err == nil && d >= 0 && d <= math.MaxInt64-days
}
