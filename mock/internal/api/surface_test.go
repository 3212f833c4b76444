package api_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/platform"
	"dragonmock/openapi"
)

// tiny is a document with one operation.
const tiny = `
openapi: 3.0.3
info: {title: tiny, version: '1'}
paths:
  /issue:
    post:
      operationId: issue
      x-idempotent: true
      security: [{bearer: []}]
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: object, required: [code, data], properties: {
            code: {type: integer}, data: {type: object, required: [n], properties: {n: {type: integer}}}}}}}
        default:
          description: refused
          content: {application/json: {schema: {type: object, required: [code, message], properties: {code: {type: string}, message: {type: string}}}}}
components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
`

type server struct {
	t     *testing.T
	world *platform.World
	echo  *echo.Echo
	log   *bytes.Buffer
	token string
}

func newServer(t *testing.T, strict bool, handler api.Handler) *server {
	t.Helper()
	shipped, err := catalog.Load()
	require.NoError(t, err)
	p, err := platform.New(shipped, platform.Config{})
	require.NoError(t, err)
	document, err := contract.Load([]byte(tiny))
	require.NoError(t, err)
	data, err := openapi.Files.ReadFile(openapi.Errors)
	require.NoError(t, err)
	table, err := contract.LoadErrors(data)
	require.NoError(t, err)
	s := &server{t: t, world: p.World(platform.DefaultWorld), echo: echo.New(), log: &bytes.Buffer{}}
	surface, err := api.New(api.Config{
		Platform: p, Document: document, Errors: table, Handlers: map[string]api.Handler{"issue": handler}, Strict: strict,
		Log: slog.New(slog.NewTextHandler(s.log, nil)),
	})
	require.NoError(t, err)
	surface.Mount(s.echo)
	s.token, err = api.IssueToken(s.world, s.world.Client().Secret)
	require.NoError(t, err)
	return s
}

func (s *server) call() *httptest.ResponseRecorder {
	request := httptest.NewRequest("POST", "/issue", nil)
	request.Header.Set("Authorization", "Bearer "+s.token)
	request.Header.Set("X-Request-ID", "always the same")
	recorder := httptest.NewRecorder()
	s.echo.ServeHTTP(recorder, request)
	return recorder
}

// passes counts the passes of the world.
func (s *server) has(ePassID string) bool {
	_, err := platform.Run(s.world, "look", func(tx *platform.Tx) (dragonpass.EPass, error) { return tx.EPass(ePassID) })
	return err == nil
}

const firstEPass = "1788000066668888"

// issue issues a pass and then answers what do says.
func issue(t *testing.T, do func() (any, error)) api.Handler {
	return api.Plain(func(c *api.Call) (any, error) {
		pass, err := c.Tx.IssueEPass(platform.IssueRequest{
			Path: 1, Module: 1, ClientUserID: "u", FirstName: "A", LastName: "B", ExpirationDate: c.Tx.Now().AddDate(1, 0, 0), Usages: 1,
		})
		require.NoError(t, err)
		require.Equal(t, firstEPass, pass.EPassID, "what was refused before has burnt no id")
		return do()
	})
}

func TestAnswerThatBreaksTheContract(t *testing.T) {
	for name, data := range map[string]any{
		"a wrong type":      map[string]any{"n": "1"},
		"a missing member":  map[string]any{},
		"an unknown member": map[string]any{"n": 1, "more": 2},
		"null":              nil,
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, true, issue(t, func() (any, error) { return data, nil }))
			for range 2 {
				got := s.call()
				assert.Equal(t, http.StatusInternalServerError, got.Code)
				assert.Equal(t, "contract", got.Header().Get("X-Mock-Origin"))
				assert.Contains(t, got.Body.String(), `"code":"500.900.001"`)
				assert.Contains(t, got.Body.String(), "/data")
				assert.False(t, s.has(firstEPass), "it has changed nothing")
			}
			assert.Contains(t, s.log.String(), "breaks its own contract")

			s = newServer(t, false, issue(t, func() (any, error) { return data, nil }))
			got := s.call()
			assert.Equal(t, http.StatusOK, got.Code, "reported, not refused")
			assert.True(t, s.has(firstEPass))
			assert.Contains(t, s.log.String(), "breaks its own contract")
		})
	}
}

func TestPanicChangesNothing(t *testing.T) {
	panics := true
	s := newServer(t, true, issue(t, func() (any, error) {
		if panics {
			panic("on the way")
		}
		return map[string]any{"n": 1}, nil
	}))
	got := s.call()
	assert.Equal(t, http.StatusInternalServerError, got.Code)
	assert.Equal(t, "mock", got.Header().Get("X-Mock-Origin"))
	assert.NotContains(t, got.Body.String(), "on the way", "what broke is not the client's to know")
	assert.Contains(t, s.log.String(), "on the way")
	assert.Contains(t, s.log.String(), "surface_test.go", "the stack")
	assert.False(t, s.has(firstEPass))
	panics = false
	assert.Equal(t, http.StatusOK, s.call().Code, "the world is not locked, and nothing was remembered")
}

func TestAbortedHandlerIsLetThrough(t *testing.T) {
	s := newServer(t, true, issue(t, func() (any, error) { panic(http.ErrAbortHandler) }))
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() { s.call() })
	assert.False(t, s.has(firstEPass))
}

func TestHandlersAndOperationsMustFit(t *testing.T) {
	document, err := contract.Load([]byte(tiny))
	require.NoError(t, err)
	none := api.Plain(func(*api.Call) (any, error) { return nil, nil })
	_, err = api.New(api.Config{Document: document})
	assert.ErrorContains(t, err, "operation issue has no handler")
	_, err = api.New(api.Config{Document: document, Handlers: map[string]api.Handler{"issue": none, "extra": none}})
	assert.ErrorContains(t, err, "handler extra has no operation")
}

func TestDocumentsThatCannotBeHeldAgainstAnything(t *testing.T) {
	for name, edit := range map[string][2]string{
		"no operationId":     {"operationId: issue", "summary: x"},
		"not a document":     {"openapi: 3.0.3", "openapi: []"},
		"a list in the path": {"x-idempotent: true", "parameters: [{name: q, in: query, schema: {type: array, items: {type: string}}}]"},
	} {
		_, err := contract.Load([]byte(strings.Replace(tiny, edit[0], edit[1], 1)))
		assert.Error(t, err, name)
	}
}
