package control_test

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/files"
	"dragonmock/mock/internal/mocktest"
)

// TestFaults_ThatNoCallMeets_AreRefused: a rule that never acts is a test that is green for the wrong reason, by whichever
// way it comes.
func TestFaults_ThatNoCallMeets_AreRefused(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	a, w := mocktest.Author(t, srv), srv.World()
	const path = "/_mock/worlds/default/faults"
	for _, row := range []struct {
		name, on, match string
		want            string // empty: it is a good rule
	}{
		{"no such member anywhere", "*", `{"body": {"clientUserID": "u"}}`, "/match/body/clientUserID: no call that is meant has this member, did you mean clientUserId?"},
		{"no such member below", "*", `{"body": {"extra": {"fristName": "u"}}}`, "/match/body/extra/fristName: no call that is meant has this member, did you mean firstName?"},
		{"member of some call", "*", `{"body": {"extra": {"firstName": "u"}}}`, ""},
		{"member of callbacks among all", "*", `{"body": {"passengers": {"cardholder": 1}}}`, ""},
		{"no such member of a callback", "callback", `{"body": {"orderID": "DP1"}}`, "/match/body/orderID: no call that is meant has this member, did you mean orderId?"},
		{"member of a request", "callback", `{"body": {"extra": {}}}`, "/match/body/extra: no call that is meant has this member"},
		{"member of a callback", "callback", `{"body": {"status": 2, "passengers": {"guests": 1}}}`, ""},
		{"headers of callbacks", "callback", `{"headers": {"A": "b"}}`, "of a callback, expected body alone"},

		{"a word for a number", "createEPass", `{"body": {"module": "lounge"}}`, "/match/body/module: no call that is meant has this value: expected one of 1, 2, 3, 4"},
		{"a number that is none of them", "createEPass", `{"body": {"module": 5}}`, "/match/body/module: no call that is meant has this value: expected one of 1, 2, 3, 4"},
		{"a part of a number", "createEPass", `{"body": {"extra": {"availableUsages": 1.5}}}`, "/match/body/extra/availableUsages: no call that is meant has this value: expected an integer"},
		{"the same number otherwise", "createEPass", `{"body": {"extra": {"availableUsages": 1.0}, "module": 1}}`, ""},
		{"a number for text", "createEPass", `{"body": {"clientUserId": 1}}`, "/match/body/clientUserId: no call that is meant has this value: expected a string"},
		{"an expression for a number", "createEPass", `{"body": {"module": "/1/"}}`, "an expression fits nothing else: expected one of 1, 2, 3, 4"},
		{"an expression for text", "createEPass", `{"body": {"clientUserId": "/^u/"}}`, ""},
		{"text for an object", "createEPass", `{"body": {"extra": "x"}}`, "/match/body/extra: no call that is meant has this value: expected an object"},
		{"a number in a list of text", "createEPass", `{"body": {"extra": {"allowedResources": {"resourceId": [1]}}}}`, "/match/body/extra/allowedResources/resourceId/0: no call that is meant has this value"},
		{"null, which many send", "createEPass", `{"body": {"clientUserId": null}}`, ""},

		{"a letter missing", "*", `{"headers": {"X-Reqest-ID": "a"}}`, "/match/headers/X-Reqest-ID: nothing reads this header, did you mean X-Request-ID?"},
		{"as other systems write it", "createEPass", `{"headers": {"Program_ID": "18943"}}`, "did you mean X-Program-ID?"},
		{"another word", "*", `{"headers": {"Authorisation": "/./"}}`, "did you mean Authorization?"},
		{"of the mock", "*", `{"headers": {"X-Mock-World": "a"}}`, "/match/headers/X-Mock-World: the mock reads no such header"},
		{"no name of a header", "*", `{"headers": {"X Request ID": "a"}}`, "/match/headers/X Request ID: expected the name of a header"},
		{"any case", "*", `{"headers": {"x-request-id": "a", "content-type": "/json/", "X-MOCK-EXPLAIN": "1"}}`, ""},
		{"a client's own", "*", `{"headers": {"X-Correlation-ID": "a", "User-Agent": "/./", "Accept": "/./"}}`, ""},

		{"no such resource", "GET /resources/N9991", "", "/on: no resourceId is N9991, did you mean N99901?"},
		{"no such hub", "/api/v1/transportHubs/A0001/resources", "", "/on: no transportHubId is A0001, did you mean A00001?"},
		{"no resource begins so", "/resources/X*", "", "/on: no resourceId is X"},
		{"a resource", "GET /resources/N99912", "", ""},
		{"any resource", "/resources/{resourceId}", "", ""},
		{"resources that begin so", "/resources/N999*", "", ""},
		{"a word of the path", "GET /resources/updates", "", ""},
		{"a module", "/orders/lounges/ePasses", "", ""},
		{"no module", "/orders/longes/ePasses", "", "/on: no operation has this path"},
	} {
		t.Run(row.name, func(t *testing.T) {
			rule := obj{"on": row.on, "malformed": true}
			goRule := mock.Fault{On: row.on, Malformed: true}
			if row.match != "" {
				var match struct {
					Body    json.RawMessage   `json:"body"`
					Headers map[string]string `json:"headers"`
				}
				require.NoError(t, json.Unmarshal([]byte(row.match), &match))
				rule["match"], goRule.Match = json.RawMessage(row.match), &mock.FaultMatch{Body: match.Body, Headers: match.Headers}
			}
			file := func(members obj) error {
				whole := obj{"name": "x"}
				maps.Copy(whole, members)
				data, err := json.Marshal(whole)
				require.NoError(t, err)
				return files.Check(mocktest.WriteScenario(t, string(data)))
			}
			answer := a.For(t).Post(path, rule)
			_, err := w.Inject(goRule)
			given, step := file(obj{"faults": []obj{rule}}), file(obj{"steps": []obj{{"fault": rule}}})
			if row.want == "" {
				answer.OK()
				require.NoError(t, err)
				require.NoError(t, given)
				assert.NoError(t, step)
				return
			}
			assert.Contains(t, answer.Refused("INVALID_REQUEST"), row.want)
			for _, err := range []error{err, given, step} {
				assert.ErrorContains(t, err, row.want)
			}
		})
	}
}

// TestFaults_OfNamesThatAreSavedLater_AreJudgedWhenTheyArePlayed: nobody knows yet what they stand for.
func TestFaults_OfNamesThatAreSavedLater_AreJudgedWhenTheyArePlayed(t *testing.T) {
	t.Parallel()
	assert.NoError(t, files.Check(mocktest.WriteScenario(t, `
name: x
steps:
  - call: listTransportHubs
    save: {hub: data.transportHubs.0.transportHubId, type: data.transportHubs.0.type}
  - fault:
      - {on: 'GET /transportHubs/${hub}', malformed: true}
      - {on: createEPass, match: {body: {module: $type, clientUserId: '/^${hub}/', extra: {firstName: '${hub}'}}}, malformed: true}
`)))
}
