package scenario

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/scenarios"
)

// TestKinds_AreThoseOfTheSchema: what a step may be stands in the schema, in its words and in the code, and so does which of
// it is answered. A kind that one of them lacks is done by nobody, or told to nobody.
func TestKinds_AreThoseOfTheSchema(t *testing.T) {
	t.Parallel()
	type alternatives []struct{ Required []string }
	names := func(a alternatives) (names []string) {
		for _, one := range a {
			names = append(names, one.Required...)
		}
		return names
	}
	var schema struct {
		Defs map[string]struct {
			Description string
			Properties  map[string]any
			OneOf       alternatives
			AnyOf       alternatives
		} `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(scenarios.Schema, &schema))
	step, answered := schema.Defs["step"], schema.Defs["besideAnswer"]
	assert.Equal(t, kinds(), names(step.OneOf))
	assert.Equal(t, "A step: exactly one of "+strings.Join(kinds(), ", ")+".", step.Description)
	for _, kind := range kinds() {
		assert.Contains(t, step.Properties, kind)
	}
	beside := []string{"name", "version", "path", "query", "headers", "body", "expect", "save", "asks", "skipOn"}
	assert.Len(t, step.Properties, len(kinds())+len(beside), "it is a kind of step, or stands beside one")

	calls := slices.DeleteFunc(kinds(), func(kind string) bool {
		return slices.Contains([]string{"advance", "setClock", "fault", "expectRequests", "expectWebhooks", "reset"}, kind)
	})
	assert.Equal(t, calls, names(answered.AnyOf))
	assert.Equal(t, "expect and save only beside what is answered: "+strings.Join(calls, ", ")+".", answered.Description)
}
