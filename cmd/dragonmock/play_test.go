package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// scenarioFile writes a scenario for one test.
func scenarioFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "scenario.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (b built) testPlay(t *testing.T) {
	t.Parallel()
	got := b.run(t, nil, "play", "--parallel", "vendor-lounge-example", "lounge-booking")
	if got.code != 0 || got.stderr != "" || strings.Count(got.stdout, "\n") != 1 || !strings.HasPrefix(got.stdout, "files: 2 held, 0 failed, 0 skipped") {
		t.Errorf("what holds: %+v, want a summary alone and exit 0", got)
	}
	wrong := scenarioFile(t, "name: a wrong hope\nsteps:\n  - call: retrieveTransportHub\n    path: {transportHubId: A00001}\n    expect: {data: {iata: LHR}}\n")
	report := filepath.Join(t.TempDir(), "report.xml")
	got = b.run(t, nil, "play", "--junit", report, wrong)
	if got.code != exitFailed || !strings.Contains(got.stdout, wrong+":3: call retrieveTransportHub\n    data.iata: expected \"LHR\", got \"MAN\"\n") || strings.Count(got.stderr, "\n") != 1 || strings.Contains(got.stdout, "\x1b") {
		t.Errorf("what does not hold: %+v, want its place and exit 1, and no colours in a pipe", got)
	}
	if xml, err := os.ReadFile(report); err != nil || !strings.Contains(string(xml), `<testsuites name="dragonmock play" tests="1" failures="1"`) {
		t.Errorf("the JUnit report is %s (%v)", xml, err)
	}
	if got := b.run(t, nil, "play", "--update", wrong); got.code != exitFailed || !strings.Contains(got.stdout, "1 expectations updated") {
		t.Errorf("--update: %+v", got)
	}
	if got := b.run(t, nil, "play", wrong); got.code != 0 {
		t.Errorf("after --update: %+v, want exit 0", got)
	}
	for _, args := range [][]string{
		{"play"}, {"play", "nofile"}, {"play", "--secret", "x", "token"}, {"play", "--target", "http://127.0.0.1:1", "token"},
		{"play", scenarioFile(t, "name: x\nsteps: [{call: nothing}]\n")},
	} {
		if got := b.run(t, nil, args...); got.code != exitUnusable || got.stdout != "" || got.stderr == "" {
			t.Errorf("%q: %+v, want exit 2", args, got)
		}
	}
}

func (b built) testPlayTarget(t *testing.T) {
	t.Parallel()
	s := b.serve(t, nil, "--addr", "127.0.0.1:0", "--log-format", "json")
	url := "http://" + s.addr
	got := b.run(t, nil, "play", "--target", url+"/api/v1", "--client-id", "DragonPass", "--secret", "dpSecretKey12345", "portable-flow", "token")
	if got.code != 0 || !strings.Contains(got.stdout, "files: 1 held, 0 failed, 1 skipped") || !strings.HasPrefix(got.stdout, "skipped token: ") {
		t.Errorf("as a client: %+v, want one held, one skipped", got)
	}
	got = b.run(t, nil, "play", "--target", url+"/api/v1", "--control", url+"/_mock", "portable-flow", "token")
	if got.code != 0 || !strings.HasPrefix(got.stdout, "files: 2 held, 0 failed, 0 skipped") {
		t.Errorf("with a control plane: %+v, want both held", got)
	}
	s.terminate(t)
}

func (b built) testCheck(t *testing.T) {
	t.Parallel()
	if got := b.run(t, nil, "check", "token", "lounge-booking"); got != (result{}) {
		t.Errorf("good files: %+v, want silence and exit 0", got)
	}
	path := scenarioFile(t, "name: x\nsteps:\n  - call: cancelOrdr\n")
	got := b.run(t, nil, "check", path)
	if want := "dragonmock: " + path + ":3:11: /steps/0/call: no operation cancelOrdr in v1, did you mean cancelOrder?\n"; got.code != exitUnusable || got.stderr != want {
		t.Errorf("a wrong file: %+v, want %q and exit 2", got, want)
	}
}
