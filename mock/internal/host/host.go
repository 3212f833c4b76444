package host

import (
	"cmp"
	"slices"
	"sync"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/world"
)

// DefaultWorld is the id of the world with the documentation's sample credentials. It does not end.
const DefaultWorld = "default"

// MaxWorlds is how many worlds a host holds, the default one included.
const MaxWorlds = 2000

// Host holds the worlds of a server. All methods are safe for concurrent use.
type Host struct {
	catalog *catalog.Catalog
	shared  world.Shared
	ended   func(*world.World)

	mu       sync.RWMutex // guards the rest
	number   int          // of worlds ever made
	worlds   map[string]*world.World
	byIssuer map[string]*world.World
	byClient map[string]*world.World
}

// newHost makes a host without worlds. Ended is told, with the host's lock held, that a world is gone: it must not call
// the host. Nil: nobody is.
func newHost(c *catalog.Catalog, shared world.Shared, ended func(*world.World)) *Host {
	if ended == nil {
		ended = func(*world.World) {}
	}
	return &Host{
		catalog: c, shared: shared, ended: ended,
		worlds: map[string]*world.World{}, byIssuer: map[string]*world.World{}, byClient: map[string]*world.World{},
	}
}

// New makes a host with the default world in it. What config shares, all worlds of the host share. Ended is told of each
// world that is gone, and must not call the host; nil: nobody is. An error says what cannot be given.
func New(c *catalog.Catalog, config world.Config, ended func(*world.World)) (*Host, error) {
	h := newHost(c, config.Shared, ended)
	w, err := h.makeDefault(config)
	if err != nil {
		return nil, err
	}
	h.enter(w, 0)
	return h, nil
}

func (h *Host) makeDefault(config world.Config) (*world.World, error) {
	config.Client, config.Lifetime, config.Shared = withSampleCredentials(config.Client), 0, h.shared
	return world.Create(DefaultWorld, h.catalog, config)
}

// Prepare makes a world with credentials of its own, which nobody finds before [Host.Enter]; those in the config do not
// count. It has the id of the config, or one that nobody can guess. An error says what cannot be given.
func (h *Host) Prepare(config world.Config) (*world.World, error) {
	config.Client, config.Shared = withNewCredentials(config.Client), h.shared
	return world.Create(cmp.Or(config.ID, newWorldID()), h.catalog, config)
}

// PrepareFork makes a world that begins as another one is now, with credentials of its own, which nobody finds before
// [Host.Enter]. The two share nothing from then on. A reset of the fork goes back to how it began. Errors: WORLD_ENDED.
func (h *Host) PrepareFork(w *world.World) (*world.World, error) {
	return w.Fork(newWorldID(), withNewCredentials(w.Client()))
}

// Enter has a prepared world found from now on. Errors: WORLDS_EXHAUSTED; INVALID_REQUEST for an id that another has.
func (h *Host) Enter(w *world.World) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.endIdle()
	if len(h.worlds) >= MaxWorlds {
		return dragonpass.Refuse(dragonpass.WorldsExhausted, "there are %d worlds; delete some, or give them a lifetime", len(h.worlds)).Unless("fewer worlds")
	}
	if h.worlds[w.ID()] != nil {
		return dragonpass.RefuseField(dragonpass.InvalidRequest, "id", "there is a world %s already", w.ID())
	}
	h.number++
	h.enter(w, h.number)
	return nil
}

func (h *Host) enter(w *world.World, number int) {
	h.add(w)
	w.Enter(number)
}

// add has a world found.
func (h *Host) add(w *world.World) {
	client := w.Client()
	h.worlds[w.ID()] = w
	h.byIssuer[client.Issuer] = w
	h.byClient[client.ClientID] = w
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

func (h *Host) end(w *world.World) {
	client := w.Client()
	delete(h.worlds, w.ID())
	delete(h.byIssuer, client.Issuer)
	delete(h.byClient, client.ClientID)
	w.End()
	h.ended(w)
}

// Sweep ends the worlds that nobody has used for their lifetime, and has the others do what is due, and forget what nobody can
// count on any more. A server calls it now and then, for worlds that nobody calls.
func (h *Host) Sweep() {
	for _, w := range h.Worlds() {
		_ = w.Sweep() // one that fails has said so; one that has ended meanwhile needs none
	}
}

// endIdle ends the worlds that nobody has used for their lifetime. It runs when worlds are made, listed or counted, too; a world
// that has ended is not found.
func (h *Host) endIdle() {
	for _, w := range h.worlds {
		if w.Idle() {
			h.end(w)
		}
	}
}

// Worlds returns all worlds, in the order in which they were made.
func (h *Host) Worlds() []*world.World {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.endIdle()
	var worlds []*world.World
	for _, w := range h.worlds {
		worlds = append(worlds, w)
	}
	slices.SortFunc(worlds, func(a, b *world.World) int { return cmp.Compare(a.Number(), b.Number()) })
	return worlds
}

// Require finds a world by its id. Errors: WORLD_NOT_FOUND with the id that was most likely meant.
func (h *Host) Require(id string) (*world.World, error) {
	if w := h.World(id); w != nil {
		return w, nil
	}
	var ids []string
	for _, w := range h.Worlds() {
		ids = append(ids, w.ID())
	}
	return nil, dragonpass.Refuse(dragonpass.WorldNotFound, "no world %s%s", id, nearest.DidYouMean(id, ids))
}

// World finds a world by id; nil if there is none.
func (h *Host) World(id string) *world.World { return h.find(h.worlds, id) }

// ByIssuer finds the world whose client signs with this issuer; nil if there is none.
func (h *Host) ByIssuer(issuer string) *world.World { return h.find(h.byIssuer, issuer) }

// ByClientID finds the world of a client id; nil if there is none.
func (h *Host) ByClientID(id string) *world.World { return h.find(h.byClient, id) }

// find looks a world up, which is a use of it.
func (h *Host) find(in map[string]*world.World, key string) *world.World {
	h.mu.RLock()
	defer h.mu.RUnlock()
	w := in[key]
	if w == nil || w.Idle() {
		return nil
	}
	w.Touch()
	return w
}

// Count is the number of worlds.
func (h *Host) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.endIdle()
	return len(h.worlds)
}

// Missed counts the callbacks that the worlds have forgotten although they were not delivered.
func (h *Host) Missed() (n int) {
	for _, w := range h.Worlds() {
		forgot, _ := outbox.Forgot(w) // one that has ended meanwhile has nothing to say
		n += int(forgot.Missed)
	}
	return n
}

// Renew puts a new default world in place of the one that is there, which ends. An error says what cannot be given; then
// nothing has changed.
func (h *Host) Renew(config world.Config) error {
	w, err := h.makeDefault(config)
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	before := h.worlds[DefaultWorld]
	h.end(before)
	w.Journal().ContinueAfter(before.Journal().Last()) // whoever reads on from an entry finds what comes
	h.enter(w, 0)
	return nil
}
