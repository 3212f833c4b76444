package fault_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// obj is a JSON object.
type obj = mocktest.Object

// TestDropAfter_LosesTheReplyAndKeepsTheOrder is the case that clients get wrong: the state has changed and nobody was
// told.
func TestDropAfter_LosesTheReplyAndKeepsTheOrder(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := c.Pass(2)
	token := c.Place(pass, "N00001", mocktest.Thursday, 1)
	mocktest.Inject(t, srv.World(), mock.Fault{On: "createEPassLoungePrebooking", Times: 1, Drop: mock.DropAfter})
	_, _, err := c.Send("POST", mocktest.PrebookingPath, mocktest.Booking(pass, token))
	require.Error(t, err)
	assert.Equal(t, [2]float64{1, 1}, c.Usages(pass), "it is booked")
	c.Book(pass, token).Refused("PREBOOKING_TOKEN_USED") // a naive retry learns it the hard way
	lost := mocktest.Requests(t, srv.World(), mock.RequestFilter{Operation: "createEPassLoungePrebooking"}).Requests[0]
	assert.Equal(t, []any{"fault", 0, "f1"}, []any{lost.Origin, lost.Status, lost.Fault})
	assert.Contains(t, lost.Response.Body, "DP00000000000002", "the journal knows what the client never saw")
}

func TestDropBefore_ChangesNothing(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := c.Pass(2)
	token := c.Place(pass, "N00001", mocktest.Thursday, 1)
	mocktest.Inject(t, srv.World(), mock.Fault{On: "createEPassLoungePrebooking", Times: 1, Drop: mock.DropBefore})
	_, _, err := c.Send("POST", mocktest.PrebookingPath, mocktest.Booking(pass, token))
	require.Error(t, err)
	assert.Equal(t, [2]float64{2, 0}, c.Usages(pass), "nothing has happened")
	c.Book(pass, token).OK()
}

// TestRespond_AnyJSON: a body in a rule is any JSON, and the rule comes back as it was given.
func TestRespond_AnyJSON(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	author := mocktest.Author(t, srv)
	for body, want := range map[string]string{
		`null`: `null`, `""`: ``, `"down"`: `down`, `0`: `0`, `false`: `false`, `[]`: `[]`, `{"a":null}`: `{"a":null}`,
	} {
		answer := author.Call("PUT", mocktest.DefaultWorld+"/faults", `{"faults":[{"on":"retrieveResource","respond":{"body":`+body+`}}]}`)
		require.Equal(t, 200, answer.Status, "%s: %s", body, answer.Raw)
		assert.Contains(t, string(answer.Raw), `"body":`+body)
		_, got, err := c.Send("GET", "/resources/N00001", nil)
		require.NoError(t, err)
		assert.Equal(t, want, string(got), body)
	}
}

func TestInjectedError_HasTheVendorsEnvelope(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	mocktest.Inject(t, srv.World(), mock.Fault{On: "retrieveResource", Times: 2, Error: dragonpass.ServiceUnavailable})
	for range 2 {
		got := c.Get("/resources/N00001")
		got.Refused("SERVICE_UNAVAILABLE")
		assert.Equal(t, []any{503, "fault"}, []any{got.Status, got.Header.Get("X-Mock-Origin")})
	}
	c.Get("/resources/N00001").OK()
	assert.Equal(t, 2, mocktest.Faults(t, srv.World())[0].Hits)
	_, err := srv.World().Inject(mock.Fault{On: "retrieveResorce", Error: dragonpass.ServiceUnavailable})
	assert.ErrorContains(t, err, "retrieveResource", "an unknown operation is refused when it is written")
	assert.Len(t, mocktest.Faults(t, srv.World()), 1)
	mocktest.ClearFaults(t, srv.World())
	assert.Empty(t, mocktest.Faults(t, srv.World()))
}

func TestBrokenAnswer_IsCutOrNoJSON(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	n := 10
	mocktest.Inject(t, srv.World(), mock.Fault{On: "retrieveEPass", Times: 1, Truncate: &n}, mock.Fault{On: "retrieveEPass", Times: 1, Malformed: true})
	body := `{"ePassId":"` + c.Pass(1) + `"}`
	_, got, err := c.Send("POST", "/orders/ePasses/search", body)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.Len(t, got, n)
	response, got, err := c.Send("POST", "/orders/ePasses/search", body)
	require.NoError(t, err)
	assert.Equal(t, 200, response.StatusCode)
	assert.NotEmpty(t, got)
	assert.False(t, json.Valid(got), "%s", got)
	c.Post("/orders/ePasses/search", body).OK()
}

