package statefile

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReplace_WhatCannotBeWrittenOver_IsKeptWhole, since what was written over in part is of no use. A folder stands for a
// file on a full disk.
func TestReplace_WhatCannotBeWrittenOver_IsKeptWhole(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	target := filepath.Join(folder, "state.json")
	if runtime.GOOS == "windows" {
		t.Skip("a file there has one name")
	}
	require.NoError(t, os.WriteFile(target, nil, 0o600))
	require.NoError(t, os.Link(target, target+".other"))
	known, err := os.Stat(target)
	require.NoError(t, err)
	require.NoError(t, os.Remove(target))
	require.NoError(t, os.Remove(target+".other"))
	require.NoError(t, os.Mkdir(target, 0o700))
	f := &File{path: target, target: target, known: known}
	object := func(d *Draft) error {
		_, err := io.WriteString(d, `{"a":1}`)
		return err
	}
	err = f.replace(object)
	require.ErrorContains(t, err, "it could not be written over")
	_, kept, _ := strings.Cut(err.Error(), "the state is kept in ")
	whole, from, err := Open(kept)
	require.NoError(t, err)
	data, err := io.ReadAll(from)
	require.NoError(t, err)
	assert.Equal(t, `{"a":1}`, string(data))
	require.NoError(t, from.Close())
	whole.Close()

	require.NoError(t, os.Remove(target), "there is room again")
	f.known = nil
	require.NoError(t, f.replace(object))
	assert.NoFileExists(t, kept, "it is no longer needed")
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Len(t, left, 1)
}
