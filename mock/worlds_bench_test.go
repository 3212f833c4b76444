package mock_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// What a test pays for a world of its own. Aims: a world made, reset and ended in 1 ms, 100 KiB of heap while it is idle;
// 100 steps of a story in 100 ms; a server closed in 5 ms.

// BenchmarkWorld makes, resets and ends a world.
func BenchmarkWorld(b *testing.B) {
	srv, err := mock.New()
	require.NoError(b, err)
	defer srv.Close()
	for _, given := range []string{"", "lounge-booking"} {
		b.Run("given="+given, func(b *testing.B) {
			opts := []mock.WorldOption{mock.WithClock(mocktest.Monday)}
			if given != "" {
				opts = append(opts, mock.WithScenario(given))
			}
			b.ReportAllocs()
			for b.Loop() {
				w := mocktest.NewWorld(b, srv, opts...)
				mocktest.Reset(b, w)
				w.Close()
			}
		})
	}
}

// BenchmarkIdleWorlds weighs worlds that nobody uses.
func BenchmarkIdleWorlds(b *testing.B) {
	const worlds = 1000
	srv, err := mock.New()
	require.NoError(b, err)
	defer srv.Close()
	var bytes uint64
	n := 0
	for b.Loop() {
		before := heap()
		made := make([]*mock.World, worlds)
		for i := range made {
			made[i] = mocktest.NewWorld(b, srv)
		}
		bytes += heap() - before
		n += worlds
		for _, w := range made {
			w.Close()
		}
	}
	b.ReportMetric(float64(bytes)/float64(n), "bytes/world")
}

// heap is what is reachable.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkStory is 100 steps of a test in one process: availability, prebooking, and a jump of 72 h, over and over.
func BenchmarkStory(b *testing.B) {
	srv, err := mock.New(mock.WithContract(true), mock.WithClock(mocktest.Monday))
	require.NoError(b, err)
	defer srv.Close()
	bench := bench{TB: b, handler: srv.Handler(), token: srv.World().Token()}
	b.ReportAllocs()
	for b.Loop() {
		w := srv.World()
		mocktest.Reset(b, w)
		pass := bench.pass(mocktest.Monday.Year() + 2)
		for step := 1; step < 100; step += 3 {
			bench.date = mocktest.Now(b, w).AddDate(0, 0, 30).Format(time.DateOnly) + "T10:30"
			_, rest, _ := strings.Cut(bench.availability(), `"prebookingToken":"`)
			bench.post(mocktest.PrebookingPath, prebookingBody(pass, rest[:32]))
			mocktest.Advance(b, w, 72*time.Hour)
		}
	}
}

// BenchmarkStart starts a server on a port and answers its first call; BenchmarkClose stops one.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		started := startForBench(b)
		b.StopTimer()
		started.end()
		b.StartTimer()
	}
}

func BenchmarkClose(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		started := startForBench(b)
		b.StartTimer()
		started.end()
	}
}

// cleanups is a [mock.TB] whose end a benchmark decides.
type cleanups struct {
	*testing.B
	list []func()
}

func (c *cleanups) Cleanup(f func()) { c.list = append(c.list, f) }

func (c *cleanups) end() {
	for _, f := range c.list {
		f()
	}
}

// startForBench starts a server that has answered a call, so that there is a connection to close.
func startForBench(b *testing.B) *cleanups {
	c := &cleanups{B: b}
	srv := mock.Start(c)
	require.Equal(b, 200, mocktest.NewClient(b, srv).Get("/_mock/health").Status)
	return c
}
