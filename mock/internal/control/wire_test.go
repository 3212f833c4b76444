package control

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	v1 "dragonmock/mock/internal/api/v1"
	v2 "dragonmock/mock/internal/api/v2"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/stage"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/wirefields"
	"dragonmock/openapi"
)

// wire are the structs of an operation: of its request, and of the data of its answer; nil where it has none.
type wire struct{ request, data any }

// several are structs of which an answer has one.
type several []any

// state is what the document says of a state; the rest is open.
type state struct {
	Version  int            `json:"version"`
	Clock    struct{}       `json:"clock"`
	Counters struct{}       `json:"counters"`
	Tables   map[string]any `json:"tables"`
}

// vendor is the vendor's surface, which shows orders, resources and callbacks.
var vendor = sync.OnceValue(func() dispatch.Version { return v1.Version(loaded(openapi.V1)) })

// later is the version that shows lifestyle resources.
var later = sync.OnceValue(func() dispatch.Version { return v2.Version(loaded(openapi.V2)) })

func loaded(name string) *contract.Document {
	data, err := openapi.Files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	document, err := contract.Load(data)
	if err != nil {
		panic(err)
	}
	return document
}

// order is what the vendor's surface makes of usage orders.
func order() several {
	show := vendor().Order
	return several{show(booking.Order{Order: dragonpass.Order{Category: dragonpass.WalkIn}}), show(booking.Order{Order: dragonpass.Order{Category: dragonpass.Prebooking}})}
}

// inside are members of what has two forms on the wire, which its struct does not tell.
var inside = regexp.MustCompile(`/(scenario/name|delay/mean|delay/p95)$`)

func wires() map[string]wire {
	rule := fault.Rule{Match: &fault.Match{}, Respond: &fault.Response{}, RateLimit: &fault.RateLimit{}}
	rules := faults{[]fault.Status{{Rule: rule, Window: &fault.Window{}}}}
	return map[string]wire{
		"readHealth":   {nil, nil}, // held below; it has no envelope
		"readDocument": {nil, nil},

		"createWorld": {stage.WorldRequest{}, worldRow{}},
		"listWorlds":  {nil, worlds{}},
		"deleteWorld": {nil, done{}},
		"resetWorld":  {nil, done{}},
		"forkWorld":   {nil, worldRow{}},
		"readClock":   {nil, now{}},
		"moveClock":   {clockMove{}, movedClock{}},

		"makeCheckpoint":    {nil, done{}},
		"restoreCheckpoint": {checkpoint{}, done{}},
		"listChanges":       {nil, changes{[]store.Difference{{}}}},
		"dumpState":         {nil, state{}},
		"loadState":         {state{}, done{}},

		"redeem":         {redemption{}, order()}, // orders, resources and callbacks are the vendor's
		"reverse":        {reversal{}, order()},
		"setSlot":        {slot{}, slot{}},
		"useData":        {dataUse{}, dataLeft{}},
		"confirmOrder":   {nil, order()},
		"failOrder":      {nil, order()},
		"expireEPass":    {nil, done{}},
		"patchResource":  {nil, several{vendor().Resource(dragonpass.Resource{}), later().Resource(dragonpass.Resource{Module: dragonpass.ESIM})}},
		"closeResource":  {closing{}, closed{}},
		"moveOrder":      {move{}, order()},
		"announce":       {announcement{}, announced{}},
		"listEvents":     {nil, events{}},
		"listDeliveries": {nil, deliveries{}},
		"replayEvent":    {nil, done{}},
		"drawQRCode":     {nil, nil},

		"listEventKeys":   {nil, keySets{}},
		"readJWKS":        {nil, nil},
		"rotateEventKeys": {rotation{}, keySets{}},

		"listFaults": {nil, rules},
		"replaceFaults": {struct {
			Faults []fault.Rule `json:"faults"`
		}{[]fault.Rule{rule}}, rules},
		"addFault":    {rule, rules},
		"removeFault": {nil, done{}},

		"listRequests":   {nil, journal.Result{}},
		"clearRequests":  {nil, done{}},
		"listUnread":     {nil, journal.Unread{}},
		"streamRequests": {nil, nil},

		"listScenarios":    {nil, scenarios{}},
		"playScenario":     {named{}, Report{}},
		"validateScenario": {named{}, done{}},
	}
}

