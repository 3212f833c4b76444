package host_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/directory"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/given"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/injection"
	"dragonmock/mock/internal/outbox"
	kept "dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/symbols"
	"dragonmock/mock/internal/world"
)

// monday is when the worlds of these tests begin: 09:00 in London.
var monday = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)

// ledger follows every world of a host by what is told of it, and nothing else.
type ledger struct {
	t       require.TestingT
	catalog *catalog.Catalog
	shared  world.Shared
	copies  map[string]*world.World
	numbers map[string]uint64
	told    []store.WriteSet
}

// newLedger makes a ledger and what its host's worlds share.
func newLedger(t require.TestingT, c *catalog.Catalog) *ledger {
	due := booking.Due()
	maps.Copy(due, outbox.Due())
	l := &ledger{t: t, catalog: c, copies: map[string]*world.World{}, numbers: map[string]uint64{}}
	l.shared = world.Shared{
		Due: due, Returned: outbox.GiveAllBack, MaxTokens: 6, MaxAnswers: 4,
		Names: fault.Known{Operations: directory.New(directory.Surface{Operations: func() []*contract.Operation { return []*contract.Operation{{ID: "createEPass"}, {ID: "callback"}} }}), Callback: "callback", Errors: func() []string { return []string{"SLOT_UNAVAILABLE", "SERVICE_UNAVAILABLE"} }},
	}
	return l
}

// observed are what the worlds of the host share; the copies have nobody to tell.
func (l *ledger) observed() world.Shared {
	shared := l.shared
	shared.Observe = l.observe
	return shared
}

// observe sends a write-set to the copy as bytes.
func (l *ledger) observe(ws store.WriteSet) {
	l.told = append(l.told, ws)
	paper := store.Paper(l.catalog)
	data, err := ws.Encode(paper)
	require.NoError(l.t, err)
	read, err := store.DecodeWriteSet(data, paper)
	require.NoError(l.t, err)
	again, err := read.Encode(paper)
	require.NoError(l.t, err)
	require.Equal(l.t, string(data), string(again))
	if read.Made != nil {
		made, err := world.Rebuild(l.catalog, read, l.shared)
		require.NoError(l.t, err)
		l.copies[ws.World], l.numbers[ws.World] = made, ws.Number
		return
	}
	l.numbers[ws.World]++
	require.Equal(l.t, l.numbers[ws.World], ws.Number, "numbers have no gap")
	require.NoError(l.t, l.copies[ws.World].Apply(read))
}

// check holds the copy of a world to the world.
func (l *ledger) check(w *world.World) {
	require.NotNil(l.t, l.copies[w.ID()])
	is, follows := saved(l.t, w), saved(l.t, l.copies[w.ID()])
	if is != follows {
		require.JSONEq(l.t, is, follows)
		require.Equal(l.t, is, follows)
	}
}

// config is a world with something in it, of everything that saving has to know.
func (l *ledger) config() world.Config {
	persons := 2
	what := given.Given{
		EPasses:     []given.EPass{{As: "pass", Module: 1, AvailableUsages: &persons}},
		Memberships: []given.Membership{{As: "member"}},
		Slots:       []given.Slot{{ResourceID: "N00001", PrebookingDate: "2025-09-03T12:00", Free: 3}},
		Resources:   []jsontext.Value{jsontext.Value(`{"resourceId":"N00012","confirm":"fail"}`), jsontext.Value(`{"resourceId":"N00129","confirm":{"after":"5m"}}`)},
	}
	return world.Config{
		Client: client.Client{Languages: []string{"fr-FR"}}, Clock: clock.FrozenAt(monday), Seed: 7, Receivers: kept.Receivers{CallbackURL: "http://127.0.0.1:1/"}, Shared: l.observed(),
		Programs: []dragonpass.Program{
			dragonpass.StandardProgram("18943"), {ProgramID: "p2", Validity: 48 * time.Hour, Entitlements: []dragonpass.Entitlements{{Module: 1, Shared: 3, AllowedGuestsPerUsage: 2}}},
		},
		Errors: map[dragonpass.Code]symbols.Row{"SLOT_UNAVAILABLE": {Symbol: "SLOT_UNAVAILABLE", Status: 409, Code: "409.9", When: "other words"}},
		Give: func(tx *world.Tx) (map[string]map[string]string, error) {
			named, err := what.Put(tx)
			if err == nil {
				_, err = injection.Add(tx, fault.Rule{On: "createEPass", Times: 2, Error: "SERVICE_UNAVAILABLE", Probability: new(0.5)})
			}
			return named, err
		},
	}
}

// TestWriteSets_AppliedInOrder_MakeTheSameWorld is the law of write-sets: whoever applies the write-sets of a world in
// order to an empty world has the same world, byte for byte.
func TestWriteSets_AppliedInOrder_MakeTheSameWorld(t *testing.T) {
	t.Parallel()
	c, err := catalog.Load()
	require.NoError(t, err)
	written, operations, slow := map[string]int{}, map[string]int{}, 0
	first := true
	rapid.Check(t, func(t *rapid.T) {
		l := &life{T: t, ledger: newLedger(t, c)}
		var err error
		l.host, err = host.New(l.catalog, l.config(), nil)
		require.NoError(t, err)
		l.world = l.host.World(host.DefaultWorld)
		if first { // every move comes, whatever chance has in store for the rest
			first = false
			for range 4 {
				for _, group := range []map[string]func(){l.clients(), l.stories(), l.authors(), l.whole(), l.others()} {
					for _, name := range slices.Sorted(maps.Keys(group)) {
						group[name]()
						l.look()
					}
				}
			}
		}
		moves := map[string]func(*rapid.T){"": func(*rapid.T) {
			l.check(l.world)
			l.look()
		}}
		for name, group := range map[string]map[string]func(){
			"client": l.clients(), "another client": l.clients(), "author": l.authors(), "another author": l.authors(), "story": l.stories(), "another story": l.stories(),
			"whole": l.whole(), "other worlds": l.others(),
		} {
			names := slices.Sorted(maps.Keys(group))
			moves[name] = func(t *rapid.T) {
				l.T, l.ledger.t = t, t
				for range rapid.IntRange(1, 3).Draw(t, "moves") {
					group[rapid.SampledFrom(names).Draw(t, "move")]()
					l.look()
				}
			}
		}
		l.look()
		t.Repeat(moves)
		for _, w := range l.host.Worlds() {
			l.check(w)
		}
		for _, ws := range l.told {
			operations[ws.Operation]++
			slow += int(min(ws.Counters.Slow, 1))
			for _, c := range ws.Changes {
				written[c.Table]++
			}
		}
	})
	var empty strings.Builder
	err = store.New(clock.Clock{}, 0).Write(jsontext.NewEncoder(&empty, store.Paper(c)), nil)
	require.NoError(t, err)
	var tables struct {
		Tables map[string]jsontext.Value `json:"tables"`
	}
	require.NoError(t, json.Unmarshal([]byte(empty.String()), &tables))
	require.NotEmpty(t, tables.Tables)
	for name := range tables.Tables {
		assert.Positive(t, written[name], "no move writes to %s: let one do it", name)
	}
	for _, name := range []string{"make", "end", "reset", "rewind", "checkpoint", "loadState", "moveClock", "decideFault", "order.confirmed", "callback.retry", "redeem", "reverse"} {
		assert.Positive(t, operations[name], "no move came to %s", name)
	}
	assert.Positive(t, slow, "no move looked at the slow venue")
}
