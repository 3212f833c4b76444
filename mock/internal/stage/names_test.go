package stage_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

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
		{"redeemed on nothing", "- redeem: {}", "/steps/0/redeem: expected exactly one of voucher, ePassId, membershipId, qrCode"},
		{"redeemed at a resource alone", "- redeem: {resourceId: N00001}", "/steps/0/redeem: expected exactly one of voucher"},
		{"redeemed on two things", "- redeem: {ePassId: $pass.ePassId, voucher: 1}", "/steps/0/redeem: expected exactly one of voucher"},
		{"redeemed nowhere", "- redeem: {ePassId: $pass.ePassId}", "/steps/0/redeem: expected resourceId beside ePassId"},
		{"voucher at a resource", "- redeem: {voucher: 1, resourceId: N00001}", "/steps/0/redeem/resourceId: a voucher is redeemed where it is good"},
		{"less than a clock shows", "- advance: 1500ms", "/steps/0/advance: expected whole seconds, which is how fine the clock of a world is, got 1.5s"},
		{"time that no clock shows", "- setClock: 2500-01-01T00:00:00Z", "/steps/0/setClock: expected an instant in the years 1970 to 2199"},
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
		{"state of no callback", "- expectWebhooks: {count: 0, state: delivered}", "/steps/0/expectWebhooks/state: with count: 0 there is no callback that it could be true of"},
		{"each of no callback", "- expectWebhooks: {count: 0, each: {orderId: DP1}}", "/steps/0/expectWebhooks/each: with count: 0 there is no callback"},
		{"each that asks nothing", "- expectWebhooks: {each: {}}", "/steps/0/expectWebhooks/each: it asks for nothing"},
		{"member of a redemption", "- {redeem: {ePassId: $pass.ePassId, resourceId: N00001}, expect: {data: {statuss: absent}}}", "/steps/0/expect/data/statuss: the answer of redeem never has this member, did you mean status?"},
		{"header of a redemption", "- {redeem: {ePassId: $pass.ePassId, resourceId: N00001}, expect: {headers: {X-Foo: absent}}}", "/steps/0/expect/headers/X-Foo: the answer of redeem never has this header"},
		{"member of a slot", "- {fillSlot: {resourceId: N00001, prebookingDate: 2025-09-04T10:30}, expect: {data: {fre: absent}}}", "/steps/0/expect/data/fre: the answer of fillSlot never has this member, did you mean free?"},
		{"member of a confirmed order", "- {confirm: DP1, expect: {data: {statuss: 1}}}", "/steps/0/expect/data/statuss: the answer of confirm never has this member"},
		{"member of a failed order", "- {fail: DP1, expect: {data: {statuss: 1}}}", "/steps/0/expect/data/statuss: the answer of fail never has this member"},
		{"member of a reversal", "- {reverse: DP1, expect: {error: ORDER_NOT_FOUND, body: {mesage: absent}}}", "/steps/0/expect/body/mesage: the answer of reverse never has this member, did you mean message?"},
		{"member that is sent", "- {call: retrieveEPass, body: {ePassId: $pass.ePassId, clientUserID: nobody}}", "/steps/0/body/clientUserID: retrieveEPass has no such member in its body; what is sent on purpose is sent with request"},
		{"member that is nearly sent, and refused", "- {call: retrieveEPass, body: {ePassID: $pass.ePassId}, expect: {error: INVALID_REQUEST}}", "/steps/0/body/ePassID: retrieveEPass has no such member in its body, did you mean ePassId?"},
		{"member that nothing is near", "- {call: retrieveEPass, body: {ePassId: $pass.ePassId, colour: red}}", "/steps/0/body/colour: retrieveEPass has no such member"},
		{"body of what takes none", "- {call: listTransportHubs, body: {iata: MAN}}", "/steps/0/body: listTransportHubs takes no body; what is sent on purpose is sent with request"},
		{"body of what takes none, and refused", "- {call: retrieveTransportHub, path: {transportHubId: NOPE}, body: {}, expect: {error: TRANSPORT_HUB_NOT_FOUND}}", "/steps/0/body: retrieveTransportHub takes no body"},
		{"name in a path, without braces", "- {call: listTransportHubs, save: {hub: data.transportHubs.0.transportHubId}}\n- {request: GET /transportHubs/$hub, expect: {error: TRANSPORT_HUB_NOT_FOUND}}", "/steps/1/request: $hub stands inside a text: there it is ${hub}"},
		{"unknown name in a path", "- {request: GET /transportHubs/$hub, expect: {error: TRANSPORT_HUB_NOT_FOUND}}", "/steps/0/request: there is no $hub here"},
		{"name in a header, without braces", "- {call: listTransportHubs, headers: {Authorization: Bearer $client.secret}, expect: {error: TOKEN_INVALID}}", "/steps/0/headers/Authorization: $client.secret stands inside a text: there it is ${client.secret}"},
		{"name in a fault rule's path, without braces", "- {fault: {on: /orders/$pass/ePasses, error: RATE_LIMITED}}", "/steps/0/fault/on: $pass stands inside a text"},
		{"body that asks nothing", "- {call: listTransportHubs, expect: {body: {}}}", "/steps/0/expect/body: it asks for nothing"},
		{"headers that ask nothing", "- {call: listTransportHubs, expect: {headers: {}}}", "/steps/0/expect/headers: it asks for nothing"},
		{"list that asks nothing", "- {call: listTransportHubs, expect: {data: {transportHubs: {contains: []}}}}", "/steps/0/expect/data/transportHubs/contains: it asks for nothing"},
		{"deliveries that ask nothing", "- expectWebhooks: {deliveries: {contains: []}}", "/steps/0/expectWebhooks/deliveries/contains: it asks for nothing"},
		{"payloads that ask nothing", "- expectWebhooks: {payloads: {contains: []}}", "/steps/0/expectWebhooks/payloads/contains: it asks for nothing"},
		{"member of a delivery, misspelt", "- expectWebhooks: {deliveries: [{atempt: 1}]}", "/steps/0/expectWebhooks/deliveries/0/atempt: unknown key, did you mean attempt?"},
		{"member of a delivery in any order", "- expectWebhooks: {deliveries: {contains: [{event: any}]}}", "/steps/0/expectWebhooks/deliveries/contains/0/event: unknown key, did you mean eventId?"},
		{"anything beside a lost reply", "- {call: listTransportHubs, expect: {reply: lost, status: 404}}", "/steps/0/expect/status: a reply that is lost has none: expected reply"},
		{"data beside a malformed reply", "- {call: listTransportHubs, expect: {reply: malformed, status: 200, data: {transportHubs: any}}}", "/steps/0/expect/data: a reply that is malformed has none: expected reply, status, headers"},
		{"header twice", "- {call: listTransportHubs, headers: {X-Foo: 1, x-foo: 2}}", "/steps/0/headers/x-foo: it is the header X-Foo again"},
		{"header twice, expected", "- {call: listTransportHubs, expect: {headers: {Date: any, date: any}}}", "/steps/0/expect/headers/date: it is the header Date again"},
		{"query twice", "- {request: 'GET /transportHubs?iata=MAN', query: {pageSize: 2}}", "/steps/0/query: the path has a query already: expected one of the two"},
		{"query beside an empty one", "- {request: 'GET /transportHubs?', query: {pageSize: 2}}", "/steps/0/query: the path has a query already"},
		{"date without days", "- {call: retrieveEPass, body: {ePassId: '${in 3x}'}, expect: {error: EPASS_NOT_FOUND}}", "/steps/0/body/ePassId: ${in 3x} is no name: expected ${name}, ${name.member} or, for a date, ${in 3d}"},
		{"name without its end", "- {call: retrieveEPass, body: {ePassId: 'a ${pass.ePassId'}, expect: {error: EPASS_NOT_FOUND}}", "/steps/0/body/ePassId: ${pass.ePassId is no name"},
		{"second name without its end", "- {call: retrieveEPass, body: {ePassId: '${pass.ePassId} ${pass'}, expect: {error: EPASS_NOT_FOUND}}", "/steps/0/body/ePassId: ${pass is no name"},
		{"word for some of a list", "- {call: listTransportHubs, expect: {data: {transportHubs: {contain: [{iata: MAN}]}}}}", "/steps/0/expect/data/transportHubs/contain: there is a list here: expected a list, or {contains: [...]}"},
		{"more than some of a list", "- {call: listTransportHubs, expect: {data: {transportHubs: {contains: [{iata: MAN}], total: 3}}}}", "/steps/0/expect/data/transportHubs/total: there is a list here"},
		{"some of a list, without the list", "- {call: listTransportHubs, expect: {data: {transportHubs: {contains: {iata: MAN}}}}}", "/steps/0/expect/data/transportHubs/contains: there is a list here"},
		{"saved member that is never there", "- {call: listTransportHubs, save: {hub: data.transportHub}}", "/steps/0/save/hub: the answer of listTransportHubs has no data.transportHub, did you mean transportHubs?"},
		{"saved member of an element", "- {call: listTransportHubs, save: {hub: data.transportHubs.0.iatta}}", "/steps/0/save/hub: the answer of listTransportHubs has no data.transportHubs.0.iatta, did you mean iata?"},
		{"saved member of a list", "- {call: listTransportHubs, save: {hub: data.transportHubs.first}}", "/steps/0/save/hub: the answer of listTransportHubs has no data.transportHubs.first: expected an index from 0 in place of first"},
		{"saved member of any element", "- {call: listTransportHubs, save: {hub: 'data.transportHubs.*.iata'}}", "expected an index from 0 in place of *"},
		{"saved member of an element before the first", "- {call: listTransportHubs, save: {hub: data.transportHubs.-1.iata}}", "expected an index from 0 in place of -1"},
		{"saved member of what is sent back", "- {redeem: {ePassId: $pass.ePassId, resourceId: N00001}, save: {order: data.orderID}}", "/steps/0/save/order: the answer of redeem has no data.orderID, did you mean orderId?"},
		{"rule of the same id", "- fault: {id: a, on: listTransportHubs, error: RATE_LIMITED}\n- fault: {id: a, on: listTransportHubs, error: RATE_LIMITED}", "/steps/1/fault/id: it is the id of /steps/0/fault"},
		{"rules of one id", "- fault: [{id: a, on: listTransportHubs, error: RATE_LIMITED}, {id: a, on: listTransportHubs, error: RATE_LIMITED}]", "/steps/0/fault/1/id: it is the id of /steps/0/fault/0"},
		{"word for some deliveries", "- expectWebhooks: {deliveries: {contain: [any]}}", "/steps/0/expectWebhooks/deliveries/contain: unknown key, did you mean contains?"},
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

