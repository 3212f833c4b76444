package mock_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// TestGo_WhatIsNoText_IsRefused: what comes through Go is no JSON, so nothing has looked at its bytes yet. What a world
// remembers must be written.
func TestGo_WhatIsNoText_IsRefused(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.json")
	srv, c := mocktest.Start(t, mock.WithState(file))
	w := srv.World()
	pass := c.Pass(3)
	before := mocktest.Snapshot(t, w)
	const bad = "Zo\xeb"
	member := dragonpass.RegisterRequest{ClientUserID: "u", FirstName: "A", LastName: "B", ExpirationDate: mocktest.Monday.AddDate(1, 0, 0)}
	withName := func(edit func(*dragonpass.RegisterRequest)) dragonpass.RegisterRequest {
		r := member
		edit(&r)
		return r
	}
	ePass := func(edit func(*mock.EPassRequest)) error {
		r := mock.EPassRequest{Module: dragonpass.Lounge, ClientUserID: "u", FirstName: "A", LastName: "B", Usages: 1, ExpirationDate: mocktest.Monday.Add(time.Hour)}
		edit(&r)
		_, err := w.IssueEPass(r)
		return err
	}
	of := func(_ any, err error) error { return err }
	for name, row := range map[string]struct {
		err  error
		want string
	}{
		"a member's user":        {of(w.IssueMembership(withName(func(r *dragonpass.RegisterRequest) { r.ClientUserID = bad }))), "clientUserId: expected UTF-8"},
		"a member's first name":  {of(w.IssueMembership(withName(func(r *dragonpass.RegisterRequest) { r.FirstName = bad }))), "firstName: expected UTF-8"},
		"a pass's user":          {ePass(func(r *mock.EPassRequest) { r.ClientUserID = bad }), "clientUserId: expected UTF-8"},
		"a pass's last name":     {ePass(func(r *mock.EPassRequest) { r.LastName = bad }), "lastName: expected UTF-8"},
		"a pass's resources":     {ePass(func(r *mock.EPassRequest) { r.AllowedResources = []string{"N00001", bad} }), "allowedResources/1: expected UTF-8"},
		"a fault's id":           {of(w.Inject(mock.Fault{ID: bad, On: "createEPass", Error: dragonpass.ServiceUnavailable})), "id: expected UTF-8"},
		"a fault's header":       {of(w.Inject(mock.Fault{On: "createEPass", Respond: &mock.FaultResponse{Status: 500, Headers: map[string]string{"A": bad}}})), "expected UTF-8"},
		"a fault's body":         {of(w.Inject(mock.Fault{On: "createEPass", Respond: &mock.FaultResponse{Status: 500, Body: []byte(`"` + bad + `"`)}})), "expected UTF-8"},
		"a resource's name":      {of(w.PatchResource("N00001", `{"name": "`+bad+`"}`)), "expected UTF-8"},
		"a resource's id":        {of(w.PatchResource(bad, `{}`)), "expected UTF-8"},
		"who walks in":           {of(w.WalkIn(bad, "N00001", dragonpass.Party{Adults: 1})), "expected UTF-8"},
		"an order":               {of(w.Reverse(bad)), "expected UTF-8"},
		"an event":               {w.Replay(bad), "expected UTF-8"},
		"a slot's date":          {of(w.FillSlot("N00001", dragonpass.LocalTime(bad), 1)), "date: expected UTF-8"},
		"a checkpoint":           {w.Checkpoint(bad), "name"},
		"a checkpoint to go to":  {w.Rewind(bad), "CHECKPOINT_NOT_FOUND"},
		"a long programme":       {of(srv.NewWorld(mock.WithPrograms(strings.Repeat("p", 65)))), "expected 1 to 64 letters, got 65"},
		"a programme":            {of(srv.NewWorld(mock.WithPrograms("p", bad))), "expected UTF-8"},
		"a language":             {of(srv.NewWorld(mock.WithLanguages(bad))), "expected a language tag"},
		"an operation":           {of(srv.NewWorld(mock.WithOperations(bad))), "no operation"},
		"a callback URL":         {of(srv.NewWorld(mock.WithCallbackURL("http://h/" + bad))), "expected an absolute http or https URL"},
		"a scenario's name":      {of(srv.NewWorld(mock.WithScenario(bad))), "no such file"},
		"a scenario's text":      {of(srv.NewWorld(mock.WithScenario(mocktest.WriteFile(t, t.TempDir(), "s.yaml", "dragonmock: 1\nname: "+bad+"\n")))), "s.yaml"},
		"a scenario's user":      {of(srv.NewWorld(mock.WithScenario(mocktest.WriteFile(t, t.TempDir(), "s.yaml", "dragonmock: 1\nname: a\ngiven: {ePasses: [{clientUserId: !!binary Wm/r, module: 1}]}\n")))), "s.yaml"},
		"an error catalogue":     {of(mock.New(mock.WithErrors(mocktest.WriteFile(t, t.TempDir(), "e.yaml", "SLOT_UNAVAILABLE: {message: "+bad+"}\n")))), "e.yaml"},
		"the proxy of callbacks": {of(mock.New(mock.WithCallbackProxy("http://h/" + bad))), "expected an absolute http or https URL"},
	} {
		assert.ErrorContains(t, row.err, row.want, name)
	}
	assert.Equal(t, before, mocktest.Snapshot(t, w))
	assert.Len(t, srv.Worlds(), 1)
	require.NoError(t, srv.SaveState())
	_, err := w.EPass(pass)
	require.NoError(t, err)
}
