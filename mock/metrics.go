package mock

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"github.com/labstack/echo/v4"

	"dragonmock/mock/internal/envelope"
)

// metricsPath is where scrapers look when nobody tells them otherwise, so it is not below the prefix of the control plane
// and not in its document. It is the operator's all the same: it has the port and the guard of the control plane.
const metricsPath = "/metrics"

// meter counts what the vendor's surface answers.
type meter struct {
	set  *metrics.Set
	seen sync.Map // answered -> *metrics.Counter
	took sync.Map // operation -> *metrics.PrometheusHistogram
}

// answered is what requests are counted by.
type answered struct {
	operation string
	status    int
	origin    string
}

func newMeter(worlds, journalBytes func() int) *meter {
	m := &meter{set: metrics.NewSet()}
	m.set.NewGauge("dragonmock_worlds", func() float64 { return float64(worlds()) })
	m.set.NewGauge("dragonmock_journal_bytes", func() float64 { return float64(journalBytes()) })
	m.set.NewGauge(fmt.Sprintf("dragonmock_info{version=%q}", Version()), func() float64 { return 1 })
	return m
}

// count counts one exchange. Operation is empty for paths that none has; status is 0 where no answer was given.
func (m *meter) count(operation string, status int, origin string, took time.Duration) {
	key := answered{operation, status, origin}
	counter, ok := m.seen.Load(key)
	if !ok {
		name := fmt.Sprintf("dragonmock_requests_total{operation=%q,status=\"%d\",origin=%q}", operation, status, origin)
		counter, _ = m.seen.LoadOrStore(key, m.set.GetOrCreateCounter(name))
	}
	counter.(*metrics.Counter).Inc()
	if operation == "" {
		return // it took no time worth speaking of, and did not begin at a gate
	}
	histogram, ok := m.took.Load(operation)
	if !ok {
		name := fmt.Sprintf("dragonmock_request_duration_seconds{operation=%q}", operation)
		histogram, _ = m.took.LoadOrStore(operation, m.set.GetOrCreatePrometheusHistogramExt(name, buckets()))
	}
	histogram.(*metrics.PrometheusHistogram).Update(took.Seconds())
}

// buckets end at these seconds: a call takes tens of microseconds, one that a fault rule delays as long as the rule says.
func buckets() []float64 {
	return []float64{.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .05, .1, .5, 1, 5, 10, 60}
}

// serve writes what was counted, and how the process does.
func (m *meter) serve(c echo.Context) error {
	h := c.Response().Header()
	h.Set(envelope.OriginHeader, envelope.Mock)
	h.Set(echo.HeaderContentType, "text/plain; version=0.0.4; charset=utf-8")
	c.Response().WriteHeader(http.StatusOK)
	m.set.WritePrometheus(c.Response())
	metrics.WriteProcessMetrics(c.Response())
	return nil
}
