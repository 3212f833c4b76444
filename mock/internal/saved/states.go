package saved

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/memory"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/strictjson"
	"dragonmock/mock/internal/text"
)

// States are the states of a world.
type States struct {
	Initial     *store.State            // what a reset goes back to
	Checkpoints map[string]*store.State // by name
	Now         *store.State
}

// MaxCheckpoints is how many checkpoints a world keeps.
const MaxCheckpoints = 100

// Count counts what the checkpoints take. Each was read upon the one before it.
func (s States) Count() (c memory.Checkpoints) {
	_, written := s.Initial.Bytes()
	c.From(written)
	for _, name := range s.byAge() {
		size, written := s.Checkpoints[name].Bytes()
		c.Keep(name, size, written, math.MaxInt)
	}
	return c
}

// CheckName says what is wrong with the name of a checkpoint.
func CheckName(name string) error {
	if !text.IsName(name) {
		return errors.New("expected 1 to 64 letters, digits, dots, dashes and underscores")
	}
	return nil
}

// byAge are the names of the checkpoints, the oldest first.
func (s States) byAge() []string {
	return slices.SortedFunc(maps.Keys(s.Checkpoints), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.Checkpoints[a].Counters.Sequence, s.Checkpoints[b].Counters.Sequence), cmp.Compare(a, b))
	})
}

// What a state is of its world.
const (
	initial    = "initial" // what a reset goes back to
	checkpoint = "checkpoint"
	now        = "now"
)

// Write writes a world as a JSON object, with the encoder's options, which [store.Paper] returns: config, and its
// states. Each state tells what is not as it was in the one before it, since most rows are the same: that costs little
// time and room, and what is read shares them again. Equal worlds are equal bytes.
func Write(e *jsontext.Encoder, w World, s States) error {
	out := strictjson.NewWriter(e)
	var last *store.State
	write := func(of, name string, state *store.State) {
		out.Token(jsontext.BeginObject)
		out.Member("of", of)
		if name != "" {
			out.Member("name", name)
		}
		out.Name("state")
		out.Part(func(e *jsontext.Encoder) error { return state.Write(e, last) })
		out.Token(jsontext.EndObject)
		last = state
	}
	out.Token(jsontext.BeginObject)
	out.Member("config", w)
	out.Name("states")
	out.Token(jsontext.BeginArray)
	write(initial, "", s.Initial)
	for _, name := range s.byAge() {
		write(checkpoint, name, s.Checkpoints[name])
	}
	write(now, "", s.Now)
	out.Token(jsontext.EndArray)
	out.Token(jsontext.EndObject)
	return out.Err()
}

// Read reads what [Write] wrote, which stands at a place, with the decoder's options, which [store.Paper] returns. The names
// are those that fault rules may use; judge says what is wrong with a state. Errors name the place of what is wrong.
func Read(d *jsontext.Decoder, at jsontext.Pointer, known fault.Known, judge func(*store.State) error) (World, States, error) {
	r := reader{Decoder: d, judge: judge, states: States{Checkpoints: map[string]*store.State{}}}
	var w World
	err := strictjson.EachMember(d, func(name string) error {
		switch name {
		case "config":
			if err := strictjson.Value(d, &w); err != nil {
				return err
			}
			return placed(d.StackPointer(), w.Check(known))
		case "states":
			place := d.StackPointer()
			return strictjson.EachElement(d, func(i int) error { return r.read(strictjson.Element(place, i)) })
		}
		return strictjson.Unknown(d, []string{"config", "states"})
	})
	switch {
	case err != nil:
	case w.ID == "":
		err = strictjson.At(at+"/config", "it is missing")
	case r.states.Initial == nil || r.states.Now == nil:
		err = strictjson.At(at+"/states", "expected one of %q and one of %q", initial, now)
	}
	return w, r.states, err
}

// reader reads the states of a world.
type reader struct {
	*jsontext.Decoder
	judge  func(*store.State) error
	states States
	last   *store.State // the one that the next is written upon
}

// read reads the next state, which stands at a place.
func (r *reader) read(at jsontext.Pointer) error {
	var of, name string
	var state *store.State
	err := strictjson.EachMember(r.Decoder, func(member string) (err error) {
		switch member {
		case "of":
			return strictjson.Value(r.Decoder, &of)
		case "name":
			return strictjson.Value(r.Decoder, &name)
		case "state":
			place := r.StackPointer()
			if state, err = store.Read(r.Decoder, r.last); err == nil {
				err = placed(place, r.judge(state))
			}
			return err
		}
		return strictjson.Unknown(r.Decoder, []string{"of", "name", "state"})
	})
	if err != nil {
		return err
	}
	if state == nil {
		return strictjson.At(at+"/state", "it is missing")
	}
	r.last = state
	s := &r.states
	switch {
	case of == initial && s.Initial == nil && name == "":
		s.Initial = state
	case of == now && s.Now == nil && name == "":
		s.Now = state
	case of == checkpoint && s.Checkpoints[name] != nil:
		return strictjson.At(at+"/name", "%q is there twice", name)
	case of == checkpoint && len(s.Checkpoints) >= MaxCheckpoints:
		return strictjson.At(at, "expected at most %d checkpoints", MaxCheckpoints)
	case of == checkpoint:
		s.Checkpoints[name] = state
		return placed(at+"/name", CheckName(name))
	default:
		return strictjson.At(at, "expected one of %q, one of %q, each without a name, or of %q with one", initial, now, checkpoint)
	}
	return nil
}

// placed puts the place of a value before the places within it that an error names.
func placed(at jsontext.Pointer, err error) error {
	if err == nil {
		return nil
	}
	if within := err.Error(); within[0] == '/' || within[0] == ':' {
		return fmt.Errorf("%s%w", at, err)
	}
	return fmt.Errorf("%s: %w", at, err)
}
