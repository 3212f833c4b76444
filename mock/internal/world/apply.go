package world

import (
	"bytes"
	"fmt"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/strictjson"
)

// tellMade tells the first write-set of a world: the whole of it. From here on the world is observed. The lock is held.
func (w *World) tellMade() {
	if w.config.Observe == nil {
		return
	}
	made, err := w.paper().bytes()
	if err != nil {
		w.goneWrong("a new world cannot be told, and is not observed", "error", err)
		return
	}
	w.observe = w.config.Observe
	w.tell(store.WriteSet{Operation: "make", Made: made}, w.state.Clock.Now(machineTime()))
}

// Rebuild makes a world of its first write-set. [World.Apply] then does what the others tell. Such a world is a copy, to be
// read by [World.Save] alone: any other operation would do what is due, which the write-sets tell. [Restore] makes a world
// of what was saved that goes its own way.
func Rebuild(c *catalog.Catalog, first store.WriteSet, shared Shared) (*World, error) {
	if first.Made == nil {
		return nil, fmt.Errorf("write-set %d of world %s: expected the first one, which has the whole world", first.Number, first.World)
	}
	shared.Returned = nil // what is on its way is carried by the original
	return Restore(c, strictjson.NewDecoder(bytes.NewReader(first.Made), store.Paper(c)), "", shared)
}

// Apply does what the next write-set of the world tells. An error says what does not fit, and then nothing has changed.
func (w *World) Apply(ws store.WriteSet) error {
	w.mu.Lock()
	defer w.unlock()
	if err := w.checkEnded(); err != nil {
		return err
	}
	if ws.World != w.id || ws.Number != w.commits+1 {
		return fmt.Errorf("expected write-set %d of world %s, got %d of %s", w.commits+1, w.id, ws.Number, ws.World)
	}
	if ws.Ended {
		w.end()
		return nil
	}
	err := w.commit(ws.At, store.WriteSet{Operation: ws.Operation, Returned: ws.Returned, Checkpoint: ws.Checkpoint}, func(tx *Tx) error {
		if ws.Returned != nil {
			to := w.initial
			if *ws.Returned != "" {
				var err error
				if to, err = w.checkpoint("returned", *ws.Returned); err != nil {
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
