package control_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	v1 "dragonmock/mock/internal/api/v1"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/directory"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/guard"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/injection"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/packed"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/scenario"
	"dragonmock/mock/internal/stage"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/symbols"
	"dragonmock/mock/internal/world"
	"dragonmock/openapi"
	"dragonmock/scenarios"
)

// plane is a control plane and what is behind it.
type plane struct {
	t       *testing.T
	host    *host.Host
	world   *world.World // the default one
	other   *world.World
	pass    string
	order   string // a used one
	pending string // one that waits for the supplier
	booked  string // one that is confirmed
	esim    string
	echo    *echo.Echo
	guarded http.Handler

	arrived context.Context // ends when a call has passed all gates
}

// newPlane makes one whose document was edited.
func newPlane(t *testing.T, edit func(document string) string) *plane {
	t.Helper()
	shipped, err := catalog.Load()
	require.NoError(t, err)
	config := world.Config{
		Clock: clock.FrozenAt(time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)), Receivers: saved.Receivers{CallbackURL: "http://127.0.0.1:1", EventURLs: map[news.Kind]string{news.HubsUpdated: "http://127.0.0.1:1"}},
		Shared: world.Shared{
			Due: booking.Due(), Journal: journal.DefaultLimits(), Budget: journal.NewBudget(1 << 20),
			Names: fault.Known{Operations: directory.New(directory.Surface{Operations: func() []*contract.Operation { return []*contract.Operation{{ID: "retrieveResource"}} }}), Errors: func() []string { return []string{"SLOT_UNAVAILABLE"} }},
		},
	}
	p, err := host.New(shipped, config, nil)
	require.NoError(t, err)
	table, err := symbols.Load(file(t, openapi.Errors))
	require.NoError(t, err)
	document, err := contract.Load([]byte(edit(string(file(t, openapi.Control)))))
	require.NoError(t, err)
	vendor, err := contract.Load(file(t, openapi.V1))
	require.NoError(t, err)
	shows := v1.Version(vendor)
	arrived, arrive := context.WithCancel(context.Background())
	t.Cleanup(arrive)
	d, err := dispatch.New(dispatch.Config{
		Host: p, Errors: table, Log: slog.New(slog.DiscardHandler),
		Answerer: func(handlers dispatch.Answerer) dispatch.Answerer { return doorbell{handlers, arrive} },
	}, control.Version(control.Config{
		Host: p, Document: document, Files: openapi.Files.ReadFile, Renderer: shows, Folder: func() *stage.Folder { return nil },
		Stage: stage.New(stage.Config{
			Catalog: shipped, Errors: table, Schema: scenarios.Schema, Shipped: scenarios.Files, Shared: world.Shared{Due: booking.Due()},
			Calls: func() stage.Calls {
				return stage.Calls{Operations: []scenario.Operation{{ID: "retrieveResource", Method: "GET", Path: "/resources/{resourceId}", Version: "v1"}}}
			},
		}),
		Play: func(_ context.Context, f *scenario.File) scenario.FileReport {
			return scenario.FileReport{Name: f.Name, Outcome: scenario.Held}
		},
	}))
	require.NoError(t, err)
	s := &plane{t: t, host: p, world: p.World(host.DefaultWorld), echo: echo.New(), arrived: arrived}
	d.Mount(s.echo)
	s.guarded = guard.Guard{Next: s.echo, Refuse: d.Refuse}
	s.echo.HTTPErrorHandler = d.HandleError
	s.fill(config)
	return s
}

// doorbell rings when a call has passed all gates.
type doorbell struct {
	dispatch.Answerer
	ring func()
}

func (d doorbell) Answer(x *dispatch.Exchange) (dispatch.Reply, error) {
	d.ring()
	return d.Answerer.Answer(x)
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	data, err := openapi.Files.ReadFile(name)
	require.NoError(t, err)
	return data
}

