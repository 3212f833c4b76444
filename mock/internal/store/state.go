package store

import (
	"dragonmock/mock/internal/clock"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// State is all that a world remembers. Make one with [New].
type State struct {
	Clock    clock.Clock
	Counters Counters
	Rows
	log *log
}

// Counters count what was given out. Those of a scenario's `given` are apart, so that the first order that a client
// makes has the first id whatever was there before it.
type Counters struct {
	Seed uint64 // what all of them count from

	EPass, Order, Voucher, Membership, Token, QRCode                  uint64
	GivenEPass, GivenOrder, GivenVoucher, GivenMembership, GivenToken uint64
	Transaction, ICCID, GivenICCID                                    uint64 // of simulated redemptions, and of eSIM profiles

	Sequence uint64 // orders, tokens, events and stored answers by age
	Slow     uint64 // operations that looked at the slow test venue
	Fault    uint64 // ids given to fault rules
	FaultRow uint64 // rows of fault rules by age
	Dropped  uint64 // callbacks that were forgotten
	Batch    uint64 // Unix seconds that the last batch of events is called by
	Missed   uint64 // of those: callbacks that were not delivered
	Request  uint64 // request ids made when the state was last kept as a checkpoint
}

// New makes an empty state.
func New(at clock.Clock, seed uint64) *State {
	s := &State{Clock: at, Counters: Counters{Seed: seed}, log: &log{}}
	s.Rows.bind(s.log)
	return s
}

// tableNames are the names of the tables, in the order of the register.
var tableNames = sync.OnceValue(func() []string {
	names, err := namesOf(reflect.TypeFor[Rows]())
	if err != nil {
		panic("store: " + err.Error())
	}
	return names
})

// TableNames are the names of the tables, in the order of the register.
func TableNames() []string { return tableNames() }

// tableName is the name of a table in its tag.
func tableName(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("table"), ",")
	return name
}

// later are the names of the tables that are left out on paper when nothing is to be said of them.
var later = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for field := range reflect.TypeFor[Rows]().Fields() {
		names[tableName(field)] = strings.HasSuffix(field.Tag.Get("table"), ",later")
	}
	return names
})

// namesOf reads the names of a register, and says what is wrong with it.
func namesOf(register reflect.Type) ([]string, error) {
	fields := map[string]string{}
	names := make([]string, register.NumField())
	for i := range names {
		field := register.Field(i)
		name := tableName(field)
		switch {
		case !reflect.PointerTo(field.Type).Implements(reflect.TypeFor[anyTable]()):
			return nil, fmt.Errorf("field %s of the register: expected a Table, got %s", field.Name, field.Type)
		case name == "":
			return nil, fmt.Errorf("field %s of the register: expected the table's name in its tag, such as `table:\"orders\"`", field.Name)
		case fields[name] != "":
			return nil, fmt.Errorf("field %s of the register: the name %q is that of %s", field.Name, name, fields[name])
		}
		names[i], fields[name] = name, field.Name
	}
	return names, nil
}

// bind names the tables and gives them their log; nil makes them read-only.
func (r *Rows) bind(log *log) {
	names := tableNames()
	for i, t := range r.tables() {
		t.bind(names[i], log)
	}
}

// tables lists every table of the register.
func (r *Rows) tables() []anyTable {
	rows := reflect.ValueOf(r).Elem()
	list := make([]anyTable, rows.NumField())
	for i := range list {
		list[i] = rows.Field(i).Addr().Interface().(anyTable)
	}
	return list
}

// Copy is the state as it is now, to be read. It shares its rows, and costs next to nothing.
func (s *State) Copy() *State {
	c := &State{Clock: s.Clock, Counters: s.Counters, Rows: s.Rows}
	c.Rows.bind(nil)
	for _, t := range c.tables() {
		t.detach()
	}
	return c
}

// Bytes is about how many bytes the rows take, and how many all those took that were ever put: into this state, or into what
// it is a copy of.
func (s *State) Bytes() (size, written int) {
	for _, t := range s.tables() {
		n, all := t.bytes()
		size, written = size+n, written+all
	}
	return size, written
}

// Return puts the state back to a copy, in a transaction. The copy stays.
func (s *State) Return(to *State) {
	s.log.mustBeOpen("state")
	before := s.Rows
	s.log.undo = append(s.log.undo, func() { s.Rows = before })
	s.log.changes = s.log.changes[:0]
	s.Clock, s.Counters = to.Clock, to.Counters
	others := to.tables()
	for i, t := range s.tables() {
		t.take(others[i])
	}
}

// Replace puts another state, which may not be written to, in place of all that is there, in a transaction. It stays.
func (s *State) Replace(with *State) {
	s.log.mustBeOpen("state")
	changes := s.log.changes
	if s.log.watched {
		others := s.tables()
		for i, t := range with.tables() {
			changes = append(changes, t.changes(others[i])...)
		}
	}
	s.Return(with)
	s.log.changes = changes
}

// log notes what a transaction changes, so that it can be taken back, or told.
type log struct {
	open     bool
	watched  bool // somebody wants to know the changes
	given    bool // ids come from the range of what a scenario gives
	undo     []func()
	changes  []Change
	clock    clock.Clock // before
	counters Counters
}

// mustBeOpen catches a write by somebody who kept a transaction beyond its end, or writes to a copy.
func (l *log) mustBeOpen(what string) {
	if l == nil || !l.open {
		panic("store: a write to " + what + " outside a transaction")
	}
}

// roomForUndo is how much room a state keeps from one transaction to the next for what it notes.
const roomForUndo = 64

// Begin begins a transaction: from here to [State.Commit] or [State.RollBack] the state may be written. Changes are
// noted only when watched.
func (s *State) Begin(watched bool) {
	*s.log = log{open: true, watched: watched, undo: s.log.undo[:0], clock: s.Clock, counters: s.Counters}
}

// end ends a transaction. What it has noted holds rows that are gone.
func (l *log) end() {
	l.open = false
	if cap(l.undo) > roomForUndo {
		l.undo = nil
	}
	clear(l.undo[:cap(l.undo)])
	l.changes = nil
}

// Given has the transaction take ids from a range of their own, so that the first thing that a client makes has the first
// id whatever was there before it.
func (s *State) Given() { s.log.given = true }

// Commit ends a transaction and returns what it changed, in the order in which that was done, and whether anything
// changed at all.
func (s *State) Commit() (changes []Change, changed bool) {
	s.log.mustBeOpen("state")
	changes, changed = s.log.changes, len(s.log.undo) > 0 || s.Counters != s.log.counters || s.Clock != s.log.clock
	s.log.end()
	return changes, changed
}

// RollBack ends a transaction and takes back what it did.
func (s *State) RollBack() {
	s.log.mustBeOpen("state")
	s.takeBack(0, s.log.clock, s.log.counters)
	s.log.end()
}

// Mark returns what takes back all that a transaction did since, and lets it go on. Nothing may have returned meanwhile.
func (s *State) Mark() (takeBack func()) {
	undo, changes, clock, counters := len(s.log.undo), len(s.log.changes), s.Clock, s.Counters
	return func() {
		s.log.mustBeOpen("state")
		s.takeBack(undo, clock, counters)
		s.log.undo, s.log.changes = s.log.undo[:undo], s.log.changes[:changes]
	}
}

// takeBack undoes what was done after the first so many writes.
func (s *State) takeBack(after int, clock clock.Clock, counters Counters) {
	for _, undo := range slices.Backward(s.log.undo[after:]) {
		undo()
	}
	s.Clock, s.Counters = clock, counters
}
