package scenario_test

import (
	"io/fs"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/scenario"
	"dragonmock/scenarios"
)

// FuzzParse reads whatever there is: a file, or an error that says what is wrong with it.
func FuzzParse(f *testing.F) {
	loader, err := scenario.NewLoader(scenarios.Schema)
	require.NoError(f, err)
	shipped, err := fs.Glob(scenarios.Files, "*.yaml")
	require.NoError(f, err)
	require.NotEmpty(f, shipped)
	for _, name := range shipped {
		data, err := scenarios.Files.ReadFile(name)
		require.NoError(f, err)
		f.Add(data)
	}
	player := &scenario.Player{Operations: []scenario.Operation{{ID: "cancelOrder", Method: "PATCH", Path: "/orders", Version: "v1"}}}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := loader.Parse("file.yaml", data)
		says(t, err)
		if err != nil {
			return
		}
		require.NotEmpty(t, file.Name, "read without an error, but not whole")
		require.NotEmpty(t, file.Given.World)
		require.NotEmpty(t, file.Faults)
		says(t, player.Check(file))
	})
}

// says holds that an error names what is wrong.
func says(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var wrong *scenario.Error
	require.ErrorAs(t, err, &wrong, "it says nothing of the file")
	require.NotEmpty(t, wrong.Problems)
	for _, p := range wrong.Problems {
		require.NotEmpty(t, p.Message, "%+v", p)
		require.GreaterOrEqual(t, p.Line, 0, "%+v", p)
		require.GreaterOrEqual(t, p.Column, 0, "%+v", p)
	}
}
