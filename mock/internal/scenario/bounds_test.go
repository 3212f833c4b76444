package scenario_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/scenario"
	"dragonmock/scenarios"
)

// TestParse_Bounds: what a file may hold, at the bounds and beyond.
func TestParse_Bounds(t *testing.T) {
	t.Parallel()
	loader, err := scenario.NewLoader(scenarios.Schema)
	require.NoError(t, err)
	aliases := "name: x\nx0: &x0 [a,a,a,a,a,a,a,a,a,a]\n"
	for i := range 8 {
		aliases += fmt.Sprintf("x%d: &x%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*x%d,", i), 10), ","))
	}
	list := func(key, n int) string {
		return "name: x\n" + strings.Repeat("k", key) + ": [" + strings.TrimSuffix(strings.Repeat("1,", n), ",") + "]\n"
	}
	for name, row := range map[string]struct{ text, want string }{
		"key of the longest":      {list(500, 1), "unknown key"},
		"longer key":              {list(501, 1), "x.yaml:2:1: expected keys of at most 500 bytes"},
		"list":                    {list(1, 9_000), "unknown key"},
		"longer list":             {list(1, 10_001), "the file holds more than 10000 keys and values"},
		"much longer list":        {list(1, 1_000_000), "x.yaml:1:1: the file holds more than 10000 keys and values"},
		"list below a long key":   {list(500, 8_000), "unknown key"},
		"list below a longer one": {list(500, 9_000), "the file holds too much below keys as long as these"},
		"other line breaks":       {"name: x\nxs:" + strings.Repeat("\r-\u0085-\u2028-\u2029-", 10_000), "x.yaml:1:1: the file holds more than 10000 keys and values"},
		"anchors":                 {"name: " + strings.Repeat("&a ", 40_000), "x.yaml:1:1: the file holds more than 10000 keys and values"},
		"tags":                    {"name: " + strings.Repeat("!a ", 40_000), "x.yaml:1:1: the file holds more than 10000 keys and values"},
		"aliases of aliases":      {aliases, "aliases written out"},
		"an alias of itself":      {"name: &a [*a]\n", "nested more than 64 deep"},
		"broken":                  {"name: [" + strings.Repeat("[", 29_000), "max depth"},
	} {
		_, err := loader.Parse("x.yaml", []byte(row.text))
		require.Error(t, err, name)
		assert.ErrorContains(t, err, row.want, name)
		assert.Less(t, len(err.Error()), 12<<10, name)
	}
}

// TestParse_ManyProblems_AreToldBriefly, and so are those of what is played.
func TestParse_ManyProblems_AreToldBriefly(t *testing.T) {
	t.Parallel()
	loader, err := scenario.NewLoader(scenarios.Schema)
	require.NoError(t, err)
	_, err = loader.Parse("x.yaml", []byte("name: x\nsteps:\n"+strings.Repeat("- {cal: x}\n", 500)))
	assert.ErrorContains(t, err, "and 80 more at least")
	assert.Len(t, strings.Split(err.Error(), "\n"), 21)

	file, err := loader.Parse("x.yaml", []byte("name: x\nsteps:\n"+strings.Repeat("- {call: cancelOrdre, body: {orderId: $gone}}\n", 30)))
	require.NoError(t, err)
	err = (&scenario.Player{Operations: []scenario.Operation{{ID: "cancelOrder", Method: "PATCH", Path: "/orders", Version: "v1"}}}).Check(file)
	assert.ErrorContains(t, err, "did you mean cancelOrder?")
	assert.ErrorContains(t, err, "and 40 more")
}