// TestTruncate_BeyondTheBody_IsSaid: the rule has acted and nothing is to be seen of it but the words.
func TestTruncate_BeyondTheBody_IsSaid(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	n := 1_000_000_000
	mocktest.Inject(t, srv.World(), mock.Fault{On: "retrieveResource", Truncate: &n})
	got := c.With("X-Mock-Explain", "1").Get("/resources/N00001")
	got.OK()
	said := mocktest.Requests(t, srv.World(), mock.RequestFilter{}).Requests[0]
	assert.Equal(t, fmt.Sprintf("fault rule f1: truncate 1000000000 cuts nothing off, the body has %d bytes", said.Response.Bytes), said.Reason)
	assert.Equal(t, said.Reason, got.Header.Get("X-Mock-Reason"))
}

// TestRateLimited_WithoutALimit_PromisesNoHeader: the words of the refusal speak of Retry-After where there is one.
func TestRateLimited_WithoutALimit_PromisesNoHeader(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	mocktest.Inject(t, srv.World(), mock.Fault{On: "retrieveResource", Error: "RATE_LIMITED"}, mock.Fault{On: "listTransportHubs", RateLimit: &mock.FaultRateLimit{Requests: 1, Per: time.Minute}})
	got := c.Get("/resources/N00001")
	assert.Equal(t, "too many calls", got.Refused("RATE_LIMITED"))
	assert.Empty(t, got.Header.Get("Retry-After"))
	c.Get("/transportHubs").OK()
	assert.Equal(t, "too many calls; Retry-After says when to come back", c.Get("/transportHubs").Refused("RATE_LIMITED"))
}

// TestRateLimit_GoesByTheWorldsClock: Retry-After is over when the world's clock says so, and no test waits.
func TestRateLimit_GoesByTheWorldsClock(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	author := mocktest.Author(t, srv)
	author.Call("PUT", mocktest.DefaultWorld+"/faults", obj{"faults": []obj{{"on": "*", "rateLimit": obj{"requests": 2, "per": "1m"}}}}).OK()
	c.Get("/resources/N00001").OK()
	c.Get("/resources/N00001").OK()
	got := c.Get("/resources/N00001")
	got.Refused("RATE_LIMITED")
	assert.Equal(t, []any{429, "60"}, []any{got.Status, got.Header.Get("Retry-After")})
	reason := func() string {
		said := mocktest.Requests(t, srv.World(), mock.RequestFilter{Symbol: "RATE_LIMITED"}).Requests
		return said[len(said)-1].Reason
	}
	assert.Equal(t, "fault rule f1; the clock of the world stands, so Retry-After does not pass by itself: advance it", reason())
	_, err := srv.World().Follow()
	require.NoError(t, err)
	c.Get("/resources/N00001").Refused("RATE_LIMITED")
	assert.Equal(t, "fault rule f1", reason(), "a clock that runs comes there")
	_, err = srv.World().Freeze()
	require.NoError(t, err)
	mocktest.Advance(t, srv.World(), time.Minute)
	c.Get("/resources/N00001").OK()
}

func TestFaults_OverTheControlPlane_AreAddedAndRemoved(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	author := mocktest.Author(t, srv)
	const faults = mocktest.DefaultWorld + "/faults"
	author.Post(faults, obj{"on": "retrieveResource", "respond": obj{"status": 418, "headers": obj{"X-Tea": "pot"}, "body": "short and stout"}}).OK()
	got := c.Get("/resources/N00001")
	assert.Equal(t, []any{418, "pot", "short and stout"}, []any{got.Status, got.Header.Get("X-Tea"), string(got.Raw)})
	rules := author.Get(faults).OK()["faults"].([]any)
	assert.Equal(t, []any{"f1", 1.0}, []any{rules[0].(obj)["id"], rules[0].(obj)["hits"]})
	message := author.Call("PUT", faults, obj{"faults": []obj{{"on": "x", "error": "NOPE"}, {"on": "*"}}}).Refused("INVALID_REQUEST")
	for _, want := range []string{"/faults/0/on", "/faults/0/error", "/faults/1"} {
		assert.Contains(t, message, want)
	}
	assert.Len(t, author.Get(faults).OK()["faults"], 1, "nothing has changed")
	author.Call("DELETE", faults+"/f1", nil).OK()
	author.Call("DELETE", faults+"/f1", nil).Refused("VALUE_NOT_FOUND")
	c.Get("/resources/N00001").OK()
}

