package stage_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock"
	"dragonmock/mock/files"
	"dragonmock/mock/internal/mocktest"
)

// steps begins a file whose world stands still and has a pass.
const steps = "name: x\ngiven:\n  clock: 2025-09-01T09:00:00+01:00\n  ePasses: [{as: pass, module: 1}]\nsteps:\n"

// TestSteps_NamingWhatThereIsNot_AreRefused: whichever way the file comes, before anything is played.
func TestSteps_NamingWhatThereIsNot_AreRefused(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	for _, row := range []struct{ name, steps, want string }{
		{"slot of no resource", "- fillSlot: {resourceId: N0001, prebookingDate: 2025-09-04T10:30}", ":6:26: /steps/0/fillSlot/resourceId: no resource N0001, did you mean N00001?"},
		{"slot beside the grid", "- fillSlot: {resourceId: N00001, prebookingDate: 2025-09-04T10:20}", "/steps/0/fillSlot/prebookingDate: PREBOOKING_DATE_INVALID"},
		{"slot at night", "- fillSlot: {resourceId: N00001, prebookingDate: 2025-09-04T03:30}", "closed at that hour"},
		{"slot in the past", "- fillSlot: {resourceId: N00001, prebookingDate: 2025-08-28T10:30}", "after the world's now"},
		{"slot passed on the way", "- advance: 10d\n- fillSlot: {resourceId: N00001, prebookingDate: 2025-09-04T10:30}", "/steps/1/fillSlot/prebookingDate: PREBOOKING_DATE_INVALID"},
		{"slot at no time", "- fillSlot: {resourceId: N00001, prebookingDate: tomorrow}", "/steps/0/fillSlot/prebookingDate"},
		{"redeemed at no resource", "- redeem: {ePassId: $pass.ePassId, resourceId: N9991}", "/steps/0/redeem/resourceId: no resource N9991, did you mean N99901?"},
		{"no method", "- request: GTE /transportHubs", "/steps/0/request: no method GTE, did you mean GET?"},
		{"no method, and refused", "- {request: GTE /nowhere, expect: {status: 404}}", "/steps/0/request: no method GTE, did you mean GET?"},
		{"method that nobody knows", "- request: PURGE /transportHubs", "/steps/0/request: no method PURGE"},
		{"header of the mock", "- {call: listTransportHubs, headers: {X-Mock-Explane: 1}}", "/steps/0/headers/X-Mock-Explane: the mock reads no such header, did you mean X-Mock-Explain?"},
		{"value of the mock's header", "- {call: listTransportHubs, headers: {X-Mock-Explain: yes please}}", "/steps/0/headers/X-Mock-Explain: expected 1 or true"},
		{"header nearly right", "- {call: listTransportHubs, headers: {X-Reqest-ID: a}}", "/steps/0/headers/X-Reqest-ID: nothing reads this header, did you mean X-Request-ID?"},
		{"header of another word", "- {request: GET /nowhere, headers: {Authorisation: absent}, expect: {status: 401}}", "it is not sent, so that it cannot be taken away, did you mean Authorization?"},
		{"programme", "- {call: listTransportHubs, headers: {X-Program-ID: 18934}}", "/steps/0/headers/X-Program-ID: no programme 18934 of the client, did you mean 18943?"},

		{"member of an answer", "- {call: listTransportHubs, expect: {data: {transportHub: absent}}}", "/steps/0/expect/data/transportHub: the answer of listTransportHubs never has this member, did you mean transportHubs?"},
		{"member of an element", "- {call: listTransportHubs, expect: {data: {transportHubs: {contains: [{iatta: absent}]}}}}", "/steps/0/expect/data/transportHubs/contains/0/iatta: the answer of listTransportHubs never has this member, did you mean iata?"},
		{"member of a body", "- {call: listTransportHubs, expect: {body: {daat: absent}}}", "/steps/0/expect/body/daat: the answer of listTransportHubs never has this member, did you mean data?"},
		{"member of a refusal", "- {call: retrieveResource, path: {resourceId: N98765}, expect: {error: RESOURCE_NOT_FOUND, body: {data: absent, mesage: absent}}}", "/steps/0/expect/body/mesage: the answer of retrieveResource never has this member, did you mean message?"},
		{"member of what a request is answered", "- {request: GET /resources/N00001, expect: {data: {resourceNmae: absent}}}", "/steps/0/expect/data/resourceNmae: the answer of retrieveResource never has this member, did you mean resourceName?"},
		{"header of an answer", "- {call: listTransportHubs, expect: {headers: {Retry-Atfer: absent}}}", "/steps/0/expect/headers/Retry-Atfer: the answer of listTransportHubs never has this header, did you mean Retry-After?"},
		{"member of every callback", "- expectWebhooks: {count: 0, each: {orderID: absent}}", "/steps/0/expectWebhooks/each/orderID: a callback never has this member, did you mean orderId?"},
		{"member of a callback", "- expectWebhooks: {payloads: {contains: [{passengers: {guest: absent}}]}}", "/steps/0/expectWebhooks/payloads/contains/0/passengers/guest: a callback never has this member, did you mean guests?"},
		{"member of a delivery", "- expectWebhooks: {deliveries: [{payload: {orderID: absent}}]}", "/steps/0/expectWebhooks/deliveries/0/payload/orderID: a delivery never has this member, did you mean orderId?"},
	} {
		t.Run(row.name, func(t *testing.T) {
			path := mocktest.WriteScenario(t, steps+row.steps+"\n")
			assert.ErrorContains(t, files.Check(path), row.want)
			_, err := mock.New(mock.WithScenario(path))
			assert.ErrorContains(t, err, row.want, "a server that begins with it")
		})
	}
	wrong := obj{"scenario": obj{"name": "x", "steps": []obj{{"fillSlot": obj{"resourceId": "NOPE", "prebookingDate": "2025-09-04T10:30"}}}}}
	for _, path := range []string{"/_mock/scenarios/validate", "/_mock/scenarios/play", "/_mock/worlds"} {
		assert.Contains(t, a.Post(path, wrong).Refused("INVALID_REQUEST"), "/steps/0/fillSlot/resourceId: no resource NOPE", path)
	}
}

