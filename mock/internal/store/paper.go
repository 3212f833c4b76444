package store

import (
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/strictjson"
)

// dumpVersion is the form of a state on paper. It grows when an older one would be read wrongly.
const dumpVersion = 2

// Write writes the state as a JSON object, with the encoder's options, which [Paper] returns: version, clock, counters, and
// of each table the rows that are not as they were in another state. Before nil all of them are written. Equal states are
// equal bytes.
func (s *State) Write(e *jsontext.Encoder, before *State) error {
	if before == nil {
		before = New(clock.Clock{}, 0)
	}
	w := strictjson.NewWriter(e)
	w.Token(jsontext.BeginObject)
	w.Member("version", dumpVersion)
	w.Member("clock", s.Clock)
	w.Member("counters", s.Counters)
	w.Name("tables")
	w.Token(jsontext.BeginObject)
	others := before.tables()
	for i, t := range s.tables() {
		if later()[t.Name()] {
			if said, err := t.changed(others[i], e.Options()); len(said) == 0 && err == nil {
				continue
			}
		}
		w.Name(t.Name())
		w.Part(func(e *jsontext.Encoder) error { return t.write(e, others[i]) })
	}
	w.Token(jsontext.EndObject)
	w.Token(jsontext.EndObject)
	return w.Err()
}

// Read reads a state that [State.Write] wrote, with the decoder's options, which [Paper] returns; before is what it was
// written upon. The state may not be written to. Errors name the place of what is wrong: another version, a member that
// is unknown, a table that is missing, keys that are not sorted.
func Read(d *jsontext.Decoder, before *State) (*State, error) {
	s := &State{}
	if before != nil {
		s.Rows = before.Rows
	}
	s.Rows.bind(nil)
	tables := map[string]anyTable{}
	for _, t := range s.tables() {
		t.detach()
		tables[t.Name()] = t
	}
	at := d.StackPointer()
	version, clocked, counted := 0, false, false
	err := strictjson.EachMember(d, func(name string) error {
		switch name {
		case "version":
			if err := strictjson.Value(d, &version); err != nil || version == dumpVersion {
				return err
			}
			return strictjson.At(d.StackPointer(), "expected %d, got %d", dumpVersion, version)
		case "clock":
			clocked = true
			return strictjson.Value(d, &s.Clock)
		case "counters":
			counted = true
			return strictjson.Value(d, &s.Counters)
		case "tables":
			return strictjson.EachMember(d, func(name string) error {
				t := tables[name]
				if t == nil {
					return strictjson.Unknown(d, TableNames())
				}
				delete(tables, name)
				return t.read(d)
			})
		}
		return strictjson.Unknown(d, []string{"version", "clock", "counters", "tables"})
	})
	if err != nil {
		return nil, err
	}
	switch {
	case version == 0:
		return nil, strictjson.At(at+"/version", "expected %d, it is missing", dumpVersion)
	case !clocked:
		return nil, strictjson.At(at+"/clock", "it is missing; {} is the wall clock")
	case !counted:
		return nil, strictjson.At(at+"/counters", "it is missing; {} has given out nothing")
	}
	for _, name := range TableNames() {
		if tables[name] != nil && !later()[name] {
			return nil, strictjson.At(at+"/tables/"+jsontext.Pointer(name), "it is missing")
		}
	}
	return s, nil
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
			json.UnmarshalFunc(reader(duration.ParseInstant)),
			json.UnmarshalFunc(reader(duration.ParseGo)),
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
