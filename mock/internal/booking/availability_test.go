package booking

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/bounds"
	"dragonmock/mock/internal/memory"
	"dragonmock/mock/internal/world"
)

func TestCheckAvailability_SecondCall_ReplacesTheReservation(t *testing.T) {
	p := newTown(t)
	pass := p.issue(9)
	first := p.ask(pass.Holder(), "N99912", date, 1)

	same := p.ask(pass.Holder(), "N99912", date, 1)
	assert.Equal(t, map[string]int{"tokens": 2, "tokenAges": 1, "slots": 1, "holds": 2, "due": 1 + 1}, p.lastWrites(), "of one slot, one write")
	assert.Equal(t, 1, p.slot("N99912", date).Reserved)

	p.ask(pass.Holder(), "N99912", later, 1)
	assert.Equal(t, 0, p.slot("N99912", date).Reserved)
	assert.Equal(t, 1, p.slot("N99912", later).Reserved)
	assert.Equal(t, 1, read(p, func(tx *world.Tx) int { return tx.Holds.Len() }))
	assert.Equal(t, 1, read(p, func(tx *world.Tx) int { return tx.Slots.Len() }), "an untouched slot is no row")

	p.book(pass.Holder(), first.Token)
	p.refused(dragonpass.SlotUnavailable, func(tx *world.Tx) error { _, err := Prebook(tx, booking(pass.Holder(), same.Token)); return err })
}

func TestCheckAvailability_RefusedOrFull_ReplacesNothing(t *testing.T) {
	p := newTown(t)
	pass := p.issue(9)
	held := p.ask(pass.Holder(), "N99912", date, 1)
	p.refused(dragonpass.PassengersInvalid, func(tx *world.Tx) error {
		_, err := CheckAvailability(tx, asked(pass.Holder(), "N99912", later, 0))
		return err
	})
	full := run(p, func(tx *world.Tx) (Availability, error) {
		return CheckAvailability(tx, asked(pass.Holder(), "N99901", date, 1))
	})
	assert.Equal(t, Availability{Reason: "full"}, full)
	assert.Equal(t, held.Token, read(p, func(tx *world.Tx) string { token, _ := heldBy(tx, pass.Holder()); return token.Token }))
	assert.Equal(t, 1, p.slot("N99912", date).Reserved)
}

func TestReservation_EndsByItself(t *testing.T) {
	p := newTown(t)
	pass := p.issue(9)
	token := p.ask(pass.Holder(), "N99912", date, 1)
	p.advance(dragonpass.TokenLife)
	assert.Equal(t, 1, p.slot("N99912", date).Reserved, "its last second counts")
	p.advance(time.Second)
	assert.Equal(t, 0, p.slot("N99912", date).Reserved)
	assert.Equal(t, 0, read(p, func(tx *world.Tx) int { return tx.Holds.Len() + tx.Slots.Len() }))
	p.refused(dragonpass.PrebookingTokenExpired, func(tx *world.Tx) error { _, err := Prebook(tx, booking(pass.Holder(), token.Token)); return err })
}

func TestTokens_BeyondTheBound_TheOldestIsForgotten(t *testing.T) {
	var log bytes.Buffer
	p := newTown(t, func(c *world.Config) { c.MaxTokens, c.Log = 2, slog.New(slog.NewTextHandler(&log, nil)) })
	pass := p.issue(9)
	p.ask(pass.Holder(), "N00001", date, 3)
	p.advance(dragonpass.TokenLife + time.Second)
	oldest := p.ask(pass.Holder(), "N00001", date, 3)
	p.ask(dragonpass.Holder{}, "N00001", date, 1)
	assert.Empty(t, log.String(), "what is no longer good is not missed")
	p.ask(dragonpass.Holder{}, "N00001", later, 1)
	p.ask(dragonpass.Holder{}, "N00001", later, 1)
	assert.Equal(t, 1, strings.Count(log.String(), "\n"), log.String())
	assert.Contains(t, log.String(), `level=WARN msg="what is still good is forgotten, since the world remembers only so much of tokenAges" world=w remembered=2`)
	assert.Equal(t, 0, p.slot("N00001", date).Reserved, "what it held is free")
	assert.Equal(t, []int{2, 2, 0}, read(p, func(tx *world.Tx) []int { return []int{tx.Tokens.Len(), tx.TokenAges.Len(), tx.Holds.Len()} }))
	p.refused(dragonpass.PrebookingTokenInvalid, func(tx *world.Tx) error { _, err := Prebook(tx, booking(pass.Holder(), oldest.Token)); return err })
}

// TestTokens_OfAServerThatIsFull_TheOldestOfTheLargestWorldAreForgotten: a world with less than its part keeps what it has.
func TestTokens_OfAServerThatIsFull_TheOldestOfTheLargestWorldAreForgotten(t *testing.T) {
	pool := memory.NewPool(40_000, 1)
	share := func(c *world.Config) { c.Memory = pool }
	small, large := newTown(t, share), newTown(t, share)
	tokens := func(p *town) int { return read(p, func(tx *world.Tx) int { return tx.Tokens.Len() }) }
	first := small.ask(dragonpass.Holder{}, "N00001", date, 1)
	for range 200 {
		large.ask(dragonpass.Holder{}, "N00001", date, 1)
	}
	full := tokens(large)
	assert.Greater(t, full, 40, "it may take what the other leaves")
	assert.Less(t, full, 200)
	assert.LessOrEqual(t, pool.Used(), 40_000)
	for range 30 {
		small.ask(dragonpass.Holder{}, "N00001", date, 1)
	}
	assert.Equal(t, 31, tokens(small))
	assert.True(t, read(small, func(tx *world.Tx) bool { return tx.Tokens.Has(first.Token) }))
	run(large, func(tx *world.Tx) (any, error) { Forget(tx); return nil, nil })
	assert.Less(t, tokens(large), full, "it gives way when it is looked after")
	assert.LessOrEqual(t, pool.Used(), 40_000)
	large.world.End()
	assert.Equal(t, read(small, func(tx *world.Tx) int { return tx.Remembered() }), pool.Used())
}

