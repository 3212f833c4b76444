package bom_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/files"
	"dragonmock/mock/internal/bom"
	"dragonmock/mock/internal/mocktest"
)

func TestCut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"": "", "a": "a", bom.Mark: "", bom.Mark + "a": "a", bom.Mark + bom.Mark: bom.Mark, "a" + bom.Mark: "a" + bom.Mark, "\xEF\xBB": "\xEF\xBB"} {
		rest, there := bom.Cut([]byte(text))
		assert.Equal(t, want, string(rest), "%q", text)
		assert.Equal(t, want != text, there, "%q", text)
	}
	assert.True(t, bom.IsUTF16([]byte("\xFF\xFEa\x00")))
	assert.True(t, bom.IsUTF16([]byte("\xFE\xFF\x00a")))
	assert.False(t, bom.IsUTF16([]byte(bom.Mark)))
}

// TestFiles_MayHaveAMark, as editors of Windows write it: scenarios, error catalogues, states, snapshots, patches.
func TestFiles_MayHaveAMark(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(bom.Mark+text), 0o600))
		return path
	}
	const steps = "steps:\n  - {call: listTransportHubs, query: {iata: MAN}, expect: {data: {pagination: {totalNumber: 7}}}}\n"
	scenario := write("marked.yaml", "name: marked\ngiven: {ePasses: [{as: pass, module: 1, availableUsages: 2}]}\n"+steps)
	catalog := write("errors.yaml", "errors:\n  - {symbol: EPASS_NOT_FOUND, status: 404, code: '404.009.009', reach: [v1], when: gone}\n")
	state := filepath.Join(dir, "state.json")
	srv := mock.Start(t, mock.WithScenario(scenario), mock.WithErrors(catalog), mock.WithState(state))
	got := mocktest.NewClient(t, srv).Post("/orders/ePasses/search", mocktest.Object{"ePassId": "1"})
	assert.Equal(t, "404.009.009", got.Body["code"])

	pass := mocktest.NewClient(t, srv).Issue(1)["extra"].(mocktest.Object)["ePassId"]
	require.NoError(t, srv.SaveState())
	saved, err := os.ReadFile(state)
	require.NoError(t, err)
	again := mock.Start(t, mock.WithState(write("again.json", string(saved))))
	mocktest.NewClient(t, again).Post("/orders/ePasses/search", mocktest.Object{"ePassId": pass}).OK()
	snapshot, err := srv.World().Snapshot()
	require.NoError(t, err)
	require.NoError(t, srv.World().LoadSnapshot(append([]byte(bom.Mark), snapshot...)))
	mocktest.PatchResource(t, srv.World(), "N00001", bom.Mark+`{"capacity":7}`)

	_, err = files.Play(t.Context(), files.Playing{Update: true, Out: io.Discard, Quiet: true}, scenario)
	require.NoError(t, err)
	updated, err := os.ReadFile(scenario)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(updated), bom.Mark+"name: marked\n"), "%q", updated)
	assert.Contains(t, string(updated), "{totalNumber: 1}}}}", "and what came is where it belongs")
}
