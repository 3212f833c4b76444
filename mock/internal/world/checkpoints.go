package world

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/store"
)

// Reset returns the world to how it was made, not to empty: state, clock, ids and fault rules. The journal is cleared.
// Errors: WORLD_ENDED.
func (w *World) Reset() error {
	return w.goBack("reset", "", "the world was reset", func() (*store.State, error) {
		w.journal.Clear()
		return w.initial, nil
	})
}

// Rewind returns the world to a checkpoint, which stays. Errors: CHECKPOINT_NOT_FOUND; WORLD_ENDED.
func (w *World) Rewind(name string) error {
	return w.goBack("rewind", name, "the world went back to a checkpoint", func() (*store.State, error) { return w.checkpoint("name", name) })
}

func (w *World) goBack(operation, name, why string, find func() (*store.State, error)) error {
	w.mu.Lock()
	err := w.checkEnded()
	var to *store.State
	if err == nil {
		to, err = find()
	}
	if err == nil {
		err = w.commit(to.Clock.Now(machineTime()), store.WriteSet{Operation: operation, Returned: &name}, func(tx *Tx) error {
			tx.Return(to)
			w.returned(tx)
			return nil
		})
	}
	if err == nil {
		_, written := to.Bytes()
		w.kept.From(written)
		w.requests.Store(to.Counters.Request)
		w.place = &why
	}
	w.unlock()
	if err == nil {
		w.deliver(context.Background(), false)
	}
	return err
}

// Checkpoint keeps the world as it is under a name, in place of what had the name: state, clock, ids, random streams,
// fault counters and undelivered events together. It costs next to nothing. Errors: INVALID_REQUEST beyond 100
// checkpoints, or the bytes that they may take; WORLD_ENDED.
func (w *World) Checkpoint(name string) error {
	w.mu.Lock()
	defer w.unlock()
	if err := w.checkEnded(); err != nil {
		return err
	}
	if err := saved.CheckName(name); err != nil {
		return dragonpass.RefuseField(dragonpass.InvalidRequest, "name", "%s", err)
	}
	if _, again := w.checkpoints[name]; !again && len(w.checkpoints) >= saved.MaxCheckpoints {
		return dragonpass.RefuseField(dragonpass.InvalidRequest, "name", "expected at most %d checkpoints", saved.MaxCheckpoints)
	}
	size, written := w.state.Bytes()
	if bytes, fits := w.kept.Keep(name, size, written, w.config.MaxKept); !fits {
		return dragonpass.RefuseField(dragonpass.InvalidRequest, "name", "expected checkpoints of at most %d bytes together, got about %d", w.config.MaxKept, bytes)
	}
	err := w.commit(w.state.Clock.Now(machineTime()), store.WriteSet{Operation: "checkpoint", Checkpoint: &name}, func(tx *Tx) error {
		tx.Counters.Request = w.requests.Load()
		return nil
	})
	w.checkpoints[name] = w.state.Copy()
	return err
}

// checkpoint finds a checkpoint that a field of the request names.
func (w *World) checkpoint(field, name string) (*store.State, error) {
	kept, ok := w.checkpoints[name]
	if !ok {
		known := slices.Sorted(maps.Keys(w.checkpoints))
		return nil, dragonpass.RefuseField(dragonpass.CheckpointNotFound, field, "no checkpoint %q%s; there are %s", name,
			nearest.DidYouMean(name, known), cmp.Or(strings.Join(known, ", "), "none"))
	}
	return kept, nil
}

// Fork makes a world that begins as this one is now, with another id and another client. The two share nothing from then
// on. A reset of the fork goes back to how it began. Errors: WORLD_ENDED.
func (w *World) Fork(id string, client client.Client) (*World, error) {
	w.mu.Lock()
	err := w.checkEnded()
	from, config := w.state.Copy(), w.config
	w.mu.Unlock()
	if err != nil {
		return nil, err
	}
	config.Client = client
	fork := newWorld(id, w.catalog, config)
	fork.mu.Lock()
	defer fork.unlock()
	fork.named = w.named
	err = fork.try(from.Clock.Now(machineTime()), "fork", func(tx *Tx) error {
		tx.Return(from)
		w.returned(tx)
		return nil
	})
	fork.initial = fork.state.Copy()
	_, written := from.Bytes()
	fork.kept.From(written)
	return fork, err
}

// Changes lists the rows that changed since a checkpoint, by table and key, and the clock if it was moved. Errors:
// CHECKPOINT_NOT_FOUND; WORLD_ENDED.
func (w *World) Changes(since string) ([]store.Difference, error) {
	w.mu.Lock()
	err := w.checkEnded()
	var before, now *store.State
	if err == nil {
		before, err = w.checkpoint("since", since)
	}
	if err == nil {
		before, now = before.Copy(), w.state.Copy()
	}
	w.mu.Unlock()
	if err != nil {
		return nil, err
	}
	return now.Since(before, store.Paper(w.catalog))
}

// Check holds the world's state, its checkpoints and what a reset goes back to, to what is true of every state. What it
// finds is a fault of our own: [World.Load] and [Restore] take nothing else. It does nothing that is due. Errors: what is
// wrong, with its place; WORLD_ENDED.
func (w *World) Check() error {
	w.mu.Lock()
	if err := w.checkEnded(); err != nil {
		w.mu.Unlock()
		return err
	}
	judge, states := w.config.judge(w.catalog), map[string]*store.State{"now": w.state.Copy(), "initial": w.initial.Copy()}
	for name, kept := range w.checkpoints {
		states["checkpoints/"+name] = kept.Copy()
	}
	w.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(states)) {
		if err := judge(states[name]); err != nil {
			return fmt.Errorf("/%s: %w", name, err)
		}
	}
	return nil
}
