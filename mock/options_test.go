package mock_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

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
	for text, want := range map[string]string{
		"errors:\n  - {symbol: RESOURCE_NOT_FOUNT, status: 400, code: x}\n":                                                   "did you mean RESOURCE_NOT_FOUND?",
		"errors:\n  - {symbol: RESOURCE_NOT_FOUND, status: 200, code: x}\n":                                                   "errors/0/status",
		"errors:\n  - {symbol: RESOURCE_NOT_FOUND, status: 400}\n":                                                            "errors/0/code",
		"errors:\n  - {symbol: ORDER_NOT_FOUND, status: 400, code: x}\n  - {symbol: ORDER_NOT_FOUND, status: 400, code: x}\n": "there twice",
		"errors:\n  - {symbol: RESOURCE_NOT_FOUND, state: 400}\n":                                                             "line 2",
	} {
		_, err := mock.New(mock.WithErrors(mocktest.WriteScenario(t, text)))
		assert.ErrorContains(t, err, want)
	}
}

func TestCallbackURL_NotAbsolute_IsRefused(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"nonsense", "ftp://x", "http://", "//x"} {
		_, err := mock.New(mock.WithCallbackURL(bad))
		assert.ErrorContains(t, err, "expected an absolute http or https URL")
	}
}

func TestNewWorld_WithAServersOption_IsRefused(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	_, err := srv.NewWorld(mock.WithContract(true))
	assert.ErrorContains(t, err, "WithContract is an option of a server")
}
