package world

import (
	"bytes"
	"context"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/integrity"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/store"
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
	state, err := saved.ReadState(from, store.Paper(w.catalog), shared.judge(w.catalog))
	if err != nil {
		return err
	}
	w.mu.Lock()
	if err = w.checkEnded(); err == nil {
		err = w.replace(state)
	}
	if err == nil {
		w.kept.From(0)
		why := "another state was put in the place of the world's"
		w.place = &why
	}
	w.unlock()
	if err == nil {
		w.deliver(context.Background(), false)
	}
	return err
}

// replace puts another state in place of the world's own. The lock is held.
func (w *World) replace(with *store.State) error {
	return w.try(with.Clock.Now(machineTime()), "loadState", func(tx *Tx) error {
		tx.Replace(with)
		w.returned(tx)
		return nil
	})
}

// judge says what is wrong with a state that comes from outside, or, which would be a fault of our own, with the world's.
func (s Shared) judge(c *catalog.Catalog) func(*store.State) error {
	terms := integrity.Terms{Catalog: c, Faults: s.Names, Due: func(kind string) bool { return s.Due[kind] != nil }, Wall: machineTime()}
	return func(s *store.State) error { return integrity.Check(s, terms) }
}