// TestProbability_Rewound_HitsTheSameCalls: after a rewind the same calls meet the same faults, and so they do in a fork.
func TestProbability_Rewound_HitsTheSameCalls(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	half := 0.5
	mocktest.Inject(t, w, mock.Fault{On: "retrieveResource", Probability: &half, Error: dragonpass.ServiceUnavailable})
	require.NoError(t, w.Checkpoint("dice"))
	statuses := func(c *mocktest.Client) (seen []int) {
		for range 32 {
			seen = append(seen, c.Get("/resources/N00001").Status)
		}
		return seen
	}
	first := statuses(c)
	assert.Contains(t, first, 200)
	assert.Contains(t, first, 503)
	require.NoError(t, w.Rewind("dice"))
	fork, err := w.Fork()
	require.NoError(t, err)
	assert.Equal(t, first, statuses(c))
	assert.Equal(t, first, statuses(c.In(fork)))
	mocktest.Reset(t, w)
	assert.Empty(t, mocktest.Faults(t, w), "a reset goes back to how the world was made")
}

// TestFault_OnAPath_HitsWhatThePathNames: a rule may name the path as it is called, or as the document writes it.
func TestFault_OnAPath_HitsWhatThePathNames(t *testing.T) {
	t.Parallel()
	for on, hit := range map[string]bool{
		"GET /resources/N00001": true, "/resources/{resourceId}": true, "/resources/*": true, "/resources/N00012": false, "/res*": true,
		"/api/v1/resources/N00001": true, "GET /v1/resources/{id}": true, "/api/v1/*": true, "/api/v1*": true, "/v1/transportHubs*": false,
	} {
		t.Run(on, func(t *testing.T) {
			t.Parallel()
			srv, c := mocktest.Start(t)
			mocktest.Inject(t, srv.World(), mock.Fault{On: on, Error: dragonpass.ServiceUnavailable})
			for _, base := range []string{"", "/v1", "/api/v1"} {
				if got := c.Get(base + "/resources/N00001"); hit {
					got.Refused("SERVICE_UNAVAILABLE")
				} else {
					got.OK()
				}
			}
		})
	}
}

// TestFault_OnAPathOfAVersion_HitsThatVersionAlone, also when the rule has been saved in between. An operationId and a path
// without a base mean all versions.
func TestFault_OnAPathOfAVersion_HitsThatVersionAlone(t *testing.T) {
	t.Parallel()
	for on, hits := range map[string][2]bool{ // v1, v2
		"retrieveResource": {true, true}, "/resources/N00001": {true, true}, "*": {true, true}, "/api/v1/resources/N00001": {true, false},
		"/api/v2/resources/N00001": {false, true}, "GET /v2/resources/{resourceId}": {false, true}, "/api/v2*": {false, true}, "/v1/*": {true, false},
	} {
		t.Run(on, func(t *testing.T) {
			t.Parallel()
			srv, c := mocktest.Start(t)
			w := srv.World()
			mocktest.Inject(t, w, mock.Fault{On: on, Error: dragonpass.ServiceUnavailable})
			saved, err := w.Snapshot()
			require.NoError(t, err)
			for range 2 {
				for i, bases := range [][]string{{"", "/v1", "/api/v1"}, {"/v2", "/api/v2"}} {
					for _, base := range bases {
						if got := c.Get(base + "/resources/N00001"); hits[i] {
							got.Refused("SERVICE_UNAVAILABLE")
						} else {
							got.OK()
						}
					}
				}
				require.NoError(t, w.LoadSnapshot(saved))
			}
		})
	}
}

