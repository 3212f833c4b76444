package world

import (
	"fmt"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/store"
)

// tellMade tells the first write-set of a world: the whole of it.
func (w *World) tellMade() {
	if w.config.Observe == nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	made, err := w.paper().bytes()
	if err != nil {
		w.config.Log.Error("a new world cannot be told", "world", w.id, "error", err)
		return
	}
	w.config.Observe(store.WriteSet{
		World: w.id, Number: w.commits, At: w.state.Clock.Now(w.machine()), Operation: "make", Made: made, Clock: w.state.Clock, Counters: w.state.Counters,
	})
}

// Rebuild makes a world of its first write-set. [World.Apply] then does what the others tell.
func Rebuild(c *catalog.Catalog, first store.WriteSet, shared Shared) (*World, error) {
	if first.Made == nil {
		return nil, fmt.Errorf("write-set %d of world %s: expected the first one, which has the whole world", first.Number, first.World)
	}
	return Restore(c, first.Made, shared)
}

// Apply does what the next write-set of the world tells. An error says what does not fit, and then nothing has changed.
func (w *World) Apply(ws store.WriteSet) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.checkEnded(); err != nil {
		return err
	}
	if ws.World != w.id || ws.Number != w.commits+1 {
		return fmt.Errorf("expected write-set %d of world %s, got %d of %s", w.commits+1, w.id, ws.Number, ws.World)
	}
	if ws.Ended {
		w.ended = true
		return nil
	}
	err := w.commit(ws.At, store.WriteSet{Operation: ws.Operation, Returned: ws.Returned, Checkpoint: ws.Checkpoint}, func(tx *Tx) error {
		if ws.Returned != nil {
			to := w.initial
			if *ws.Returned != "" {
				var err error
				if to, err = w.checkpoint(*ws.Returned); err != nil {
					return err
				}
			}
			tx.Return(to)
		}
		return tx.State.Apply(ws)
	})
	if err == nil && ws.Checkpoint != nil {
		w.checkpoints[*ws.Checkpoint] = w.state.Copy()
	}
	return err
}
