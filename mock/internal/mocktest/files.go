package mocktest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/files"
)

// WriteFile writes a file below a folder, for its owner alone, and returns its path.
func WriteFile(t testing.TB, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// WriteScenario writes a scenario file, or another YAML file, for one test.
func WriteScenario(t testing.TB, text string) string {
	t.Helper()
	return WriteFile(t, t.TempDir(), "scenario.yaml", text)
}

// Scenarios are the names of the shipped scenarios, sorted.
func Scenarios(t testing.TB) []string {
	t.Helper()
	list, err := files.Shipped()
	require.NoError(t, err)
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = s.Name
	}
	return names
}
