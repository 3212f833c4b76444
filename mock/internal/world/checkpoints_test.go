package world_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass/user"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

func TestCheckpoint_RewoundOrForked_RestoresState(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	pass := c.Pass(3)
	require.NoError(t, w.Checkpoint("issued"))
	first := c.Booked(pass, "N00001", mocktest.Thursday, 2)
	changes, err := w.Changes("issued")
	require.NoError(t, err)
	tables := map[string]int{}
	for _, change := range changes {
		tables[change.Table]++
		assert.False(t, len(change.Before) == 0 && len(change.After) == 0)
	}
	assert.Equal(t, map[string]int{"ePasses": 1, "orders": 1, "usage": 1, "vouchers": 1, "tokens": 1, "tokenAges": 1, "slots": 1}, tables)

	fork, err := w.Fork()
	require.NoError(t, err)
	assert.NotEqual(t, w.Credentials(), fork.Credentials())
	mocktest.Advance(t, w, 100*time.Hour)
	require.NoError(t, w.Rewind("issued"))
	assert.Equal(t, mocktest.Monday, mocktest.Now(t, w))
	assert.Equal(t, [2]float64{3, 0}, c.Usages(pass))
	assert.Equal(t, first, c.Booked(pass, "N00001", mocktest.Thursday, 2), "ids, tokens and all")

	other := c.In(fork)
	assert.Equal(t, [2]float64{1, 2}, other.Usages(pass), "the fork goes its own way")
	other.Cancel(first["orderId"]).OK()
	assert.Equal(t, [2]float64{1, 2}, c.Usages(pass))
	mocktest.Reset(t, fork)
	assert.Equal(t, [2]float64{1, 2}, other.Usages(pass), "a reset of the fork goes back to how it began")
	assert.ErrorContains(t, w.Rewind("never"), "CHECKPOINT_NOT_FOUND")

	author := mocktest.Author(t, srv)
	const world = mocktest.DefaultWorld
	author.Post(world+"/checkpoints/now", nil).OK()
	c.Issue(1)
	assert.NotEmpty(t, author.Get(world + "/changes?since=now").OK()["changes"])
	author.Post(world+"/restore", obj{"name": "now"}).OK()
	assert.Empty(t, author.Get(world + "/changes?since=now").OK()["changes"])
	author.Post(world+"/restore", obj{"name": "then"}).Refused("CHECKPOINT_NOT_FOUND")
	author.Post(world+"/checkpoints/no%20spaces", nil).Refused("INVALID_REQUEST")
	forked := author.Post(world+"/fork", nil).OK()
	state := author.Get(world + "/state").OK()
	assert.Equal(t, state, author.Get("/_mock/worlds/"+forked["id"].(string)+"/state").OK())
	c.Issue(1)
	author.Call("PUT", world+"/state", state).OK()
	assert.Equal(t, state, author.Get(world+"/state").OK())
	state["version"] = 99
	author.Call("PUT", world+"/state", state).Refused("INVALID_REQUEST")
}

// TestCheckpoint_BeyondTheBytes_IsRefused: what they share counts once, and after a restart too.
func TestCheckpoint_BeyondTheBytes_IsRefused(t *testing.T) {
	t.Parallel()
	c, err := catalog.Load()
	require.NoError(t, err)
	shared := world.Shared{MaxKept: 30_000}
	w, err := world.Create("w", c, world.Config{Client: client.Client{ClientID: "c", Secret: "s", Issuer: "i", Programs: []string{"p"}}, Shared: shared})
	require.NoError(t, err)
	write := func(w *world.World, kind string) { // some 9 KB
		_, err := world.Run(w, "write", func(tx *world.Tx) (any, error) {
			for i := range 50 {
				id := fmt.Sprint(kind, i)
				tx.Users.Put(id, user.User{ClientUserID: id, FirstName: "Ada", LastName: "Lovelace"})
			}
			return nil, nil
		})
		require.NoError(t, err)
	}
	for _, name := range []string{"a", "b", "c"} {
		write(w, name)
		require.NoError(t, w.Checkpoint(name))
		require.NoError(t, w.Checkpoint(name+"-again"), "it has nothing of its own")
	}
	write(w, "d")
	refused := w.Checkpoint("d")
	require.ErrorContains(t, refused, "INVALID_REQUEST")
	require.ErrorContains(t, refused, "expected checkpoints of at most 30000 bytes together, got about")
	require.ErrorContains(t, w.Rewind("d"), "CHECKPOINT_NOT_FOUND")
	require.NoError(t, w.Rewind("a"))
	require.NoError(t, w.Checkpoint("d"), "it is as it was then")
	write(w, "e")
	require.Error(t, w.Checkpoint("e"))

	var file bytes.Buffer
	require.NoError(t, w.Save(&file))
	again, err := world.Restore(c, jsontext.NewDecoder(&file, store.Paper(c)), "", shared)
	require.NoError(t, err)
	require.Error(t, again.Checkpoint("e"))
	require.NoError(t, again.Rewind("c"))
	require.NoError(t, again.Checkpoint("e"))
}

// TestRewind_MadeRequestIDs_ComeAgain: what a client did not name is named as it was, after a reset and after a rewind.
func TestRewind_MadeRequestIDs_ComeAgain(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	name := func() string { return c.Get("/transportHubs/A00001").Header.Get("X-Request-Id") }
	first := name()
	require.NoError(t, w.Checkpoint("then"))
	second := name()
	assert.NotEqual(t, first, second)
	require.NoError(t, w.Rewind("then"))
	assert.Equal(t, second, name())
	require.NoError(t, w.Reset())
	assert.Equal(t, first, name())
}
