package store

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/bom"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/strictjson"
)

// dumpVersion is the form of a dump. It grows when an older dump would be read wrongly.
const dumpVersion = 2

// dump is a whole state on paper. Members that are zero are left out.
type dump struct {
	Version  int                       `json:"version"`
	Clock    Clock                     `json:"clock"`
	Counters Counters                  `json:"counters"`
	Tables   map[string]jsontext.Value `json:"tables"` // every table, its rows sorted by key
}

// Dump writes the whole state as JSON, with the options that [Paper] returns: equal states are equal bytes.
func (s *State) Dump(with json.Options) ([]byte, error) {
	d := dump{Version: dumpVersion, Clock: s.Clock, Counters: s.Counters, Tables: map[string]jsontext.Value{}}
	for _, t := range s.tables() {
		rows, err := t.dump(with)
		if err != nil {
			return nil, fmt.Errorf("/tables/%s: %w", t.Name(), err)
		}
		d.Tables[t.Name()] = rows
	}
	return json.Marshal(d, with)
}

// Load puts what [State.Dump] wrote in place of all that is there, in a transaction. Errors begin with the JSON pointer of
// what is wrong: another version, a member that is unknown, a table that is missing, keys that are not sorted.
func (s *State) Load(data []byte, with json.Options) error {
	data = bom.Skip(data)
	if err := strictjson.CheckVersion(data, dumpVersion); err != nil {
		return err
	}
	var d dump
	if err := json.Unmarshal(data, &d, with); err != nil {
		return strictjson.InWords(err)
	}
	s.Clock, s.Counters = d.Clock, d.Counters
	for _, t := range s.tables() {
		rows, ok := d.Tables[t.Name()]
		if !ok {
			return fmt.Errorf("/tables/%s: it is missing", t.Name())
		}
		delete(d.Tables, t.Name())
		if err := t.load(rows, with); err != nil {
			return fmt.Errorf("/tables/%s%w", t.Name(), strictjson.InWords(err))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Tables)) {
		return fmt.Errorf("/tables/%s: expected no such member", name)
	}
	return nil
}

// Paper is how state is written as JSON: instants in UTC to the second, durations as Go writes them, resources as the
// catalogue does.
func Paper(c *catalog.Catalog) json.Options {
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
			json.UnmarshalFunc(reader(ParseInstant)),
			json.UnmarshalFunc(reader(parseDuration)),
			json.UnmarshalFunc(func(data []byte, r *dragonpass.Resource) (err error) {
				*r, err = c.ReadRow(data)
				return err
			}),
		)),
	)
}

// reader makes a reader of a JSON string out of a parser.
func reader[T any](parse func(string) (T, error)) func([]byte, *T) error {
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

// parseDuration reads what a duration is written as.
func parseDuration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("expected a duration such as 1h30m0s, got %q", s)
	}
	return d, nil
}

// ParseInstant reads a date and time with an offset, as the vendor takes it, cut to the second.
func ParseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if t = t.UTC(); err != nil || t.Year() < 0 || t.Year() > 9999 { // an offset leads out of the years that can be written
		return t, fmt.Errorf("expected a date and time with offset, such as 2025-09-01T09:00:00+01:00, got %q", s)
	}
	return t.Truncate(time.Second), nil
}
