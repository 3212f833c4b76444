package store

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/fault"
)

// TestRegister_WrongInOneTable_SaysSo: a table without a name, or with one that another has, would be lost on paper.
func TestRegister_WrongInOneTable_SaysSo(t *testing.T) {
	t.Parallel()
	_, err := namesOf(reflect.TypeFor[struct {
		A Table[string] `table:"a"`
		B Table[string]
	}]())
	assert.EqualError(t, err, "field B of the register: expected the table's name in its tag, such as `table:\"orders\"`")
	_, err = namesOf(reflect.TypeFor[struct {
		A Table[string] `table:"a"`
		B Table[int]    `table:"a"`
	}]())
	assert.EqualError(t, err, `field B of the register: the name "a" is that of A`)
	_, err = namesOf(reflect.TypeFor[struct {
		A map[string]string `table:"a"`
	}]())
	assert.EqualError(t, err, "field A of the register: expected a Table, got map[string]string")
	names, err := namesOf(reflect.TypeFor[Rows]())
	require.NoError(t, err)
	assert.Len(t, names, reflect.TypeFor[Rows]().NumField())
}

// row is an empty row of a type, or a real one of a type whose empty ones cannot be read.
func row(of reflect.Type) reflect.Value {
	row := reflect.New(of)
	switch row := row.Interface().(type) {
	case *dragonpass.Resource:
		c, err := catalog.Load()
		if err != nil {
			panic(err)
		}
		*row, _ = c.Resource("N00001")
	case *fault.Armed:
		if err := row.UnmarshalJSON([]byte(`{"id":"f1","on":"*","error":"RATE_LIMITED"}`)); err != nil {
			panic(err)
		}
	}
	return row.Elem()
}

// fill puts a row of a key into every table, by reflection, so that a new table is filled too.
func fill(s *State, key string) {
	rows := reflect.ValueOf(&s.Rows).Elem()
	for i := range rows.NumField() {
		put := rows.Field(i).Addr().MethodByName("Put")
		put.Call([]reflect.Value{reflect.ValueOf(key), row(put.Type().In(1))})
	}
}

// count counts everything that a state counts, by reflection.
func count(s *State) {
	counters := reflect.ValueOf(&s.Counters).Elem()
	for i := range counters.NumField() {
		counters.Field(i).SetUint(counters.Field(i).Uint() + 1)
	}
}

// filled is a state without an empty table.
func filled(t *testing.T) (s *State, paper json.Options) {
	t.Helper()
	c, err := catalog.Load()
	require.NoError(t, err)
	s = New(clock.Clock{}, 7)
	s.Begin(false)
	fill(s, "a")
	fill(s, "b")
	s.Commit()
	for _, table := range s.tables() {
		assert.Equal(t, 2, reflect.ValueOf(table).MethodByName("Len").Call(nil)[0].Interface(), table.Name())
	}
	return s, Paper(c)
}

// spoil changes everything that there is, in a transaction: each table by a new row, one put anew and one removed.
func spoil(s *State) {
	fill(s, "c")
	fill(s, "a")
	rows := reflect.ValueOf(&s.Rows).Elem()
	for i := range rows.NumField() {
		rows.Field(i).Addr().MethodByName("Remove").Call([]reflect.Value{reflect.ValueOf("b")})
	}
	count(s)
	s.Clock = clock.FrozenAt(time.Unix(1e9, 0))
}

// written is a state on paper, whole or upon another.
func written(t *testing.T, s, before *State, paper json.Options) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, s.Write(jsontext.NewEncoder(&b, paper), before))
	return b.String()
}

func dumped(t *testing.T, s *State, paper json.Options) string {
	t.Helper()
	return written(t, s, nil, paper)
}

func read(t *testing.T, text string, before *State, paper json.Options) *State {
	t.Helper()
	s, err := Read(jsontext.NewDecoder(strings.NewReader(text), paper), before)
	require.NoError(t, err)
	return s
}

// TestWrite_UponAnother_TellsWhatDiffers: of a state and one that came of it, what is not the same, and it is read again
// upon what it was written upon.
func TestWrite_UponAnother_TellsWhatDiffers(t *testing.T) {
	t.Parallel()
	s, paper := filled(t)
	before := s.Copy()
	assert.NotContains(t, written(t, s, before, paper), `"key"`)
	again := read(t, dumped(t, s, paper), nil, paper)
	assert.NotContains(t, written(t, s, again, paper), `"key"`, "of other pointers to the same")
	s.Begin(false)
	spoil(s)
	s.Commit()
	upon := written(t, s, before, paper)
	assert.Equal(t, len(s.tables()), strings.Count(upon, `{"key":"b"}`), "it is gone from each")
	assert.NotContains(t, upon, `"key":"a"`, "it was put anew as it was")
	assert.Equal(t, len(s.tables()), strings.Count(upon, `{"key":"c","value":`))
	was := dumped(t, before, paper)
	assert.Equal(t, dumped(t, s, paper), dumped(t, read(t, upon, before, paper), paper))
	assert.Equal(t, was, dumped(t, before, paper), "it stays")
	assert.Equal(t, was, dumped(t, read(t, written(t, before, s.Copy(), paper), s.Copy(), paper), paper), "and back")
}

