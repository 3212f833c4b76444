package mock_test

import (
	"cmp"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/mocktest"
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
	for _, want := range []string{"INVALID_REQUEST", "firstName: expected 1 to 100 letters, got 0", "lastName: expected 1 to 100 letters, got 0"} {
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

// TestWorld_Issue_HoldsToTheContract: what the contract refuses over HTTP is refused in Go, so that no answer breaks it and
// every state can be read again.
func TestWorld_Issue_HoldsToTheContract(t *testing.T) {
	t.Parallel()
	w := mock.Start(t).World()
	end := mocktest.Now(t, w).AddDate(1, 0, 0)
	last := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
	long := strings.Repeat("x", 101)
	pass := func(change func(*mock.EPassRequest)) error {
		r := mock.EPassRequest{Module: dragonpass.Lounge, ClientUserID: "u", FirstName: "Ada", LastName: "Lovelace", Usages: 1, ExpirationDate: end}
		change(&r)
		_, err := w.IssueEPass(r)
		return err
	}
	for want, change := range map[string]func(*mock.EPassRequest){
		"clientUserId: expected 1 to 64 letters, got 65":   func(r *mock.EPassRequest) { r.ClientUserID = long[:65] },
		"clientUserId: expected 1 to 64 letters, got 0":    func(r *mock.EPassRequest) { r.ClientUserID = "" },
		"firstName: expected 1 to 100 letters, got 101":    func(r *mock.EPassRequest) { r.FirstName = long },
		"lastName: expected 1 to 100 letters, got 101":     func(r *mock.EPassRequest) { r.LastName = long },
		"availableUsages: expected 1 to 10000, got 0":      func(r *mock.EPassRequest) { r.Usages = 0 },
		"availableUsages: expected 1 to 10000, got 10001":  func(r *mock.EPassRequest) { r.Usages = 10_001 },
		"allowedResources: expected 0 to 1000, got 1001":   func(r *mock.EPassRequest) { r.AllowedResources = make([]string, 1001) },
		"expirationDate: expected an instant in the years": func(r *mock.EPassRequest) { r.ExpirationDate = last.In(time.FixedZone("", -5*3600)).Add(time.Hour) },
		"module: expected one of 1 to 4":                   func(r *mock.EPassRequest) { r.Module = 5 },
		"or none and CrossModule":                          func(r *mock.EPassRequest) { r.CrossModule = true },
		"EXPIRATION_INVALID":                               func(r *mock.EPassRequest) { r.ExpirationDate = time.Time{} },
	} {
		assert.ErrorContains(t, pass(change), want)
	}
	assert.NoError(t, pass(func(r *mock.EPassRequest) {
		r.ClientUserID, r.FirstName, r.Usages, r.ExpirationDate = long[:64], long[:100], 10_000, last
	}))
	for want, r := range map[string]dragonpass.RegisterRequest{
		"clientUserId: expected 1 to 64 letters, got 65":   {ClientUserID: long[:65]},
		"phoneNumber: expected 1 to 20 digits":             {PhoneNumber: "abc"},
		"callingCode: expected 1 to 6 digits":              {CallingCode: "+44"},
		"email: expected an e-mail address":                {Email: "not an address"},
		"email: expected 1 to 320 letters, got 321":        {Email: strings.Repeat("x", 318) + "@yz"},
		"expirationDate: expected an instant in the years": {ExpirationDate: last.Add(time.Second)},
		"activationDate: expected an instant in the years": {ActivationDate: last.Add(time.Second)},
	} {
		r.ClientUserID, r.FirstName, r.LastName = cmp.Or(r.ClientUserID, "m"), "Ada", "Lovelace"
		_, err := w.IssueMembership(r)
		assert.ErrorContains(t, err, want)
	}
	_, err := w.IssueMembership(dragonpass.RegisterRequest{
		ClientUserID: "m", FirstName: "Ada", LastName: "Lovelace", PhoneNumber: "8081966002", CallingCode: "0044", Email: "a@b", ExpirationDate: last,
	})
	assert.NoError(t, err)
	state, err := w.Snapshot()
	require.NoError(t, err)
	assert.NoError(t, w.LoadSnapshot(state))
}

// TestWorld_WhatIsGivenAndTaken_IsTheCallersOwn: a caller may change its slices, before and after, and no world does.
func TestWorld_WhatIsGivenAndTaken_IsTheCallersOwn(t *testing.T) {
	t.Parallel()
	programs := []string{"18943", "1"}
	w, other := mock.Start(t, mock.WithPrograms(programs...)).World(), mock.Start(t).World()
	programs[0] = "changed"
	assert.Equal(t, "18943", w.Credentials().ProgramID)

	allowed := []string{"N00001", "N00012"}
	issued, err := w.IssueEPass(mock.EPassRequest{
		Module: dragonpass.Lounge, ClientUserID: "u", FirstName: "Ada", LastName: "Lovelace", Usages: 1, ExpirationDate: mocktest.Now(t, w).AddDate(1, 0, 0), AllowedResources: allowed,
	})
	require.NoError(t, err)
	allowed[0], issued.AllowedResources[1] = "", ""
	pass, err := w.EPass(issued.EPassID)
	require.NoError(t, err)
	assert.Equal(t, []string{"N00001", "N00012"}, pass.AllowedResources)

	member, err := w.IssueMembership(dragonpass.RegisterRequest{ClientUserID: "m", FirstName: "Ada", LastName: "Lovelace"})
	require.NoError(t, err)
	want := member.Entitlements[0]
	member.Entitlements[0].Shared = 99
	member, err = w.Membership(member.MembershipID)
	require.NoError(t, err)
	assert.Equal(t, want, member.Entitlements[0])

	before := mocktest.PatchResource(t, other, "N99901", `{"capacity":5}`)
	refused, err := w.PatchResource("N99901", `{"nope":1}`)
	require.Error(t, err)
	patched := mocktest.PatchResource(t, w, "N99901", `{"capacity":5}`)
	for _, r := range []dragonpass.Resource{refused, patched} {
		for i := range r.RouteTypes {
			r.RouteTypes[i] = 99
		}
		for i := range r.OpeningHours {
			r.OpeningHours[i] = dragonpass.OpeningHours{}
		}
	}
	for _, w := range []*mock.World{w, other} {
		assert.Equal(t, before, mocktest.PatchResource(t, w, "N99901", `{"capacity":5}`))
	}
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
