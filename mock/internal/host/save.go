package host

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/bom"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/strictjson"
	"dragonmock/mock/internal/world"
)

// saveVersion is the form of saved worlds. It grows when older ones would be read wrongly.
const saveVersion = 2

// saved are the worlds of a host on paper: all that a restart would lose but the journals. It holds secrets.
type saved struct {
	Version int              `json:"version"`
	Number  int              `json:"number"` // of worlds ever made
	Worlds  []jsontext.Value `json:"worlds"`
	Lost    []string         `json:"lost,omitempty"`   // the ids of those that could not be written
	Digest  string           `json:"digest,omitempty"` // never: package statefile takes it off
}

// Save writes all worlds as JSON, with their credentials, for [Restore]. A world that cannot be written costs the others
// nothing: lost says which ones those are, and why. Without data nothing could be written.
func (h *Host) Save() (data []byte, lost, err error) {
	s := saved{Version: saveVersion, Worlds: []jsontext.Value{}}
	for _, w := range h.Worlds() {
		data, err := w.Save()
		switch {
		case err == nil:
			s.Worlds = append(s.Worlds, data)
		case !w.Ended(): // one that has ended meanwhile is no loss
			s.Lost = append(s.Lost, w.ID())
			lost = errors.Join(lost, fmt.Errorf("the world %s cannot be written, and is lost: %w", w.ID(), err))
		}
	}
	h.mu.RLock()
	s.Number = h.number
	h.mu.RUnlock()
	data, err = json.Marshal(s, json.Deterministic(true))
	return data, lost, err
}

// Restore makes a host of what [Host.Save] wrote. The default world is made of the config when it could not be written.
// Errors say what is wrong in one line.
func Restore(c *catalog.Catalog, data []byte, config world.Config, ended func(*world.World)) (*Host, error) {
	shared := config.Shared
	data = bom.Skip(data)
	if err := strictjson.CheckVersion(data, saveVersion); err != nil {
		return nil, err
	}
	var s saved
	if err := json.Unmarshal(data, &s, json.RejectUnknownMembers(true)); err != nil {
		return nil, strictjson.InWords(err)
	}
	if s.Digest != "" {
		return nil, errors.New("/digest: the file was written anew since it was saved; to use what it holds, take the member digest away")
	}
	h := newHost(c, shared, ended)
	h.number = s.Number
	var worlds []*world.World
	for i, data := range s.Worlds {
		w, err := world.Restore(c, data, shared)
		if err != nil {
			return nil, fmt.Errorf("/worlds/%d%w", i, err)
		}
		client := w.Client()
		if h.worlds[w.ID()] != nil || h.byIssuer[client.Issuer] != nil || h.byClient[client.ClientID] != nil {
			return nil, fmt.Errorf("/worlds/%d: its id, issuer or client id is there twice", i)
		}
		h.add(w)
		worlds = append(worlds, w)
	}
	switch there := h.worlds[DefaultWorld] != nil; {
	case !there && !slices.Contains(s.Lost, DefaultWorld):
		return nil, errors.New("/worlds: the default world is missing")
	case !there:
		w, err := h.makeDefault(config)
		if err != nil {
			return nil, err
		}
		h.add(w)
		worlds = append(worlds, w)
	}
	if len(s.Lost) > 0 && shared.Log != nil {
		shared.Log.Warn("worlds could not be saved, and are lost", "worlds", strings.Join(s.Lost, ", "))
	}
	for _, w := range worlds { // nobody is told of any before all are good
		w.Enter(w.Number())
	}
	return h, nil
}