// TestSteps_ThatMayHold_AreNotJudgedBeforehand: what is saved on the way, what is to be refused, what fault rules make up.
func TestSteps_ThatMayHold_AreNotJudgedBeforehand(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, steps string }{
		{"a resource that is saved", "- {call: listTransportHubResources, path: {transportHubId: A00001}, save: {r: data.resources.0.resourceId}}\n- redeem: {ePassId: $pass.ePassId, resourceId: $r}\n- fillSlot: {resourceId: '${r}', prebookingDate: 2025-09-04T10:20}"},
		{"a day from now", "- fillSlot: {resourceId: N00001, prebookingDate: '${in 3d}T10:30'}"},
		{"a slot in time again", "- advance: 10d\n- reset: true\n- fillSlot: {resourceId: N00001, prebookingDate: 2025-09-04T10:30}"},
		{"a slot after a move back", "- setClock: 2025-08-01T09:00:00+01:00\n- fillSlot: {resourceId: N00001, prebookingDate: 2025-08-28T10:30}"},
		{"refused on purpose", "- {redeem: {ePassId: $pass.ePassId, resourceId: NOPE}, expect: {error: RESOURCE_NOT_FOUND}}\n- {call: listTransportHubs, headers: {X-Program-ID: nope}, expect: {error: PROGRAM_NOT_ALLOWED}}\n- {call: listTransportHubs, headers: {X-Mock-Nothing: 1}, expect: {error: INVALID_REQUEST}}\n- {request: PURGE /transportHubs, expect: {status: 405}}"},
		{"what fault rules answer", "- fault: [{on: listTransportHubs, respond: {headers: {X-Made-Up: 1}, body: {data: {made: [{up: 1}]}}}}]\n- {call: listTransportHubs, expect: {data: {made: [{up: 1}]}, headers: {X-Made-Up: absent}}}"},
		{"an unknown path", "- {request: GET /nowhere, expect: {status: 404, body: {anything: absent}, headers: {Any-Thing: absent}}}"},
		{"a client's own header", "- {call: listTransportHubs, headers: {X-Correlation-ID: a, content-type: absent}}"},
		{"well known headers", "- {call: listTransportHubs, expect: {headers: {retry-after: absent, X-Mock-Error: absent, Location: absent}}}"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			assert.NoError(t, files.Check(mocktest.WriteScenario(t, steps+row.steps+"\n")))
		})
	}
}
