package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
)

// spread is what was measured several times.
type spread []float64

// median is NaN where nothing was measured.
func (s spread) median() float64 { return s.quantile(0.5) }

// quantile is the least value that a share p of the values, from 0 to 1, does not exceed.
func (s spread) quantile(p float64) float64 {
	if len(s) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(s))
	return sorted[min(max(int(math.Ceil(p*float64(len(sorted))))-1, 0), len(sorted)-1)]
}

// over divides what was measured in the same rounds.
func (s spread) over(other spread) spread {
	ratio := make(spread, min(len(s), len(other)))
	for i := range ratio {
		ratio[i] = s[i] / other[i]
	}
	return ratio
}

// String has the median, and the range where there is one.
func (s spread) String() string {
	switch len(s) {
	case 0:
		return ""
	case 1:
		return number(s[0])
	}
	return fmt.Sprintf("%s (%s-%s)", number(s.median()), number(slices.Min(s)), number(slices.Max(s)))
}

// number writes three digits at least.
func number(v float64) string {
	switch {
	case math.Abs(v) < 0.005:
		return "0.00" // not -0.00
	case math.Abs(v) < 10:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case math.Abs(v) < 100:
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return count(int(math.Round(v)))
}

// count writes a whole number in groups of three digits.
func count(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// exponent fits v = c * n^exponent to the points, by least squares of the logarithms. All values are above 0, and there
// are two n at least.
func exponent(n, v []float64) float64 {
	var x, y, xx, xy float64
	for i := range n {
		lx, ly := math.Log(n[i]), math.Log(v[i])
		x, y, xx, xy = x+lx, y+ly, xx+lx*lx, xy+lx*ly
	}
	points := float64(len(n))
	return (points*xy - x*y) / (points*xx - x*x)
}

// milliseconds turns latencies into figures.
func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// alternate takes the measures in turn, so many rounds; the other end first each time, so that none is always the one
// on the warmer machine.
func alternate(rounds int, measures ...func() error) error {
	for round := range rounds {
		for i := range measures {
			if round%2 == 1 {
				i = len(measures) - 1 - i
			}
			if err := measures[i](); err != nil {
				return err
			}
		}
	}
	return nil
}
