package readfile_test

import (
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/readfile"
)

func TestRead_RegularFilesOfBoundedSizeAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	require.NoError(t, os.WriteFile(at("five"), []byte("12345"), 0o600))
	require.NoError(t, os.WriteFile(at("empty"), nil, 0o600))
	for name, want := range map[string]string{"five": "12345", "empty": ""} {
		data, err := readfile.Read(at(name), 5)
		require.NoError(t, err)
		assert.Equal(t, want, string(data))
	}
	_, err := readfile.Read(at("five"), 4)
	assert.ErrorContains(t, err, "five: expected a file of at most 4 bytes")
	_, err = readfile.Read(at("none"), 5)
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = readfile.Read(dir, 5)
	assert.ErrorContains(t, err, "expected a regular file, it is a folder")

	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	defer root.Close()
	data, err := readfile.In(root, "five", "shown", 5)
	require.NoError(t, err)
	assert.Equal(t, "12345", string(data))
	_, err = readfile.In(root, "five", "shown", 4)
	assert.ErrorContains(t, err, "shown: expected a file of at most 4 bytes")
	if runtime.GOOS == "windows" {
		t.Skip("what follows is of Unix")
	}
	require.NoError(t, os.Symlink("five", at("link")))
	require.NoError(t, os.Symlink("/dev/zero", at("zero")))
	socket, err := net.Listen("unix", at("socket"))
	require.NoError(t, err)
	defer socket.Close()
	data, err = readfile.Read(at("link"), 5)
	require.NoError(t, err)
	assert.Equal(t, "12345", string(data))
	for path, want := range map[string]string{"/dev/zero": "a device", at("zero"): "a device", at("socket"): "a socket"} {
		_, err := readfile.Read(path, 5)
		assert.ErrorContains(t, err, path+": expected a regular file, it is "+want)
	}
	_, err = readfile.In(root, "zero", "shown", 5)
	assert.Error(t, err, "it leads out of the folder")
	if runtime.GOOS == "linux" {
		data, err = readfile.Read("/proc/self/status", 1<<20)
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(string(data), "Name:"), "a file that says it is empty")
	}
}
