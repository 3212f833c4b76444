package keyring_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

const event = "walkin.redemption"

// TestRotate_Refused: in Go and over HTTP, naming the member, with nothing changed.
func TestRotate_Refused(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	w, author := srv.World(), mocktest.Author(t, srv)
	before := mocktest.Snapshot(t, w)
	for _, row := range []struct {
		name, event string
		overlap     time.Duration
		want        string
	}{
		{"no event", "", 0, "event: no event"},
		{"no such event", "walkin.redemptions", 0, "event: no event walkin.redemptions, did you mean walkin.redemption?"},
		{"an event by its module", "1", 0, "event: no event 1"},
		{"an overlap below none", event, -time.Second, "overlap: expected 0s to 8760h0m0s, got -1s"},
		{"an overlap below none, by little", event, -1, "overlap: expected 0s to 8760h0m0s, got -1ns"},
		{"an overlap of more than a year", event, 365*24*time.Hour + 1, "overlap: expected 0s to 8760h0m0s, got 8760h0m0.000000001s"},
	} {
		keys, err := w.RotateEventKeys(row.event, row.overlap)
		assert.ErrorContains(t, err, row.want, row.name)
		assert.Empty(t, keys, row.name)
		assert.Equal(t, before, mocktest.Snapshot(t, w), row.name)
	}
	for _, row := range []struct {
		name string
		body any
		want string
	}{
		{"no event", mocktest.Object{}, "/event"},
		{"no such event", mocktest.Object{"event": "prebooking.lost"}, "/event"},
		{"an event that is a number", mocktest.Object{"event": 1}, "/event"},
		{"an overlap in words", mocktest.Object{"event": event, "overlap": "soon"}, "/overlap"},
		{"an overlap that is a number", mocktest.Object{"event": event, "overlap": 3}, "/overlap"},
		{"an overlap below none", mocktest.Object{"event": event, "overlap": "-1s"}, "/overlap"},
		{"an overlap of more than a year", mocktest.Object{"event": event, "overlap": "366d"}, "/overlap"},
		{"an overlap that no clock has", mocktest.Object{"event": event, "overlap": "99999999999999999999d"}, "/overlap"},
		{"more than there is to say", mocktest.Object{"event": event, "until": "2025-10-01T00:00:00Z"}, "/until"},
	} {
		assert.Contains(t, author.Post(mocktest.DefaultWorld+"/eventKeys", row.body).Refused("INVALID_REQUEST"), row.want, row.name)
		assert.Equal(t, before, mocktest.Snapshot(t, w), row.name)
	}
	for _, path := range []string{"/eventKeys?event=none", "/eventKeys/jwks?event=none"} {
		assert.Contains(t, author.Get(mocktest.DefaultWorld+path).Refused("INVALID_REQUEST"), "event", path)
	}
	_, err := w.EventKeys("none")
	assert.ErrorContains(t, err, "event: no event none")
}

// TestRotate_AtItsBounds: two sets sign until the overlap ends, and no third one begins before that.
func TestRotate_AtItsBounds(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	w := srv.World()
	rotate := func(overlap time.Duration) ([]mock.EventKey, error) { return w.RotateEventKeys(event, overlap) }
	at := func(d time.Duration) { mocktest.Advance(t, w, d) }
	first, err := w.EventKeys(event)
	require.NoError(t, err)
	require.Len(t, first, 1)

	keys, err := rotate(365 * 24 * time.Hour)
	require.NoError(t, err)
	require.Len(t, keys, 2)
	assert.Equal(t, first[0].KeyID, keys[0].KeyID, "oldest first")
	at(keys[0].Until.Sub(mocktest.Monday) - time.Second)
	before := mocktest.Snapshot(t, w)
	_, err = rotate(0)
	assert.ErrorContains(t, err, "event: walkin.redemption has two key sets until ")
	assert.Equal(t, before, mocktest.Snapshot(t, w))
	others, err := w.EventKeys("prebooking.statusChanged")
	require.NoError(t, err)
	assert.Len(t, others, 1, "each event has keys of its own")

	at(time.Second)
	only, err := w.EventKeys(event)
	require.NoError(t, err)
	require.Len(t, only, 1, "the overlap has ended")
	assert.Equal(t, keys[1].KeyID, only[0].KeyID)
	again, err := rotate(0)
	require.NoError(t, err)
	require.Len(t, again, 1, "without overlap the new set signs alone")
	assert.NotContains(t, []string{keys[0].KeyID, keys[1].KeyID}, again[0].KeyID)
}