// TestFault_OnWhatThereIsNot_IsRefused: a rule that can never act makes a test green for nothing. It is refused in the same
// words wherever it is written.
func TestFault_OnWhatThereIsNot_IsRefused(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	a, w := mocktest.Author(t, srv), srv.World()
	mocktest.Inject(t, w, mock.Fault{ID: "stays", On: "cancelOrder", Malformed: true})
	for _, row := range []struct {
		rule obj
		same mock.Fault
		want []string
	}{
		{obj{"on": "/nope"}, mock.Fault{On: "/nope"}, []string{"/on: no operation has this path. Nearest: "}},
		{obj{"on": "/api/v1/transporthub"}, mock.Fault{On: "/api/v1/transporthub"}, []string{"listTransportHubs (GET /transportHubs)"}},
		{obj{"on": "/api/v2/resources/updates/x"}, mock.Fault{On: "/api/v2/resources/updates/x"}, []string{"no operation has this path. Nearest: listUpdatedResources"}},
		{obj{"on": "GET /api/v1/resources"}, mock.Fault{On: "GET /api/v1/resources"}, []string{"no operation has this path; v2 has it. Nearest: listResources"}},
		{obj{"on": "/api/v1/users"}, mock.Fault{On: "/api/v1/users"}, []string{"no operation has this path; v2 has it. Nearest: createUser"}},
		{obj{"on": "/transportHubs/"}, mock.Fault{On: "/transportHubs/"}, []string{"no path has a slash at its end. Nearest: listTransportHubs"}},
		{obj{"on": "/api/v1"}, mock.Fault{On: "/api/v1"}, []string{"no operation has this path"}},
		{obj{"on": "/api/v3/orders"}, mock.Fault{On: "/api/v3/orders"}, []string{"there is no base /api/v3, the base is /api/v1. Nearest: cancelOrder (PATCH /orders)"}},
		{obj{"on": "GET /orders"}, mock.Fault{On: "GET /orders"}, []string{"/on: GET is not allowed on /orders, it knows PATCH"}},
		{obj{"on": "/orders/spas/ePasses"}, mock.Fault{On: "/orders/spas/ePasses"}, []string{"createEPass (POST /orders/{module}/ePasses)"}},
		{obj{"on": "/orders/loungs*"}, mock.Fault{On: "/orders/loungs*"}, []string{"no operation has this path"}},
		{obj{"on": "listTransportHub"}, mock.Fault{On: "listTransportHub"}, []string{"did you mean listTransportHubs?"}},
		{
			obj{"on": "listTransportHubs", "match": obj{"query": obj{"itaa": "MAN"}}},
			mock.Fault{On: "listTransportHubs", Match: &mock.FaultMatch{Query: map[string]string{"itaa": "MAN"}}},
			[]string{"/match/query/itaa: no call that is meant has this parameter, did you mean iata?"},
		},
		{
			obj{"on": "/orders*", "match": obj{"body": obj{"extra": obj{"prebookingTokn": "x"}}}},
			mock.Fault{On: "/orders*", Match: &mock.FaultMatch{Body: []byte(`{"extra":{"prebookingTokn":"x"}}`)}},
			[]string{"/match/body/extra/prebookingTokn: no call that is meant has this member, did you mean prebookingToken?"},
		},
		{
			obj{"on": "retrieveResource", "match": obj{"body": obj{"module": 1}}},
			mock.Fault{On: "retrieveResource", Match: &mock.FaultMatch{Body: []byte(`{"module":1}`)}},
			[]string{"/match/body/module: no call that is meant has this member"},
		},
		{
			obj{"on": "retrieveResourcePrices", "match": obj{"body": obj{"resourceIds": []any{"N00001", "N0000x"}}}},
			mock.Fault{On: "retrieveResourcePrices", Match: &mock.FaultMatch{Body: []byte(`{"resourceIds":["N00001","N0000x"]}`)}},
			[]string{"/match/body/resourceIds/1: no resourceId is N0000x, did you mean N00001?"},
		},
		{
			obj{"on": "createEPass", "match": obj{"body": obj{"extra": obj{"allowedResources": obj{"resourceId": []any{"E99999"}}}}}},
			mock.Fault{On: "createEPass", Match: &mock.FaultMatch{Body: []byte(`{"extra":{"allowedResources":{"resourceId":["E99999"]}}}`)}},
			[]string{"/match/body/extra/allowedResources/resourceId/0: no resourceId is E99999"},
		},
		{
			obj{"on": "listResources", "match": obj{"query": obj{"transportHubId": "A0000x"}}},
			mock.Fault{On: "listResources", Match: &mock.FaultMatch{Query: map[string]string{"transportHubId": "A0000x"}}},
			[]string{"/match/query/transportHubId: no transportHubId is A0000x, did you mean A00001?"},
		},
		{
			obj{"on": "retrieveResource", "match": obj{"headers": obj{"X-Trace": "a", "x-trace": "b"}}},
			mock.Fault{On: "retrieveResource", Match: &mock.FaultMatch{Headers: map[string]string{"X-Trace": "a", "x-trace": "b"}}},
			[]string{"/match/headers/x-trace: it is the header X-Trace again"},
		},
		{
			obj{"on": "/resources/fitness/F9000x/schedule"}, mock.Fault{On: "/resources/fitness/F9000x/schedule"},
			[]string{"/on: no resourceId is F9000x"},
		},
		{obj{"on": "callback", "slowBody": 5}, mock.Fault{On: "callback", SlowBody: 5}, []string{"/slowBody: a callback has no answer of the mock to be slow: expected another action"}},
	} {
		t.Run(fmt.Sprint(row.rule), func(t *testing.T) {
			a := a.For(t)
			if row.rule["slowBody"] == nil {
				row.rule["malformed"], row.same.Malformed = true, true
			}
			refusals := []string{
				a.Call("PUT", "/_mock/worlds/default/faults", obj{"faults": []obj{row.rule}}).Refused("INVALID_REQUEST"),
				a.Post("/_mock/worlds/default/faults", row.rule).Refused("INVALID_REQUEST"),
				a.Post("/_mock/scenarios/validate", obj{"scenario": obj{"name": "x", "faults": []obj{row.rule}}}).Refused("INVALID_REQUEST"),
				a.Post("/_mock/scenarios/validate", obj{"scenario": obj{"name": "x", "steps": []obj{{"fault": row.rule}}}}).Refused("INVALID_REQUEST"),
				a.Post("/_mock/scenarios/validate", obj{"scenario": obj{"name": "x", "steps": []obj{{"fault": []obj{row.rule}}}}}).Refused("INVALID_REQUEST"),
			}
			_, err := w.Inject(row.same)
			require.Error(t, err)
			for _, want := range row.want {
				_, words, _ := strings.Cut(want, ": ")
				for _, refusal := range append(refusals, err.Error()) {
					assert.Contains(t, refusal, words)
				}
				assert.Contains(t, refusals[0], want)
			}
			assert.Len(t, mocktest.Faults(t, w), 1, "nothing has changed")
		})
	}
}

