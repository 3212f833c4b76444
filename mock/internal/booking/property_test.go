package booking_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// The places of the property test, small ones first: contention is what finds bugs.
const propertyScenario = `
name: a small world
given:
  clock: 2025-09-01T08:00:00+00:00
  resources:
    - {resourceId: N99910, capacity: 3}
    - {resourceId: C99910, capacity: 3}
    - {resourceId: N99903, capacity: 3}
    - {resourceId: N99905, capacity: 3}
    - {resourceId: C99903, capacity: 3}
`

var (
	propertyVenues = []string{"N99912", "N99910", "N99910", "C99910", "C99910", "N99903", "N99905", "C99903", "N99904", "N99907", "N99902", "N99906", "R00001"}
	propertyMoves  = []time.Duration{time.Second, 5 * time.Minute, 10*time.Minute + time.Second, time.Hour, 24 * time.Hour, 3 * 24 * time.Hour}
	capacities     = map[string]int{"N99912": 1, "N99910": 3, "C99910": 3, "N99903": 3, "N99905": 3, "C99903": 3, "N99904": 1000, "N99907": 1000, "N99902": 1000, "N99906": 1000}
)

// machine plays random stories, and keeps its own account of them.
type machine struct {
	*rapid.T
	mocktest.Direct
	w *mock.World

	venues                       []string // a few of all, so that stories meet
	passes, memberships, qrCodes []string
	issueOrders                  []string
	tokens                       []promise
	granted                      map[string]int     // usages, by pass
	visits                       map[visitsOf]spent // what was given, by membership and module
	limits                       map[place]int      // persons a slot, where the author has set it
	statuses                     map[string]dragonpass.OrderStatus

	state   string // the snapshot after the last step
	seen           // the same, read
	checked bool
}

// TestUsages_InRandomStories_AreNeitherMintedNorLost plays every operation that changes something, in any order, under a
// clock that jumps.
func TestUsages_InRandomStories_AreNeitherMintedNorLost(t *testing.T) {
	t.Parallel()
	srv, err := mock.New(mock.WithContract(true), mock.WithScenario(mocktest.WriteScenario(t, propertyScenario)))
	require.NoError(t, err)
	d := mocktest.NewDirect(srv)
	rapid.Check(t, func(t *rapid.T) {
		mocktest.Reset(t, srv.World())
		m := &machine{
			T: t, Direct: d, w: srv.World(), granted: map[string]int{}, visits: map[visitsOf]spent{}, limits: map[place]int{},
			statuses: map[string]dragonpass.OrderStatus{},
		}
		m.look()
		m.venues = rapid.SliceOfNDistinct(rapid.SampledFrom(propertyVenues), 3, 3, rapid.ID[string]).Draw(t, "venues")
		m.issue(dragonpass.Lounge, 4)
		m.issue(dragonpass.FastTrack, 3)
		m.register()
		t.Repeat(map[string]func(*rapid.T){
			"":                   func(*rapid.T) { m.check() },
			"register":           func(*rapid.T) { m.register() },
			"updateMembership":   func(*rapid.T) { m.updateMembership() },
			"updateEntitlements": func(*rapid.T) { m.updateEntitlements() },
			"generateQRCode":     func(*rapid.T) { m.generateQRCode() },
			"issue":              func(*rapid.T) { m.issue(m.module(), rapid.IntRange(1, 4).Draw(t, "usages")) },
			"ask":                func(*rapid.T) { m.ask("") },
			"askForPass":         func(*rapid.T) { m.ask("ePassId") },
			"askForMembership":   func(*rapid.T) { m.ask("membershipId") },
			"book":               func(*rapid.T) { m.book() },
			"bookWithPass":       func(*rapid.T) { m.askAndBook("ePassId") },
			"bookWithMembership": func(*rapid.T) { m.askAndBook("membershipId") },
			"bookTwice":          func(*rapid.T) { m.bookTwice() },
			"bundle":             func(*rapid.T) { m.bundle() },
			"cancel":             func(*rapid.T) { m.cancel() },
			"cancelEPass":        func(*rapid.T) { m.cancelEPass() },
			"walkIn":             func(*rapid.T) { m.walkIn() },
			"redeem":             func(*rapid.T) { m.redeem() },
			"reverse":            func(*rapid.T) { m.reverse() },
			"fillSlot":           func(*rapid.T) { m.fillSlot() },
			"look":               func(*rapid.T) { m.lookAtOrder() },
			"advance":            func(*rapid.T) { m.advance() },
			"setBack":            func(*rapid.T) { m.setBack() },
			"goToService":        func(*rapid.T) { m.goToService() },
			"restore":            func(*rapid.T) { m.restore() },
		})
	})
}

