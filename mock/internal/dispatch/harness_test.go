package dispatch_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/symbols"
	"dragonmock/mock/internal/token"
	"dragonmock/mock/internal/world"
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
      x-errors: [REQUEST_ID_REUSED, ORDER_NOT_FOUND]
      security: [{bearer: []}]
      requestBody:
        content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}
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

const (
	strict  = true
	lenient = false
)

// server is a dispatcher with one document, and a client of its default world.
type server struct {
	t         *testing.T
	config    dispatch.Config
	world     *world.World
	echo      *echo.Echo
	log       *bytes.Buffer
	token     string
	requestID string
}

func newServer(t *testing.T, strict bool, handler dispatch.Handler, change ...func(*dispatch.Config)) *server {
	t.Helper()
	return newServerOf(t, tiny, strict, handler, change...)
}

func newServerOf(t *testing.T, document string, strict bool, handler dispatch.Handler, change ...func(*dispatch.Config)) *server {
	t.Helper()
	data, err := openapi.Files.ReadFile(openapi.Errors)
	require.NoError(t, err)
	table, err := symbols.Load(data)
	require.NoError(t, err)
	s := &server{t: t, echo: echo.New(), log: &bytes.Buffer{}, requestID: "always the same"}
	s.config = dispatch.Config{
		Host: newHost(t, world.Config{Shared: world.Shared{Journal: journal.DefaultLimits()}}), Errors: table, Strict: strict,
		Log: slog.New(slog.NewTextHandler(s.log, nil)),
	}
	for _, f := range change {
		f(&s.config)
	}
	v := version(t, "tiny", map[string]dispatch.Handler{"issue": handler})
	v.Document, err = contract.Load([]byte(document))
	require.NoError(t, err)
	d, err := dispatch.New(s.config, v)
	require.NoError(t, err)
	d.Mount(s.echo)
	s.echo.HTTPErrorHandler = d.HandleError
	s.world = s.config.Host.World(host.DefaultWorld)
	s.token, err = token.Issue(s.world, s.world.Client().Secret)
	require.NoError(t, err)
	return s
}

func newHost(t *testing.T, config world.Config) *host.Host {
	t.Helper()
	shipped, err := catalog.Load()
	require.NoError(t, err)
	p, err := host.New(shipped, withDue(config), nil)
	require.NoError(t, err)
	return p
}

// version is the tiny document at the root, with a vendor's policy.
func version(t *testing.T, name string, handlers map[string]dispatch.Handler) dispatch.Version {
	t.Helper()
	document, err := contract.Load([]byte(tiny))
	require.NoError(t, err)
	return dispatch.Version{
		Name: name, Bases: []string{""}, Document: document, Handlers: handlers, Policy: dispatch.Vendor(),
		Fields: map[string]string{"number": "/deep/n"},
	}
}

func (s *server) call() *httptest.ResponseRecorder { return s.post("/issue", "{}") }

func (s *server) post(path, body string) *httptest.ResponseRecorder {
	return s.send(http.MethodPost, path, body)
}

func (s *server) send(method, path, body string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	if s.token != "" {
		request.Header.Set("Authorization", "Bearer "+s.token)
	}
	if s.requestID != "" {
		request.Header.Set("X-Request-ID", s.requestID)
	}
	recorder := httptest.NewRecorder()
	s.echo.ServeHTTP(recorder, request)
	return recorder
}

// has says whether the world has a pass.
func (s *server) has(ePassID string) bool {
	_, err := world.Run(s.world, "look", func(tx *world.Tx) (dragonpass.EPass, error) { return booking.EPass(tx, ePassID) })
	return err == nil
}

const firstEPass = "1788000066668888"

// issue issues a pass and then answers what do says.
func issue(t *testing.T, do func() (any, error)) dispatch.Handler {
	return dispatch.Plain(func(c *dispatch.Call) (any, error) {
		pass, err := booking.IssueEPass(c.Tx, dragonpass.IssueRequest{
			Path: 1, Module: 1, ClientUserID: "u", FirstName: "A", LastName: "B", ExpirationDate: c.Tx.Now().AddDate(1, 0, 0), Usages: 1,
		})
		require.NoError(t, err)
		require.Equal(t, firstEPass, pass.EPassID, "what was refused before has burnt no id")
		return do()
	})
}

// withDue lets the world do what becomes due.
func withDue(config world.Config) world.Config {
	config.Due = booking.Due()
	return config
}
