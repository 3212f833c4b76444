package fault

import (
	"errors"
	"math"
	"math/rand/v2"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/duration"
)

// Delay is how long an answer takes: always the same, or log-normal by mean and 95th percentile. In JSON it is "800ms" or
// {"mean": "788ms", "p95": "2.6s"}.
type Delay struct {
	Fixed     duration.Duration
	Mean, P95 duration.Duration
}

// spread is the form of a delay that varies.
type spread struct {
	Mean *duration.Duration `json:"mean"`
	P95  *duration.Duration `json:"p95"`
}

// MarshalJSON writes the form that the delay has.
func (d Delay) MarshalJSON() ([]byte, error) {
	if d.Mean != 0 || d.P95 != 0 {
		return json.Marshal(spread{&d.Mean, &d.P95})
	}
	return json.Marshal(d.Fixed)
}

// UnmarshalJSON reads either form. Nothing changes on error.
func (d *Delay) UnmarshalJSON(data []byte) error { return json.Unmarshal(data, d) }

// UnmarshalJSONFrom reads either form. Nothing changes on error.
func (d *Delay) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	switch from.PeekKind() {
	case '"':
		var fixed duration.Duration
		err := json.UnmarshalDecode(from, &fixed)
		if err == nil {
			*d = Delay{Fixed: fixed}
		}
		return err
	case '{':
		var varies spread
		err := json.UnmarshalDecode(from, &varies)
		switch {
		case err != nil:
			return err
		case varies.Mean == nil || varies.P95 == nil:
			return errors.New("expected mean and p95")
		}
		*d = Delay{Mean: *varies.Mean, P95: *varies.P95}
		return nil
	}
	return errors.New("expected a duration such as 800ms, or mean and p95")
}

// Observed returns how long the vendor's own answers took (C: mean 788 ms, p95 2,597 ms).
func Observed() Delay {
	return Delay{Mean: duration.Duration(788 * time.Millisecond), P95: duration.Duration(2597 * time.Millisecond)}
}

// Draw returns the nth delay of a seed.
func (d Delay) Draw(seed, n uint64) time.Duration { return d.draw(rand.New(rand.NewPCG(seed, n))) }

// draw is one delay.
func (d Delay) draw(r *rand.Rand) time.Duration {
	if d.Mean == 0 {
		return time.Duration(d.Fixed)
	}
	mu, sigma := logNormal(float64(d.Mean), float64(d.P95))
	// A tail that no duration can hold is as good as for ever.
	return time.Duration(min(math.Exp(mu+sigma*r.NormFloat64()), math.MaxInt64/2))
}

// z95 is the 95th percentile of the standard normal distribution.
const z95 = 1.6448536269514722

// maxSpread is the largest p95/mean of a log-normal distribution: exp(z95²/2), which is about 3.87.
var maxSpread = math.Exp(z95 * z95 / 2)

// logNormal solves for the parameters of the log-normal distribution with this mean and 95th percentile:
//
//	mean = exp(mu + sigma²/2)
//	p95  = exp(mu + z95*sigma)
//
// Divided and in logarithms that is sigma² - 2*z95*sigma + 2*ln(p95/mean) = 0. It has two solutions for
// 1 < p95/mean < maxSpread; the smaller sigma is taken, because the other is nearly all tail. Then
//
//	sigma = z95 - sqrt(z95² - 2*ln(p95/mean))
//	mu    = ln(mean) - sigma²/2
func logNormal(mean, p95 float64) (mu, sigma float64) {
	sigma = z95 - math.Sqrt(max(0, z95*z95-2*math.Log(p95/mean)))
	return math.Log(mean) - sigma*sigma/2, sigma
}
