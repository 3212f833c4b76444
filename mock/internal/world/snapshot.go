package world

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/bom"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/integrity"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/strictjson"
)

// Kept is the whole state as it is now, to be written by the function while the world goes on: as a JSON object, and equal
// states are equal bytes. What the world is made of, which is its credentials and programmes, is not state. Errors:
// WORLD_ENDED.
func (w *World) Kept() (write func(to io.Writer) error, err error) {
	state, err := Run(w, "dumpState", func(tx *Tx) (*store.State, error) { return tx.Copy(), nil })
	if err != nil {
		return nil, err
	}
	return func(to io.Writer) error { return state.Write(jsontext.NewEncoder(to, store.Paper(w.catalog)), nil) }, nil
}

// Dump is what [World.Kept] writes.
func (w *World) Dump() ([]byte, error) {
	write, err := w.Kept()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = write(&b)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// Load puts what [World.Dump] returned in place of the world's own state, as [World.Read] does.
func (w *World) Load(data []byte) error { return w.Read(bytes.NewReader(data)) }

// Read puts the state that [World.Kept] wrote in place of the world's own. A reset still goes back to how the world was
// made. The world goes on while it is read. Errors: MALFORMED_JSON; INVALID_REQUEST with the place of what is wrong; the
// reader's, which ends the reading; and then nothing has changed; WORLD_ENDED.
func (w *World) Read(from io.Reader) error {
	w.mu.Lock()
	err, shared := w.checkEnded(), w.config.Shared
	w.mu.Unlock()
	if err != nil {
		return err
	}
	state, err := readState(from, w.catalog, shared)
	if err != nil {
		return err
	}
	w.mu.Lock()
	if err = w.checkEnded(); err == nil {
		err = w.replace(state)
	}
	if err == nil {
		why := "another state was put in the place of the world's"
		w.place = &why
	}
	w.unlock()
	if err == nil {
		w.deliver(context.Background(), false)
	}
	return err
}

// readState reads a state, and holds it to what is true of every one.
func readState(from io.Reader, c *catalog.Catalog, shared Shared) (*store.State, error) {
	d := jsontext.NewDecoder(bom.Reader(from), store.Paper(c))
	state, err := store.Read(d, nil)
	if err == nil {
		err = strictjson.End(d)
	}
	if err == nil {
		err = judge(state, machineTime(), shared.terms(c))
	}
	var refused *dragonpass.Error
	var syntax *jsontext.SyntacticError
	switch {
	case err == nil, errors.As(err, &refused):
		return state, err
	case errors.As(err, &syntax):
		return nil, dragonpass.Refuse(dragonpass.MalformedJSON, "%s", strictjson.InWords(err))
	}
	return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "%s", strictjson.InWords(err))
}

// judge says what is wrong with a state that comes from outside.
func judge(s *store.State, wall time.Time, terms integrity.Terms) error {
	if err := s.Clock.Check(wall); err != nil {
		return fmt.Errorf("/clock: %w", err)
	}
	return integrity.Check(s, terms)
}

// replace puts another state in place of the world's own. The lock is held.
func (w *World) replace(with *store.State) error {
	return w.try(with.Clock.Now(machineTime()), "loadState", func(tx *Tx) error {
		tx.Replace(with)
		w.returned(tx)
		return nil
	})
}

// terms are what a state of a world is held to.
func (s Shared) terms(c *catalog.Catalog) integrity.Terms {
	return integrity.Terms{Catalog: c, Faults: s.Names, Due: func(kind string) bool { return s.Due[kind] != nil }}
}
