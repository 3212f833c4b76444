package control

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/stage"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/wirefields"
	"dragonmock/openapi"
)

// open are the objects whose members the document leaves to the schema of scenarios, or to the reader.
func open() []string { return []string{"/data/faults/*/", "/data/requests/*/"} }

// closed are the fields of a struct that are not in an open object which the schema does not go into.
func closed(schema, fields []string) []string {
	return slices.DeleteFunc(fields, func(field string) bool {
		return slices.ContainsFunc(open(), func(inside string) bool {
			return strings.HasPrefix(field, inside) && !slices.ContainsFunc(schema, func(s string) bool { return strings.HasPrefix(s, inside) })
		})
	})
}

// wire are the structs of an operation: of its request, and of the data of its answer; nil where the document leaves the
// members open, or somebody else's struct has its own reader.
type wire struct{ request, data any }

func wires() map[string]wire {
	rules := faults{[]fault.Status{{Rule: fault.Rule{
		Match: &fault.Match{}, Respond: &fault.Response{}, Delay: &fault.Delay{}, RateLimit: &fault.RateLimit{},
	}}}}
	return map[string]wire{
		"readHealth":   {nil, nil}, // held below; it has no envelope
		"readDocument": {nil, nil},

		"createWorld": {stage.WorldRequest{}, worldRow{}},
		"listWorlds":  {nil, worlds{}},
		"deleteWorld": {nil, done{}},
		"resetWorld":  {nil, done{}},
		"forkWorld":   {nil, worldRow{}},
		"readClock":   {nil, clock{}},
		"moveClock":   {clockMove{}, clock{}},

		"makeCheckpoint":    {nil, done{}},
		"restoreCheckpoint": {checkpoint{}, done{}},
		"listChanges":       {nil, changes{[]store.Difference{{}}}},
		"dumpState":         {nil, nil},
		"loadState":         {nil, done{}},

		"redeem":        {redemption{}, nil}, // orders and resources are the vendor's
		"reverse":       {reversal{}, nil},
		"setSlot":       {slot{}, slot{}},
		"confirmOrder":  {nil, nil},
		"failOrder":     {nil, nil},
		"expireEPass":   {nil, done{}},
		"patchResource": {nil, nil},
		"listEvents":    {nil, events{}},
		"replayEvent":   {nil, done{}},
		"drawQRCode":    {nil, nil},

		"listFaults":    {nil, rules},
		"replaceFaults": {nil, rules},
		"addFault":      {nil, rules},
		"removeFault":   {nil, done{}},

		"listRequests":   {nil, journal.Result{}},
		"clearRequests":  {nil, done{}},
		"listUnread":     {nil, journal.Unread{}},
		"streamRequests": {nil, nil},

		"playScenario":     {named{}, nil},
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
			assert.Equal(t, op.Fields(), wirefields.Of(own.request), "the request of %s", op.ID)
		}
		if own.data != nil {
			compared++
			schema := op.AnswerFields(http.StatusOK)
			assert.Equal(t, schema, closed(schema, wirefields.Of(struct {
				Code int `json:"code"`
				Data any `json:"data"`
			}{0, own.data})), "the answer of %s", op.ID)
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
