package stage_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// at is a scenario whose clock stands on a day.
func at(day string) string { return "name: a day\ngiven:\n  clock: " + day + "T00:00:00+00:00\n" }

func TestScenarioFolder_NamesItsFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	mocktest.WriteFile(t, folder, "stage.yaml", at("2031-01-01"))
	mocktest.WriteFile(t, folder, "more/stage.yaml", at("2032-01-01"))
	mocktest.WriteFile(t, folder, "token.yaml", at("2033-01-01")) // a shipped one has the name too
	mocktest.WriteFile(t, folder, ".hidden.yaml", "[")
	mocktest.WriteFile(t, folder, ".git/hidden.yaml", "[")
	mocktest.WriteFile(t, folder, "notes.txt", "[")
	outside := mocktest.WriteFile(t, t.TempDir(), "outside.yaml", at("2034-01-01"))
	srv := mock.Start(t, mock.WithScenarios(folder), mock.WithScenario("stage"))
	a := mocktest.Author(t, srv)
	assert.Equal(t, 2031, mocktest.Now(t, srv.World()).Year())
	for name, year := range map[string]string{"stage": "2031", "stage.yaml": "2031", "more/stage": "2032", "token": "2033"} {
		world := a.Post("/_mock/worlds", obj{"scenario": name}).OK()
		clock := a.Get("/_mock/worlds/" + world["id"].(string) + "/clock").OK()
		assert.Contains(t, clock["now"], year, name)
	}
	a.Post("/_mock/worlds", obj{"scenario": "vendor-lounge-example"}).OK()
	for _, name := range []string{outside, "../" + filepath.Base(folder) + "/stage", "more/../stage", ".hidden", "./stage", folder + "/stage", "none"} {
		got := a.Post("/_mock/worlds", obj{"scenario": name})
		assert.Contains(t, got.Refused("INVALID_REQUEST"), "no scenario", name)
		assert.Contains(t, string(got.Raw), "more/stage, ", "it names those there are")
	}
	tb := &failing{TB: t}
	mock.Play(tb, srv, "vendor-lounge-example")
	mock.Play(tb, srv, outside)
	assert.Empty(t, tb.fatal)
	own := mocktest.WriteFile(t, folder, "reset.yaml", "name: mine, not the shipped one\nsteps:\n- confirm: nothing\n")
	srv = mock.Start(t, mock.WithScenarios(folder))
	mock.Play(tb, srv, "reset")
	assert.Contains(t, tb.fatal, "mine, not the shipped one")
	require.NoError(t, os.Remove(own))
	require.NoError(t, os.Symlink(outside, filepath.Join(folder, "link.yaml")))
	_, err := mock.New(mock.WithScenarios(folder))
	assert.EqualError(t, err, filepath.Join(folder, "link.yaml")+": it is a link that leads out of the folder")
}

func TestScenarioFolder_WithWrongFiles_IsRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	one := mocktest.WriteFile(t, folder, "one.yaml", "name: x\ngiven:\n  clock: soon\n")
	two := mocktest.WriteFile(t, folder, "two.yaml", "name: x\nsteps:\n  - call: cancelOrdr\n")
	_, err := mock.New(mock.WithScenarios(folder))
	assert.ErrorContains(t, err, one+":3:10: /given/clock: ")
	assert.ErrorContains(t, err, two+":3:11: /steps/0/call: ")
	_, err = mock.New(mock.WithScenarios(filepath.Join(folder, "none")))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestReload_TakesAllThatChangedOrNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	mocktest.WriteFile(t, folder, "other.yaml", at("2031-01-01"))
	own := mocktest.WriteFile(t, t.TempDir(), "own.yaml", at("2022-01-01"))
	srv := mock.Start(t, mock.WithScenarios(folder), mock.WithScenario(own), mock.WithPrograms("p1"))
	a := mocktest.Author(t, srv)
	year := func(scenario string) string {
		id := "default"
		if scenario != "" {
			id = a.Post("/_mock/worlds", obj{"scenario": scenario}).OK()["id"].(string)
		}
		return a.Get("/_mock/worlds/" + id + "/clock").OK()["now"].(string)[:4]
	}
	reload := func(want bool) {
		t.Helper()
		changed, err := srv.Reload()
		require.NoError(t, err)
		assert.Equal(t, want, changed)
	}
	c := mocktest.NewClient(t, srv)
	pass := c.Pass(1)
	reload(false)
	c.Post("/orders/ePasses/search", obj{"ePassId": pass}).OK()

	mocktest.WriteFile(t, folder, "other.yaml", at("2041-01-01"))
	reload(true)
	assert.Equal(t, "2041", year("other"))
	c.Post("/orders/ePasses/search", obj{"ePassId": pass}).OK() // the default world has another scenario

	// A bad file takes the good one with it: all or nothing.
	mocktest.WriteFile(t, folder, "other.yaml", "name: x\ngiven:\n  clock: soon\n")
	mocktest.WriteFile(t, filepath.Dir(own), "own.yaml", at("2023-01-01"))
	_, err := srv.Reload()
	assert.ErrorContains(t, err, "other.yaml:3:10: /given/clock")
	assert.Equal(t, "2041", year("other"))
	assert.Equal(t, "2022", year(""))

	mocktest.WriteFile(t, folder, "other.yaml", at("2051-01-01"))
	reload(true)
	assert.Equal(t, "2051", year("other"))
	assert.Equal(t, "2023", year(""))
	a.Post(mocktest.DefaultWorld+"/clock", obj{"advance": "1000d"}).OK()
	a.Post(mocktest.DefaultWorld+"/reset", nil).OK()
	assert.Equal(t, "2023", year(""), "a reset goes back to the new stage")
	c.Post("/orders/ePasses/search", obj{"ePassId": pass}).Refused("EPASS_NOT_FOUND") // with the token of before
	assert.Equal(t, "p1", srv.World().Credentials().ProgramID, "the other options stay")
	assert.Equal(t, "default", srv.Worlds()[0].ID())
	require.NoError(t, os.Remove(own))
	_, err = srv.Reload()
	assert.ErrorContains(t, err, "own.yaml")
}

