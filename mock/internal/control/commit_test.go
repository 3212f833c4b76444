package control_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	v1 "dragonmock/mock/internal/api/v1"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/platform"
	"dragonmock/openapi"
)

// plane is a control plane and what is behind it.
type plane struct {
	t        *testing.T
	platform *platform.Platform
	world    *platform.World // the default one
	other    *platform.World
	pass     string
	order    string // a used one
	pending  string // one that waits for the supplier
	echo     *echo.Echo
	guarded  http.Handler

	arrived context.Context // ends when a call has passed all gates
}

// newPlane makes one whose document was edited.
func newPlane(t *testing.T, edit func(document string) string) *plane {
	t.Helper()
	shipped, err := catalog.Load()
	require.NoError(t, err)
	names := fault.Known{Operations: []string{"retrieveResource"}, Errors: []string{"SLOT_UNAVAILABLE"}}
	config := platform.Config{
		Clock: platform.FrozenAt(time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)), Journal: journal.DefaultLimits(), Names: names, Budget: journal.NewBudget(1 << 20),
		CallbackURL: "http://127.0.0.1:1",
	}
	p, err := platform.New(shipped, config)
	require.NoError(t, err)
	table, err := contract.LoadErrors(file(t, openapi.Errors))
	require.NoError(t, err)
	document, err := contract.Load([]byte(edit(string(file(t, openapi.Control)))))
	require.NoError(t, err)
	vendor, err := contract.Load(file(t, openapi.V1))
	require.NoError(t, err)
	shows := v1.Version(vendor)
	arrived, arrive := context.WithCancel(context.Background())
	t.Cleanup(arrive)
	d, err := dispatch.New(dispatch.Config{
		Platform: p, Errors: table, Log: slog.New(slog.DiscardHandler),
		Answerer: func(handlers dispatch.Answerer) dispatch.Answerer { return doorbell{handlers, arrive} },
	}, control.Version(control.Config{
		Platform: p, Document: document, Files: openapi.Files.ReadFile, Order: shows.Order, Resource: shows.Resource, Callback: shows.Callback, Names: names,
		Create: func(control.WorldRequest) (*platform.World, error) { return p.Create(config) },
		Check:  func(jsontext.Value) error { return nil },
		Play: func(context.Context, jsontext.Value) (control.Report, error) {
			return control.Report{Name: "x", Outcome: "held", Steps: []control.StepReport{}}, nil
		},
	}))
	require.NoError(t, err)
	s := &plane{t: t, platform: p, world: p.World(platform.DefaultWorld), echo: echo.New(), arrived: arrived}
	d.Mount(s.echo)
	s.guarded = d.Guard(s.echo)
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
func (s *plane) fill(config platform.Config) {
	s.t.Helper()
	var err error
	s.other, err = s.platform.Create(config)
	require.NoError(s.t, err)
	require.NoError(s.t, s.world.Checkpoint("empty"))
	run := func(do func(tx *platform.Tx) error) {
		s.t.Helper()
		_, err := platform.Run(s.world, "fill", func(tx *platform.Tx) (struct{}, error) { return struct{}{}, do(tx) })
		require.NoError(s.t, err)
	}
	run(func(tx *platform.Tx) error {
		pass, err := tx.IssueEPass(platform.IssueRequest{
			Path: 1, Module: 1, ClientUserID: "u", FirstName: "A", LastName: "B", ExpirationDate: tx.Now().AddDate(1, 0, 0), Usages: 9,
		})
		s.pass = pass.EPassID
		return err
	})
	holder := dragonpass.Holder{EPassID: s.pass}
	run(func(tx *platform.Tx) error {
		order, err := tx.WalkIn(holder, "N00001", dragonpass.Party{Adults: 1})
		s.order = order.OrderID
		return err
	})
	run(func(tx *platform.Tx) error { // N99904 confirms after a while
		found, err := tx.CheckAvailability(platform.AvailabilityRequest{
			Holder: holder, Module: 1, ResourceID: "N99904", Date: "2025-09-04T10:30", Party: dragonpass.Party{Adults: 1},
		})
		if err != nil {
			return err
		}
		order, err := tx.Prebook(platform.PrebookRequest{
			Path: 1, Module: 1, Holder: holder, Token: found.Token.Token,
			Passenger: dragonpass.Passenger{FirstName: "A", LastName: "B", Email: "a@b.example", PhoneNumber: "1", CallingCode: "44", TransportNumber: "X1"},
		})
		s.pending = order.OrderID
		return err
	})
	run(func(tx *platform.Tx) error { // the callback of the walk-in was tried once
		e, _ := tx.TakePending()
		tx.Attempted(e.ID, platform.Attempt{At: tx.Now(), Status: 200})
		return nil
	})
	_, err = s.world.Faults().Add(fault.Rule{ID: "first", On: "retrieveResource", Error: "SLOT_UNAVAILABLE"})
	require.NoError(s.t, err)
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
	faults, wrong := json.Marshal(s.world.Faults().Rules())
	require.NoError(s.t, wrong)
	return fmt.Sprint(string(state), " checkpoint ", changes, err, " faults ", string(faults),
		" worlds ", s.platform.Count(), s.platform.World(s.other.ID()) != nil, " requests ", len(s.world.Journal().List(journal.Filter{}).Requests))
}