// TestFault_OnLifestyleResources: the catalogue has resources in cities, too.
func TestFault_OnLifestyleResources(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	for _, rule := range []obj{
		{"on": "/resources/fitness/F00001/schedule", "error": "SERVICE_UNAVAILABLE"},
		{"on": "/api/v2/resources/E0000*", "error": "SERVICE_UNAVAILABLE"},
		{"on": "retrieveResourcePrices", "match": obj{"body": obj{"resourceIds": []any{"L00001"}}}, "error": "SERVICE_UNAVAILABLE"},
	} {
		a.Post("/_mock/worlds/default/faults", rule).OK()
	}
	c.Get("/api/v2/resources/fitness/F00001/schedule").Refused("SERVICE_UNAVAILABLE")
	c.Get("/api/v2/resources/E00001").Refused("SERVICE_UNAVAILABLE")
	c.Get("/api/v2/resources/F00001").OK()
	c.Post("/api/v2/resources/prices", obj{"module": 11, "resourceIds": []any{"L00001"}}).Refused("SERVICE_UNAVAILABLE")
}

func TestAddFault_BeyondTheBound_ChangesNothing(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	const faults = "/_mock/worlds/default/faults"
	rule := obj{"on": "/transportHubs", "malformed": true}
	rules := make([]obj, 999)
	for i := range rules {
		rules[i] = rule
	}
	a.Call("PUT", faults, obj{"faults": rules}).OK()
	a.Post(faults, rule).OK()
	assert.Contains(t, a.Post(faults, rule).Refused("INVALID_REQUEST"), "at most 1000 fault rules")
	assert.Len(t, a.Get(faults).OK()["faults"], 1000)
	_, err := srv.World().Inject(mock.Fault{On: "/transportHubs", Malformed: true})
	assert.ErrorContains(t, err, "at most 1000 fault rules")
	assert.Len(t, mocktest.Faults(t, srv.World()), 1000)
}

// TestFaultRule_Added_ChangesNoIDs: the same seed gives the same ids with a rule and without.
func TestFaultRule_Added_ChangesNoIDs(t *testing.T) {
	t.Parallel()
	ids := func(rules ...mock.Fault) []string {
		srv, c := mocktest.Start(t)
		w := srv.World()
		mocktest.Inject(t, w, rules...)
		pass := mocktest.EPassID(c.Issue(3))
		order := mocktest.WalkIn(t, w, pass, "N00001", 1)
		return []string{pass, order.OrderID, mocktest.Events(t, w)[0].ID, c.Place(pass, "N00001", mocktest.Thursday, 1)}
	}
	assert.Equal(t, ids(), ids(mock.Fault{On: "cancelOrder", Malformed: true}))
}