// TestRollBack_TakesEverythingBack holds it over all tables and counters that there are.
func TestRollBack_TakesEverythingBack(t *testing.T) {
	t.Parallel()
	s, paper := filled(t)
	before := dumped(t, s, paper)
	other := New(clock.Clock{Ahead: time.Hour}, 8).Copy()
	for name, do := range map[string]func(){
		"rows":                    func() { spoil(s) },
		"a state that returned":   func() { s.Return(other) },
		"rows, then a return":     func() { spoil(s); s.Return(other) },
		"a return, then rows":     func() { s.Return(other); spoil(s) },
		"a state that was loaded": func() { s.Replace(read(t, dumped(t, other, paper), nil, paper)) },
	} {
		kept := s.Copy()
		s.Begin(true)
		do()
		assert.NotEqual(t, before, dumped(t, s, paper), name)
		s.RollBack()
		assert.Equal(t, before, dumped(t, s, paper), name)
		found, err := s.Since(kept, paper)
		require.NoError(t, err)
		assert.Empty(t, found, name)
	}
}

// TestAdd_WhereThereIsARow_ChangesNothing, and where there is none it is as [Table.Put].
func TestAdd_WhereThereIsARow_ChangesNothing(t *testing.T) {
	t.Parallel()
	s, _ := filled(t)
	size := s.Holds.Size()
	row, _ := s.Holds.Get("a")
	s.Begin(true)
	assert.False(t, s.Holds.Add("a", row+" other"))
	same, _ := s.Holds.Get("a")
	assert.Equal(t, row, same)
	assert.Equal(t, size, s.Holds.Size())
	assert.True(t, s.Holds.Add("new", "token"))
	changes, changed := s.Commit()
	assert.True(t, changed)
	assert.Equal(t, []Change{{Table: "holds", Key: "new", Value: "token"}}, changes)
	size = s.Holds.Size()
	s.Begin(false)
	assert.True(t, s.Holds.Add("newer", ""))
	assert.Greater(t, s.Holds.Size(), size)
	s.RollBack()
	assert.False(t, s.Holds.Has("newer"))
	assert.Equal(t, size, s.Holds.Size())
}

// TestMark_TakesBackWhatCameAfter: over all tables and counters, and what is told; what came before holds.
func TestMark_TakesBackWhatCameAfter(t *testing.T) {
	t.Parallel()
	s, paper := filled(t)
	s.Begin(true)
	fill(s, "before")
	count(s)
	marked := dumped(t, s, paper)
	told := len(s.log.changes)
	takeBack := s.Mark()
	spoil(s)
	assert.NotEqual(t, marked, dumped(t, s, paper))
	takeBack()
	assert.Equal(t, marked, dumped(t, s, paper))
	s.Holds.Put("after", "")
	changes, changed := s.Commit()
	assert.True(t, changed)
	assert.Len(t, changes, told+1)
	s.Begin(true)
	before := dumped(t, s, paper)
	s.Mark()
	spoil(s)
	s.RollBack()
	assert.Equal(t, before, dumped(t, s, paper))
	assert.PanicsWithValue(t, "store: a write to state outside a transaction", takeBack)
}

// TestCommit_TellsEveryTable: a copy that applies what was told is the same.
func TestCommit_TellsEveryTable(t *testing.T) {
	t.Parallel()
	s, paper := filled(t)
	follower, _ := filled(t)
	s.Begin(true)
	spoil(s)
	changes, changed := s.Commit()
	require.True(t, changed)
	told := map[string]int{}
	for _, c := range changes {
		told[c.Table]++
	}
	for _, table := range s.tables() {
		assert.Equal(t, 3, told[table.Name()], table.Name())
	}
	s.Begin(true)
	before := s.Copy()
	spoil(s)
	s.Return(before)
	s.Holds.Put("d", "d")
	again, _ := s.Commit()
	assert.Len(t, again, 1, "what was before a return is not told: who follows returns too")
	s.Begin(false)
	s.Return(before)
	s.Commit()
	follower.Begin(false)
	require.NoError(t, follower.Apply(WriteSet{Clock: s.Clock, Counters: s.Counters, Changes: changes}))
	follower.Commit()
	assert.Equal(t, dumped(t, s, paper), dumped(t, follower, paper))
}

// TestWrite_OutsideATransaction_Panics: with words that name the table.
func TestWrite_OutsideATransaction_Panics(t *testing.T) {
	t.Parallel()
	s, _ := filled(t)
	const words = "store: a write to orders outside a transaction"
	assert.PanicsWithValue(t, words, func() { s.Orders.Put("a", "") })
	assert.PanicsWithValue(t, words, func() { s.Orders.Remove("a") })
	assert.PanicsWithValue(t, words, func() { s.Copy().Orders.Remove("a") }, "a copy is to be read")
	assert.PanicsWithValue(t, "store: a write to state outside a transaction", func() { s.Return(s.Copy()) })
	assert.Equal(t, 2, s.Orders.Len())
}

// TestCommit_Unobserved_NotesNoChanges: who is not observed pays for nothing but the row and how it was before.
func TestCommit_Unobserved_NotesNoChanges(t *testing.T) {
	s, _ := filled(t)
	write := func(watched bool) float64 {
		return testing.AllocsPerRun(100, func() {
			s.Begin(watched)
			s.Holds.Put("a", "b")
			changes, _ := s.Commit()
			assert.Equal(t, watched, changes != nil)
		})
	}
	assert.Less(t, write(false), write(true))
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		s.Begin(false)
		s.Commit()
	}), "an operation that changes nothing costs nothing")
}
