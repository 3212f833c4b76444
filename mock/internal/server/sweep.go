package server

import (
	"time"

	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/repeat"
	"dragonmock/mock/internal/world"
)

// sweepEvery is how often worlds that nobody calls are swept, by the machine's clock.
const sweepEvery = 30 * time.Second

// sweep sweeps all worlds again and again, until the server ends.
func (s *Server) sweep() {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-s.life.Done():
			return
		case <-ticker.C:
			s.host.Sweep()
		}
	}
}

// forget forgets what nobody can count on any more.
func forget(tx *world.Tx) {
	booking.Forget(tx)
	repeat.Forget(tx)
	outbox.Forget(tx)
}
