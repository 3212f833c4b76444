package stage_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/files"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/openapi"
	"dragonmock/scenarios"
)

// TestShippedScenarios_Play plays every shipped scenario in memory and over a socket.
func TestShippedScenarios_Play(t *testing.T) {
	t.Parallel()
	onSocket := mock.Start(t)
	inMemory, err := mock.New(mock.WithContract(true))
	require.NoError(t, err)
	t.Cleanup(inMemory.Close)
	require.Greater(t, len(mocktest.Scenarios(t)), 30)
	for _, name := range mocktest.Scenarios(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mock.Play(t, inMemory, name)
			var out strings.Builder
			held, err := files.Play(t.Context(), files.Playing{Target: onSocket.URL, Control: onSocket.URL + "/_mock", Out: &out}, name)
			require.NoError(t, err)
			assert.True(t, held, "%s", out.String())
			assert.NotContains(t, out.String(), "skipped "+name)
		})
	}
}

func TestPlayFiles_Parallel_PrintsOneSummary(t *testing.T) {
	t.Parallel()
	names := mocktest.Scenarios(t)
	var out strings.Builder
	held, err := files.Play(t.Context(), files.Playing{Parallel: true, Out: &out, Quiet: true}, names...)
	require.NoError(t, err)
	assert.True(t, held, "%s", out.String())
	assert.Equal(t, 1, strings.Count(out.String(), "\n"), "all held, so there is only a summary: %s", out.String())
	assert.Contains(t, out.String(), fmt.Sprintf("files: %d held, 0 failed, 0 skipped", len(names)))
}

// TestPlayFiles_AgainstATarget_SkipsWhatIsForTheMock: without control plane only what a client can do is played.
func TestPlayFiles_AgainstATarget_SkipsWhatIsForTheMock(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	var out strings.Builder
	credentials := srv.World().Credentials()
	playing := files.Playing{Target: srv.URL + "/api/v1", ClientID: credentials.ClientID, Secret: credentials.Secret, Out: &out}
	marked := mocktest.WriteScenario(t, `
name: a control step that is left out
steps:
  - call: listTransportHubs
  - {advance: 1h, skipOn: target}
  - {call: listTransportHubs, asks: [A-014, A-003]}
`)
	controls := mocktest.WriteScenario(t, "name: a control step that is not\nsteps:\n  - call: listTransportHubs\n  - advance: 1h\n")
	held, err := files.Play(t.Context(), playing, "portable-flow", "lounge-booking", marked, controls)
	require.NoError(t, err)
	assert.True(t, held, "%s", out.String())
	for _, want := range []string{
		"held portable-flow: ", "skipped lounge-booking: from an E-pass to a visit of a lounge: given is for the mock alone",
		"held " + marked, "the step at line 4 (advance) is for the mock alone",
		"files: 2 held, 0 failed, 2 skipped", "assumptions held: A-003, A-008, ",
	} {
		assert.Contains(t, out.String(), want)
	}
	playing.Secret = "wrong"
	held, err = files.Play(t.Context(), playing, "portable-flow")
	assert.ErrorContains(t, err, "1 of 1 files could not be tried, the first is portable-flow: no access token")
	assert.False(t, held)
	assert.Contains(t, out.String(), "no access token: POST /auth/token answered HTTP 401")
}

// TestExpectWebhooks_WhereSomeWereForgotten_Fails: nobody can say what they were.
func TestExpectWebhooks_WhereSomeWereForgotten_Fails(t *testing.T) {
	t.Parallel()
	redeem := "  - redeem: {ePassId: $pass.ePassId, resourceId: N00001}\n"
	for uses, want := range map[int]string{1000: "held ", 1001: "the world has forgotten 1 callbacks, so nobody can say what they were"} {
		file := mocktest.WriteScenario(t, `
name: many callbacks
given:
  callbackUrl: sink
  ePasses: [{as: pass, module: 1, availableUsages: 2000}]
steps:
`+strings.Repeat(redeem, uses)+"  - expectWebhooks: {count: 1000, state: delivered}\n")
		var out strings.Builder
		held, err := files.Play(t.Context(), files.Playing{Out: &out}, file)
		require.NoError(t, err)
		assert.Equal(t, uses == 1000, held)
		assert.Contains(t, out.String(), want)
	}
}