// TestNames_BeforeAnythingHasOne_AreRefused: what a world begins with is read before there is a pass.
func TestNames_BeforeAnythingHasOne_AreRefused(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, file, want string }{
		{"rule for a pass", "faults: [{on: retrieveEPass, error: RATE_LIMITED, match: {body: {ePassId: $pass.ePassId}}}]", ":5:75: /faults/0/match/body/ePassId: $pass.ePassId has a value in steps alone: there is a step, fault"},
		{"rule for nothing", "faults: [{on: listTransportHubs, error: RATE_LIMITED, match: {query: {iata: $iata}}}]", "/faults/0/match/query/iata: $iata has a value in steps alone"},
		{"rule for no day", "faults: [{on: checkPrebookingAvailability, error: RATE_LIMITED, match: {body: {prebookingDate: '${in 3x}T10:30'}}}]", "/faults/0/match/body/prebookingDate: ${in 3x} is no name"},
		{"rule for a day", "faults: [{on: checkPrebookingAvailability, error: RATE_LIMITED, match: {body: {prebookingDate: '${in 3d}T10:30'}}}]", "/faults/0/match/body/prebookingDate: ${in 3d} has a value in steps alone"},
		{"path of a rule", "faults: [{on: '/transportHubs/${hub}', error: RATE_LIMITED}]", "/faults/0/on: ${hub} has a value in steps alone"},
		{"member of a membership", "  memberships: [{as: member, clientUserId: $pass.clientUserId}]", "/given/memberships/0/clientUserId: $pass.clientUserId has a value in steps alone"},
	} {
		t.Run(row.name, func(t *testing.T) {
			path := mocktest.WriteScenario(t, strings.TrimSuffix(steps, "steps:\n")+row.file+"\n")
			assert.ErrorContains(t, files.Check(path), row.want)
		})
	}
}

