package platform

import (
	"sync"

	"dragonmock/mock/internal/catalog"
)

// DefaultWorld is the id of the world with the documentation's sample credentials.
const DefaultWorld = "default"

// Platform holds the worlds. A token's issuer, or a client id, chooses the world; nothing else does.
type Platform struct {
	catalog *catalog.Catalog

	mu       sync.RWMutex // guards the rest
	worlds   map[string]*World
	byIssuer map[string]*World
	byClient map[string]*World
}

// New makes a platform on the shipped catalogue, with the default world in it.
func New(c *catalog.Catalog, config Config) (*Platform, error) {
	p := &Platform{catalog: c, worlds: map[string]*World{}, byIssuer: map[string]*World{}, byClient: map[string]*World{}}
	config.Client = SampleClient()
	w, err := newWorld(DefaultWorld, c, config)
	if err != nil {
		return nil, err
	}
	p.add(w)
	return p, nil
}

func (p *Platform) add(w *World) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.worlds[w.id] = w
	p.byIssuer[w.config.Client.Issuer] = w
	p.byClient[w.config.Client.ClientID] = w
}

// World finds a world by id; nil if there is none.
func (p *Platform) World(id string) *World {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.worlds[id]
}

// ByIssuer finds the world whose client signs with this issuer; nil if there is none.
func (p *Platform) ByIssuer(issuer string) *World {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.byIssuer[issuer]
}

// ByClientID finds the world of a client id; nil if there is none.
func (p *Platform) ByClientID(id string) *World {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.byClient[id]
}

// Count is the number of worlds.
func (p *Platform) Count() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.worlds)
}