// wrongScenario expects what does not come.
const wrongScenario = `# A comment that stays.
name: wrong hopes
given:
  clock: 2025-09-01T09:00:00+01:00
steps:
  - name: a hub with another name
    call: retrieveTransportHub
    path: {transportHubId: A00001}
    expect:
      data:
        transportHubName: "Heathrow: Airport"   # so I heard
        type: 2
        imagesList: [any, any]
        airports: 3
        iata: '/^L/'
        latitude: $client.clientId
    asks: A-014
  - name: an error that is none
    call: retrieveResource
    path: {resourceId: N00001}
    expect: {error: RESOURCE_NOT_FOUND}
  - name: another error
    call: retrieveResource
    path: {resourceId: N98765}
    expect: {error: ORDER_NOT_FOUND, status: 409}
faults: [{on: retrieveTransportHub, after: 9, respond: {body: {data: {airports: 2}}}}] # so that an answer may have it
`

func TestPlayFiles_Failing_ReportsTheDifference(t *testing.T) {
	t.Parallel()
	path := mocktest.WriteScenario(t, wrongScenario)
	var out strings.Builder
	var junit bytes.Buffer
	held, err := files.Play(t.Context(), files.Playing{Out: &out, JUnit: &junit, Quiet: true}, path)
	require.NoError(t, err)
	assert.False(t, held)
	for _, want := range []string{
		"FAILED " + path + ": wrong hopes\n",
		path + ":6: a hub with another name\n",
		`data.transportHubName: expected "Heathrow: Airport", got "Manchester Airport"`,
		"data.type: expected 2, got 1",
		`data.imagesList: expected ["any","any"], got [{`,
		"data.airports: expected 3, got nothing",
		`data.iata: expected /^L/, got "MAN"`,
		"it asks about A-014",
		"sent GET http://dragonmock/transportHubs/A00001\n",
		"came HTTP 200\n",
		"-    \"type\": 2\n", "+    \"type\": 1\n",
		"steps: 0 held, 1 failed, 2 skipped", "assumptions that did not hold: A-014",
	} {
		assert.Contains(t, out.String(), want)
	}
	var report struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Suites   []struct {
			Cases []struct {
				Name    string `xml:"name,attr"`
				Line    int    `xml:"line,attr"`
				Failure string `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal(junit.Bytes(), &report))
	assert.Equal(t, []int{3, 1}, []int{report.Tests, report.Failures})
	assert.Equal(t, 6, report.Suites[0].Cases[0].Line)
	assert.Contains(t, report.Suites[0].Cases[0].Failure, "expected 2, got 1")
}

func TestPlayFiles_Update_ChangesExpectationsOnly(t *testing.T) {
	t.Parallel()
	path := mocktest.WriteScenario(t, wrongScenario)
	var out strings.Builder
	_, err := files.Play(t.Context(), files.Playing{Out: &out, Quiet: true, Update: true}, path)
	require.NoError(t, err)
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	want := strings.NewReplacer(
		`"Heathrow: Airport"`, "Manchester Airport", "type: 2", "type: 1", "airports: 3", "airports: absent", `'/^L/'`, "MAN",
		"[any, any]", `[{"order":1,"url":"https://image.dragonpass.com/uploadFile/images/cover.png"}]`,
		"ORDER_NOT_FOUND, status: 409", "RESOURCE_NOT_FOUND, status: 404",
	).Replace(wrongScenario)
	assert.Equal(t, want, string(got))
	assert.Contains(t, out.String(), "7 expectations updated")
	assert.Contains(t, out.String(), "data.latitude: $client.clientId is a name, which stays")
	assert.Contains(t, out.String(), "error: there is no value to put in its place")
}

// failing is a test that notes how it was ended.
type failing struct {
	testing.TB
	fatal string
}

func (f *failing) Helper()                           {}
func (f *failing) Fatalf(format string, args ...any) { f.fatal = fmt.Sprintf(format, args...) }

func TestPlay_Failing_EndsTheTest(t *testing.T) {
	t.Parallel()
	srv, err := mock.New()
	require.NoError(t, err)
	path := mocktest.WriteScenario(t, wrongScenario)
	tb := &failing{TB: t}
	mock.Play(tb, srv, path)
	assert.Contains(t, tb.fatal, path+":6: a hub with another name")
	tb = &failing{TB: t}
	mock.Play(tb, srv, "none")
	assert.Contains(t, tb.fatal, "none: no such file")
}

func TestCheckFiles_Wrong_SaysWhereAndWhat(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, steps, want string }{
		{"unknown operation", "- call: cancelOrdr\n", ":4:11: /steps/0/call: no operation cancelOrdr in v1, did you mean cancelOrder?"},
		{"a call that the version of the file does not have", "- call: listUpdatedResources\napi: v2\n", "/steps/0/call: no operation listUpdatedResources in v2"},
		{"a file of no version", "- call: listTransportHubs\napi: v3\n", "/api: there is no version v3 of the API: expected one of v1, v2"},
		{"a file of no version and no steps", "- advance: 1h\napi: v3\n", "/api: there is no version v3 of the API"},
		{"a request to no version", "- {request: GET /transportHubs, version: v3}\n", "/steps/0/version: there is no version v3 of the API"},
		{"unknown version", "- {call: cancelOrder, version: v3}\n", "/steps/0/version: there is no version v3 of the API: expected one of v1, v2"},
		{"missing path parameter", "- call: retrieveResource\n", "/steps/0/call: retrieveResource wants path: {resourceId: ...}"},
		{"unknown path parameter", "- call: retrieveResource\n    path: {resourceID: N00001}\n", ":5:24: /steps/0/path/resourceID: retrieveResource has no such path parameter, did you mean resourceId?"},
		{"unknown name", "- call: cancelOrder\n    body: {status: 3, orderId: $order}\n", ":5:32: /steps/0/body/orderId: there is no $order here"},
		{"a name before it is saved", "- call: cancelOrder\n    body: {orderId: '${order}'}\n  - call: listTransportHubs\n    save: {order: data}\n", "/steps/0/body/orderId: there is no $order here"},
		{"unknown key", "- call: listTransportHubs\n    expects: {code: 0}\n", ":5:5: /steps/0/expects: unknown key, did you mean expect?"},
		{"unknown key of expect", "- call: listTransportHubs\n    expect: {dta: 0}\n", "/steps/0/expect/dta: unknown key, did you mean data?"},
		{"no kind", "- name: x\n", ":4:5: /steps/0: expected a step: exactly one of call, request, "},
		{"two kinds", "- {call: listTransportHubs, advance: 1h}\n", "/steps/0: expected a step: exactly one of"},
		{"a body beside no call", "- {advance: 1h, body: {}}\n", "/steps/0: expected call or request beside path, query, headers, body and version"},
		{"an expectation of no answer", "- {reset: true, expect: {code: 0}}\n", "expect and save only beside what is answered"},
		{"unknown error", "- call: listTransportHubs\n    expect: {error: ORDER_NOT_FUND}\n", "/steps/0/expect/error: no error ORDER_NOT_FUND, did you mean ORDER_NOT_FOUND?"},
		{"bad expression", "- call: listTransportHubs\n    expect: {data: '/(/'}\n", "/steps/0/expect/data: error parsing regexp"},
		{"fault on nothing", "- fault: [{on: cancelOrdr, drop: after}]\n", "/steps/0/fault/0/on: unknown operation, did you mean cancelOrder?"},
		{"fault of nothing", "- fault: [{on: cancelOrder}]\n", "/steps/0/fault"},
		{"journal of nothing", "- expectRequests: {operation: cancelOrdr, count: 1}\n", "/steps/0/expectRequests/operation: no operation cancelOrdr"},
		{"an assumption without number", "- {call: listTransportHubs, asks: 46}\n", "/steps/0/asks: expected the assumptions"},
		{"an assumption that there is not", "- {call: listTransportHubs, asks: A-999}\n", "there is no A-999"},
		{"a name that is none", "- call: listTransportHubs\n    save: {a.b: data}\n", ":5:17: /steps/0/save/a.b: expected a name: letters, digits and _"},
		{"a year", "- advance: 1y\n", ":4:14: /steps/0/advance: expected how far the clock moves on, in whole seconds: 72h, 90d, 1d12h"},
		{"back", "- advance: -1h\n", ":4:14: /steps/0/advance: expected a duration that moves the clock on, got -1h"},
		{"nobody is let in", "- redeem: {ePassId: '1788000066668888', resourceId: N00001, adultCount: 0}\n", "/steps/0/redeem/adultCount: expected an adult at least, got 0"},
		{"a member that a pass has not", "- call: retrieveEPass\n    body: {ePassId: $pass.epassId}\ngiven:\n  ePasses: [{as: pass, module: 1}]\n", ":5:21: /steps/0/body/ePassId: there is no epassId of $pass, did you mean ePassId?"},
		{"a given name", "- call: listTransportHubs\n    save: {pass: data}\ngiven:\n  ePasses: [{as: pass, module: 1}]\n", ":5:18: /steps/0/save/pass: pass is the name of what is given already"},
		{"the client's name", "- call: listTransportHubs\n    save: {client: data}\n", "/steps/0/save/client: client is the client itself"},
		{"not a request", "- request: /orders\n", "/steps/0/request: expected method and path"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			err := files.Check(mocktest.WriteScenario(t, "\nname: x\nsteps:\n  "+row.steps))
			assert.ErrorContains(t, err, row.want)
		})
	}
	err := files.Check(mocktest.WriteScenario(t, "name: x\nfaults:\n  - {on: cancelOrder, error: NONE_SUCH, times: 1}\n  - {on: /orders, eror: NOTHING}\n"))
	assert.ErrorContains(t, err, ":4:19: /faults/1/eror: unknown key, did you mean error?")
	err = files.Check(mocktest.WriteScenario(t, "name: x\nfaults:\n  - {on: cancelOrder, error: NONE_SUCH}\n"))
	assert.ErrorContains(t, err, "/faults/0/error: unknown error")
	err = files.Check(mocktest.WriteScenario(t, "name: x\ngiven:\n  ePasses: [{module: 1, ePassId: 1788000012345678}, {module: 1, ePassId: 1788000012345678}]\n"))
	assert.ErrorContains(t, err, "is there already", "what is given is tried out too")
	for text, want := range map[string]string{
		"name: x\n---\nname: y\nstps: []\n": ":2:1: a second document begins here", "name: x\n...\ngarbage: [\n": ":", "# nothing\n": "the file is empty",
	} {
		assert.ErrorContains(t, files.Check(mocktest.WriteScenario(t, text)), want, "%q", text)
	}
	assert.NoError(t, files.Check(mocktest.Scenarios(t)...))
}

// TestShippedScenarios_AskAboutRegisteredAssumptions: a scenario asks about assumptions that there are.
func TestShippedScenarios_AskAboutRegisteredAssumptions(t *testing.T) {
	t.Parallel()
	register, err := openapi.Files.ReadFile(openapi.Assumptions)
	require.NoError(t, err)
	files, err := fs.Glob(scenarios.Files, "*.yaml")
	require.NoError(t, err)
	asked := 0
	for _, file := range files {
		text, err := scenarios.Files.ReadFile(file)
		require.NoError(t, err)
		for _, number := range regexp.MustCompile(`A-\d{3}`).FindAllString(string(text), -1) {
			asked++
			assert.Contains(t, string(register), "number: "+number, filepath.Base(file))
		}
	}
	assert.NotZero(t, asked)
}