// TestAnswerThatBreaksTheContract_ChangesNothing tries every verb that changes something, of each kind: in one
// transaction, in several, beside the state, and of the worlds themselves.
func TestAnswerThatBreaksTheContract_ChangesNothing(t *testing.T) {
	t.Parallel()
	const world = "/worlds/default"
	rule := `{"on":"retrieveResource","error":"SLOT_UNAVAILABLE"}`
	verbs := []struct {
		operation string
		send      func(s *plane) *httptest.ResponseRecorder
	}{
		{"redeem", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", world+"/redemptions", `{"ePassId":"`+s.pass+`","resourceId":"N00001","adultCount":1}`)
		}},
		{"reverse", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", world+"/reversals", `{"orderId":"`+s.order+`"}`)
		}},
		{"setSlot", func(s *plane) *httptest.ResponseRecorder {
			return s.call("PUT", world+"/slots", `{"resourceId":"N00001","prebookingDate":"2025-09-04T10:30","free":1}`)
		}},
		{"patchResource", func(s *plane) *httptest.ResponseRecorder {
			return s.call("PATCH", world+"/resources/N00001", `{"resourceName":"Ours"}`)
		}},
		{"confirmOrder", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", world+"/orders/"+s.pending+"/confirm", "")
		}},
		{"failOrder", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", world+"/orders/"+s.pending+"/fail", "")
		}},
		{"expireEPass", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", world+"/ePasses/"+s.pass+"/expire", "")
		}},
		{"moveClock", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", world+"/clock", `{"advance":"90d"}`) }},
		{"moveClock", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", world+"/clock", `{"follow":true}`) }},
		{"makeCheckpoint", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", world+"/checkpoints/new", "") }},
		{"restoreCheckpoint", func(s *plane) *httptest.ResponseRecorder {
			return s.call("POST", world+"/restore", `{"name":"empty"}`)
		}},
		{"resetWorld", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", world+"/reset", "") }},
		{"loadState", func(s *plane) *httptest.ResponseRecorder {
			state, err := s.other.Dump()
			require.NoError(s.t, err)
			return s.call("PUT", world+"/state", string(state))
		}},
		{"addFault", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", world+"/faults", rule) }},
		{"replaceFaults", func(s *plane) *httptest.ResponseRecorder {
			return s.call("PUT", world+"/faults", `{"faults":[`+rule+`,`+rule+`]}`)
		}},
		{"removeFault", func(s *plane) *httptest.ResponseRecorder { return s.call("DELETE", world+"/faults/first", "") }},
		{"clearRequests", func(s *plane) *httptest.ResponseRecorder { return s.call("DELETE", world+"/requests", "") }},
		{"replayEvent", func(s *plane) *httptest.ResponseRecorder {
			events, err := platform.Run(s.world, "look", func(tx *platform.Tx) ([]platform.Event, error) { return tx.Events(), nil })
			require.NoError(s.t, err)
			return s.call("POST", world+"/events/"+events[0].ID+"/replay", "")
		}},
		{"createWorld", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", "/worlds", `{}`) }},
		{"forkWorld", func(s *plane) *httptest.ResponseRecorder { return s.call("POST", world+"/fork", "") }},
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

// TestFaults_BeyondTheBound_AreRefused: and the rules can still be listed.
func TestFaults_BeyondTheBound_AreRefused(t *testing.T) {
	t.Parallel()
	s := newPlane(t, func(document string) string { return document })
	rules := make([]fault.Rule, 999)
	for i := range rules {
		rules[i] = fault.Rule{On: "retrieveResource", Error: "SLOT_UNAVAILABLE"}
	}
	_, err := s.world.Faults().Add(rules...)
	require.NoError(t, err)
	got := s.call("POST", "/worlds/default/faults", `{"on":"retrieveResource","error":"SLOT_UNAVAILABLE"}`)
	assert.Equal(t, "INVALID_REQUEST", got.Header().Get("X-Mock-Error"))
	assert.Contains(t, got.Body.String(), "at most 1000 fault rules")
	assert.Len(t, s.world.Faults().Rules(), 1000)
	assert.Equal(t, http.StatusOK, s.call("GET", "/worlds/default/faults", "").Code)
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
		"WORLD_NOT_FOUND": func(s *plane) *httptest.ResponseRecorder { return s.call("POST", "/worlds/none/reset", "") },
		"WORLD_ENDED": func(s *plane) *httptest.ResponseRecorder {
			stop := context.AfterFunc(s.arrived, func() { s.call("DELETE", "/worlds/"+s.other.ID(), "") })
			defer stop()
			return s.call("GET", "/worlds/"+s.other.ID()+"/requests?wait=1&timeout=5m", "")
		},
		"WORLDS_EXHAUSTED": func(s *plane) *httptest.ResponseRecorder {
			for s.platform.Count() < platform.MaxWorlds {
				_, err := s.platform.Create(platform.Config{})
				require.NoError(s.t, err)
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
	table, err := contract.LoadErrors(file(t, openapi.Errors))
	require.NoError(t, err)
	for _, row := range table.Rows() {
		if !slices.Contains(row.Reach, contract.Own) {
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
