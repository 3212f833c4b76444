package store

import (
	"dragonmock/mock/internal/clock"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// WriteSet is all that one commit of a world changed, as a value. Whoever applies the write-sets of a world in order to
// an empty world has the same world. [WriteSet.Encode] writes one, [DecodeWriteSet] reads it.
type WriteSet struct {
	World     string    // its id
	Number    uint64    // those of a world are numbered without a gap
	At        time.Time // world time
	Operation string    // why

	// Made is on the first one of a world: the whole world as it was saved or made, with its credentials. It has the
	// number of the last commit that it includes; the next one follows it. A server that was started again tells its
	// worlds anew, and who follows begins with that.
	Made []byte
	// Returned says that the world went back to a checkpoint of this name before the changes; the empty name is how the
	// world was made. Nil: it did not.
	Returned *string
	// Checkpoint says that the world was kept under this name after the changes. Nil: it was not.
	Checkpoint *string
	// Ended says that there will be no more.
	Ended bool

	Clock    clock.Clock // after the commit
	Counters Counters    // after the commit
	Changes  []Change    // in the order in which they were made
}

// Change is one row of one table: its new value, or nil when the row is gone.
type Change struct {
	Table, Key string
	Value      any // of the table's type
}

// Apply does the changes of a commit, in a transaction.
func (s *State) Apply(ws WriteSet) error {
	tables := map[string]anyTable{}
	for _, t := range s.tables() {
		tables[t.Name()] = t
	}
	for _, c := range ws.Changes {
		t := tables[c.Table]
		if t == nil {
			return fmt.Errorf("write-set %d: no table %q", ws.Number, c.Table)
		}
		if err := t.apply(c.Key, c.Value); err != nil {
			return fmt.Errorf("write-set %d: %w", ws.Number, err)
		}
	}
	s.Clock, s.Counters = ws.Clock, ws.Counters
	return nil
}

// writeSet is a [WriteSet] on paper.
type writeSet struct {
	World      string         `json:"world"`
	Number     uint64         `json:"number"`
	At         time.Time      `json:"at"`
	Operation  string         `json:"operation"`
	Made       jsontext.Value `json:"made,omitzero"`
	Returned   *string        `json:"returned,omitzero"`
	Checkpoint *string        `json:"checkpoint,omitzero"`
	Ended      bool           `json:"ended,omitzero"`
	Clock      clock.Clock    `json:"clock"`
	Counters   Counters       `json:"counters"`
	Changes    []change       `json:"changes"`
}

type change struct {
	Table string         `json:"table"`
	Key   string         `json:"key"`
	Value jsontext.Value `json:"value,omitzero"` // absent: the row is gone
}

// Encode writes the write-set as JSON, with the options that [Paper] returns.
func (ws WriteSet) Encode(with json.Options) ([]byte, error) {
	paper := writeSet{
		World: ws.World, Number: ws.Number, At: ws.At, Operation: ws.Operation, Made: ws.Made, Returned: ws.Returned, Checkpoint: ws.Checkpoint,
		Ended: ws.Ended, Clock: ws.Clock, Counters: ws.Counters, Changes: make([]change, len(ws.Changes)),
	}
	for i, c := range ws.Changes {
		paper.Changes[i] = change{Table: c.Table, Key: c.Key}
		if c.Value == nil {
			continue
		}
		var err error
		if paper.Changes[i].Value, err = json.Marshal(c.Value, with); err != nil {
			return nil, err
		}
	}
	return json.Marshal(paper, with)
}

// DecodeWriteSet reads what [WriteSet.Encode] wrote.
func DecodeWriteSet(data []byte, with json.Options) (WriteSet, error) {
	var paper writeSet
	if err := json.Unmarshal(data, &paper, with); err != nil {
		return WriteSet{}, err
	}
	ws := WriteSet{
		World: paper.World, Number: paper.Number, At: paper.At, Operation: paper.Operation, Made: paper.Made, Returned: paper.Returned,
		Checkpoint: paper.Checkpoint, Ended: paper.Ended, Clock: paper.Clock, Counters: paper.Counters, Changes: make([]Change, len(paper.Changes)),
	}
	tables := map[string]anyTable{}
	for _, t := range New(clock.Clock{}, 0).tables() {
		tables[t.Name()] = t
	}
	for i, c := range paper.Changes {
		ws.Changes[i] = Change{Table: c.Table, Key: c.Key}
		if c.Value == nil {
			continue
		}
		t := tables[c.Table]
		if t == nil {
			return ws, fmt.Errorf("/changes/%d/table: no table %q", i, c.Table)
		}
		var err error
		if ws.Changes[i].Value, err = t.decode(c.Value, with); err != nil {
			return ws, fmt.Errorf("/changes/%d/value: %w", i, err)
		}
	}
	return ws, nil
}
