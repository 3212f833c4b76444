package platform

import (
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
)

// dumpVersion is the form of a dump. It grows when an older dump would be read wrongly.
const dumpVersion = 1

// dump is the whole state of a world on paper. Members that are zero are left out.
type dump struct {
	Version  int                       `json:"version"`
	Clock    Clock                     `json:"clock"`
	Counters counters                  `json:"counters"`
	Tables   map[string]jsontext.Value `json:"tables"` // every table, its rows sorted by key
}

// record is one row of a table.
type record[V any] struct {
	Key   string `json:"key"`
	Value V      `json:"value"`
}

// Dump writes the whole state as JSON: equal states are equal bytes, and [World.Load] reads them. What the world is made
// of, which is its credentials and programmes, is not state.
func (w *World) Dump() ([]byte, error) {
	return Run(w, "dumpState", func(tx *Tx) ([]byte, error) {
		return tx.state.dump(onPaper(w.catalog))
	})
}

func (s *state) dump(with json.Options) (jsontext.Value, error) {
	d := dump{Version: dumpVersion, Clock: s.clock, Counters: s.counters, Tables: map[string]jsontext.Value{}}
	for _, t := range s.tables() {
		rows, err := t.dump(with)
		if err != nil {
			return nil, err
		}
		d.Tables[t.title()] = rows
	}
	return json.Marshal(d, with)
}

// Load puts the state that a dump holds in place of the world's own. A reset still goes back to how the world was made.
// Errors: INVALID_REQUEST for a dump of another version, with members that are unknown, without a table, or with a
// clock that [CheckClock] refuses; then nothing has changed.
func (w *World) Load(data []byte) error {
	d, err := w.readDump(data)
	if err != nil {
		return err
	}
	w.mu.Lock()
	err = w.fill(d)
	w.mu.Unlock()
	if err == nil {
		w.deliver(false)
	}
	return err
}

func (w *World) readDump(data []byte) (d dump, err error) {
	var form struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(data, &form); err != nil {
		return d, dragonpass.Refuse(dragonpass.InvalidRequest, "%s", err)
	}
	if form.Version != dumpVersion {
		return d, dragonpass.Refuse(dragonpass.InvalidRequest, "/version: expected %d, got %d", dumpVersion, form.Version)
	}
	if err := json.Unmarshal(data, &d, onPaper(w.catalog)); err != nil {
		return d, dragonpass.Refuse(dragonpass.InvalidRequest, "%s", err)
	}
	if err := CheckClock(d.Clock.Now(w.machine())); err != nil {
		return d, dragonpass.Refuse(dragonpass.InvalidRequest, "/clock: %s", err)
	}
	return d, nil
}

// fill puts the state of a dump in place of the world's own. The lock is held.
func (w *World) fill(d dump) error {
	with := onPaper(w.catalog)
	return w.try(w.begin(d.Clock.Now(w.machine())), "loadState", func(tx *Tx) error {
		tx.state.clock, tx.state.counters = d.Clock, d.Counters
		for _, t := range tx.state.tables() {
			rows, ok := d.Tables[t.title()]
			if !ok {
				return dragonpass.Refuse(dragonpass.InvalidRequest, "/tables/%s: it is missing", t.title())
			}
			delete(d.Tables, t.title())
			if err := t.load(tx, rows, with); err != nil {
				return dragonpass.Refuse(dragonpass.InvalidRequest, "/tables/%s: %s", t.title(), err)
			}
		}
		for name := range d.Tables {
			return dragonpass.Refuse(dragonpass.InvalidRequest, "/tables/%s: expected no such member", name)
		}
		tx.ground()
		return nil
	})
}

// onPaper is how state is written: instants in UTC to the second, durations as Go writes them, resources as the
// catalogue does.
func onPaper(c *catalog.Catalog) json.Options {
	return json.JoinOptions(
		json.Deterministic(true), json.OmitZeroStructFields(true), json.RejectUnknownMembers(true),
		json.WithMarshalers(json.JoinMarshalers(
			json.MarshalToFunc(func(e *jsontext.Encoder, t time.Time) error {
				return e.WriteToken(jsontext.String(t.UTC().Format(time.RFC3339)))
			}),
			json.MarshalToFunc(func(e *jsontext.Encoder, d time.Duration) error { return e.WriteToken(jsontext.String(d.String())) }),
			json.MarshalFunc(catalog.WriteRow),
		)),
		json.WithUnmarshalers(json.JoinUnmarshalers(
			json.UnmarshalFunc(read(ParseInstant)),
			json.UnmarshalFunc(read(time.ParseDuration)),
			json.UnmarshalFunc(func(data []byte, r *dragonpass.Resource) (err error) {
				*r, err = c.ReadRow(data)
				return err
			}),
		)),
	)
}

// read makes a reader of a JSON string out of a parser.
func read[T any](parse func(string) (T, error)) func([]byte, *T) error {
	return func(data []byte, into *T) error {
		var s string
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		var err error
		*into, err = parse(s)
		return err
	}
}
