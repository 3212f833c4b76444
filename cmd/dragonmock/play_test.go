package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// scenarioFile writes a scenario for one test.
func scenarioFile(t *testing.T, text string) string {
	t.Helper()
	return write(t, filepath.Join(t.TempDir(), "scenario.yaml"), text)
}

func TestPlay_WhatHolds_IsSummedUp(t *testing.T) {
	t.Parallel()
	got := execute(t, nil, "play", "--parallel", "vendor-lounge-example", "lounge-booking")
	assert.Zero(t, got.code)
	assert.Empty(t, got.stderr)
	assert.Regexp(t, `^files: 2 held, 0 failed, 0 skipped[^\n]*\n$`, got.stdout, "a summary alone")
}

func TestPlay_WhatDoesNotHold_IsPlacedAndCanBeUpdated(t *testing.T) {
	t.Parallel()
	wrong := scenarioFile(t, "name: a wrong hope\nsteps:\n  - call: retrieveTransportHub\n    path: {transportHubId: A00001}\n    expect: {data: {iata: LHR}}\n")
	report := filepath.Join(t.TempDir(), "report.xml")
	got := execute(t, nil, "play", "--junit", report, wrong)
	assert.Equal(t, exitFailed, got.code)
	assert.Contains(t, got.stdout, wrong+":3: call retrieveTransportHub\n    data.iata: expected \"LHR\", got \"MAN\"\n")
	assert.Equal(t, 1, strings.Count(got.stderr, "\n"), got.stderr)
	assert.NotContains(t, got.stdout, "\x1b", "a pipe gets no colours")
	assert.Contains(t, read(t, report), `<testsuites name="dragonmock play" tests="1" failures="1"`)
	got = execute(t, nil, "play", "--update", wrong)
	assert.Equal(t, exitFailed, got.code)
	assert.Contains(t, got.stdout, "1 expectations updated")
	assert.Zero(t, execute(t, nil, "play", wrong).code, "it holds after --update")
}

// TestPlay_JUnit_TakesThePlaceOfNoScenarioAndOfNoReport: a name that was forgotten, or files that are wrong.
func TestPlay_JUnit_TakesThePlaceOfNoScenarioAndOfNoReport(t *testing.T) {
	t.Parallel()
	const text = "name: x\nsteps: [{call: listTransportHubs}]\n"
	one, two, wrong := scenarioFile(t, text), scenarioFile(t, text), scenarioFile(t, "name: x\nsteps: [{call: nothing}]\n")
	report := write(t, filepath.Join(t.TempDir(), "report.xml"), "the last one")
	for want, args := range map[string][]string{
		"--junit: expected the file of a report, got the name of a scenario, " + one: {"--junit", one, two},
		"no operation nothing":      {"--junit", report, wrong},
		"no such file or directory": {"--junit", filepath.Join(filepath.Dir(report), "none", "report.xml"), two},
		"not a directory":           {"--junit", filepath.Join(report, "report.xml"), two},
		"is a directory":            {"--junit", filepath.Dir(report), two},
	} {
		got := execute(t, nil, append([]string{"play"}, args...)...)
		assert.Equal(t, exitUnusable, got.code, "%q", args)
		assert.Contains(t, got.stderr, want, "%q", args)
	}
	assert.Equal(t, text, read(t, one))
	assert.Equal(t, "the last one", read(t, report))
}

func TestPlay_Unusable_IsRefused(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"play"}, {"play", "nofile"}, {"play", "--secret", "x", "token"}, {"play", "--target", "http://127.0.0.1:1", "token"},
		{"play", scenarioFile(t, "name: x\nsteps: [{call: nothing}]\n")},
	} {
		got := execute(t, nil, args...)
		assert.Equal(t, exitUnusable, got.code, "%q", args)
		assert.Empty(t, got.stdout, "%q", args)
		assert.NotEmpty(t, got.stderr, "%q", args)
	}
}

