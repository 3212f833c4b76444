package platform

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/fault"
)

// saveVersion is the form of a saved platform. It grows when an older one would be read wrongly.
const saveVersion = 1

// saved is a platform on paper: all that a restart would lose but the journals. It holds secrets.
type saved struct {
	Version int          `json:"version"`
	Number  int          `json:"number"`
	Worlds  []savedWorld `json:"worlds"`
}

// savedWorld has what became of a world's `given`, not the `given` itself: a reset goes back to exactly what it went back
// to before, whatever a later version makes of the same scenario.
type savedWorld struct {
	ID          string        `json:"id"`
	Number      int           `json:"number"`
	Client      savedClient   `json:"client"`
	Seed        uint64        `json:"seed,string"`
	Lifetime    time.Duration `json:"lifetime"`
	CallbackURL string        `json:"callbackUrl"`
	Programs    []Program     `json:"programs"`

	Errors      map[dragonpass.Code]contract.ErrorRow `json:"errors"`
	Named       map[string]map[string]string          `json:"named"`
	Commits     uint64                                `json:"commits"`
	Initial     savedState                            `json:"initial"` // what a reset goes back to
	Now         savedState                            `json:"now"`
	Checkpoints map[string]savedState                 `json:"checkpoints"`
}

type savedState struct {
	State  jsontext.Value `json:"state"` // a dump
	Faults fault.State    `json:"faults"`
}

type savedClient struct {
	ClientID   string   `json:"clientId"`
	Secret     string   `json:"secret"`
	Issuer     string   `json:"issuer"`
	Key        string   `json:"key"`
	PublicKey  string   `json:"publicKey"` // PEM
	Programs   []string `json:"programs"`
	Operations []string `json:"operations"`
	Languages  []string `json:"languages"`
}

// Save writes all worlds as JSON, with their credentials, for [Restore].
func (p *Platform) Save() ([]byte, error) {
	with := onPaper(p.catalog)
	s := saved{Version: saveVersion, Worlds: []savedWorld{}}
	for _, w := range p.Worlds() {
		one, err := w.save(with)
		if err != nil {
			return nil, fmt.Errorf("world %s: %w", w.id, err)
		}
		s.Worlds = append(s.Worlds, one)
		s.Number = max(s.Number, w.number)
	}
	return json.Marshal(s, with)
}

func (w *World) save(with json.Options) (savedWorld, error) {
	w.mu.Lock()
	now, initial, commits := w.keep(), w.initial.copied(), w.commits
	checkpoints := map[string]checkpoint{}
	for name, kept := range w.checkpoints {
		checkpoints[name] = kept.copied()
	}
	w.mu.Unlock()
	c := w.config
	s := savedWorld{
		ID: w.id, Number: w.number, Seed: c.Seed, Lifetime: c.Lifetime, CallbackURL: c.CallbackURL, Programs: w.programs, Named: w.named, Commits: commits, Errors: c.Errors,
		Client: savedClient{c.Client.ClientID, c.Client.Secret, c.Client.Issuer, c.Client.Key, "", c.Client.Programs, c.Client.Operations, c.Client.Languages},
	}
	var err error
	if s.Client.PublicKey, err = writeKey(c.Client.PublicKey); err != nil {
		return s, err
	}
	if s.Now, err = now.save(with); err != nil {
		return s, err
	}
	if s.Initial, err = initial.save(with); err != nil {
		return s, err
	}
	s.Checkpoints = map[string]savedState{}
	for name, kept := range checkpoints {
		if s.Checkpoints[name], err = kept.save(with); err != nil {
			return s, err
		}
	}
	return s, nil
}

// copied shares nothing that is written to.
func (c checkpoint) copied() checkpoint { return checkpoint{c.state.copied(), c.faults} }

func (c checkpoint) save(with json.Options) (savedState, error) {
	d, err := c.state.dump(with)
	return savedState{d, c.faults}, err
}