// fill makes something of each kind that a verb could change.
func (s *plane) fill(config world.Config) {
	s.t.Helper()
	var err error
	s.other, err = s.host.Prepare(config)
	require.NoError(s.t, err)
	require.NoError(s.t, s.host.Enter(s.other))
	require.NoError(s.t, s.world.Checkpoint("empty"))
	run := func(do func(tx *world.Tx) error) {
		s.t.Helper()
		_, err := world.Run(s.world, "fill", func(tx *world.Tx) (struct{}, error) { return struct{}{}, do(tx) })
		require.NoError(s.t, err)
	}
	run(func(tx *world.Tx) error {
		pass, err := booking.IssueEPass(tx, dragonpass.IssueRequest{
			Path: 1, Module: 1, ClientUserID: "u", FirstName: "A", LastName: "B", ExpirationDate: tx.Now().AddDate(1, 0, 0), Usages: 9,
		})
		s.pass = pass.EPassID
		return err
	})
	holder := dragonpass.Holder{EPassID: s.pass}
	run(func(tx *world.Tx) error {
		order, err := booking.WalkIn(tx, holder, "N00001", dragonpass.Party{Adults: 1})
		s.order = order.OrderID
		return err
	})
	book := func(tx *world.Tx, resourceID string) (string, error) {
		found, err := booking.CheckAvailability(tx, dragonpass.AvailabilityRequest{
			Holder: holder, Module: 1, ResourceID: resourceID, Date: "2025-09-04T10:30", Party: dragonpass.Party{Adults: 1},
		})
		if err != nil {
			return "", err
		}
		order, err := booking.Prebook(tx, dragonpass.PrebookRequest{
			Path: 1, Module: 1, Holder: holder, Token: found.Token.Token,
			Passenger: dragonpass.Passenger{FirstName: "A", LastName: "B", Email: "a@b.example", PhoneNumber: "1", CallingCode: "44", TransportNumber: "X1"},
		})
		return order.OrderID, err
	}
	run(func(tx *world.Tx) (err error) { s.booked, err = book(tx, "N00001"); return err })
	run(func(tx *world.Tx) (err error) { s.pending, err = book(tx, "N99904"); return err }) // it confirms after a while
	run(func(tx *world.Tx) error {
		pass, err := booking.IssueEPass(tx, dragonpass.IssueRequest{
			Path: dragonpass.ESIM, Module: dragonpass.ESIM, ClientUserID: "u", FirstName: "A", LastName: "B", ExpirationDate: tx.Now().AddDate(1, 0, 0), Usages: 1,
		})
		if err != nil {
			return err
		}
		found, err := booking.CheckAvailability(tx, dragonpass.AvailabilityRequest{
			Holder: pass.Holder(), Module: dragonpass.ESIM, ResourceID: "E99914", OptionID: "E99914-01", Party: dragonpass.Party{Adults: 1},
		})
		if err != nil {
			return err
		}
		order, err := booking.Prebook(tx, dragonpass.PrebookRequest{Path: dragonpass.ESIM, Module: dragonpass.ESIM, Holder: pass.Holder(), Token: found.Token.Token})
		s.esim = order.OrderID
		return err
	})
	run(func(tx *world.Tx) error { // the callback of the walk-in was tried once
		e, _ := outbox.Take(tx, false)
		outbox.Attempted(tx, e.ID, store.Attempt{At: tx.Now(), Status: 200})
		_, err := injection.Add(tx, fault.Rule{ID: "first", On: "retrieveResource", Error: "SLOT_UNAVAILABLE"})
		return err
	})
	s.world.Journal().Add(journal.Exchange{Head: journal.Head{Method: "GET", Path: "/x"}})
}

func (s *plane) call(method, path, body string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	s.echo.ServeHTTP(recorder, httptest.NewRequest(method, "/_mock"+path, strings.NewReader(body)))
	return recorder
}

// seen is all that a verb could change, but the ids of worlds, which are random.
func (s *plane) seen() string {
	s.t.Helper()
	state, err := s.world.Dump()
	require.NoError(s.t, err)
	changes, err := s.world.Changes("new")
	rules, wrong := author.Run(s.world, "listFaults", author.ListFaults, struct{}{})
	require.NoError(s.t, wrong)
	faults, wrong := json.Marshal(rules)
	require.NoError(s.t, wrong)
	return fmt.Sprint(string(state), " checkpoint ", changes, err, " faults ", string(faults),
		" worlds ", s.host.Count(), s.host.World(s.other.ID()) != nil, " requests ", len(s.world.Journal().List(journal.Filter{}).Requests))
}