func TestPlay_Target_IsSeenAsAClientOrWithItsControlPlane(t *testing.T) {
	t.Parallel()
	s := listen(t, nil)
	url := "http://" + s.addr
	got := execute(t, nil, "play", "--target", url+"/api/v1", "--client-id", "DragonPass", "--secret", "dpSecretKey12345", "portable-flow", "token")
	assert.Zero(t, got.code)
	assert.Contains(t, got.stdout, "files: 1 held, 0 failed, 1 skipped")
	assert.Regexp(t, `^skipped token: `, got.stdout)
	got = execute(t, nil, "play", "--target", url+"/api/v1", "--control", url+"/_mock", "portable-flow", "token")
	assert.Zero(t, got.code)
	assert.Regexp(t, `^files: 2 held, 0 failed, 0 skipped`, got.stdout)
	for target, want := range map[string]string{
		s.addr: "target: expected an absolute http or https URL", "ftp://" + s.addr: "target: expected an absolute http or https URL", url + "/api/v1?x=1": "target: expected a URL without query",
	} {
		got = execute(t, nil, "play", "--target", target, "--control", url+"/_mock", "portable-flow")
		assert.Equal(t, exitUnusable, got.code)
		assert.Contains(t, got.stderr, want, target)
	}
	got = execute(t, nil, "play", "--target", url+"/api/v7", "--control", url+"/_mock", "portable-flow")
	assert.Equal(t, exitUnusable, got.code)
	assert.Contains(t, got.stderr, "target: expected the base URL of v1 or v2, got "+url+"/api/v7")
	s.terminate(t)
}

// TestPlay_TargetThatIsDown_CouldNotBeTried: exit 2, as for whoever is not let in. 1 says that something does not hold.
func TestPlay_TargetThatIsDown_CouldNotBeTried(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	nobody := "http://" + free.Addr().String()
	require.NoError(t, free.Close())
	s := listen(t, nil, "--control-token", "right")
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--target", nobody + "/api/v1", "--client-id", "a", "--secret", "b"}, "connection refused"},
		{[]string{"--target", nobody + "/api/v1", "--control", nobody + "/_mock"}, "connection refused"},
		{[]string{"--target", s.url + "/api/v1", "--client-id", "DragonPass", "--secret", "wrong"}, "CREDENTIALS_INVALID"},
		{[]string{"--target", s.url + "/api/v1", "--control", s.url + "/_mock", "--control-token", "wrong"}, "401"},
		{[]string{"--target", s.url + "/api/v1", "--control", nobody + "/_mock"}, "connection refused"},
	} {
		got := execute(t, nil, append([]string{"play", "portable-flow"}, test.args...)...)
		assert.Equal(t, exitUnusable, got.code, "%q: %+v", test.args, got)
		assert.Contains(t, got.stderr, "1 of 1 files could not be tried", test.args)
		assert.Contains(t, got.stderr, test.want, test.args)
		assert.NotContains(t, got.stderr, "--secret")
	}
	s.terminate(t)
}

// TestPlay_Redirect_IsNotFollowed: to another host, with what the request has.
func TestPlay_Redirect_IsNotFollowed(t *testing.T) {
	t.Parallel()
	var followed atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed.Add(1) }))
	defer elsewhere.Close()
	redirects := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	defer redirects.Close()
	got := execute(t, nil, "play", "portable-flow", "--target", redirects.URL+"/api/v1", "--client-id", "a", "--secret", "hunter2")
	assert.Equal(t, exitUnusable, got.code)
	assert.Contains(t, got.stderr, "HTTP 307")
	assert.Contains(t, got.stderr, "Location: "+elsewhere.URL)
	assert.NotContains(t, got.stderr, "hunter2")
	got = execute(t, nil, "health", "--addr", strings.TrimPrefix(redirects.URL, "http://"))
	assert.Equal(t, exitFailed, got.code)
	assert.Zero(t, followed.Load())
}

func TestCheck_GoodFiles_IsSilent(t *testing.T) {
	t.Parallel()
	assert.Equal(t, result{}, execute(t, nil, "check", "token", "lounge-booking"))
}

func TestCheck_WrongFile_NamesThePlace(t *testing.T) {
	t.Parallel()
	path := scenarioFile(t, "name: x\nsteps:\n  - call: cancelOrdr\n")
	want := "dragonmock: " + path + ":3:11: /steps/0/call: no operation cancelOrdr in v1, did you mean cancelOrder?\n"
	assert.Equal(t, result{stderr: want, code: exitUnusable}, execute(t, nil, "check", path))
}
