package world

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/rsakey"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/strictjson"
)

// Save writes the world as JSON, with its credentials: equal worlds are equal bytes. Errors: WORLD_ENDED.
func (w *World) Save() ([]byte, error) {
	w.mu.Lock()
	p, err := w.paper(), w.checkEnded()
	w.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return p.bytes()
}

// paper is a world as it is to be written. Its states are copies.
type paper struct {
	world        *World
	now, initial *store.State
	checkpoints  map[string]*store.State
	commits      uint64
}

// paper takes down the world as it is now. The lock is held.
func (w *World) paper() paper {
	checkpoints := map[string]*store.State{}
	for name, kept := range w.checkpoints {
		checkpoints[name] = kept.Copy()
	}
	return paper{w, w.state.Copy(), w.initial.Copy(), checkpoints, w.commits}
}

func (p paper) bytes() ([]byte, error) {
	s, err := p.write()
	if err != nil {
		return nil, err
	}
	return json.Marshal(s, store.Paper(p.world.catalog))
}

func (p paper) write() (saved.World, error) {
	w, c, with := p.world, p.world.config, store.Paper(p.world.catalog)
	s := saved.World{
		ID: w.id, Number: w.number, Seed: c.Seed, Lifetime: c.Lifetime, CallbackURL: c.CallbackURL, Programs: c.Programs, Named: w.named,
		Commits: p.commits, Errors: c.Errors, Checkpoints: map[string]jsontext.Value{},
		Client: saved.Client{
			ClientID: c.Client.ClientID, Secret: c.Client.Secret, Issuer: c.Client.Issuer, Key: c.Client.Key,
			Programs: c.Client.Programs, Operations: c.Client.Operations, Languages: c.Client.Languages,
		},
	}
	var err error
	if s.Client.PublicKey, err = rsakey.Write(c.Client.PublicKey); err != nil {
		return s, err
	}
	if s.Now, err = p.now.Dump(with); err != nil {
		return s, err
	}
	if s.Initial, err = p.initial.Dump(with); err != nil {
		return s, err
	}
	for name, kept := range p.checkpoints {
		if s.Checkpoints[name], err = kept.Dump(with); err != nil {
			return s, err
		}
	}
	return s, nil
}

// Restore makes a world of what [World.Save] wrote. Errors say what is wrong in one line.
func Restore(c *catalog.Catalog, data []byte, shared Shared) (*World, error) {
	var s saved.World
	if err := json.Unmarshal(data, &s, store.Paper(c)); err != nil {
		return nil, strictjson.InWords(err)
	}
	if err := s.Check(shared.Names); err != nil {
		return nil, err
	}
	var key *rsa.PublicKey
	var err error
	if s.Client.PublicKey != "" {
		if key, err = rsakey.Read(s.Client.PublicKey); err != nil {
			return nil, fmt.Errorf("/client/publicKey: %w", err)
		}
	}
	w := newWorld(s.ID, c, Config{
		Seed: s.Seed, Lifetime: s.Lifetime, CallbackURL: s.CallbackURL, Errors: s.Errors, Shared: shared,
		Client: Client{s.Client.ClientID, s.Client.Secret, s.Client.Issuer, s.Client.Key, key, s.Client.Programs, s.Client.Operations, s.Client.Languages},
	})
	w.number, w.config.Programs = s.Number, s.Programs
	if s.Named != nil {
		w.named = s.Named
	}
	w.mu.Lock()
	defer w.unlock()
	keep := func(data jsontext.Value, place string) (*store.State, error) {
		if len(data) == 0 {
			return nil, fmt.Errorf("/%s: it is missing", place)
		}
		if err := w.load(data); err != nil {
			var refusal *dragonpass.Error
			errors.As(err, &refusal)
			within := refusal.Message()
			if !strings.HasPrefix(within, "/") {
				within = ": " + within
			}
			return nil, fmt.Errorf("/%s%s", place, within)
		}
		return w.state.Copy(), nil
	}
	if w.initial, err = keep(s.Initial, "initial"); err != nil {
		return nil, err
	}
	for name, kept := range s.Checkpoints {
		if w.checkpoints[name], err = keep(kept, "checkpoints/"+name); err != nil {
			return nil, err
		}
	}
	if _, err = keep(s.Now, "now"); err != nil {
		return nil, err
	}
	w.commits = s.Commits
	return w, nil
}