func TestFillSlot_Reserved_KeepPlacesOfTheirOwn(t *testing.T) {
	p := newTown(t)
	pass, other := p.issue(9), p.issue(9)
	token := p.ask(pass.Holder(), "N00001", date, 2)
	elsewhere := p.ask(other.Holder(), "N00001", later, 1)
	slot := run(p, func(tx *world.Tx) (dragonpass.Slot, error) { return FillSlot(tx, "N00001", "", date, 0) })
	assert.Equal(t, 0, slot.Free())
	full := run(p, func(tx *world.Tx) (Availability, error) {
		return CheckAvailability(tx, asked(dragonpass.Holder{}, "N00001", date, 1))
	})
	assert.Equal(t, "full", full.Reason)
	order := p.book(pass.Holder(), token.Token)
	assert.NotContains(t, p.lastWrites(), "slots")
	assert.Equal(t, 0, p.slot("N00001", date).Left)
	run(p, func(tx *world.Tx) (Cancelled, error) { return CancelOrder(tx, order.OrderID) })
	assert.Equal(t, 2, p.slot("N00001", date).Free(), "a cancelled order frees its places")
	p.book(other.Holder(), elsewhere.Token)
	assert.Equal(t, 59, p.slot("N00001", later).Left, "another time has nothing to do with it")
	p.refused(dragonpass.ResourceNotFound, func(tx *world.Tx) error { _, err := FillSlot(tx, "N77777", "", date, 0); return err })
	p.refused(dragonpass.InvalidRequest, func(tx *world.Tx) error { _, err := FillSlot(tx, "N00001", "", date, -1); return err })
}

// TestCheckAvailability_TextsThatAreTaken_AreNotDrawn: a scenario may give a token by the very text that comes next.
func TestCheckAvailability_TextsThatAreTaken_AreNotDrawn(t *testing.T) {
	first := newTown(t).ask(dragonpass.Holder{}, "N00001", date, 1)
	p := newTown(t)
	given := first
	given.Date = later
	require.NoError(t, p.try(func(tx *world.Tx) error { AddToken(tx, given); return nil }))
	next := p.ask(dragonpass.Holder{}, "N00001", date, 1)
	assert.NotEqual(t, first.Token, next.Token)
	assert.Equal(t, later, read(p, func(tx *world.Tx) dragonpass.LocalTime { t, _ := tx.Tokens.Get(first.Token); return t.Date }))
	assert.Equal(t, date, read(p, func(tx *world.Tx) dragonpass.LocalTime { t, _ := tx.Tokens.Get(next.Token); return t.Date }))
}

// TestCheckAvailability_ForgetsWhatHasExpired, soon after it was put, and keeps some of it for who comes late.
func TestCheckAvailability_ForgetsWhatHasExpired(t *testing.T) {
	p := newTown(t)
	known := func() int { return read(p, func(tx *world.Tx) int { return tx.Tokens.Len() }) }
	asks := func(n int) {
		for range n {
			p.ask(dragonpass.Holder{}, "N00001", date, 1)
		}
	}
	asks(3 * bounds.KeptExpired)
	assert.Equal(t, 3*bounds.KeptExpired, known(), "all are good")
	p.advance(dragonpass.TokenLife + time.Second)
	asks(50)
	assert.InDelta(t, bounds.KeptExpired, known(), 11, "until the next multiple of 16")
	require.NoError(t, p.try(func(tx *world.Tx) error { Forget(tx); return nil }))
	assert.Equal(t, bounds.KeptExpired, known())
}

func TestAddToken_HoldsWhatItNames(t *testing.T) {
	p := newTown(t)
	pass := p.issue(9)
	token := dragonpass.PrebookingToken{
		Token: "given", Module: dragonpass.Lounge, ResourceID: "N00001", Date: date, ServiceAt: start.AddDate(0, 0, 3), Party: dragonpass.Party{Adults: 2},
		Holder: pass.Holder(), ValidUntil: start.Add(time.Hour),
	}
	p.ask(pass.Holder(), "N00001", date, 5)
	require.NoError(t, p.try(func(tx *world.Tx) error { AddToken(tx, token); return nil }))
	assert.Equal(t, 2, p.slot("N00001", date).Reserved, "in place of what the holder held")
	token.Token, token.Holder = "anybody", dragonpass.Holder{}
	require.NoError(t, p.try(func(tx *world.Tx) error { AddToken(tx, token); return nil }))
	assert.Equal(t, 2, p.slot("N00001", date).Reserved)
	p.book(pass.Holder(), "given")
	p.book(pass.Holder(), "anybody")
	assert.Equal(t, dragonpass.Slot{ResourceID: "N00001", Date: date, Left: 56}, p.slot("N00001", date))
}
