package fault_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/fault"
)

// TestLogNormal holds that the solution gives back the mean and the 95th percentile, to the last digits.
func TestLogNormal(t *testing.T) {
	for _, ratio := range []float64{1.0001, 1.1, 2, 3.3, 3.8, fault.MaxSpread} {
		for _, mean := range []float64{1e3, 788e6, 3.6e12} {
			mu, sigma := fault.LogNormal(mean, mean*ratio)
			assert.InEpsilon(t, mean, math.Exp(mu+sigma*sigma/2), 1e-9)
			assert.InEpsilon(t, mean*ratio, math.Exp(mu+1.6448536269514722*sigma), 1e-6)
			assert.LessOrEqual(t, sigma, 1.6448536269514722, "the smaller solution")
		}
	}
}

// TestDelayDraws holds what is drawn to the mean and the 95th percentile that were asked for.
func TestDelayDraws(t *testing.T) {
	const n = 100_000
	for _, c := range []struct{ mean, p95 time.Duration }{
		{788 * time.Millisecond, 2600 * time.Millisecond}, // the vendor's published figures
		{100 * time.Millisecond, 110 * time.Millisecond},
		{2 * time.Second, 5 * time.Second},
	} {
		w := armed(t, fmt.Sprintf(`{"on":"*","delay":{"mean":"%s","p95":"%s"}}`, c.mean, c.p95))
		draws, sum := make([]float64, n), 0.0
		for i := range draws {
			d := w.decide(cancel, noon)
			require.Positive(t, d.Delay)
			draws[i] = float64(d.Delay)
			sum += draws[i]
		}
		slices.Sort(draws)
		assert.InEpsilon(t, float64(c.mean), sum/n, 0.02)
		assert.InEpsilon(t, float64(c.p95), draws[n*95/100], 0.02)
	}
}

func TestDelayBounds(t *testing.T) {
	w := armed(t, `{"on":"*","delay":{"mean":"65000d","p95":"65535d"}}`)
	for range 1000 {
		assert.Positive(t, w.decide(cancel, noon).Delay, "no delay overflows")
	}
}

func TestDelayJSON(t *testing.T) {
	for _, form := range []string{`"800ms"`, `{"mean":"788ms","p95":"2.6s"}`} {
		var d fault.Delay
		require.NoError(t, json.Unmarshal([]byte(form), &d))
		data, err := json.Marshal(d)
		require.NoError(t, err)
		assert.Equal(t, form, string(data))
	}
	d := fault.Delay{Fixed: 1}
	assert.Error(t, json.Unmarshal([]byte(`{"mean":"1s"}`), &d))
	assert.Equal(t, fault.Delay{Fixed: 1}, d, "nothing changes on error")
}
