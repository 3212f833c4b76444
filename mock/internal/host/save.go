package host

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/strictjson"
	"dragonmock/mock/internal/world"
)

// saveVersion is the form of saved worlds. It grows when older ones would be read wrongly.
const saveVersion = 3

// Draft is text that is written piece by piece, of which the last piece can be taken back.
type Draft interface {
	io.Writer
	// Mark begins a piece.
	Mark()
	// Back takes back what came after the mark.
	Back() error
}

// Stage is how far a host has come.
type Stage struct {
	number  int
	commits map[*world.World]uint64
}

// Equal says whether nothing has changed from one stage to another that is saved.
func (s Stage) Equal(other Stage) bool {
	return s.number == other.number && maps.Equal(s.commits, other.commits)
}

// Stage is how far the host has come now.
func (h *Host) Stage() Stage {
	h.mu.RLock()
	s := Stage{h.number, map[*world.World]uint64{}}
	h.mu.RUnlock()
	for _, w := range h.Worlds() {
		s.commits[w] = w.Commits()
	}
	return s
}

// Save writes all worlds as JSON, with their credentials, for [Restore]: all that a restart would lose but the journals. A
// world that cannot be written costs the others nothing: lost says which ones those are, and why. On an error the draft is
// of no use.
func (h *Host) Save(to Draft) (lost, err error) {
	h.mu.RLock()
	number := h.number
	h.mu.RUnlock()
	if _, err := fmt.Fprintf(to, `{"version":%d,"number":%d,"worlds":[`, saveVersion, number); err != nil {
		return nil, err
	}
	var names []string
	first := true
	for _, w := range h.Worlds() {
		to.Mark()
		err := save(to, w, first)
		if err == nil {
			first = false
			continue
		}
		if err := to.Back(); err != nil {
			return lost, err
		}
		if !w.Ended() { // one that has ended meanwhile is no loss
			names = append(names, w.ID())
			lost = errors.Join(lost, fmt.Errorf("the world %s cannot be written, and is lost: %w", w.ID(), err))
		}
	}
	_, err = io.WriteString(to, "]")
	if err == nil && len(names) > 0 {
		var list []byte
		if list, err = json.Marshal(names); err == nil {
			_, err = fmt.Fprintf(to, `,"lost":%s`, list)
		}
	}
	if err == nil {
		_, err = io.WriteString(to, "}")
	}
	return lost, err
}

// save writes a world that stands in a list.
func save(to io.Writer, w *world.World, first bool) error {
	if !first {
		if _, err := io.WriteString(to, ","); err != nil {
			return err
		}
	}
	return w.Save(to)
}

// members are what a host is written as.
var members = []string{"version", "number", "worlds", "lost", "digest"}

// Restore makes a host of what [Host.Save] wrote. The default world is made of the config when it could not be written.
// Errors say what is wrong in one line.
func Restore(c *catalog.Catalog, from io.Reader, config world.Config, ended func(*world.World)) (*Host, error) {
	shared := config.Shared
	h := newHost(c, shared, ended)
	d := strictjson.NewDecoder(from, store.Paper(c))
	var worlds []*world.World
	var lost []string
	version := 0 // of those that have been read
	err := strictjson.EachMember(d, func(name string) error {
		switch name {
		case "version":
			if err := strictjson.Value(d, &version); err != nil || version == saveVersion {
				return err
			}
			return strictjson.At("/version", "expected %d, got %d", saveVersion, version)
		case "number":
			return strictjson.Value(d, &h.number)
		case "lost":
			return strictjson.Value(d, &lost)
		case "digest": // package statefile takes it off
			return errors.New("/digest: the file was written anew since it was saved; to use what it holds, take the member digest away")
		case "worlds":
			if version == 0 {
				return strictjson.At("/version", "expected %d, it is missing", saveVersion)
			}
			return strictjson.EachElement(d, func(i int) error {
				w, err := world.Restore(c, d, strictjson.Element("/worlds", i), shared)
				if err != nil {
					return err
				}
				client := w.Client()
				if h.worlds[w.ID()] != nil || h.byIssuer[client.Issuer] != nil || h.byClient[client.ClientID] != nil {
					return fmt.Errorf("/worlds/%d: its id, issuer or client id is there twice", i)
				}
				h.add(w)
				worlds = append(worlds, w)
				return nil
			})
		}
		return strictjson.Unknown(d, members)
	})
	if err == nil {
		err = strictjson.End(d)
	}
	if err == nil && version == 0 {
		err = strictjson.At("/version", "expected %d, it is missing", saveVersion)
	}
	if err != nil {
		return nil, strictjson.InWords(err)
	}
	switch there := h.worlds[DefaultWorld] != nil; {
	case !there && !slices.Contains(lost, DefaultWorld):
		return nil, errors.New("/worlds: the default world is missing")
	case !there:
		w, err := h.makeDefault(config)
		if err != nil {
			return nil, err
		}
		h.add(w)
		worlds = append(worlds, w)
	}
	if len(lost) > 0 && shared.Log != nil {
		shared.Log.Warn("worlds could not be saved, and are lost", "worlds", strings.Join(lost, ", "))
	}
	for _, w := range worlds { // nobody is told of any before all are good
		w.Enter(w.Number())
	}
	return h, nil
}