// Restore makes a platform of what [Platform.Save] wrote. Equip gives a world what it shares with others. Errors say
// what is wrong in one line.
func Restore(c *catalog.Catalog, data []byte, equip func(Config) Config) (*Platform, error) {
	var form struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &form); err != nil {
		return nil, err
	}
	if form.Version != saveVersion {
		return nil, fmt.Errorf("/version: expected %d, got %d", saveVersion, form.Version)
	}
	var s saved
	if err := json.Unmarshal(data, &s, onPaper(c)); err != nil {
		return nil, err
	}
	p := &Platform{catalog: c, number: s.Number, worlds: map[string]*World{}, byIssuer: map[string]*World{}, byClient: map[string]*World{}}
	for i, one := range s.Worlds {
		w, err := one.restore(c, equip)
		if err != nil {
			return nil, fmt.Errorf("/worlds/%d: %w", i, err)
		}
		if p.worlds[w.id] != nil || p.byIssuer[one.Client.Issuer] != nil || p.byClient[one.Client.ClientID] != nil {
			return nil, fmt.Errorf("/worlds/%d: its id, issuer or client id is there twice", i)
		}
		p.worlds[w.id] = w
		p.enter(w)
	}
	if p.worlds[DefaultWorld] == nil {
		return nil, errors.New("/worlds: the default world is missing")
	}
	return p, nil
}

func (s savedWorld) restore(c *catalog.Catalog, equip func(Config) Config) (*World, error) {
	key, err := readKey(s.Client.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("/client/publicKey: %w", err)
	}
	if s.ID == "" || s.Client.Issuer == "" || s.Client.ClientID == "" || len(s.Client.Programs) == 0 {
		return nil, errors.New("expected an id, and a client with clientId, issuer and programs")
	}
	w, err := newWorld(s.ID, c, equip(Config{
		Seed: s.Seed, Lifetime: s.Lifetime, CallbackURL: s.CallbackURL, Errors: s.Errors,
		Client: Client{s.Client.ClientID, s.Client.Secret, s.Client.Issuer, s.Client.Key, key, s.Client.Programs, s.Client.Operations, s.Client.Languages},
	}))
	if err != nil {
		return nil, err
	}
	w.number, w.programs = s.Number, s.Programs
	if s.Named != nil {
		w.named = s.Named
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.initial, err = w.adopt(s.Initial); err != nil {
		return nil, fmt.Errorf("/initial%w", err)
	}
	for name, kept := range s.Checkpoints {
		if w.checkpoints[name], err = w.adopt(kept); err != nil {
			return nil, fmt.Errorf("/checkpoints/%s%w", name, err)
		}
	}
	if _, err = w.adopt(s.Now); err != nil {
		return nil, fmt.Errorf("/now%w", err)
	}
	w.commits = s.Commits
	return w, nil
}

// adopt puts a world into a saved state, and keeps it. The lock is held.
func (w *World) adopt(s savedState) (checkpoint, error) {
	d, err := w.readDump(s.State)
	if err == nil {
		err = w.fill(d)
	}
	if err != nil {
		return checkpoint{}, fmt.Errorf("/state: %w", err)
	}
	if err := w.faults.Restore(s.Faults); err != nil {
		return checkpoint{}, fmt.Errorf("/faults: %w", err)
	}
	return w.keep(), nil
}

const keyBlock = "PUBLIC KEY"

func writeKey(key *rsa.PublicKey) (string, error) {
	if key == nil {
		return "", nil
	}
	der, err := x509.MarshalPKIXPublicKey(key)
	return string(pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: der})), err
}

func readKey(text string) (*rsa.PublicKey, error) {
	if text == "" {
		return nil, nil
	}
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("expected a PEM block")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	public, ok := key.(*rsa.PublicKey)
	if !ok {
		return nil, errors.New("expected an RSA public key")
	}
	return public, nil
}
