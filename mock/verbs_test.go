package mock_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
	"dragonmock/openapi"
	"dragonmock/scenarios"
)

// TestVerbs_AreHadWhereverTheyCanBe lists what a test author can do, and where: over HTTP, in Go, as a step of a file. A
// verb that one of them lacks says why; a new one has no place until it stands here.
func TestVerbs_AreHadWhereverTheyCanBe(t *testing.T) {
	t.Parallel()
	const (
		look    = "a step expects; who only looks asks over HTTP or in Go"
		whole   = "a file has a world of its own, which begins as it says and ends with it"
		noFile  = "no file needed it yet: the Go and HTTP tests of a client do"
		client  = "it is what a client calls: over HTTP and in a file by the vendor's operations"
		process = "it is about this process"
		browser = "it is for people and scanners who look at it"
	)
	type had []string
	rows := []struct {
		http, goes, step had
		why              string
	}{
		{http: had{"redeem"}, goes: had{"WalkIn", "Redeem"}, step: had{"redeem"}},
		{http: had{"reverse"}, goes: had{"Reverse"}, step: had{"reverse"}},
		{http: had{"confirmOrder"}, goes: had{"Confirm"}, step: had{"confirm"}},
		{http: had{"failOrder"}, goes: had{"Fail"}, step: had{"fail"}},
		{http: had{"useData"}, goes: had{"UseData"}, step: had{"useData"}},
		{http: had{"closeResource"}, goes: had{"CloseResource"}, step: had{"closeResource"}},
		{http: had{"moveOrder"}, goes: had{"MoveOrder"}, step: had{"moveOrder"}},
		{http: had{"announce"}, goes: had{"Announce"}, step: had{"announce"}},
		{http: had{"setSlot"}, goes: had{"FillSlot", "FillOption"}, step: had{"fillSlot"}},
		{http: had{"moveClock"}, goes: had{"Advance", "AdvanceContext", "SetClock", "Freeze", "Follow", "FollowWall"}, step: had{"advance", "setClock"}},
		{http: had{"addFault", "replaceFaults", "removeFault"}, goes: had{"Inject", "ClearFaults", "RemoveFault"}, step: had{"fault"}},
		{http: had{"listRequests"}, goes: had{"Requests", "AwaitRequests"}, step: had{"expectRequests"}},
		{http: had{"listEvents", "listDeliveries"}, goes: had{"Events", "Deliveries", "DroppedEvents"}, step: had{"expectWebhooks"}},
		{http: had{"resetWorld"}, goes: had{"Reset"}, step: had{"reset"}},

		{http: had{"readClock", "listFaults", "listUnread", "listChanges"}, goes: had{"Clock", "Faults", "Unread", "Changes"}, why: look},
		{http: had{"createWorld", "listWorlds", "deleteWorld", "forkWorld"}, goes: had{"ID", "Credentials", "Close", "Fork"}, why: whole},
		{http: had{"dumpState", "loadState", "makeCheckpoint", "restoreCheckpoint"}, goes: had{"Snapshot", "LoadSnapshot", "Checkpoint", "Rewind"}, why: whole},
		{http: had{"expireEPass", "patchResource", "replayEvent", "clearRequests"}, goes: had{"ExpireEPass", "PatchResource", "Replay", "ClearRequests"}, why: noFile},
		{http: had{"listEventKeys", "rotateEventKeys", "readJWKS"}, goes: had{"EventKeys", "RotateEventKeys"}, why: noFile},
		{goes: had{"IssueEPass", "IssueMembership", "EPass", "Membership", "Token", "SignedToken", "Client"}, why: client},
		{http: had{"readHealth", "readDocument", "listScenarios", "playScenario", "validateScenario"}, why: process + ": Play and package files in Go"},
		{http: had{"drawQRCode", "streamRequests"}, why: browser},
	}
	var http, goes, steps []string
	for _, row := range rows {
		whole := len(row.http) > 0 && len(row.goes) > 0 && len(row.step) > 0
		assert.Equal(t, whole, row.why == "", "%v: a verb is had everywhere, or says why not", row)
		http, goes, steps = append(http, row.http...), append(goes, row.goes...), append(steps, row.step...)
	}

	data, err := openapi.Files.ReadFile(openapi.Control)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	var operations []string
	for _, op := range document.Operations() {
		operations = append(operations, op.ID)
	}
	assert.ElementsMatch(t, operations, http, "over HTTP")

	var methods []string
	world := reflect.TypeFor[*mock.World]()
	for i := range world.NumMethod() {
		methods = append(methods, world.Method(i).Name)
	}
	assert.ElementsMatch(t, methods, goes, "in Go")

	var schema struct {
		Defs struct {
			Step struct {
				OneOf []struct{ Required []string }
			}
		} `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(scenarios.Schema, &schema))
	kinds := map[string]bool{}
	for _, one := range schema.Defs.Step.OneOf {
		kinds[one.Required[0]] = true
	}
	delete(kinds, "call") // these are the client's
	delete(kinds, "request")
	assert.ElementsMatch(t, slices.Collect(maps.Keys(kinds)), steps, "as a step")
}

// TestWorld_IssueMembership_IsAsAClientRegisters: and what is missing is named.
func TestWorld_IssueMembership_IsAsAClientRegisters(t *testing.T) {
	t.Parallel()
	w := mock.Start(t).World()
	_, err := w.IssueMembership(dragonpass.RegisterRequest{ClientUserID: "u"})
	for _, want := range []string{"INVALID_REQUEST", "firstName: expected some text", "lastName: expected some text"} {
		assert.ErrorContains(t, err, want)
	}
	_, err = w.IssueMembership(dragonpass.RegisterRequest{ClientUserID: "u", FirstName: "Ada", LastName: "Lovelace", ProgramID: "none"})
	assert.ErrorContains(t, err, "PROGRAM_NOT_ALLOWED")
	made, err := w.IssueMembership(dragonpass.RegisterRequest{ClientUserID: "u", FirstName: "Ada", LastName: "Lovelace"})
	require.NoError(t, err)
	found, err := w.Membership(made.MembershipID)
	require.NoError(t, err)
	assert.Equal(t, dragonpass.MembershipActive, found.Status)
	assert.Equal(t, w.Credentials().ProgramID, found.ProgramID)
	_, err = w.IssueMembership(dragonpass.RegisterRequest{ClientUserID: "u", FirstName: "Eve", LastName: "Lovelace"})
	assert.ErrorContains(t, err, "CLIENT_USER_NAME_MISMATCH")
}

// TestWorld_RemoveFault_TakesOneAway: and says when there is none.
func TestWorld_RemoveFault_TakesOneAway(t *testing.T) {
	t.Parallel()
	w := mock.Start(t).World()
	made, err := w.Inject(mock.Fault{On: "*", Drop: mock.DropAfter}, mock.Fault{On: "cancelOrder", Drop: mock.DropAfter})
	require.NoError(t, err)
	require.NoError(t, w.RemoveFault(made[0].ID))
	left, err := w.Faults()
	require.NoError(t, err)
	require.Len(t, left, 1)
	assert.Equal(t, "cancelOrder", left[0].On)
	assert.ErrorContains(t, w.RemoveFault(made[0].ID), "VALUE_NOT_FOUND")
}
