package platform

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
)

// DefaultWorld is the id of the world with the documentation's sample credentials. It does not end.
const DefaultWorld = "default"

// MaxWorlds is how many worlds a platform holds, the default one included.
const MaxWorlds = 2000

// WorldsExhausted is the refusal of a world beyond [MaxWorlds]. The vendor has no such symbol.
const WorldsExhausted dragonpass.Code = "WORLDS_EXHAUSTED"

// Platform holds the worlds. A token's issuer, or a client id, chooses the world; nothing else does. All methods are safe
// for concurrent use.
type Platform struct {
	catalog *catalog.Catalog

	mu       sync.RWMutex // guards the rest
	number   int          // of worlds ever made
	worlds   map[string]*World
	byIssuer map[string]*World
	byClient map[string]*World
}

// New makes a platform on the shipped catalogue, with the default world in it.
func New(c *catalog.Catalog, config Config) (*Platform, error) {
	p := &Platform{catalog: c, worlds: map[string]*World{}, byIssuer: map[string]*World{}, byClient: map[string]*World{}}
	config.Client, config.Lifetime = sampleCredentials(config.Client), 0
	w, err := newWorld(DefaultWorld, c, config)
	if err != nil {
		return nil, err
	}
	p.worlds[w.id] = w
	p.enter(w)
	return p, nil
}

// Create makes a world with credentials of its own; those in the config do not count. An error names the field of
// `given` that is wrong, or is WORLDS_EXHAUSTED.
func (p *Platform) Create(config Config) (*World, error) {
	id := newWorldID()
	config.Client = newCredentials(config.Client)
	// Outside the lock: laying a scenario may take a while.
	w, err := newWorld(id, p.catalog, config)
	if err != nil {
		return nil, err
	}
	return w, p.add(w)
}

// add enters a world, if there is room for it.
func (p *Platform) add(w *World) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep()
	if len(p.worlds) >= MaxWorlds {
		return dragonpass.Refuse(WorldsExhausted, "there are %d worlds; delete some, or give them a lifetime", len(p.worlds)).Unless("fewer worlds")
	}
	p.number++
	w.number = p.number
	p.worlds[w.id] = w
	p.enter(w)
	return nil
}

func (p *Platform) enter(w *World) {
	p.byIssuer[w.config.Client.Issuer] = w
	p.byClient[w.config.Client.ClientID] = w
	w.touch()
}

// Delete ends a world. The default world does not end; it answers false, as for a world that is not there.
func (p *Platform) Delete(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.worlds[id]
	if w == nil || id == DefaultWorld {
		return false
	}
	p.end(w)
	return true
}

func (p *Platform) end(w *World) {
	w.ended.Store(true)
	delete(p.worlds, w.id)
	delete(p.byIssuer, w.config.Client.Issuer)
	delete(p.byClient, w.config.Client.ClientID)
	w.journal.Close()
	if w.config.Ended != nil {
		w.config.Ended(w)
	}
}

// sweep ends the worlds that nobody has used for their lifetime. There is no timer: it runs when worlds are made, listed
// or counted, and a world that has ended is not found.
func (p *Platform) sweep() {
	for _, w := range p.worlds {
		if w.idle() {
			p.end(w)
		}
	}
}

// Worlds answers all worlds, in the order in which they were made.
func (p *Platform) Worlds() []*World {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep()
	var worlds []*World
	for _, w := range p.worlds {
		worlds = append(worlds, w)
	}
	slices.SortFunc(worlds, func(a, b *World) int { return cmp.Compare(a.number, b.number) })
	return worlds
}

// World finds a world by id; nil if there is none.
func (p *Platform) World(id string) *World { return p.find(p.worlds, id) }

// ByIssuer finds the world whose client signs with this issuer; nil if there is none.
func (p *Platform) ByIssuer(issuer string) *World { return p.find(p.byIssuer, issuer) }

// ByClientID finds the world of a client id; nil if there is none.
func (p *Platform) ByClientID(id string) *World { return p.find(p.byClient, id) }

// find looks a world up, which is a use of it.
func (p *Platform) find(in map[string]*World, key string) *World {
	p.mu.RLock()
	defer p.mu.RUnlock()
	w := in[key]
	if w == nil || w.idle() {
		return nil
	}
	w.touch()
	return w
}

// Count is the number of worlds.
func (p *Platform) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep()
	return len(p.worlds)
}

// Ended says that the world is gone. Who still holds it may go on, but nobody is told.
func (w *World) Ended() bool { return w.ended.Load() }

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

// Renew puts a new default world in place of the one that is there, which ends. An error names the field of `given` that
// is wrong; then nothing has changed.
func (p *Platform) Renew(config Config) error {
	config.Client, config.Lifetime = sampleCredentials(config.Client), 0
	w, err := newWorld(DefaultWorld, p.catalog, config)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end(p.worlds[DefaultWorld])
	p.worlds[w.id] = w
	p.enter(w)
	return nil
}
