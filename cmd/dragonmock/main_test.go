package main

import (
	"net"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCommand_Words_AreOnStdout(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args   []string
		stdout string
	}{
		{[]string{"version"}, "dragonmock " + builtVersion + "\n"},
		{[]string{"--version"}, "dragonmock " + builtVersion + "\n"},
		{[]string{"help"}, "health"},
		{[]string{"help", "play"}, "--junit"},
		{[]string{"--help"}, "health"},
		{[]string{"-h"}, "serve"},
		{[]string{"--help"}, "$DRAGONMOCK_SCENARIO"}, // serve is the default, so its flags are the program's
		{[]string{"fidelity"}, "documented"},
		{[]string{"fidelity", "--markdown"}, "| operation |"},
		{[]string{"fidelity", "--json"}, `"totals": {`},
		{[]string{"serve", "--help"}, "$DRAGONMOCK_SCENARIO"},
		{[]string{"health", "--help"}, "$DRAGONMOCK_ADDR"},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			t.Parallel()
			got := execute(t, nil, test.args...)
			assert.Zero(t, got.code)
			assert.Empty(t, got.stderr)
			assert.Contains(t, got.stdout, test.stdout)
		})
	}
}

// TestEnvironment_UnknownVariable_IsAWarning: a misspelt name is said, with the one that was meant; what an orchestrator
// makes for a service called dragonmock is not.
func TestEnvironment_UnknownVariable_IsAWarning(t *testing.T) {
	t.Parallel()
	got := execute(t, []string{
		"DRAGONMOCK_SCENERIO=x", "DRAGONMOCK_PORT=tcp://10.0.0.1:8080", "DRAGONMOCK_PORT_8080_TCP_ADDR=10.0.0.1", "DRAGONMOCK_SERVICE_HOST=10.0.0.1",
		"DRAGONMOCK_LOG_LEVEL=info", "DRAGONMOCK_EMPTY=",
	}, "version")
	assert.Equal(t, result{stdout: "dragonmock " + builtVersion + "\n", stderr: "dragonmock: warning: DRAGONMOCK_SCENERIO is no variable of this program, did you mean DRAGONMOCK_SCENARIO?\n"}, got)
	got = execute(t, []string{"DRAGONMOCK_PORT=8080"}, "version")
	assert.Contains(t, got.stderr, "DRAGONMOCK_PORT is no variable of this program")
}

