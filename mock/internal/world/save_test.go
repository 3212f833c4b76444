package world_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// TestState_AfterARestart_IsRestored: a restart loses nothing but the journal.
func TestState_AfterARestart_IsRestored(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.json")
	first, c := mocktest.Start(t, mock.WithState(file), mock.WithScenario("vendor-lounge-example"), mock.WithCallbackURL("http://127.0.0.1:1/"))
	fresh := mocktest.Snapshot(t, first.World())
	pass, _ := mocktest.FillTables(t, first.World(), c)
	require.Eventually(t, func() bool { // the callback is refused, and no longer on its way
		return !slices.ContainsFunc(mocktest.Events(t, first.World()), func(e mock.Event) bool { return len(e.Attempts) == 0 })
	}, 30*time.Second, time.Millisecond)
	probability := 0.5
	mocktest.Inject(t, first.World(), mock.Fault{On: "createEPass", Times: 2, Error: dragonpass.ServiceUnavailable, Probability: &probability})
	require.NoError(t, first.World().Checkpoint("lived"))
	lived := mocktest.Snapshot(t, first.World())
	c.TryIssue(dragonpass.Lounge, 1, nil) // the rule counts it
	c.Register("u-2")
	made := mocktest.NewWorld(t, first, mock.WithSeed(7), mock.WithLifetime(time.Hour), mock.WithPrograms("p1", "p2"), mock.WithOperations("createEPass"),
		mock.WithLanguages("fr-FR"), mock.WithReadings("localUsageDate"), mock.WithPublicKey(mocktest.PublicPEM(t, mocktest.NewKey(t))))
	mocktest.IssueEPass(t, made, "u", 3, time.Now().AddDate(1, 0, 0))
	gone := mocktest.NewWorld(t, first)
	fork, err := first.World().Fork()
	require.NoError(t, err)
	gone.Close()
	before := []savedWorld{describe(t, first.World()), describe(t, made), describe(t, fork)}
	first.Close()
	require.NoError(t, first.SaveState())
	if info, err := os.Stat(file); runtime.GOOS != "windows" && assert.NoError(t, err) {
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "it holds secrets")
	}

	second := mock.Start(t, mock.WithState(file), mock.WithScenario("vendor-epass-issue"))
	worlds := second.Worlds()
	require.Len(t, worlds, 3)
	for i, want := range before {
		assert.Equal(t, want, describe(t, worlds[i]))
	}
	require.NoError(t, worlds[0].Rewind("lived"))
	assert.Equal(t, lived, mocktest.Snapshot(t, worlds[0]), "checkpoints come too")
	_, err = worlds[0].EPass(pass)
	assert.NoError(t, err)
	mocktest.Reset(t, worlds[0])
	assert.Equal(t, fresh, mocktest.Snapshot(t, worlds[0]), "a reset goes back to how the world was made")
	_, err = worlds[0].EPass(pass)
	assert.ErrorContains(t, err, "EPASS_NOT_FOUND")
	_, err = worlds[0].EPass("1788000066668888")
	assert.NoError(t, err, "the file's scenario wins over the option's")

	second.Close()
	require.NoError(t, second.SaveState())
	saved, err := os.ReadFile(file)
	require.NoError(t, err)
	third, err := mock.New(mock.WithState(file))
	require.NoError(t, err)
	third.Close()
	require.NoError(t, third.SaveState())
	again, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(saved), string(again), "what is saved is all there is")

	entries, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing is left beside it")
}

// savedWorld is what must outlast a restart.
type savedWorld struct {
	id          string
	credentials mock.Credentials
	faults      []mock.FaultStatus
	state       string
}

func describe(t *testing.T, w *mock.World) savedWorld {
	t.Helper()
	return savedWorld{w.ID(), w.Credentials(), mocktest.Faults(t, w), mocktest.Snapshot(t, w)}
}

// TestState_WrongInOneThing_IsRefusedAndKept: each differs in one thing from a good file. What cannot be read is not
// overwritten.
func TestState_WrongInOneThing_IsRefusedAndKept(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "state.json")
	srv, err := mock.New(mock.WithState(file), mock.WithClock(mocktest.Monday))
	require.NoError(t, err)
	mocktest.NewWorld(t, srv)
	srv.Close()
	require.NoError(t, srv.SaveState())
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	good, _, sealed := strings.Cut(string(data), `,"digest":`)
	require.True(t, sealed)
	good += "}" // who edits it takes the digest away
	second := srv.Worlds()[1].ID()
	for _, row := range []struct{ name, from, to, want string }{
		{"another version", `{"version":3`, `{"version":2`, "/version: expected 3, got 2"},
		{"unknown member", `{"version":3`, `{"version":3,"more":1`, "more"},
		{"nothing", good, "", "it ends early"},
		{"cut off", good, good[:len(good)/2], "it ends early"},
		{"a list", good, "[]", "expected an object"},
		{"damaged, or edited", good, strings.Replace(string(data), "dpSecretKey12345", "dpSecretKey12346", 1), "take the member digest away"},
		{"formatted anew", good, strings.Replace(string(data), `,"digest":`, `, "digest": `, 1), "take the member digest away"},
		{"a world twice", second, "default", "twice"},
		{"no default world", `"id":"default"`, `"id":"other"`, "the default world is missing"},
		{"no id", `"id":"default"`, `"id":""`, "/worlds/0/config: expected an id"},
		{"another version of a state", `"state":{"version":2`, `"state":{"version":9`, "/worlds/0/states/0/state/version: expected 2, got 9"},
		{"no key", `"secret":"dpSecretKey12345"`, `"secret":"dpSecretKey12345","publicKey":"x"`, "/worlds/0/config/client/publicKey: expected an RSA public key in PEM"},
	} {
		t.Run(row.name, func(t *testing.T) {
			text := strings.Replace(good, row.from, row.to, 1)
			require.NotEqual(t, good, text)
			require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
			_, err := mock.New(mock.WithState(file))
			if assert.ErrorContains(t, err, row.want) {
				assert.Contains(t, err.Error(), file+": ")
				assert.NotContains(t, err.Error(), "\n")
			}
			after, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, text, string(after))
		})
	}
	_, err = mock.New(mock.WithState(filepath.Join(folder, "none", "state.json")))
	assert.ErrorContains(t, err, "cannot be written")
	assert.ErrorContains(t, mock.Start(t).SaveState(), "WithState")
}
