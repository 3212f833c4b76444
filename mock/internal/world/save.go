package world

import (
	"bytes"
	"crypto/rsa"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/rsakey"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/strictjson"
)

// Save writes the world as JSON, with its credentials: equal worlds are equal bytes. Errors: WORLD_ENDED; what cannot be
// written.
func (w *World) Save(to io.Writer) error {
	w.mu.Lock()
	p, err := w.paper(), w.checkEnded()
	w.mu.Unlock()
	if err != nil {
		return err
	}
	return p.write(to)
}

// Commits is how often the world has changed.
func (w *World) Commits() uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.commits
}

// paper is a world as it is to be written. Its states are copies.
type paper struct {
	world   *World
	states  saved.States
	commits uint64
}

// paper takes down the world as it is now. The lock is held.
func (w *World) paper() paper {
	checkpoints := map[string]*store.State{}
	for name, kept := range w.checkpoints {
		checkpoints[name] = kept.Copy()
	}
	return paper{w, saved.States{Initial: w.initial.Copy(), Checkpoints: checkpoints, Now: w.state.Copy()}, w.commits}
}

func (p paper) bytes() ([]byte, error) {
	var b bytes.Buffer
	err := p.write(&b)
	return b.Bytes(), err
}

func (p paper) write(to io.Writer) error {
	w, c := p.world, p.world.config
	key, err := rsakey.Write(c.Client.PublicKey)
	if err != nil {
		return err
	}
	return saved.Write(jsontext.NewEncoder(to, store.Paper(w.catalog)), saved.World{
		ID: w.id, Number: w.number, Seed: c.Seed, Lifetime: c.Lifetime, Receivers: c.Receivers, Programs: c.Programs, Named: w.named,
		Commits: p.commits, Errors: c.Errors,
		Client: saved.Client{
			ClientID: c.Client.ClientID, Secret: c.Client.Secret, Issuer: c.Client.Issuer, Key: c.Client.Key, PublicKey: key,
			Programs: c.Client.Programs, Operations: c.Client.Operations, Languages: c.Client.Languages, SandboxLimits: c.Client.SandboxLimits, Readings: c.Client.Readings,
		},
	}, p.states)
}

// Restore makes a world of what [World.Save] wrote, which stands at a place of what a decoder with the options of
// [store.Paper] reads. Errors name the place of what is wrong.
func Restore(c *catalog.Catalog, from *jsontext.Decoder, at jsontext.Pointer, shared Shared) (*World, error) {
	s, states, err := saved.Read(from, at, shared.Names, shared.judge(c))
	if err != nil {
		return nil, strictjson.InWords(err)
	}
	var key *rsa.PublicKey
	if s.Client.PublicKey != "" {
		if key, err = rsakey.Read(s.Client.PublicKey); err != nil {
			return nil, fmt.Errorf("%s/config/client/publicKey: %w", at, err)
		}
	}
	if wrong, ok := s.Client.Readings.Wrong(); ok {
		return nil, fmt.Errorf("%s/config/client/readings: expected readings that there are, each once, got %q", at, wrong)
	}
	w := newWorld(s.ID, c, Config{
		Seed: s.Seed, Lifetime: s.Lifetime, Receivers: s.Receivers, Errors: s.Errors, Shared: shared,
		Client: client.Client{
			ClientID: s.Client.ClientID, Secret: s.Client.Secret, Issuer: s.Client.Issuer, Key: s.Client.Key, PublicKey: key, Programs: s.Client.Programs,
			Operations: s.Client.Operations, Languages: s.Client.Languages, SandboxLimits: s.Client.SandboxLimits, Readings: s.Client.Readings,
		},
	})
	w.number, w.config.Programs = s.Number, s.Programs
	if s.Named != nil {
		w.named = s.Named
	}
	w.mu.Lock()
	defer w.unlock()
	w.initial, w.checkpoints = states.Initial, states.Checkpoints
	w.kept = states.Count()
	err = w.replace(states.Now)
	w.commits = s.Commits
	return w, err
}
