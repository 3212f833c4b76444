package fault_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/fault"
	"dragonmock/scenarios"
)

// TestRule_HasTheMembersOfThePublishedSchema holds the rules that are read to those that scenario files may have.
func TestRule_HasTheMembersOfThePublishedSchema(t *testing.T) {
	type schema struct {
		Properties map[string]schema `json:"properties"`
		AnyOf      []schema          `json:"anyOf"`
	}
	var published struct {
		Defs map[string]schema `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(scenarios.Schema, &published))
	rule := published.Defs["fault"]
	require.NotEmpty(t, rule.Properties)
	for _, c := range []struct {
		of   any
		want schema
	}{
		{fault.Rule{}, rule},
		{fault.Match{}, rule.Properties["match"]},
		{fault.Response{}, rule.Properties["respond"]},
		{fault.RateLimit{}, rule.Properties["rateLimit"]},
	} {
		var members []string
		for _, field := range reflect.VisibleFields(reflect.TypeOf(c.of)) {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			members = append(members, name)
		}
		assert.ElementsMatch(t, slices.Collect(maps.Keys(c.want.Properties)), members, "%T", c.of)
	}
	forms := rule.Properties["delay"].AnyOf
	require.Len(t, forms, 2)
	assert.ElementsMatch(t, []string{"mean", "p95"}, slices.Collect(maps.Keys(forms[1].Properties)))
}
