package scenario_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"dragonmock/mock"
	"dragonmock/mock/files"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/scenarios"
)

// editorSchema is the published schema as an editor has it.
func editorSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(scenarios.Schema))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("scenario.schema.json", doc))
	compiled, err := c.Compile("scenario.schema.json")
	require.NoError(t, err)
	return compiled
}

// How editors read plain values: yaml-language-server reads YAML 1.2 unless it is told 1.1, JetBrains some of both.
var (
	core12 = regexp.MustCompile(`^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)$`)
	type11 = regexp.MustCompile(`^([-+]?(0b[0-1_]+|0[0-7_]*|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)` +
		`|[-+]?([0-9][0-9_]*)?\.[0-9.]*([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*)$`)
	bool12 = regexp.MustCompile(`^(true|True|TRUE|false|False|FALSE)$`)
	bool11 = regexp.MustCompile(`^(y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$`)
	null   = regexp.MustCompile(`^(~|null|Null|NULL|)$`)
)

// asEditor reads YAML the way an editor does, by the rules of a version.
func asEditor(n *yaml.Node, old bool) any {
	switch n.Kind {
	case yaml.DocumentNode:
		return asEditor(n.Content[0], old)
	case yaml.AliasNode:
		return asEditor(n.Alias, old)
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, asEditor(item, old))
		}
		return list
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			object[n.Content[i].Value] = asEditor(n.Content[i+1], old)
		}
		return object
	}
	numbers, bools := core12, bool12
	if old {
		numbers, bools = type11, bool11
	}
	switch plain := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0; {
	case !plain:
		return n.Value
	case null.MatchString(n.Value):
		return nil
	case bools.MatchString(n.Value):
		return strings.ContainsAny(n.Value[:1], "tTyY") || strings.EqualFold(n.Value, "on")
	case numbers.MatchString(n.Value):
		if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return f
		}
		return 1320.0 // in another notation; which number it is does not matter
	}
	return n.Value
}

// inEditor says what an editor marks.
func inEditor(t require.TestingT, schema *jsonschema.Schema, data []byte, old bool) error {
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal(data, &doc))
	return schema.Validate(asEditor(&doc, old))
}

// TestShippedScenarios_InEditors_HaveNoErrors: with the schema that they name themselves.
func TestShippedScenarios_InEditors_HaveNoErrors(t *testing.T) {
	t.Parallel()
	schema := editorSchema(t)
	files, err := fs.Glob(scenarios.Files, "*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		data, err := fs.ReadFile(scenarios.Files, file)
		require.NoError(t, err)
		assert.True(t, bytes.HasPrefix(data, []byte("# yaml-language-server: $schema=scenario.schema.json\n")), "%s: its first line names no schema", file)
		assert.NoError(t, inEditor(t, schema, data, false), "%s, YAML 1.2", file)
		assert.NoError(t, inEditor(t, schema, data, true), "%s, YAML 1.1", file)
	}
}

// plainly are values as authors write them, without quotes, where text is meant.
var plainly = []string{
	"1788000066668888", "0788000066668888", "42", "0044", "25.00", "Ada", "'44'", "2025-09-01", "1e5", "0x1F", "+44", "-7", ".5", "1_000", "~a", "N99910", "$pass.ePassId", "10:30",
}

// wanting are files with a place for a value.
var wanting = []string{
	"{name: %s}", "{name: x, given: {ePasses: [{module: 1, ePassId: %s}]}}", "{name: x, given: {ePasses: [{module: 1, clientUserId: %s, firstName: %[1]s}]}}",
	"{name: x, given: {memberships: [{phoneNumber: %s}]}}", "{name: x, given: {memberships: [{callingCode: %s}]}}", "{name: x, given: {programs: [{programId: %s}]}}",
	"{name: x, given: {resources: [{resourceId: N00001, price: {adultRate: %s}}]}}", "{name: x, given: {resources: [{resourceId: %s, capacity: 3}]}}",
	"{name: x, given: {prebookingTokens: [{token: %s, module: 1, resourceId: N00001, prebookingDate: 2025-10-01T10:30}]}}",
	"{name: x, faults: [{on: listTransportHubs, match: {query: {iata: %s}}, drop: after}]}", "{name: x, faults: [{on: %s, drop: after}]}", "{name: x, faults: [{id: %s, on: '*', drop: after}]}",
	"{name: x, steps: [{redeem: {voucher: %s}}]}", "{name: x, steps: [{reverse: %s}]}", "{name: x, steps: [{call: listTransportHubs, headers: {X-Program-ID: %s}, expect: {status: 403}}]}",
	"{name: x, steps: [{call: %s}]}", "{name: x, steps: [{call: listTransportHubs, expect: {error: %s}}]}", "{name: x, steps: [{call: listTransportHubs, asks: %s}]}",
	"{name: x, steps: [{call: retrieveResource, path: {resourceId: %s}, expect: {data: {resourceName: %[1]s}}, save: {n: data.resourceName}}]}",
	"{name: x, steps: [{fillSlot: {resourceId: %s, prebookingDate: 2025-10-01T10:30}, expect: {status: 404}}]}", "{name: x, steps: [{advance: %s}]}", "{name: x, given: {clock: %s}}",
	"{name: x, steps: [{call: listTransportHubs, version: %s}]}", "{name: x, steps: [{expectRequests: {operation: %s, count: 0}}]}", "{name: x, given: {callbackUrl: %s}}",
	"{name: x, given: {errors: [{symbol: ORDER_NOT_FOUND, status: 404, code: %s}]}}", "{name: x, given: {errors: [{symbol: %s, status: 404, code: '1'}]}}",
}

// names are names that there are, each where one of its kind is meant, and paths.
var names = []string{
	"cancelOrder", "callback", "'*'", "ORDER_NOT_FOUND", "EVENT_NOT_FOUND", "RATE_LIMITED", "A-046", "[A-046, A-038]", "v1", "v2", "real", "sink", "http://127.0.0.1:1/x", "72h", "2025-09-01T09:00:00+01:00",
	"/orders", "/orders/*", "POST /orders", "PATCH /orders", "/api/v1/orders",
}

// TestEditors_DoNotMarkWhatCheckAccepts holds the schema and the check together: whatever an author writes without being
// refused, with the quotes that YAML asks for and without, no editor underlines.
func TestEditors_DoNotMarkWhatCheckAccepts(t *testing.T) {
	t.Parallel()
	schema := editorSchema(t)
	accepted := map[string]int{}
	for _, form := range wanting {
		for _, value := range append(append([]string{}, plainly...), names...) {
			text := fmt.Sprintf(form, value)
			if files.Check(mocktest.WriteScenario(t, text)) != nil {
				continue
			}
			accepted[form]++
			assert.NoError(t, inEditor(t, schema, []byte(text), false), "%s", text)
		}
		assert.NotZero(t, accepted[form], "no value fits %s: it shows nothing", form)
	}
}

// TestCheck_PlainNumberWhereTextIsMeant_IsTextAsWritten: and a number stays one where it may be either.
func TestCheck_PlainNumberWhereTextIsMeant_IsTextAsWritten(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	rapid.Check(t, func(rt *rapid.T) {
		user := rapid.StringMatching(`[0-9]{1,20}`).Draw(rt, "clientUserId")
		mock.Play(t, srv, mocktest.WriteScenario(t, fmt.Sprintf(`
name: what is plain is text
given:
  memberships: [{as: member, clientUserId: %s}]
steps:
  - call: retrieveMembership
    body: {membershipId: $member.membershipId}
    expect: {data: {clientUserId: '%[1]s'}}
`, user)))
	})
}
