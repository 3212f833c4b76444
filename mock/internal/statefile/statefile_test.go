package statefile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/statefile"
)

// open takes a file that nothing is wrong with, for the test's life.
func open(t *testing.T, path string) (*statefile.File, string) {
	t.Helper()
	f, from, err := statefile.Open(path)
	require.NoError(t, err)
	t.Cleanup(f.Close)
	return f, held(t, from)
}

// held is what a file holds; empty when it is not there.
func held(t *testing.T, from io.ReadCloser) string {
	t.Helper()
	if from == nil {
		return ""
	}
	data, err := io.ReadAll(from)
	require.NoError(t, err)
	require.NoError(t, from.Close())
	return string(data)
}

// text is an object that is written byte by byte.
func text(object string) func(*statefile.Draft) error {
	return func(d *statefile.Draft) error {
		for i := range object {
			if _, err := d.Write([]byte(object[i : i+1])); err != nil {
				return err
			}
		}
		return nil
	}
}

// names are the names in a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	list := []string{}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestFile_Written_IsReadAgainAndNothingIsLeftBeside(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "state*[1].json")
	f, data := open(t, path)
	assert.Empty(t, data)
	require.NoError(t, f.Write(text(`{"a":1}`)))
	require.NoError(t, f.Write(text(`{"a":2}`)))
	f.Close()
	require.NoError(t, f.Write(text(`{"a":3}`)), "once more after it was let go")
	assert.Equal(t, []string{"state*[1].json"}, names(t, folder))
	left := filepath.Join(folder, ".state*[1].json.saving-1")
	other := filepath.Join(folder, ".state.json.saving-1")
	for _, name := range []string{left, other} {
		require.NoError(t, os.WriteFile(name, []byte("secret"), 0o600))
	}
	f, data = open(t, path)
	assert.Equal(t, `{"a":3}`, data)
	f.Tidy()
	assert.NoFileExists(t, left)
	assert.FileExists(t, other, "it belongs to another state file")
}

func TestFile_TakenTwice_IsRefused(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no lock")
	}
	path := filepath.Join(t.TempDir(), "state.json")
	link := filepath.Join(t.TempDir(), "link.json")
	require.NoError(t, os.Symlink(path, link))
	f, _ := open(t, path)
	for _, name := range []string{path, link} {
		_, _, err := statefile.Open(name)
		assert.ErrorContains(t, err, name+": another process has it")
	}
	f.Close()
	second, _ := open(t, link)
	err := f.Write(text(`{"late":1}`))
	require.ErrorContains(t, err, "another process has it")
	_, kept, _ := strings.Cut(err.Error(), "the state is kept in ")
	held, data := open(t, kept)
	held.Close()
	assert.Equal(t, `{"late":1}`, data)
	require.NoError(t, second.Write(text(`{"a":1}`)))
}

func TestFile_ChangedSinceItWasRead_IsNotOverwritten(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(path string) error{
		"written over": func(path string) error { return os.WriteFile(path, []byte(`{"b":2}`), 0o600) },
		"replaced": func(path string) error {
			if err := os.WriteFile(path+".new", []byte(`{"b":2}`), 0o600); err != nil {
				return err
			}
			return os.Rename(path+".new", path)
		},
		"one letter": func(path string) error { return os.WriteFile(path, []byte(`{"a":2}`), 0o600) },
	} {
		for _, there := range []bool{true, false} {
			folder := t.TempDir()
			path := filepath.Join(folder, "state.json")
			if there {
				require.NoError(t, os.WriteFile(path, []byte(`{"a":1}`), 0o600))
			}
			f, _ := open(t, path)
			require.NoError(t, change(path))
			changed, err := os.ReadFile(path)
			require.NoError(t, err)
			var kept string
			for range 2 {
				err = f.Write(text(`{"mine":1}`))
				require.ErrorContains(t, err, "somebody else has changed it since it was read", name)
				_, kept, _ = strings.Cut(err.Error(), "the state is kept in ")
			}
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(changed), string(after))
			held, data := open(t, kept)
			held.Close()
			assert.Equal(t, `{"mine":1}`, data)
			f.Close()
			assert.Len(t, names(t, folder), 2, "the file, and what was kept")
			if info, err := os.Stat(kept); runtime.GOOS != "windows" && assert.NoError(t, err) {
				assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "it holds secrets")
			}
		}
	}
	path := filepath.Join(t.TempDir(), "state.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"a":1}`), 0o600))
	f, _ := open(t, path)
	require.NoError(t, os.WriteFile(path, []byte(`{"a":1}`), 0o600), "the same again is no change")
	require.NoError(t, f.Write(text(`{"a":2}`)))
	require.NoError(t, os.Remove(path), "what is gone can lose nothing")
	require.NoError(t, f.Write(text(`{"a":3}`)))
}

