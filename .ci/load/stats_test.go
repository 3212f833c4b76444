package main

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSpread_Quantile(t *testing.T) {
	hundred := make(spread, 100)
	for i := range hundred {
		hundred[i] = float64(100 - i) // 100 down to 1
	}
	for _, test := range []struct {
		s    spread
		p    float64
		want float64
	}{
		{hundred, 0, 1}, {hundred, 0.5, 50}, {hundred, 0.99, 99}, {hundred, 1, 100},
		{spread{7}, 0.5, 7}, {spread{7}, 0.99, 7},
		{spread{3, 1, 2}, 0.5, 2}, {spread{4, 3, 2, 1}, 0.5, 2},
	} {
		assert.InDelta(t, test.want, test.s.quantile(test.p), 0, "%v of %v", test.p, test.s)
	}
	assert.InDelta(t, 100, hundred[0], 0, "what was measured stays in its order, by which rounds are compared")
	assert.True(t, math.IsNaN(spread{}.median()))
}

func TestSpread_OverDividesRoundByRound(t *testing.T) {
	assert.Equal(t, spread{0.5, 2}, spread{1, 6}.over(spread{2, 3, 9}))
}

func TestNumber(t *testing.T) {
	for want, v := range map[string]float64{
		"0.05": 0.05, "9.99": 9.99, "10.5": 10.5, "100": 100, "999": 999.4, "1,000": 999.5, "31,250": 31_250,
		"1,234,567": 1_234_567, "-999": -999, "-1,000": -1000, "0.00": -0.004,
	} {
		assert.Equal(t, want, number(v))
	}
	assert.Equal(t, "2.00 (1.00-3.00)", spread{3, 1, 2}.String())
	assert.Equal(t, "3.00", spread{3}.String())
}

func TestExponent(t *testing.T) {
	n := []float64{1_000, 10_000, 100_000}
	for _, test := range []struct {
		v    []float64
		want float64
	}{
		{[]float64{5, 5, 5}, 0},
		{[]float64{2, 20, 200}, 1},
		{[]float64{1, 100, 10_000}, 2},
		{[]float64{1, 2, 10}, 0.5},        // least squares of three evenly spaced points: half of what the ends differ by
		{[]float64{0.3, 0.03, 0.003}, -1}, // what gets cheaper
	} {
		assert.InDelta(t, test.want, exponent(n, test.v), 1e-9, "%v", test.v)
	}
}

func TestLimit(t *testing.T) {
	least, most := limit{least: 0.6}, limit{most: 20, value: true}
	assert.True(t, least.holds(0.6))
	assert.False(t, least.holds(0.59))
	assert.True(t, most.holds(20))
	assert.False(t, most.holds(20.1))
	assert.False(t, most.holds(math.NaN()), "what was not measured holds nothing")
	assert.True(t, limit{}.holds(1e9))
	assert.Equal(t, []string{"at least 0.6", "at most 20", ""}, []string{least.String(), most.String(), limit{}.String()})
}

func TestAlternate_TheOtherEndFirstEachTime(t *testing.T) {
	var order []string
	note := func(name string) func() error { return func() error { order = append(order, name); return nil } }
	require.NoError(t, alternate(3, note("a"), note("b"), note("c")))
	assert.Equal(t, []string{"a", "b", "c", "c", "b", "a", "a", "b", "c"}, order)
}
