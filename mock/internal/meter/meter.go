package meter

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"dragonmock/mock/internal/envelope"
)

// Meter counts what the vendor's surface returned. It is safe for concurrent use.
type Meter struct {
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

// New makes a meter that also shows how many worlds there are, how many callbacks they have forgotten that were not
// delivered, how many bytes their journals take, and the version of the program.
func New(worlds, missed, journalBytes func() int, version string) *Meter {
	m := &Meter{set: metrics.NewSet()}
	m.set.NewGauge("dragonmock_worlds", func() float64 { return float64(worlds()) })
	m.set.NewGauge("dragonmock_callbacks_missed", func() float64 { return float64(missed()) })
	m.set.NewGauge("dragonmock_journal_bytes", func() float64 { return float64(journalBytes()) })
	m.set.NewGauge(fmt.Sprintf("dragonmock_info{version=%q}", version), func() float64 { return 1 })
	return m
}

// Count counts one exchange. Operation is empty for paths that none has; status is 0 where no answer was given.
func (m *Meter) Count(operation string, status int, origin string, took time.Duration) {
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

// ServeHTTP writes what was counted, and how the process does, in the text format of Prometheus.
func (m *Meter) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set(envelope.OriginHeader, envelope.Mock)
	h.Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.WriteHeader(http.StatusOK)
	m.set.WritePrometheus(w)
	metrics.WriteProcessMetrics(w)
}