func TestCommand_Unusable_IsRefusedInOneLine(t *testing.T) {
	t.Parallel()
	occupied, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer occupied.Close()
	for _, test := range []struct {
		env    []string
		args   []string
		stderr string
	}{
		{nil, []string{"--bogus"}, "--bogus"},
		{nil, []string{"bogus"}, "bogus"},
		{nil, []string{"serve", "extra"}, "extra"},
		{nil, []string{"serv"}, "unexpected argument serv, did you mean serve?"},
		{nil, []string{"fidelty"}, "did you mean fidelity?"},
		{nil, []string{"--adr", "127.0.0.1:0"}, "unknown flag --adr, did you mean"},
		{nil, []string{"--addr", "127.0.0.1:0", "--addr=127.0.0.1:0"}, "--addr: expected it once, it is given twice"},
		{nil, []string{"serve", "--scenario", "token", "--scenario", "dining"}, "--scenario: expected it once"},
		{nil, []string{"--watch", "--watch"}, "--watch: expected it once"},
		{nil, []string{"play", "--junit", "a", "--junit", "b", "token"}, "--junit: expected it once"},
		{nil, []string{"--addr"}, "--addr"},
		{nil, []string{"--addr", "nowhere"}, "--addr nowhere: "},
		{nil, []string{"--addr", ""}, "--addr: expected a value, got an empty one"},
		{nil, []string{"serve", "--control-token="}, "--control-token: expected a value, got an empty one"},
		{nil, []string{"--state", ""}, "--state: expected a value, got an empty one"},
		{nil, []string{"play", "--target", "", "token"}, "--target: expected a value, got an empty one"},
		{nil, []string{"health", "--addr", ""}, "--addr: expected a value, got an empty one"},
		{nil, []string{"check", ""}, "expected the name of a file or scenario, got an empty one"},
		{[]string{"DRAGONMOCK_CONTROL_TOKEN="}, nil, "DRAGONMOCK_CONTROL_TOKEN is empty"},
		{[]string{"DRAGONMOCK_CONTROL_ADDR="}, nil, "DRAGONMOCK_CONTROL_ADDR is empty"},
		{[]string{"DRAGONMOCK_CONTROL="}, nil, "DRAGONMOCK_CONTROL is empty"},
		{[]string{"DRAGONMOCK_TLS_CERT=", "DRAGONMOCK_TLS_KEY=key.pem"}, nil, "DRAGONMOCK_TLS_CERT is empty"},
		{[]string{"DRAGONMOCK_TLS_KEY="}, nil, "DRAGONMOCK_TLS_KEY is empty"},
		{nil, []string{"--addr", occupied.Addr().String()}, "in use"},
		{nil, []string{"--contract", "lenient"}, "--contract"},
		{nil, []string{"--control", "maybe"}, "--control"},
		{nil, []string{"--control", "off", "--control-token", "x"}, "--control-token"},
		{nil, []string{"--addr", "127.0.0.1:0", "--control-addr", "nowhere"}, "--control-addr nowhere: "},
		{nil, []string{"--control", "off", "--scenarios", "."}, "--scenarios without --scenario"},
		{nil, []string{"play", "--control-token", "x", "token"}, "--control-token is for a --control"},
		{nil, []string{"play", "--target", "http://127.0.0.1:1/api/v1", "--client-id", "a", "--secret", "b", "--control-token", "x", "token"}, "--control-token is for a --control"},
		{nil, []string{"play", "--target", "http://127.0.0.1:1/api/v1", "--control", "http://127.0.0.1:1/_mock", "--client-id", "a", "token"}, "--client-id and --secret are for a --target without --control"},
		{nil, []string{"--control-token", "two words"}, "one word"},
		{nil, []string{"--scenarios", "nofolder"}, "--scenarios: stat nofolder"},
		{nil, []string{"--tls-cert", "cert.pem"}, "--tls-key is missing"},
		{[]string{"DRAGONMOCK_TLS_KEY=key.pem"}, nil, "--tls-cert is missing"},
		{nil, []string{"--tls-cert", "nofile.pem", "--tls-key", "nofile.pem"}, "nofile.pem"},
		{nil, []string{"--addr", "127.0.0.1:0", "--watch"}, "--scenarios"},
		{nil, []string{"--state", "nofolder/state.json"}, "nofolder/state.json"},
		{nil, []string{"--log-format", "xml"}, "--log-format"},
		{nil, []string{"--log-level", "loud"}, "--log-level"},
		{nil, []string{"--scenario", "nofile.yaml"}, "nofile.yaml"},
		{nil, []string{"--errors", "nofile.yaml"}, "nofile.yaml"},
		{nil, []string{"--errors", "nofile.yaml"}, "--errors: stat nofile.yaml: "},
		{nil, []string{"--callback-proxy", "nowhere"}, `--callback-proxy: expected an absolute http or https URL, got "nowhere"`},
		{nil, []string{"--callback-url", "nowhere"}, `--callback-url: expected an absolute http or https URL, got "nowhere", or "sink"`},
		{nil, []string{"--event-url", "walkin.redemption=nowhere"}, `--event-url walkin.redemption: expected an absolute http or https URL, got "nowhere", or "sink"`},
		{nil, []string{"--event-url", "walkin.redemptoin=sink"}, "--event-url walkin.redemptoin: "},
		{nil, []string{"--reading", "pendingAsActive", "--reading", "localDate"}, `--reading: expected readings among pendingAsActive, localUsageDate, withoutCategory, got "localDate"`},
		{nil, []string{"--reading="}, "--reading: expected NAME, with a semicolon between two, got an empty one"},
		{nil, []string{"--reading", "pendingAsActive;"}, "--reading: expected NAME, with a semicolon between two, got an empty one"},
		{nil, []string{"--reading", "pendingAsActive", "--reading", "pendingAsActive"}, "--reading: expected each once, pendingAsActive comes twice"},
		{[]string{"DRAGONMOCK_READING=;"}, nil, "--reading: expected NAME, with a semicolon between two, got an empty one (from DRAGONMOCK_READING)"},
		{[]string{"DRAGONMOCK_READING=localUsageDate;nope"}, nil, `--reading: expected readings among pendingAsActive, localUsageDate, withoutCategory, got "nope"`},
		{nil, []string{"--event-url="}, `--event-url: expected EVENT=URL, got ""`},
		{nil, []string{"--event-url", "walkin.redemption=sink;"}, `--event-url: expected EVENT=URL, got ""`},
		{nil, []string{"--event-url", "walkin.redemption="}, `--event-url walkin.redemption: expected an absolute http or https URL, got ""`},
		{nil, []string{"--callback-url", "http://localhost:99999/x"}, "--callback-url: expected a port of 1 to 65535, got 99999"},
		{nil, []string{"--callback-proxy", "http://localhost:0"}, "--callback-proxy: expected a port of 1 to 65535, got 0"},
		{nil, []string{"--ca", "nofile.pem"}, "--ca: nofile.pem: "},
		{nil, []string{"--ca", "main_test.go"}, "expected certificates in PEM"},
		{nil, []string{"--ca", "."}, "expected a regular file"},
		{[]string{"DRAGONMOCK_CA=nofile.pem"}, nil, "nofile.pem"},
		{nil, []string{"play", "--ca", "main_test.go", "token"}, "expected certificates in PEM"},
		{[]string{"DRAGONMOCK_CA=nofile.pem"}, []string{"play", "token"}, "nofile.pem"},
		{nil, []string{"health", "--addr", "nowhere"}, "nowhere"},
		{nil, []string{"fidelity", "--json", "--markdown"}, "--markdown"},
		{[]string{"DRAGONMOCK_ADDR=nowhere"}, nil, "nowhere"},
		{[]string{"DRAGONMOCK_CONTRACT=lenient"}, nil, "--contract"},
		{[]string{"DRAGONMOCK_LOG_FORMAT=xml"}, nil, "--log-format"},
		{[]string{"DRAGONMOCK_LOG_LEVEL=loud"}, nil, "--log-level"},
		{[]string{"DRAGONMOCK_SCENARIO=nofile.yaml"}, nil, "nofile.yaml"},
		{[]string{"DRAGONMOCK_ERRORS=nofile.yaml"}, nil, "nofile.yaml"},
	} {
		t.Run(strings.Join(append(test.env, test.args...), " "), func(t *testing.T) {
			wantOneLine(t, execute(t, test.env, test.args...), exitUnusable, test.stderr)
		})
	}
}

// TestPlay_TokenOfServe_IsNoMistake: a machine that serves with a token has it in its environment, and plays there too.
func TestPlay_TokenOfServe_IsNoMistake(t *testing.T) {
	t.Parallel()
	got := execute(t, []string{"DRAGONMOCK_CONTROL_TOKEN=x"}, "play", "token")
	assert.Zero(t, got.code, got.stderr)
}

func TestCommand_WrongScenario_NamesThePlace(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, given, place string }{
		{"unknown.yaml", "name: a\ngiven:\n  bogus: 1\n", ":3:3: /given/bogus: unknown key"},
		{"clock.yaml", "name: a\ngiven:\n  clock: soon\n", ":3:10: /given/clock: "},
		{"steps.yaml", "name: a\nsteps:\n  - call: cancelOrdr\n", ":3:11: /steps/0/call: no operation cancelOrdr in v1, did you mean cancelOrder?"},
		{"syntax.yaml", "name: a\ngiven: [\n", ":3:1: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := write(t, filepath.Join(t.TempDir(), test.name), test.given)
			wantOneLine(t, execute(t, nil, "--scenario", path), exitUnusable, "dragonmock: "+path+test.place)
		})
	}
}