// send calls as a client; a refusal changes nothing, and never means that the mock broke.
func (m *machine) send(method, path string, body obj, requestID ...string) (obj, bool) {
	m.Helper()
	data, err := json.Marshal(body)
	require.NoError(m, err)
	got := m.Direct.Call(method, path, data, requestID...)
	symbol := got.Header().Get("X-Mock-Error")
	require.NotEqual(m, "INTERNAL_ERROR", symbol, "%s", got.Body)
	var answer struct{ Data obj }
	ok := got.Code == 200
	if ok {
		require.NoError(m, json.Unmarshal(got.Body.Bytes(), &answer))
	}
	m.happened(ok, symbol)
	return answer.Data, ok
}

// happened looks at the world after a step.
func (m *machine) happened(ok bool, refusal any) {
	m.Helper()
	before := m.state
	m.look()
	if !ok {
		require.Equal(m, before, m.state, "refused with %v, but something has changed", refusal)
	}
}

// look reads the world.
func (m *machine) look() {
	data, err := m.w.Snapshot()
	require.NoError(m, err)
	if string(data) == m.state {
		return
	}
	m.state, m.checked = string(data), false
	m.seen = readSnapshot(m, data)
}

// check holds the world against the laws.
func (m *machine) check() {
	if m.checked {
		return
	}
	m.checked = true
	taken := map[string]int{}
	used := map[visitsOf]spent{}
	vouchers := map[string]string{}
	for id, o := range m.orders {
		before, known := m.statuses[id]
		if known && before != o.Status {
			require.Contains(m, orderMoves[before], o.Status, "order %s moved from %d", id, before)
		}
		m.statuses[id] = o.Status
		for _, v := range o.Vouchers {
			require.Empty(m, vouchers[v.Code], "order %s has the voucher of another", id)
			vouchers[v.Code] = id
		}
		if o.live() {
			taken[o.Holder.EPassID] += o.Party.persons()
			if o.Holder.MembershipID != "" {
				require.Equal(m, o.Party.persons(), o.Spent.total(), "order %s", id)
				key := visitsOf{o.Holder.MembershipID, o.Module}
				used[key] = used[key].plus(o.Spent)
			}
		}
	}
	for id := range m.statuses {
		require.Contains(m, m.orders, id, "an order has gone")
	}
	for id, granted := range m.granted {
		pass, err := m.w.EPass(id)
		require.NoError(m, err)
		require.Equal(m, granted, pass.Available()+pass.Used, "pass %s", id)
		require.Equal(m, taken[id], pass.Used, "pass %s: what live orders took", id)
		require.GreaterOrEqual(m, pass.Available(), 0, "pass %s", id)
	}
	for id, member := range m.members {
		for _, module := range []dragonpass.Module{dragonpass.Lounge, dragonpass.FastTrack, dragonpass.SetMeal} {
			left := member.left(module)
			require.GreaterOrEqual(m, min(left.Cardholder, left.Guests, left.Shared), 0, "membership %s", id)
			key := visitsOf{id, module}
			require.Equal(m, m.visits[key], left.plus(used[key]), "membership %s, module %d: what is left and what live orders took", id, module)
		}
	}
	m.checkSlots()
}

// checkSlots holds every slot against those who have a place in it.
func (m *machine) checkSlots() {
	persons, reserved := m.inSlots()
	for slot, n := range persons {
		require.LessOrEqual(m, n, m.limit(slot), "%v", slot)
		if _, set := m.limits[slot]; !set && n > 0 {
			require.Contains(m, m.slots, slot)
		}
	}
	for slot, row := range m.slots {
		require.Equal(m, reserved[slot], row.Reserved, "%v", slot)
		require.LessOrEqual(m, row.Reserved, row.Left, "%v", slot)
		if _, set := m.limits[slot]; !set {
			require.Equal(m, m.limit(slot), row.Left+persons[slot]-reserved[slot], "%v: what is left and what live orders took", slot)
		}
	}
}

// orderMoves are the moves that an order may make.
var orderMoves = map[dragonpass.OrderStatus][]dragonpass.OrderStatus{
	dragonpass.Pending:   {dragonpass.Confirmed, dragonpass.Cancelled, dragonpass.Failed},
	dragonpass.Confirmed: {dragonpass.Used, dragonpass.Cancelled},
	dragonpass.Used:      {dragonpass.Cancelled},
}

// limit is how many persons a slot takes.
func (m *machine) limit(slot place) int {
	if limit, ok := m.limits[slot]; ok {
		return limit
	}
	return capacities[slot.ResourceID]
}

// restore puts the world's own snapshot back: a world that came from one is as good as any.
func (m *machine) restore() {
	require.NoError(m, m.w.LoadSnapshot([]byte(m.state)))
	m.happened(false, "nothing at all")
}
