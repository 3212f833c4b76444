package booking

import (
	"errors"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// town is a world of one test, and its write-sets.
type town struct {
	testing.TB
	world  *world.World
	writes []store.WriteSet
}

// start is when worlds of tests begin.
var start = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)

// newTown makes a world that stands at start.
func newTown(t testing.TB, edit ...func(*world.Config)) *town {
	t.Helper()
	c, err := catalog.Load()
	require.NoError(t, err)
	p := &town{TB: t}
	due := Due()
	maps.Copy(due, outbox.Due())
	config := world.Config{Client: client.Client{Programs: []string{"18943"}}, Clock: clock.FrozenAt(start)}
	config.Due, config.Observe = due, func(ws store.WriteSet) { p.writes = append(p.writes, ws) }
	for _, e := range edit {
		e(&config)
	}
	p.world, err = world.Create("w", c, config)
	require.NoError(t, err)
	p.world.Enter(0)
	p.writes = nil // what it was made with
	return p
}

// try does one operation, and returns its error.
func (p *town) try(do func(*world.Tx) error) error {
	_, err := world.Run(p.world, "test", func(tx *world.Tx) (struct{}, error) { return struct{}{}, do(tx) })
	return err
}

// run does one operation that nothing is wrong with.
func run[T any](p *town, do func(*world.Tx) (T, error)) T {
	p.Helper()
	got, err := world.Run(p.world, "test", do)
	require.NoError(p, err)
	return got
}

// read reads the state.
func read[T any](p *town, get func(*world.Tx) T) T {
	p.Helper()
	return run(p, func(tx *world.Tx) (T, error) { return get(tx), nil })
}

// refused asserts the symbol of a refusal, and that nothing was written.
func (p *town) refused(want dragonpass.Code, do func(*world.Tx) error) {
	p.Helper()
	written := len(p.writes)
	var refusal *dragonpass.Error
	err := p.try(do)
	if assert.True(p, errors.As(err, &refusal), "expected %s, got %v", want, err) {
		assert.Equal(p, want, refusal.Code, refusal.Message())
	}
	assert.Len(p, p.writes, written, "a refusal changes nothing")
}

// advance moves the clock, so that what is due happens.
func (p *town) advance(d time.Duration) {
	p.Helper()
	_, err := p.world.Advance(p.Context(), d, nil)
	require.NoError(p, err)
}

// lastWrites counts the rows that the last commit wrote, by table.
func (p *town) lastWrites() map[string]int {
	counts := map[string]int{}
	for _, c := range p.writes[len(p.writes)-1].Changes {
		counts[c.Table]++
	}
	return counts
}

// The dates of the tests.
const (
	date  dragonpass.LocalTime = "2025-09-04T10:30"
	later dragonpass.LocalTime = "2025-09-04T11:00"
)

var ada = dragonpass.Passenger{FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com", PhoneNumber: "1", CallingCode: "44", TransportNumber: "EK001"}

func (p *town) issue(usages int) dragonpass.EPass {
	p.Helper()
	return run(p, func(tx *world.Tx) (dragonpass.EPass, error) { return IssueEPass(tx, issueRequest(usages)) })
}

func issueRequest(usages int) dragonpass.IssueRequest {
	return dragonpass.IssueRequest{
		ProgramID: "18943", Module: dragonpass.Lounge, ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace",
		ExpirationDate: start.AddDate(1, 0, 0), Usages: usages,
	}
}

func (p *town) register() dragonpass.Membership {
	p.Helper()
	return run(p, func(tx *world.Tx) (dragonpass.Membership, error) {
		return RegisterMembership(tx, dragonpass.RegisterRequest{ProgramID: "18943", ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace"})
	})
}

func asked(holder dragonpass.Holder, resourceID string, date dragonpass.LocalTime, adults int) dragonpass.AvailabilityRequest {
	return dragonpass.AvailabilityRequest{
		Holder: holder, Module: dragonpass.Lounge, ResourceID: resourceID, Date: date, Party: dragonpass.Party{Adults: adults},
	}
}

func (p *town) ask(holder dragonpass.Holder, resourceID string, date dragonpass.LocalTime, adults int) dragonpass.PrebookingToken {
	p.Helper()
	found := run(p, func(tx *world.Tx) (Availability, error) {
		return CheckAvailability(tx, asked(holder, resourceID, date, adults))
	})
	require.Empty(p, found.Reason)
	return found.Token
}

func booking(holder dragonpass.Holder, token string) dragonpass.PrebookRequest {
	return dragonpass.PrebookRequest{ProgramID: "18943", Module: dragonpass.Lounge, Holder: holder, Token: token, Passenger: ada}
}

func (p *town) book(holder dragonpass.Holder, token string) Order {
	p.Helper()
	return run(p, func(tx *world.Tx) (Order, error) { return Prebook(tx, booking(holder, token)) })
}

func (p *town) slot(resourceID string, date dragonpass.LocalTime) dragonpass.Slot {
	p.Helper()
	return read(p, func(tx *world.Tx) dragonpass.Slot {
		r, ok := FindResource(tx, resourceID)
		require.True(p, ok)
		return stock.SlotOf(tx, &r, "", date)
	})
}

func (p *town) pass(id string) dragonpass.EPass {
	p.Helper()
	return run(p, func(tx *world.Tx) (dragonpass.EPass, error) { return EPass(tx, id) })
}

func (p *town) order(id string) dragonpass.Order {
	p.Helper()
	return read(p, func(tx *world.Tx) dragonpass.Order { o, _ := tx.Order(id); return o })
}

// whole shows an order as it is.
func whole(o *Order) Order { return *o }
