package world_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// obj is a JSON object.
type obj = mocktest.Object

func TestSnapshot_Restored_IsTheSameWorld(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t, mock.WithSeed(7))
	pass, membership := mocktest.FillTables(t, srv.World(), c)
	before := mocktest.Snapshot(t, srv.World())
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
	assert.Equal(t, 2, form.Version)
	assert.Equal(t, map[string]any{"At": "2025-09-01T08:00:00Z"}, form.Clock)
	for name, rows := range form.Tables {
		if name != "outbox" && name != "retries" { // they are filled only while a callback is on its way
			assert.NotEmpty(t, rows, "%s: let FillTables fill it", name)
		}
	}

	other, d := mocktest.Start(t, mock.WithClock(mocktest.Monday.Add(time.Hour)))
	made := mocktest.Snapshot(t, other.World())
	d.Issue(1) // goes when the snapshot comes
	require.NoError(t, other.World().LoadSnapshot([]byte(before)))
	assert.Equal(t, before, mocktest.Snapshot(t, other.World()))

	// The story goes on as it would have.
	goOn := func(w *mock.World, c *mocktest.Client) (answers []string) {
		tell := func(a mocktest.Answer) obj { answers = append(answers, string(a.Raw)); return a.Body }
		tell(c.With("X-Request-ID", "issue").Post("/orders/lounges/ePasses", obj{"module": 1})) // another body
		clock := mocktest.Advance(t, w, 6*time.Minute)
		for _, f := range clock.Fired {
			answers = append(answers, f.At.String()+f.What+f.ID)
		}
		tell(c.Post("/orders/ePasses", obj{"ePassId": pass}))
		tell(c.Post("/orders/memberships", obj{"membershipId": membership}))
		tell(c.Book(pass, c.Place(pass, "N00001", "2025-09-05T10:30", 1)))
		tell(c.Get("/resources/N99904"))
		tell(c.Get("/resources/updates"))
		tell(c.Post("/memberships/qrCodes", obj{"membershipId": membership}))
		return append(answers, mocktest.Snapshot(t, w))
	}
	assert.Equal(t, goOn(srv.World(), c), goOn(other.World(), d))

	mocktest.Reset(t, other.World())
	assert.Equal(t, made, mocktest.Snapshot(t, other.World()), "a reset goes back to how the world was made")
}

func TestSnapshot_OfARunningClock_RestoresItsOffset(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	mocktest.Advance(t, srv.World(), 90*24*time.Hour+time.Second)
	before := mocktest.Snapshot(t, srv.World())
	mocktest.FollowWall(t, srv.World())
	require.NoError(t, srv.World().LoadSnapshot([]byte(before)))
	assert.Equal(t, before, mocktest.Snapshot(t, srv.World()))
	assert.Equal(t, "offset", mocktest.Clock(t, srv.World()).Mode)
}

// TestSnapshot_WrongInOneThing_IsRefused: each differs in one thing from a good one, and changes nothing.
func TestSnapshot_WrongInOneThing_IsRefused(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	mocktest.FillTables(t, srv.World(), c)
	good := mocktest.Snapshot(t, srv.World())
	c.Issue(1)
	before := mocktest.Snapshot(t, srv.World())
	for _, row := range []struct{ name, from, to, want string }{
		{"another version", `{"version":2`, `{"version":3`, "/version: expected 2, got 3"},
		{"no version", `{"version":2,`, `{`, "/version: expected 2, it is missing"},
		{"a version in words", `{"version":2`, `{"version":"two"`, "/version: expected"},
		{"no version", `{"version":2,`, `{`, "/version"},
		{"unknown member", `{"version":2,`, `{"version":2,"more":1,`, "more"},
		{"member twice", `{"version":2,`, `{"version":2,"version":2,`, "/version: it is there twice"},
		{"unknown member of the clock", `{"At":`, `{"Where":`, "Where"},
		{"clock that is no date", `"At":"2025-09-01T08:00:00Z"`, `"At":"monday"`, "2025-09-01T09:00:00+01:00"},
		{"clock beyond its years", `"At":"2025-09-01T08:00:00Z"`, `"At":"2200-01-01T00:00:00Z"`, "/clock: expected an instant in the years 1970 to 2199"},
		{"clock far back", `"At":"2025-09-01T08:00:00Z"`, `"Ahead":"-1000000h0m0s"`, "/clock: expected an instant in the years 1970 to 2199"},
		{"unknown counter", `"counters":{`, `"counters":{"Sead":1,`, "Sead"},
		{"text for a number", `"Granted":20`, `"Granted":"20"`, "/tables/ePasses"},
		{"unknown column", `"Granted":20`, `"Grant":20`, "/tables/ePasses"},
		{"unknown table", `"holds":[`, `"hold":[`, "/tables/hold"},
		{"one more table", `"tables":{`, `"tables":{"more":[],`, "/tables/more"},
		{"rows out of order", `"issues":[{`, `"issues":[{"key":"Z","value":"1"},{`, "not sorted"},
		{"unknown hub", `"transportHubId":"A00001"`, `"transportHubId":"A0"`, "no hub or city A0"},
		{"no duration", `"after":"5m0s"`, `"after":"soon"`, "confirm"},
		{"nothing", good, "", "it ends early"},
		{"a list", good, "[]", "INVALID_REQUEST"},
	} {
		t.Run(row.name, func(t *testing.T) {
			text := strings.Replace(good, row.from, row.to, 1)
			require.NotEqual(t, good, text)
			assert.ErrorContains(t, srv.World().LoadSnapshot([]byte(text)), row.want)
			assert.Equal(t, before, mocktest.Snapshot(t, srv.World()))
		})
	}
	require.NoError(t, srv.World().LoadSnapshot([]byte(good)))
	assert.Equal(t, good, mocktest.Snapshot(t, srv.World()))
}

// TestSnapshot_WithTheLastSecond_IsRestored: 9999-12-31T23:59:59 is how many clients write "for ever".
func TestSnapshot_WithTheLastSecond_IsRestored(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	c.Post("/memberships", obj{"clientUserId": "u", "firstName": "A", "lastName": "B", "expirationDate": "9999-12-31T23:59:59+00:00"}).OK()
	c.Post("/memberships", obj{"clientUserId": "u", "firstName": "A", "lastName": "B", "expirationDate": "9999-12-31T23:59:59-01:00"}).Refused("INVALID_REQUEST")
	before := mocktest.Snapshot(t, w)
	require.NoError(t, w.LoadSnapshot([]byte(before)))
	assert.Equal(t, before, mocktest.Snapshot(t, w))
}