// TestSteps_OfNothing_Fail: what is true of everything when there is nothing says nothing; and what was not sent has not
// asked.
func TestSteps_OfNothing_Fail(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	for name, want := range map[string]string{
		"{state: delivered}": "state: there is no callback that it could be true of", "{state: failed}": "state: there is no callback",
		"{each: {orderId: DP1}}": "each: there is no callback", "{count: 0, payloads: [], deliveries: []}": "",
	} {
		var step obj
		require.NoError(t, yaml.Unmarshal([]byte("expectWebhooks: "+name), &step))
		played := a.Post("/_mock/scenarios/play", obj{"scenario": obj{"name": "x", "steps": []obj{step}}}).OK()
		assert.Equal(t, want == "", played["outcome"] == "held", "%s: %v", name, played)
		text, err := json.Marshal(played)
		require.NoError(t, err)
		assert.Contains(t, string(text), want, name)
	}
}

func TestPlay_WithoutSteps_SkipsTheTest(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	path, skipped := mocktest.WriteScenario(t, "name: x\n"), false
	t.Run("x", func(t *testing.T) {
		defer func() { skipped = t.Skipped() }()
		mock.Play(t, srv, path)
	})
	assert.True(t, skipped)
}

func TestPlay_WhatWasNotSent_AsksNothing(t *testing.T) {
	t.Parallel()
	path := mocktest.WriteScenario(t, steps+`- {call: retrieveTransportHub, path: {transportHubId: NOPE}, save: {hub: data.transportHubId}}
- {call: retrieveTransportHub, path: {transportHubId: $hub}, asks: A-055}
`)
	var out strings.Builder
	held, err := files.Play(t.Context(), files.Playing{Update: true, Out: &out}, path)
	require.NoError(t, err)
	assert.False(t, held)
	assert.Contains(t, out.String(), "assumptions skipped: A-055")
	assert.NotContains(t, out.String(), "assumptions failed", "it was not asked")
}

