package platform

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
)

func rollbackWorld(t *testing.T) *World {
	t.Helper()
	c, err := catalog.Load()
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld("w", c, Config{Client: SampleClient(), Clock: FrozenAt(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// rows writes down every row of every table.
func rows(s state) map[string]string {
	all := map[string]string{}
	note(all, s.ePasses)
	note(all, s.issues)
	note(all, s.users)
	note(all, s.orders)
	note(all, s.usage)
	note(all, s.vouchers)
	note(all, s.tokens)
	note(all, s.tokenAges)
	note(all, s.holds)
	note(all, s.slots)
	note(all, s.resources)
	note(all, s.answers)
	note(all, s.answerAge)
	note(all, s.due)
	return all
}

func note[V any](all map[string]string, t table[V]) {
	t.each(func(key string, v V) bool {
		all[t.name+" "+key] = fmt.Sprintf("%+v", v)
		return true
	})
}

// book issues a pass, holds a place twice over and books it: it adds, replaces and removes rows.
func book(tx *Tx) error {
	pass, err := tx.IssueEPass(IssueRequest{
		ProgramID: "18943", Path: dragonpass.Lounge, Module: dragonpass.Lounge, ClientUserID: "u", FirstName: "A", LastName: "B",
		ExpirationDate: tx.Now().AddDate(1, 0, 0), Usages: 3,
	})
	if err != nil {
		return err
	}
	for _, date := range []dragonpass.LocalTime{"2025-02-01T10:30", "2025-02-01T11:00"} {
		found, err := tx.CheckAvailability(AvailabilityRequest{
			Holder: pass.Holder(), Module: dragonpass.Lounge, ResourceID: "N00001", Date: date, Party: dragonpass.Party{Adults: 2},
		})
		if err != nil {
			return err
		}
		if date == "2025-02-01T11:00" {
			_, err = tx.Prebook(PrebookRequest{
				Path: dragonpass.Lounge, Module: dragonpass.Lounge, Holder: pass.Holder(), Token: found.Token.Token,
				Passenger: dragonpass.Passenger{FirstName: "A", LastName: "B", Email: "a@b.example", PhoneNumber: "1", CallingCode: "44", TransportNumber: "EK001"},
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// TestRollBack holds that a transaction that fails or panics has changed nothing, and that a reset goes back to the
// start whatever was written in place since.
func TestRollBack(t *testing.T) {
	w := rollbackWorld(t)
	initial := rows(w.state)
	run := func(do func(*Tx) error) error {
		_, err := Run(w, "test", func(tx *Tx) (struct{}, error) { return struct{}{}, do(tx) })
		return err
	}
	if err := run(book); err != nil {
		t.Fatal(err)
	}
	before, counters, commits := rows(w.state), w.state.counters, w.commits
	unchanged := func(what string) {
		t.Helper()
		if after := rows(w.state); !reflect.DeepEqual(before, after) {
			t.Errorf("%s changed rows:\nbefore %v\nafter  %v", what, before, after)
		}
		if w.state.counters != counters || w.commits != commits {
			t.Errorf("%s changed counters", what)
		}
	}

	failure := errors.New("no")
	if err := run(func(tx *Tx) error { return errors.Join(book(tx), failure) }); !errors.Is(err, failure) {
		t.Fatalf("got %v", err)
	}
	unchanged("an error")
	func() {
		defer func() { recover() }()
		_ = run(func(tx *Tx) error {
			if err := book(tx); err != nil {
				t.Error(err)
			}
			panic("no")
		})
	}()
	unchanged("a panic")

	w.Reset()
	if after := rows(w.state); !reflect.DeepEqual(initial, after) {
		t.Errorf("reset left rows: %v", after)
	}
	for range 2 { // the copy to reset to must not share what is written after a reset
		if err := run(book); err != nil {
			t.Fatal(err)
		}
		if after := rows(w.state); !reflect.DeepEqual(before, after) {
			t.Errorf("after a reset the same call gave other rows:\nbefore %v\nafter  %v", before, after)
		}
		w.Reset()
	}
}
