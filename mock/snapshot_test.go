package mock_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
)

// liveThrough fills every table of a world.
func liveThrough(t testing.TB, w *mock.World, c *client) (pass, membership string) {
	t.Helper()
	for id, confirm := range map[string]string{"N00129": `{"after":"5m"}`, "N00012": `"fail"`, "C00001": `{"polls":2}`, "N99904": `"now"`} {
		_, err := w.PatchResource(id, `{"confirm":`+confirm+`}`)
		require.NoError(t, err)
	}
	pass = ePassID(c.with("X-Request-ID", "issue").issue(20))
	membership = c.register("u-1")["membershipId"].(string)
	c.post("/memberships/qrCodes", obj{"membershipId": membership}).ok()
	for _, resource := range []string{"N00001", "N00129", "N00012", "N99904"} {
		c.book(pass, c.place(pass, resource, "2025-09-04T10:30", 2)).ok()
	}
	_, err := w.FillSlot("N00001", "2025-09-04T11:00", 1)
	require.NoError(t, err)
	c.place(pass, "N00001", "2025-09-04T11:00", 1)
	_, err = w.WalkIn(membership, "N00001", dragonpass.Party{Adults: 1, Children: 1})
	require.NoError(t, err)
	return pass, membership
}

func snapshot(t testing.TB, w *mock.World) string {
	t.Helper()
	data, err := w.Snapshot()
	require.NoError(t, err)
	return string(data)
}

func TestSnapshotComesBack(t *testing.T) {
	srv, c := start(t, mock.WithSeed(7))
	pass, membership := liveThrough(t, srv.World(), c)
	before := snapshot(t, srv.World())
	var form struct {
		Version  int
		Clock    map[string]any
		Counters map[string]any
		Tables   map[string][]struct {
			Key   string
			Value any
		}
	}
	require.NoError(t, json.Unmarshal([]byte(before), &form))
	assert.Equal(t, 1, form.Version)
	assert.Equal(t, map[string]any{"At": "2025-09-01T08:00:00Z"}, form.Clock)
	for name, rows := range form.Tables {
		if name != "outbox" { // it is filled only while a callback is on its way
			assert.NotEmpty(t, rows, "%s: let liveThrough fill it", name)
		}
	}

	other, d := start(t, mock.WithClock(monday.Add(time.Hour)))
	made := snapshot(t, other.World())
	d.issue(1) // goes when the snapshot comes
	require.NoError(t, other.World().Restore([]byte(before)))
	assert.Equal(t, before, snapshot(t, other.World()))

	// The story goes on as it would have.
	goOn := func(w *mock.World, c *client) (answers []string) {
		tell := func(a answer) obj { answers = append(answers, string(a.Raw)); return a.Body }
		tell(c.with("X-Request-ID", "issue").post("/orders/lounges/ePasses", obj{"module": 1})) // another body
		clock, err := w.Advance(6 * time.Minute)
		require.NoError(t, err)
		for _, f := range clock.Fired {
			answers = append(answers, f.At.String()+f.What+f.ID)
		}
		tell(c.post("/orders/ePasses", obj{"ePassId": pass}))
		tell(c.post("/orders/memberships", obj{"membershipId": membership}))
		tell(c.book(pass, c.place(pass, "N00001", "2025-09-05T10:30", 1)))
		tell(c.get("/resources/N99904"))
		tell(c.get("/resources/updates"))
		tell(c.post("/memberships/qrCodes", obj{"membershipId": membership}))
		return append(answers, snapshot(t, w))
	}
	assert.Equal(t, goOn(srv.World(), c), goOn(other.World(), d))

	other.World().Reset()
	assert.Equal(t, made, snapshot(t, other.World()), "a reset goes back to how the world was made")
}

func TestRunningClockComesBack(t *testing.T) {
	srv := mock.Start(t)
	_, err := srv.World().Advance(90*24*time.Hour + time.Millisecond)
	require.NoError(t, err)
	before := snapshot(t, srv.World())
	srv.World().FollowWall()
	require.NoError(t, srv.World().Restore([]byte(before)))
	assert.Equal(t, before, snapshot(t, srv.World()))
	assert.Equal(t, "offset", srv.World().Clock().Mode)
}

// TestSnapshotsAreRefused: each differs in one thing from a good one, and changes nothing.
func TestSnapshotsAreRefused(t *testing.T) {
	srv, c := start(t)
	liveThrough(t, srv.World(), c)
	good := snapshot(t, srv.World())
	c.issue(1)
	before := snapshot(t, srv.World())
	for _, row := range []struct{ from, to, want string }{
		{`{"version":1`, `{"version":2`, "/version: expected 1, got 2"},
		{`{"version":1,`, `{`, "/version"},
		{`{"version":1,`, `{"version":1,"more":1,`, "more"},
		{`{"version":1,`, `{"version":1,"version":1,`, "duplicate"},
		{`{"At":`, `{"Where":`, "Where"},
		{`"At":"2025-09-01T08:00:00Z"`, `"At":"monday"`, "2025-09-01T09:00:00+01:00"},
		{`"At":"2025-09-01T08:00:00Z"`, `"At":"2200-01-01T00:00:00Z"`, "/clock: expected an instant in the years 1970 to 2199"},
		{`"At":"2025-09-01T08:00:00Z"`, `"Ahead":"-1000000h0m0s"`, "/clock: expected an instant in the years 1970 to 2199"},
		{`"counters":{`, `"counters":{"Sead":1,`, "Sead"},
		{`"Granted":20`, `"Granted":"20"`, "/tables/ePasses"},
		{`"Granted":20`, `"Grant":20`, "/tables/ePasses"},
		{`"holds":[`, `"hold":[`, "/tables/hold"},
		{`"tables":{`, `"tables":{"more":[],`, "/tables/more"},
		{`"issues":[{`, `"issues":[{"key":"Z","value":"1"},{`, "not sorted"},
		{`"transportHubId":"A00001"`, `"transportHubId":"A0"`, "no hub A0"},
		{`"after":"5m0s"`, `"after":"soon"`, "confirm"},
		{good, "", "EOF"},
		{good, "[]", "INVALID_REQUEST"},
	} {
		text := strings.Replace(good, row.from, row.to, 1)
		require.NotEqual(t, good, text, row.from)
		assert.ErrorContains(t, srv.World().Restore([]byte(text)), row.want, "%s for %s", row.to, row.from)
		assert.Equal(t, before, snapshot(t, srv.World()))
	}
	require.NoError(t, srv.World().Restore([]byte(good)))
	assert.Equal(t, good, snapshot(t, srv.World()))
}

// TestSnapshotOfTheLastSecond: 9999-12-31T23:59:59 is how many clients write "for ever".
func TestSnapshotOfTheLastSecond(t *testing.T) {
	srv, c := start(t)
	w := srv.World()
	c.post("/memberships", obj{"clientUserId": "u", "firstName": "A", "lastName": "B", "expirationDate": "9999-12-31T23:59:59+00:00"}).ok()
	c.post("/memberships", obj{"clientUserId": "u", "firstName": "A", "lastName": "B", "expirationDate": "9999-12-31T23:59:59-01:00"}).refused("INVALID_REQUEST")
	snapshot, err := w.Snapshot()
	require.NoError(t, err)
	require.NoError(t, w.Restore(snapshot))
	again, err := w.Snapshot()
	require.NoError(t, err)
	assert.Equal(t, string(snapshot), string(again))
}
