package world

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/store"
)

// DefaultWorld is the id of the world with the documentation's sample credentials. It does not end.
const DefaultWorld = "default"

// MaxWorlds is how many worlds a host holds, the default one included.
const MaxWorlds = 2000

// WorldsExhausted is the refusal of a world beyond [MaxWorlds]. The vendor has no such symbol.
const WorldsExhausted dragonpass.Code = "WORLDS_EXHAUSTED"

// Host holds the worlds of a server. A token's issuer, or a client id, chooses the world; nothing else does. All methods
// are safe for concurrent use.
type Host struct {
	catalog *catalog.Catalog
	shared  Shared

	mu       sync.RWMutex // guards the rest
	number   int          // of worlds ever made
	worlds   map[string]*World
	byIssuer map[string]*World
	byClient map[string]*World
}

func newHost(c *catalog.Catalog, shared Shared) *Host {
	return &Host{catalog: c, shared: shared, worlds: map[string]*World{}, byIssuer: map[string]*World{}, byClient: map[string]*World{}}
}

// NewHost makes a host with the default world in it. What config shares, all worlds of the host share. An error says what
// cannot be given.
func NewHost(c *catalog.Catalog, config Config) (*Host, error) {
	h := newHost(c, config.Shared)
	w, err := h.makeDefault(config)
	if err != nil {
		return nil, err
	}
	h.enter(w)
	return h, nil
}

func (h *Host) makeDefault(config Config) (*World, error) {
	config.Client, config.Lifetime, config.Shared = withSampleCredentials(config.Client), 0, h.shared
	return create(DefaultWorld, h.catalog, config)
}

// Prepare makes a world with credentials of its own, which nobody finds before [Host.Enter]; those in the config do not
// count. An error says what cannot be given.
func (h *Host) Prepare(config Config) (*World, error) {
	config.Client, config.Shared = withNewCredentials(config.Client), h.shared
	return create(newWorldID(), h.catalog, config)
}

// PrepareFork makes a world that begins as another one is now, with credentials of its own, which nobody finds before
// [Host.Enter]. The two share nothing from then on. A reset of the fork goes back to how it began. Errors: WORLD_ENDED.
func (h *Host) PrepareFork(w *World) (*World, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.checkEnded(); err != nil {
		return nil, err
	}
	config := w.config
	config.Client = withNewCredentials(config.Client)
	fork := &World{
		id: newWorldID(), config: config, catalog: w.catalog, machine: w.machine, named: w.named, state: store.New(store.Clock{}, config.Seed),
		journal: journal.New(config.Journal, config.Budget), checkpoints: map[string]*store.State{},
	}
	fork.mu.Lock()
	defer fork.mu.Unlock()
	fork.config.Observe = nil // told when it enters, of the whole
	err := fork.try(w.state.Clock.Now(w.machine()), "fork", func(tx *Tx) error {
		tx.Return(w.state.Copy())
		tx.giveAllBack()
		return nil
	})
	fork.initial, fork.config.Observe = fork.state.Copy(), config.Observe
	return fork, err
}

// Enter has a prepared world found from now on. Errors: WORLDS_EXHAUSTED.
func (h *Host) Enter(w *World) error {
	if err := h.enterNew(w); err != nil {
		return err
	}
	w.deliver(false)
	return nil
}

func (h *Host) enterNew(w *World) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sweep()
	if len(h.worlds) >= MaxWorlds {
		return dragonpass.Refuse(WorldsExhausted, "there are %d worlds; delete some, or give them a lifetime", len(h.worlds)).Unless("fewer worlds")
	}
	h.number++
	w.number = h.number
	h.enter(w)
	return nil
}

func (h *Host) enter(w *World) {
	h.worlds[w.id] = w
	h.byIssuer[w.config.Client.Issuer] = w
	h.byClient[w.config.Client.ClientID] = w
	w.touch()
	w.tellMade()
}

// Delete ends a world. The default world does not end; it returns false, as for a world that is not there.
func (h *Host) Delete(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	w := h.worlds[id]
	if w == nil || id == DefaultWorld {
		return false
	}
	h.end(w)
	return true
}

func (h *Host) end(w *World) {
	w.end()
	delete(h.worlds, w.id)
	delete(h.byIssuer, w.config.Client.Issuer)
	delete(h.byClient, w.config.Client.ClientID)
	w.journal.Close()
	if w.config.Ended != nil {
		w.config.Ended(w)
	}
}

// sweep ends the worlds that nobody has used for their lifetime. There is no timer: it runs when worlds are made, listed
// or counted, and a world that has ended is not found.
func (h *Host) sweep() {
	for _, w := range h.worlds {
		if w.idle() {
			h.end(w)
		}
	}
}

// Worlds returns all worlds, in the order in which they were made.
func (h *Host) Worlds() []*World {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sweep()
	var worlds []*World
	for _, w := range h.worlds {
		worlds = append(worlds, w)
	}
	slices.SortFunc(worlds, func(a, b *World) int { return cmp.Compare(a.number, b.number) })
	return worlds
}

// World finds a world by id; nil if there is none.
func (h *Host) World(id string) *World { return h.find(h.worlds, id) }

// ByIssuer finds the world whose client signs with this issuer; nil if there is none.
func (h *Host) ByIssuer(issuer string) *World { return h.find(h.byIssuer, issuer) }

// ByClientID finds the world of a client id; nil if there is none.
func (h *Host) ByClientID(id string) *World { return h.find(h.byClient, id) }

// find looks a world up, which is a use of it.
func (h *Host) find(in map[string]*World, key string) *World {
	h.mu.RLock()
	defer h.mu.RUnlock()
	w := in[key]
	if w == nil || w.idle() {
		return nil
	}
	w.touch()
	return w
}

// Count is the number of worlds.
func (h *Host) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sweep()
	return len(h.worlds)
}

// Renew puts a new default world in place of the one that is there, which ends. An error says what cannot be given; then
// nothing has changed.
func (h *Host) Renew(config Config) error {
	w, err := h.makeDefault(config)
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.end(h.worlds[DefaultWorld])
	h.enter(w)
	return nil
}

// touch notes that somebody uses the world.
func (w *World) touch() {
	if w.config.Lifetime > 0 {
		w.used.Store(w.machine().UnixNano())
	}
}

// idle says that nobody has used the world for its lifetime, by the wall clock.
func (w *World) idle() bool {
	return w.config.Lifetime > 0 && w.machine().Sub(time.Unix(0, w.used.Load())) > w.config.Lifetime
}
