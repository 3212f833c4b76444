package booking_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
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

// machine plays random stories in a world and in the model.
type machine struct {
	*rapid.T
	mocktest.Direct
	*model
	w *mock.World

	venues   []string // a few of all, so that stories meet
	newest   []string // tokens, the newest last
	calls    int
	answered []answered

	state string // the snapshot after the last step
}

// answered is a call that can be repeated.
type answered struct {
	method, path, requestID string
	body                    []byte
	answer                  string
	at                      time.Time
}

// TestStories_AtRandom_GoAsTheModelHasThem plays every operation that changes something, in any order, over both versions of
// the API at once, under a clock that jumps. Each call is answered as the model answers it, and leaves the rows that the model has; a call that is refused, and
// one that is repeated, leaves the whole snapshot as it was. With -rapid.checks=10000 it takes its time.
func TestStories_AtRandom_GoAsTheModelHasThem(t *testing.T) {
	t.Parallel()
	srv, err := mock.New(mock.WithContract(true), mock.WithScenario(mocktest.WriteScenario(t, propertyScenario)))
	require.NoError(t, err)
	d := mocktest.NewDirect(srv)
	rapid.Check(t, func(t *rapid.T) {
		w := srv.World()
		mocktest.Reset(t, w)
		m := &machine{T: t, Direct: d, w: w, model: newModel(mocktest.Now(t, w).UTC())}
		m.look()
		m.venues = rapid.SliceOfNDistinct(rapid.SampledFrom(append(slices.Sorted(maps.Keys(venues)), "nobody")), 3, 3, rapid.ID[string]).Draw(t, "venues")
		m.issue(dragonpass.Lounge, 4)
		m.issue(dragonpass.FastTrack, 3)
		m.issue(dragonpass.CrossModule, 3)
		m.register()
		t.Repeat(map[string]func(*rapid.T){
			"register":           func(*rapid.T) { m.register() },
			"updateMembership":   func(*rapid.T) { m.updateMembership() },
			"updateEntitlements": func(*rapid.T) { m.updateEntitlements() },
			"createUser":         func(*rapid.T) { m.createUser() },
			"updateUser":         func(*rapid.T) { m.updateUser() },
			"deleteUser":         func(*rapid.T) { m.deleteUser() },
			"lookAtUser":         func(*rapid.T) { m.lookAtUser() },
			"generateQRCode":     func(*rapid.T) { m.generateQRCode() },
			"issue": func(*rapid.T) {
				m.issue(pick(m, "pass of module", []dragonpass.Module{0, 0, 1, 1, 2, 3}), rapid.IntRange(1, 4).Draw(t, "usages"))
			},
			"ask":                func(*rapid.T) { m.ask(nil) },
			"askForPass":         func(*rapid.T) { m.ask(m.pass) },
			"askForMembership":   func(*rapid.T) { m.ask(m.member) },
			"book":               func(*rapid.T) { m.book(m.token()) },
			"bookWithPass":       func(*rapid.T) { m.askAndBook(m.pass) },
			"bookWithPassToo":    func(*rapid.T) { m.askAndBook(m.pass) },
			"bookWithMembership": func(*rapid.T) { m.askAndBook(m.member) },
			"bundle":             func(*rapid.T) { m.bundle() },
			"repeat":             func(*rapid.T) { m.repeatOld() },
			"cancel":             func(*rapid.T) { m.cancel(m.anyOrder()) },
			"cancelEPass":        func(*rapid.T) { m.cancel(some(m, "issue order", m.issues, anyone)) },
			"walkIn":             func(*rapid.T) { m.walkIn() },
			"redeem":             func(*rapid.T) { m.redeem() },
			"visit":              func(*rapid.T) { m.visit() },
			"visitToo":           func(*rapid.T) { m.visit() },
			"reverse":            func(*rapid.T) { m.reverse() },
			"settle":             func(*rapid.T) { m.decide() },
			"expire":             func(*rapid.T) { m.expire() },
			"fillSlot":           func(*rapid.T) { m.fillSlot() },
			"lookAtAccounts":     func(*rapid.T) { m.lookAtAccounts() },
			"lookAtOrders":       func(*rapid.T) { m.lookAtOrders() },
			"nonsense":           func(*rapid.T) { m.nonsense() },
			"advance":            func(*rapid.T) { m.advance() },
			"setBack":            func(*rapid.T) { m.setClock(m.now.Add(-m.jump())) },
			"goToService":        func(*rapid.T) { m.goToService() },
			"restore":            func(*rapid.T) { m.restore() },
		})
	})
}