// TestWire_HasTheMembersOfTheDocument holds every struct against its schema, both ways.
func TestWire_HasTheMembersOfTheDocument(t *testing.T) {
	t.Parallel()
	data, err := openapi.Files.ReadFile(openapi.Control)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	structs, compared := wires(), 0
	for _, op := range document.Operations() {
		own, there := structs[op.ID]
		if !assert.True(t, there, "%s has no structs here", op.ID) {
			continue
		}
		delete(structs, op.ID)
		if own.request != nil {
			compared++
			assert.Equal(t, plain(op.Fields()), wirefields.Of(own.request), "the request of %s", op.ID)
		}
		if own.data != nil {
			compared++
			assert.Equal(t, plain(op.AnswerFields(http.StatusOK)), answered(t, op.ID, own.data), "the answer of %s", op.ID)
		} else {
			said := slices.ContainsFunc(op.AnswerFields(http.StatusOK), func(f string) bool { return strings.HasPrefix(f, "/data/") })
			assert.False(t, said, "the document says what %s answers, so it has a struct", op.ID)
		}
		if op.ID == "readHealth" {
			assert.Equal(t, op.AnswerFields(http.StatusOK), wirefields.Of(health{}))
		}
	}
	assert.Empty(t, structs, "the document does not have them")
	assert.Greater(t, compared, 20)
}

// plain are the fields that a struct tells.
func plain(fields []string) []string {
	return slices.DeleteFunc(slices.Clone(fields), inside.MatchString)
}

// answered are the members of the answer with this data, or one of these.
func answered(t *testing.T, operation string, data any) []string {
	t.Helper()
	type envelope struct {
		Code int `json:"code"`
		Data any `json:"data"`
	}
	choice, ok := data.(several)
	if !ok {
		choice = several{data}
	}
	for i := range choice {
		choice[i] = envelope{0, choice[i]}
	}
	fields := wirefields.Of(choice...)
	if list, ok := map[string]string{"listEvents": "events", "listDeliveries": "deliveries"}[operation]; ok { // whose payloads the vendor's surface writes
		payload, err := vendor().Callback(store.Event{Notice: news.Notice{
			OrderID: "DP00000000000001", ProgramID: "18943", Holder: dragonpass.Holder{EPassID: "1788000066668888"}, Module: 1, Category: dragonpass.WalkIn,
			CreatedAt: time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC), UsageDate: "2025-09-01T09:00:00", TransportHubID: "A00001",
			TransportHubName: "Manchester Airport", ResourceID: "N00001", ResourceName: "DragonPass Lounge", Party: dragonpass.Party{Adults: 1},
		}})
		require.NoError(t, err)
		fields = append(fields, pointers(t, "/data/"+list+"/*/payload", payload)...)
		slices.Sort(fields)
	}
	return fields
}

// pointers are the members of a JSON object, below a place.
func pointers(t *testing.T, at string, object []byte) (found []string) {
	t.Helper()
	var members map[string]jsontext.Value
	require.NoError(t, json.Unmarshal(object, &members))
	for name, value := range members {
		found = append(found, at+"/"+name)
		if value.Kind() == '{' {
			found = append(found, pointers(t, at+"/"+name, value)...)
		}
	}
	return found
}

func TestWire_FiredKinds_AreThoseThatHappen(t *testing.T) {
	t.Parallel()
	data, err := openapi.Files.ReadFile(openapi.Control)
	require.NoError(t, err)
	for _, kind := range append(slices.Collect(maps.Keys(booking.Due())), store.CallbackRetry) {
		assert.Contains(t, string(data), kind, "FiredKind does not have it")
	}
}