// TestAnswerThatBreaksTheContract_ChangesNothing tries every verb that changes something, of each kind: in one
// transaction, in several, beside the state, and of the worlds themselves.
func TestAnswerThatBreaksTheContract_ChangesNothing(t *testing.T) {
	t.Parallel()
	const at = "/worlds/default"
	rule := `{"on":"retrieveResource","error":"SLOT_UNAVAILABLE"}`
	verbs := []struct {
		operation string
		send      func(s *plane) *httptest.ResponseRecorder
	}{
		{"redeem", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/redemptions", `{"ePassId":"`+s.pass+`","resourceId":"N00001","adultCount":1}`)
		}},
		{"reverse", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/reversals", `{"orderId":"`+s.order+`"}`)
		}},
		{"rotateEventKeys", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/eventKeys", `{"event":"walkin.redemption"}`)
		}},
		{"setSlot", func(s *plane) *httptest.ResponseRecorder {
			return s.call("PUT", at+"/slots", `{"resourceId":"N00001","prebookingDate":"2025-09-04T10:30","free":1}`)
		}},
		{"patchResource", func(s *plane) *httptest.ResponseRecorder {
			return s.call("PATCH", at+"/resources/N00001", `{"resourceName":"Ours"}`)
		}},
		{"closeResource", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/resources/N00001/close", `{"remarks":"Closed"}`)
		}},
		{"moveOrder", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/orders/"+s.booked+"/move", `{"prebookingDate":"2025-09-04T11:30","remarks":"Later"}`)
		}},
		{"announce", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/announcements", `{"type":"transportHub.metadata.updated","ids":["A00001"]}`)
		}},
		{"confirmOrder", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/orders/"+s.pending+"/confirm", "")
		}},
		{"failOrder", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/orders/"+s.pending+"/fail", "")
		}},
		{"useData", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/orders/"+s.esim+"/data", `{"bytes":1}`)
		}},
		{"expireEPass", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/ePasses/"+s.pass+"/expire", "")
		}},
		{"moveClock", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", at+"/clock", `{"advance":"90d"}`) }},
		{"moveClock", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", at+"/clock", `{"follow":true}`) }},
		{"makeCheckpoint", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", at+"/checkpoints/new", "") }},
		{"restoreCheckpoint", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", at+"/restore", `{"name":"empty"}`)
		}},
		{"resetWorld", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", at+"/reset", "") }},
		{"loadState", func(s *plane) *httptest.ResponseRecorder {
			state, err := s.other.Dump()
			require.NoError(s.t, err)
			return s.call("PUT", at+"/state", string(state))
		}},
		{"addFault", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", at+"/faults", rule) }},
		{"replaceFaults", func(s *plane) *httptest.ResponseRecorder {
			return s.call("PUT", at+"/faults", `{"faults":[`+rule+`,`+rule+`]}`)
		}},
		{"removeFault", func(s *plane) *httptest.ResponseRecorder { return s.call("DELETE", at+"/faults/first", "") }},
		{"clearRequests", func(s *plane) *httptest.ResponseRecorder { return s.call("DELETE", at+"/requests", "") }},
		{"replayEvent", func(s *plane) *httptest.ResponseRecorder {
			events, err := world.Run(s.world, "look", func(tx *world.Tx) ([]store.Event, error) { return outbox.List(tx), nil })
			require.NoError(s.t, err)
			return s.call("POST", at+"/events/"+events[0].ID+"/replay", "")
		}},
		{"createWorld", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", "/worlds", `{}`) }},
		{"forkWorld", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", at+"/fork", "") }},
		{"deleteWorld", func(s *plane) *httptest.ResponseRecorder { return s.call("DELETE", "/worlds/"+s.other.ID(), "") }},
	}
	tried := map[string]bool{"playScenario": true, "validateScenario": true} // which change nothing that stays
	for _, verb := range verbs {
		tried[verb.operation] = true
	}
	document, err := contract.Load(file(t, openapi.Control))
	require.NoError(t, err)
	for _, op := range document.Operations() {
		assert.True(t, op.Method == http.MethodGet || tried[op.ID], "%s changes something and is not tried", op.ID)
	}
	for _, verb := range verbs {
		t.Run(verb.operation, func(t *testing.T) {
			t.Parallel()
			whole := newPlane(t, func(document string) string { return document })
			before := whole.seen()
			got := verb.send(whole)
			require.Equal(t, http.StatusOK, got.Code, got.Body)
			require.NotEqual(t, before, whole.seen(), "with an answer that holds, something changes")

			broken := newPlane(t, func(document string) string { return strings.Replace(document, "enum: [0]", "enum: [1]", 1) })
			before = broken.seen()
			got = verb.send(broken)
			assert.Equal(t, http.StatusInternalServerError, got.Code)
			assert.Equal(t, "INTERNAL_ERROR", got.Header().Get("X-Mock-Error"))
			assert.Contains(t, got.Body.String(), "breaks its own contract: /code")
			assert.Equal(t, before, broken.seen())
		})
	}
}

// TestControl_Panic_IsAnAnswer: a row that no rule expects, which only a fault of our own can leave behind.
func TestControl_Panic_IsAnAnswer(t *testing.T) {
	t.Parallel()
	s := newPlane(t, func(document string) string { return document })
	_, err := world.Run(s.world, "break", func(tx *world.Tx) (struct{}, error) {
		order, _ := tx.Order(s.order)
		order.ResourceID = "N77777"
		tx.Orders.Put(s.order, packed.Of(order))
		return struct{}{}, nil
	})
	require.NoError(t, err)
	before := s.seen()
	got := s.call("POST", "/worlds/default/reversals", `{"orderId":"`+s.order+`"}`)
	assert.Equal(t, http.StatusInternalServerError, got.Code)
	assert.Equal(t, "INTERNAL_ERROR", got.Header().Get("X-Mock-Error"), got.Body)
	assert.Equal(t, before, s.seen(), "it has changed nothing")
}

// TestOwnSymbols_AreRaised raises every symbol that the catalogue says the control plane has of its own.
func TestOwnSymbols_AreRaised(t *testing.T) {
	t.Parallel()
	raised := map[string]func(s *plane) *httptest.ResponseRecorder{
		"ORIGIN_NOT_ALLOWED": func(s *plane) *httptest.ResponseRecorder {
			request := httptest.NewRequest("GET", "/_mock/worlds", nil)
			request.Header.Set("Origin", "http://elsewhere.example")
			recorder := httptest.NewRecorder()
			s.guarded.ServeHTTP(recorder, request)
			return recorder
		},
		"HOST_NOT_ALLOWED": func(s *plane) *httptest.ResponseRecorder {
			request := httptest.NewRequest("GET", "http://evil.example/_mock/worlds", nil)
			request = request.WithContext(guard.Listening(s.t.Context(), &net.TCPAddr{IP: net.IPv6loopback}))
			recorder := httptest.NewRecorder()
			s.guarded.ServeHTTP(recorder, request)
			return recorder
		},
		"WORLD_NOT_FOUND": func(s *plane) *httptest.ResponseRecorder { return s.call("POST", "/worlds/none/reset", "") },
		"WORLD_ENDED": func(s *plane) *httptest.ResponseRecorder {
			stop := context.AfterFunc(s.arrived, func() { s.call("DELETE", "/worlds/"+s.other.ID(), "") })
			defer stop()
			return s.call("GET", "/worlds/"+s.other.ID()+"/requests?wait=1&timeout=5m", "")
		},
		"WORLDS_EXHAUSTED": func(s *plane) *httptest.ResponseRecorder {
			for s.host.Count() < host.MaxWorlds {
				w, err := s.host.Prepare(world.Config{})
				require.NoError(s.t, err)
				require.NoError(s.t, s.host.Enter(w))
			}
			return s.call("POST", "/worlds", `{}`)
		},
		"VALUE_NOT_FOUND": func(s *plane) *httptest.ResponseRecorder { return s.call("GET", "/worlds/default/qr/1", "") },
		"CHECKPOINT_NOT_FOUND": func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", "/worlds/default/restore", `{"name":"none"}`)
		},
		"EVENT_NOT_FOUND": func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", "/worlds/default/events/1/replay", "")
		},
	}
	table, err := symbols.Load(file(t, openapi.Errors))
	require.NoError(t, err)
	for _, row := range table.Rows() {
		if !slices.Contains(row.Reach, symbols.Own) {
			continue
		}
		symbol := string(row.Symbol)
		t.Run(symbol, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, raised, symbol, "nothing here raises it")
			got := raised[symbol](newPlane(t, func(document string) string { return document }))
			assert.Equal(t, symbol, got.Header().Get("X-Mock-Error"), got.Body)
			assert.Equal(t, row.Status, got.Code)
			assert.Contains(t, got.Body.String(), `"code":"`+symbol+`"`)
		})
	}
}