// TestFile_AnyBitFlipped_IsRefused: and without its digest it is believed.
func TestFile_AnyBitFlipped_IsRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	f, _ := open(t, path)
	body := `{"version":2,"worlds":[{"id":"default","seed":"0"}]}`
	require.NoError(t, f.Write(text(body)))
	f.Close()
	good, err := os.ReadFile(path)
	require.NoError(t, err)
	for i := range len(good) * 8 {
		bad := []byte(string(good))
		bad[i/8] ^= 1 << (i % 8)
		require.NoError(t, os.WriteFile(path, bad, 0o600))
		f, from, err := statefile.Open(path)
		if err != nil {
			assert.ErrorContains(t, err, "take the member digest away")
			continue
		}
		assert.GreaterOrEqual(t, i/8, len(body)-1, "the digest itself is broken, which its reader refuses")
		assert.Equal(t, string(bad), held(t, from))
		f.Close()
	}
	require.NoError(t, os.WriteFile(path, []byte(body+"\n"), 0o600))
	_, data := open(t, path)
	assert.Equal(t, body, data)
}

// TestDraft_TakenBack_LeavesNoTrace: neither in the file nor in its digest, wherever the pieces end.
func TestDraft_TakenBack_LeavesNoTrace(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1, 2, 300 << 10} {
		folder := t.TempDir()
		path := filepath.Join(folder, "state.json")
		f, _ := open(t, path)
		require.NoError(t, f.Write(func(d *statefile.Draft) error {
			for _, piece := range []string{`{"a":1`, `,"b":"` + strings.Repeat("b", size), `","c":2`, `}`} {
				d.Mark()
				for range 2 {
					if err := text(piece[:len(piece)/2])(d); err != nil {
						return err
					}
					if err := d.Back(); err != nil {
						return err
					}
				}
				if err := text(piece)(d); err != nil {
					return err
				}
			}
			return nil
		}))
		failed := errors.New("it cannot be written")
		assert.ErrorIs(t, f.Write(func(d *statefile.Draft) error {
			return errors.Join(text(`{"no":`)(d), failed)
		}), failed)
		f.Close()
		assert.Equal(t, []string{"state.json"}, names(t, folder))
		_, data := open(t, path)
		assert.Equal(t, `{"a":1,"b":"`+strings.Repeat("b", size)+`","c":2}`, data)
	}
}

func TestFile_LinksStayWhatTheyAre(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("links are made by Unix's calls")
	}
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	require.NoError(t, os.Mkdir(at("in"), 0o700))
	require.NoError(t, os.Symlink("second", at("first")))
	require.NoError(t, os.Symlink(filepath.Join("in", "state.json"), at("second")))
	f, _ := open(t, at("first"))
	require.NoError(t, f.Write(text(`{"a":1}`)), "its target is not there yet")
	require.NoError(t, f.Write(text(`{"a":2}`)))
	f.Close()
	for _, name := range []string{"first", "second"} {
		info, err := os.Lstat(at(name))
		require.NoError(t, err)
		assert.NotZero(t, info.Mode()&os.ModeSymlink, name)
	}
	assert.Equal(t, []string{"state.json"}, names(t, at("in")))

	require.NoError(t, os.Link(at("in/state.json"), at("hard")))
	f, data := open(t, at("hard"))
	assert.Equal(t, `{"a":2}`, data)
	require.NoError(t, f.Write(text(`{"a":3}`)))
	f.Close()
	_, data = open(t, at("in/state.json"))
	assert.Equal(t, `{"a":3}`, data, "both names are of one file")

	f, _ = open(t, at("alone.json"))
	require.NoError(t, f.Write(text(`{"a":4}`)))
	require.NoError(t, os.Link(at("alone.json"), at("late")))
	require.NoError(t, f.Write(text(`{"a":5}`)))
	f.Close()
	_, data = open(t, at("late"))
	assert.Equal(t, `{"a":5}`, data, "also one that was made while it was open")

	require.NoError(t, os.Symlink("round", at("round")))
	for path, want := range map[string]string{at("round"): "leads to itself", folder: "it is a folder", "/dev/zero": "it is a device", at("none/state.json"): "cannot be written"} {
		_, _, err := statefile.Open(path)
		assert.ErrorContains(t, err, want)
	}
	assert.NoFileExists(t, "/dev/.zero.lock")
}