// TestListScenarios_Folder_StandsBeforeTheShippedOnes: the list says what each shows, and whose it is.
func TestListScenarios_Folder_StandsBeforeTheShippedOnes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	mocktest.WriteFile(t, folder, "refunds/late.yaml", "name: a refund that comes late\ndescription: more\n")
	mocktest.WriteFile(t, folder, "callback.yaml", "name: ours\nsteps: [{reset: true}]\n")
	srv, _ := mocktest.Start(t, mock.WithScenarios(folder))
	answer, err := http.Get(srv.URL + "/_mock/scenarios")
	require.NoError(t, err)
	defer answer.Body.Close()
	type row struct {
		Name, Shows, Description string
		Steps                    int
		Shipped                  bool
	}
	var body struct{ Data struct{ Scenarios []row } }
	require.NoError(t, json.NewDecoder(answer.Body).Decode(&body))
	list := body.Data.Scenarios
	assert.Len(t, list, len(mocktest.Scenarios(t))+1)
	assert.Contains(t, list, row{Name: "refunds/late", Shows: "a refund that comes late", Description: "more"})
	assert.Contains(t, list, row{Name: "callback", Shows: "ours", Steps: 1})
	assert.True(t, slices.IsSortedFunc(list, func(a, b row) int { return strings.Compare(a.Name, b.Name) }))
	at := slices.IndexFunc(list, func(r row) bool { return r.Name == "vendor-lounge-example" })
	assert.True(t, list[at].Shipped)
}

// TestReload_MeaningIsWhatCounts: a comment, a description or a step is no change of the world; a rule is one. Entries of the
// journal go on from those of the world before, so that whoever reads on from one misses nothing.
func TestReload_MeaningIsWhatCounts(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	put := func(text string) string { return mocktest.WriteFile(t, folder, "own.yaml", text) }
	srv, c := mocktest.Start(t, mock.WithScenario(put(at("2032-01-01"))))
	c.Get("/resources/N00001").OK()
	before := srv.World()
	for text, want := range map[string]bool{
		"# said\n" + at("2032-01-01"):                                            false,
		"description: of another day\n" + at("2032-01-01"):                       false,
		at("2032-01-01") + "steps:\n- {call: listTransportHubs}\n":               false,
		"{name: a day, given: {clock: '2032-01-01T00:00:00+00:00'}}\n":           false,
		at("2032-01-01") + "faults:\n- {on: listTransportHubs, malformed: true}": true,
	} {
		put(text)
		changed, err := srv.Reload()
		require.NoError(t, err)
		assert.Equal(t, want, changed, text)
		put(at("2032-01-01"))
		_, err = srv.Reload()
		require.NoError(t, err)
	}
	assert.NotSame(t, before, srv.World())
	last := mocktest.Requests(t, srv.World(), mock.RequestFilter{Since: 1})
	assert.Empty(t, last.Requests)
	c.In(srv.World()).Get("/resources/N00001").OK()
	since := mocktest.Requests(t, srv.World(), mock.RequestFilter{Since: 1}).Requests
	require.Len(t, since, 1)
	assert.Equal(t, uint64(2), since[0].ID)
}
