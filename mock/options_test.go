package mock_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

func TestErrorsFile_ReplacesRows(t *testing.T) {
	t.Parallel()
	path := mocktest.WriteScenario(t, "errors:\n  - {symbol: RESOURCE_NOT_FOUND, status: 400, code: 400.777.001}\n")
	_, c := mocktest.Start(t, mock.WithErrors(path))
	got := c.Get("/resources/none")
	assert.Equal(t, 400, got.Status)
	assert.Equal(t, "400.777.001", got.Body["code"])
	assert.Equal(t, "404.015.001", c.Get("/transportHubs/none").Body["code"], "the rest stays")
}

func TestErrorsFile_Wrong_SaysWhereAndWhat(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, text, want string }{
		{"unknown symbol", "errors:\n  - {symbol: RESOURCE_NOT_FOUNT, status: 400, code: x}\n", "did you mean RESOURCE_NOT_FOUND?"},
		{"status of a success", "errors:\n  - {symbol: RESOURCE_NOT_FOUND, status: 200, code: x}\n", ":2:42: /errors/0/status: expected 400 to 599 for RESOURCE_NOT_FOUND, got 200"},
		{"no code", "errors:\n  - {symbol: RESOURCE_NOT_FOUND, status: 400}\n", ":2:5: /errors/0/code: RESOURCE_NOT_FOUND has none"},
		{"a symbol twice", "errors:\n  - {symbol: ORDER_NOT_FOUND, status: 400, code: x}\n  - {symbol: ORDER_NOT_FOUND, status: 400, code: x}\n", "there twice"},
		{"unknown member", "errors:\n  - {symbol: RESOURCE_NOT_FOUND, state: 400}\n", ":2:34: /errors/0/state: unknown key, did you mean status?"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			_, err := mock.New(mock.WithErrors(mocktest.WriteScenario(t, row.text)))
			assert.ErrorContains(t, err, row.want)
		})
	}
}

func TestCallbackURL_NotAbsolute_IsRefused(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"nonsense", "ftp://x", "http://", "//x"} {
		_, err := mock.New(mock.WithCallbackURL(bad))
		assert.ErrorContains(t, err, "expected an absolute http or https URL", bad)
	}
}

// TestOptions_Lists: each name once, and none that is empty or that there is not. What names nothing takes back, or is refused.
func TestOptions_Lists(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	for name, row := range map[string]struct {
		option mock.WorldOption
		want   string
	}{
		"no programme":          {mock.WithPrograms(), "expected at least one programme, and none empty"},
		"an empty programme":    {mock.WithPrograms("a", ""), "expected at least one programme, and none empty"},
		"a programme twice":     {mock.WithPrograms("a", "b", "a"), "expected each once, a comes twice"},
		"no operation":          {mock.WithOperations(), "expected at least one operation"},
		"an empty operation":    {mock.WithOperations(""), `no operation ""`},
		"an operation twice":    {mock.WithOperations("createEPass", "createEPass"), "expected each once, createEPass comes twice"},
		"no language":           {mock.WithLanguages(), ""},
		"an empty language":     {mock.WithLanguages(""), `expected a language tag such as fr-FR, got ""`},
		"a language twice":      {mock.WithLanguages("fr-FR", "fr-FR"), "expected each once, fr-FR comes twice"},
		"no reading":            {mock.WithReadings(), ""},
		"an empty reading":      {mock.WithReadings(""), `expected readings among pendingAsActive, localUsageDate, withoutCategory, got ""`},
		"a misspelt reading":    {mock.WithReadings("localUsageDat"), `got "localUsageDat", did you mean localUsageDate?`},
		"a reading twice":       {mock.WithReadings("localUsageDate", "localUsageDate"), "expected each once, localUsageDate comes twice"},
		"an event without name": {mock.WithEventURL("", "sink"), "no event "},
	} {
		_, err := srv.NewWorld(row.option)
		if row.want == "" {
			assert.NoError(t, err, name)
			continue
		}
		if assert.ErrorContains(t, err, row.want, name) {
			assert.NotContains(t, err.Error(), "twice, did you mean", name)
		}
	}
}

// TestOptions_ThatContradict_AreRefused: nobody finds out otherwise.
func TestOptions_ThatContradict_AreRefused(t *testing.T) {
	t.Parallel()
	_, err := mock.New(mock.WithControlToken("x"), mock.WithoutControl())
	assert.ErrorContains(t, err, "a control token is for a control plane, and there is none")
	for _, order := range [][]mock.ServerOption{{mock.WithControlApart(), mock.WithoutControl()}, {mock.WithoutControl(), mock.WithControlApart()}} {
		_, err = mock.New(order...)
		assert.ErrorContains(t, err, "the control plane is served apart, or not at all: expected one of the two")
	}
	own := mocktest.WriteScenario(t, "name: x\ngiven: {programs: [{programId: '1'}]}\n")
	for _, order := range [][]mock.WorldOption{{mock.WithScenario(own), mock.WithPrograms("2")}, {mock.WithPrograms("2"), mock.WithScenario(own)}} {
		_, err = mock.New(order[0], order[1])
		assert.ErrorContains(t, err, "the scenario gives the client's programmes itself (given: programs): expected one of the two")
	}
	_, err = mock.New(nil)
	assert.ErrorContains(t, err, "an option is nil")
	srv, err := mock.New()
	require.NoError(t, err)
	srv.Close()
	_, err = srv.NewWorld()
	assert.ErrorContains(t, err, "the server is closed")
	_, err = srv.NewWorld(mock.WithSeed(1), nil)
	assert.ErrorContains(t, err, "an option is nil")
}
