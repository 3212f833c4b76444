package platform

import (
	"maps"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/journal"
)

// maxCheckpoints is how many checkpoints a world keeps.
const maxCheckpoints = 100

// CheckpointNotFound is the refusal of a checkpoint that was not made. The vendor has no such symbol.
const CheckpointNotFound dragonpass.Code = "CHECKPOINT_NOT_FOUND"

// checkpoint is a world as it was once: state, clock, ids, random streams, undelivered events, and fault rules with their
// counters.
type checkpoint struct {
	state  state
	faults fault.State
}

// keep makes a checkpoint. The lock is held.
func (w *World) keep() checkpoint { return checkpoint{w.state.copied(), w.faults.Snapshot()} }

// back returns the world to a checkpoint. The lock is held; then [World.deliver] is due.
func (w *World) back(to checkpoint) {
	w.state = to.state.copied()
	_ = w.faults.Restore(to.faults) // its rules were lawful when it was made
	tx := w.begin(w.state.clock.Now(w.machine()))
	tx.ground()
	w.commit(tx, "restore")
}

// Checkpoint keeps the world as it is under a name, in place of what had the name. It costs next to nothing.
func (w *World) Checkpoint(name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, again := w.checkpoints[name]; !again && len(w.checkpoints) >= maxCheckpoints {
		return dragonpass.Refuse(dragonpass.InvalidRequest, "path name: expected at most %d checkpoints", maxCheckpoints)
	}
	w.checkpoints[name] = w.keep()
	return nil
}

// Restore returns the world to a checkpoint, which stays. Errors: CHECKPOINT_NOT_FOUND.
func (w *World) Restore(name string) error {
	w.mu.Lock()
	kept, err := w.checkpoint(name)
	if err == nil {
		w.back(kept)
	}
	w.mu.Unlock()
	if err == nil {
		w.deliver(false)
	}
	return err
}

func (w *World) checkpoint(name string) (checkpoint, error) {
	kept, ok := w.checkpoints[name]
	if !ok {
		return checkpoint{}, dragonpass.Refuse(CheckpointNotFound, "/name: no checkpoint %q; there are %v", name, slices.Sorted(maps.Keys(w.checkpoints)))
	}
	return kept, nil
}

// Fork makes a world that begins as this one is now, with credentials of its own. The two share nothing from then on. A
// reset of the fork goes back to how it began. Errors: WORLDS_EXHAUSTED.
func (p *Platform) Fork(w *World) (*World, error) {
	w.mu.Lock()
	config := w.config
	config.Client = newCredentials(config.Client)
	fork := &World{
		id: newWorldID(), config: config, catalog: w.catalog, machine: w.machine, observe: w.observe, named: w.named, programs: w.programs,
		faults: fault.New(config.Seed, config.Names), journal: journal.New(config.Journal, config.Budget), checkpoints: map[string]checkpoint{},
	}
	fork.back(w.keep())
	fork.initial = fork.keep()
	w.mu.Unlock()
	if err := p.add(fork); err != nil {
		return nil, err
	}
	fork.deliver(false)
	return fork, nil
}

// Difference is a row that is not as it was.
type Difference struct {
	Table  string         `json:"table"`
	Key    string         `json:"key"`
	Before jsontext.Value `json:"before,omitzero"` // absent: it was not there
	After  jsontext.Value `json:"after,omitzero"`  // absent: it is not there any more
}

// Changes lists what changed since a checkpoint, by table and key. Errors: CHECKPOINT_NOT_FOUND.
func (w *World) Changes(since string) ([]Difference, error) {
	w.mu.Lock()
	kept, err := w.checkpoint(since)
	if err != nil {
		w.mu.Unlock()
		return nil, err
	}
	before, after := kept.state.copied(), w.state.copied()
	w.mu.Unlock()
	differences := []Difference{}
	with := onPaper(w.catalog)
	for i, t := range after.tables() {
		found, err := t.changed(before.tables()[i], with)
		if err != nil {
			return nil, err
		}
		differences = append(differences, found...)
	}
	return differences, nil
}

// changed lists the rows that differ from those of another table of the kind. Rows are never modified in place, so the
// same row is the same pointer.
func (t *table[V]) changed(other anyTable, with json.Options) ([]Difference, error) {
	before := other.(*table[V])
	var differences []Difference
	var failed error
	note := func(key string, was, is *V) {
		d := Difference{Table: t.name, Key: key}
		for _, side := range []struct {
			v    *V
			into *jsontext.Value
		}{{was, &d.Before}, {is, &d.After}} {
			if side.v != nil && failed == nil {
				*side.into, failed = json.Marshal(side.v, with)
			}
		}
		differences = append(differences, d)
	}
	t.pointers(func(key string, is *V) {
		if was := before.pointer(key); was != is {
			note(key, was, is)
		}
	})
	before.pointers(func(key string, was *V) {
		if t.pointer(key) == nil {
			note(key, was, nil)
		}
	})
	slices.SortFunc(differences, func(a, b Difference) int {
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	return differences, failed
}

func (t *table[V]) pointers(visit func(key string, v *V)) {
	if t.rows != nil {
		t.rows.Scan(func(key string, v *V) bool { visit(key, v); return true })
	}
}

func (t *table[V]) pointer(key string) *V {
	if t.rows == nil {
		return nil
	}
	v, _ := t.rows.Get(key)
	return v
}