// TestPlay_MalformedReply_HasStatusAndHeaders: what is expected of them is held against what came.
func TestPlay_MalformedReply_HasStatusAndHeaders(t *testing.T) {
	t.Parallel()
	for expect, want := range map[string]string{
		"{reply: malformed, status: 502, headers: {X-From: gateway}}": "1 held, 0 failed",
		"{reply: malformed}":                              "1 held, 0 failed",
		"{reply: malformed, status: 200}":                 "status: expected 200, got 502",
		"{reply: malformed, headers: {X-From: '/mock/'}}": `headers.X-From: expected /mock/, got "gateway"`,
		"{reply: lost}":                                   `reply: expected "lost", got "malformed"`,
	} {
		path := mocktest.WriteScenario(t, "name: x\nfaults: [{on: listTransportHubs, respond: {status: 502, headers: {X-From: gateway}, body: Bad Gateway}}]\nsteps:\n- {call: listTransportHubs, expect: "+expect+"}\n")
		var out strings.Builder
		_, err := files.Play(t.Context(), files.Playing{Out: &out}, path)
		require.NoError(t, err)
		assert.Contains(t, out.String(), want, expect)
	}
}

// TestSteps_ThatMayHold_AreNotJudgedBeforehand: what is saved on the way, what is to be refused, what fault rules make up.
func TestSteps_ThatMayHold_AreNotJudgedBeforehand(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, steps string }{
		{"a resource that is saved", "- {call: listTransportHubResources, path: {transportHubId: A00001}, save: {r: data.resources.transportHubResources.0.resourceId}}\n- redeem: {ePassId: $pass.ePassId, resourceId: $r}\n- fillSlot: {resourceId: '${r}', prebookingDate: 2025-09-04T10:20}"},
		{"a day from now", "- fillSlot: {resourceId: N00001, prebookingDate: '${in 3d}T10:30'}"},
		{"a slot in time again", "- advance: 10d\n- reset: true\n- fillSlot: {resourceId: N00001, prebookingDate: 2025-09-04T10:30}"},
		{"a slot after a move back", "- setClock: 2025-08-01T09:00:00+01:00\n- fillSlot: {resourceId: N00001, prebookingDate: 2025-08-28T10:30}"},
		{"refused on purpose", "- {redeem: {ePassId: $pass.ePassId, resourceId: NOPE}, expect: {error: RESOURCE_NOT_FOUND}}\n- {call: listTransportHubs, headers: {X-Program-ID: nope}, expect: {error: PROGRAM_NOT_ALLOWED}}\n- {call: listTransportHubs, headers: {X-Mock-Nothing: 1}, expect: {error: INVALID_REQUEST}}\n- {request: PURGE /transportHubs, expect: {status: 405}}"},
		{"what fault rules answer", "- fault: [{on: listTransportHubs, respond: {headers: {X-Made-Up: 1}, body: {data: {made: [{up: 1}]}}}}]\n- {call: listTransportHubs, expect: {data: {made: [{up: 1}]}, headers: {X-Made-Up: absent}}}"},
		{"what is sent on purpose", "- {request: POST /orders/ePasses, body: {colour: red}, expect: {status: 400}}\n- {call: retrieveEPass, body: {colour: red}, expect: {error: INVALID_REQUEST}}"},
		{"a list that is to be empty", "- {call: listTransportHubs, query: {iata: ZZZ}, expect: {data: {transportHubs: []}}}\n- expectWebhooks: {payloads: [], deliveries: []}"},
		{"an unknown path", "- {request: GET /nowhere, expect: {status: 404, body: {anything: absent}, headers: {Any-Thing: absent}}}"},
		{"names with braces, and what is none", "- {call: listTransportHubs, save: {hub: data.transportHubs.0.transportHubId}}\n- request: GET /transportHubs/${hub}\n- {call: retrieveEPass, body: {ePassId: $pass.ePassId}, headers: {X-Correlation-ID: 'a $5 b$c ${pass.ePassId}'}}\n- {request: GET /transportHubs, body: {iata: MAN}}"},
		{"an id in place of the rule that had it", "- fault: {id: a, on: listTransportHubs, error: RATE_LIMITED}\n- fault: [{id: a, on: listTransportHubs, error: RATE_LIMITED}]\n- reset: true\n- fault: {id: a, on: listTransportHubs, error: RATE_LIMITED}"},
		{"rules of ids that are names", "- {call: listTransportHubs, save: {n: data.transportHubs.0.iata}}\n- fault: {id: '${n}', on: listTransportHubs, error: RATE_LIMITED}\n- fault: {id: '${n}', on: listTransportHubs, error: RATE_LIMITED}"},
		{"a dollar before a name", "- {call: listTransportHubs, headers: {X-Correlation-ID: '$${pass.ePassId}{b}'}}"},
		{"a client's own header", "- {call: listTransportHubs, headers: {X-Correlation-ID: a, content-type: absent}}"},
		{"well known headers", "- {call: listTransportHubs, expect: {headers: {retry-after: absent, X-Mock-Error: absent, Location: absent}}}"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			assert.NoError(t, files.Check(mocktest.WriteScenario(t, steps+row.steps+"\n")))
		})
	}
}
