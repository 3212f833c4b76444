package mock_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/openapi"
)

// clients returns the folder in which .ci/types has made clients of the documents. Where that was not done the test is
// skipped; where it was, anything that is missing is a failure.
func clients(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("DRAGONMOCK_CLIENTS")
	if dir == "" {
		t.Skip("DRAGONMOCK_CLIENTS names no folder with generated clients: bash .ci/types makes them and runs this test")
	}
	return dir
}

// TestClients_PlayTheLoungeStory plays the lounge story of each version through clients that generators made, and looks at
// what arrived.
func TestClients_PlayTheLoungeStory(t *testing.T) {
	dir := clients(t)
	for _, story := range []struct {
		version, name string
		calls         []string
	}{
		{"v1", "story", []string{
			"generateAccessToken", "listTransportHubs", "retrieveResource", "createEPass", "checkPrebookingAvailability", "createEPassLoungePrebooking",
			"retrieveEPassUsageOrder", "cancelOrder", "cancelOrder ORDER_ALREADY_CANCELLED",
		}},
		{"v2", "story-v2", []string{
			"generateAccessToken", "listResources", "createEPass ACTIVATION_IN_PAST", "createEPass", "checkPrebookingAvailability",
			"createEPassLoungePrebooking", "retrieveUser", "cancelOrder", "cancelOrder ORDER_ALREADY_CANCELLED",
		}},
	} {
		for generator, command := range map[string][]string{
			"ogen":               {filepath.Join(dir, story.name+".bin")},
			"openapi-typescript": {"node", filepath.Join(dir, story.name+".js")},
		} {
			t.Run(story.version+" "+generator, func(t *testing.T) {
				srv := mock.Start(t, mock.WithScenario("vendor-lounge-example"))
				out, err := exec.CommandContext(t.Context(), command[0], append(command[1:], srv.URL+"/api/"+story.version)...).CombinedOutput()
				require.NoError(t, err, "%s", out)
				assert.Equal(t, "the lounge story holds\n", string(out))
				arrived, err := srv.World().Requests(mock.RequestFilter{})
				require.NoError(t, err)
				var calls []string
				for _, r := range arrived.Requests {
					calls = append(calls, strings.TrimSpace(r.Operation+" "+string(r.Symbol)))
				}
				assert.Equal(t, story.calls, calls)
				unread, err := srv.World().Unread()
				require.NoError(t, err)
				assert.Empty(t, unread.Fields, "a client sends what the document knows, and nothing else")
			})
		}
	}
}

// TestClients_HaveEveryOperation: no generator drops an operation of a document in silence.
func TestClients_HaveEveryOperation(t *testing.T) {
	dir := clients(t)
	for document, name := range map[string]string{openapi.V1: "dragonpassv1", openapi.V2: "dragonpassv2", openapi.Control: "control"} {
		text := func(path ...string) string {
			data, err := os.ReadFile(filepath.Join(append([]string{dir}, path...)...))
			require.NoError(t, err)
			return string(data)
		}
		ogen, oapi, typescript := text(name, "oas_client_gen.go"), text("oapi"+name, "client.go"), text(strings.TrimSuffix(document, ".yaml")+".ts")
		d, operations := readDocument(t, document), 0
		for _, path := range d.entries(d.member(d.root, "paths")) {
			for _, op := range d.entries(path.node) {
				id := word(d.member(op.node, "operationId"))
				if id == "" {
					continue // parameters of the path
				}
				operations++
				assert.Contains(t, ogen, "invokes "+id+" operation.", "ogen, %s", document)
				assert.Regexp(t, `(?i)func \(c \*Client\) `+regexp.QuoteMeta(id)+`(WithBody)?\(`, oapi, "oapi-codegen, %s", document)
				assert.Contains(t, typescript, "\n    "+id+": {", "openapi-typescript, %s", document)
			}
		}
		assert.Greater(t, operations, 20, document)
	}
}