// The bases of the two versions of the API.
const over1, over2 = "/api/v1", "/api/v2"

// over draws the version that a call is made over: a client may change it from one call to the next.
func (m *machine) over() string { return pick(m, "version", []string{over1, over2}) }

// call calls as a client, with a request id, over either version where the path has none. It holds the answer to what the model says that it is refused with; "": it is
// not. then tells the model what came of it.
func (m *machine) call(method, path string, body obj, refusal string, then func(data obj)) answered {
	m.Helper()
	data, err := json.Marshal(body)
	require.NoError(m, err)
	m.calls++
	if !strings.HasPrefix(path, "/api/") {
		path = m.over() + path
	}
	a := answered{method: method, path: path, body: data, requestID: fmt.Sprint("call-", m.calls), at: m.now}
	got := m.Direct.Call(method, path, data, a.requestID)
	require.Equal(m, refusal, got.Header().Get("X-Mock-Error"), "%s %s %s: %s", method, path, data, got.Body)
	a.answer = got.Body.String()
	if refusal != "" {
		m.unchanged("refused with %s", refusal)
		return a
	}
	require.Equal(m, http.StatusOK, got.Code, "%s", got.Body)
	var answer struct{ Data obj }
	require.NoError(m, json.Unmarshal(got.Body.Bytes(), &answer))
	then(answer.Data)
	m.look()
	return a
}

// send is [machine.call] of an operation that can be repeated, and now and then repeats it.
func (m *machine) send(method, path string, body obj, refusal string, then func(data obj)) {
	m.Helper()
	a := m.call(method, path, body, refusal, then)
	if refusal == "" {
		m.answered = append(m.answered, a)
	}
	if rapid.IntRange(0, 3).Draw(m.T, "repeated") == 0 {
		m.repeat(a, refusal)
	}
}

// repeat sends a call again, and then another one with the request id of one that was answered.
func (m *machine) repeat(a answered, refusal string) {
	m.Helper()
	got := m.Direct.Call(a.method, a.path, a.body, a.requestID)
	require.Equal(m, refusal, got.Header().Get("X-Mock-Error"), "%s", got.Body)
	if refusal == "" {
		require.Equal(m, a.answer, got.Body.String())
	}
	m.unchanged("%s %s was repeated", a.method, a.path)
	if refusal == "" {
		got = m.Direct.Call("PATCH", "/orders", []byte(`{"status":3,"orderId":"nobody"}`), a.requestID)
		require.Equal(m, "REQUEST_ID_REUSED", got.Header().Get("X-Mock-Error"), "%s", got.Body)
		m.unchanged("another call had its request id")
	}
}

// refused holds what came of a call in Go to what the model says, see [machine.call].
func (m *machine) refused(err error, refusal string) bool {
	m.Helper()
	if refusal == "" {
		require.NoError(m, err)
		return false
	}
	require.ErrorContains(m, err, refusal+": ")
	m.unchanged("refused with %s", refusal)
	return true
}

// snapshot reads the world.
func (m *machine) snapshot() string {
	m.Helper()
	data, err := m.w.Snapshot()
	require.NoError(m, err)
	return string(data)
}

// unchanged holds that the world is to the byte what it was after the last step.
func (m *machine) unchanged(format string, args ...any) {
	m.Helper()
	if now := m.snapshot(); now != m.state {
		require.Equal(m, m.state, now, "something has changed: "+format, args)
	}
}

// look holds the world to the model.
func (m *machine) look() {
	m.Helper()
	m.state = m.snapshot()
	is := readSnapshot(m, []byte(m.state))
	m.learn(is)
	require.Equal(m, m.rows, is)
}
