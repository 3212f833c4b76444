package server

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"

	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/logbook"
	"dragonmock/mock/internal/push"
	"dragonmock/mock/internal/stage"
	"dragonmock/mock/internal/statefile"
	"dragonmock/mock/internal/store"
)

// Server is one mock: its surfaces, and the worlds behind them. All methods are safe for concurrent use.
type Server struct {
	config  Config
	shipped Shipped
	host    *host.Host
	pusher  *push.Pusher

	vendor  surface
	control surface
	front   http.Handler // the vendor's surface, and the way to it
	guarded http.Handler // the control plane, and what shares its port, behind their guard

	gone        logbook.Gone // empty unless the config wants it told
	connections journal.Connections
	life        context.Context // ends when the server does
	end         context.CancelFunc
	sweeping    sync.WaitGroup

	saving sync.Mutex      // guards state and saved
	saved  host.Stage      // when all was saved last
	state  *statefile.File // nil: none

	reloading sync.Mutex // guards scenario
	scenario  []byte     // of the default world
	folder    atomic.Pointer[stage.Folder]
}

// Close ends what the server does by itself: callbacks on their way and their retries, open streams, waits and delays. It
// lets the state file go; [Server.SaveState] takes it once more.
func (s *Server) Close() {
	s.rest()
	s.letGo()
}

// rest ends what the server does by itself.
func (s *Server) rest() {
	s.end()
	s.pusher.Close()
	s.sweeping.Wait()
}

// letGo lets the state file go, if there is one.
func (s *Server) letGo() {
	s.saving.Lock()
	defer s.saving.Unlock()
	if s.state != nil {
		s.state.Close()
	}
}

// Callback writes the body of an event, as it is sent.
func (s *Server) Callback(e store.Event) ([]byte, error) { return s.shipped.Callback(e) }
