package dispatch_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/world"
)

func TestAnswerThatBreaksTheContract(t *testing.T) {
	for name, data := range map[string]any{
		"a wrong type":      map[string]any{"n": "1"},
		"a missing member":  map[string]any{},
		"an unknown member": map[string]any{"n": 1, "more": 2},
		"null":              nil,
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, strict, issue(t, func() (any, error) { return data, nil }))
			for range 2 {
				got := s.call()
				assert.Equal(t, http.StatusInternalServerError, got.Code)
				assert.Equal(t, "contract", got.Header().Get("X-Mock-Origin"))
				assert.Contains(t, got.Body.String(), `"code":"500.900.001"`)
				assert.Contains(t, got.Body.String(), "/data")
				assert.False(t, s.has(firstEPass), "it has changed nothing")
			}
			assert.Contains(t, s.log.String(), "breaks its own contract")

			s = newServer(t, lenient, issue(t, func() (any, error) { return data, nil }))
			got := s.call()
			assert.Equal(t, http.StatusOK, got.Code, "reported, not refused")
			assert.True(t, s.has(firstEPass))
			assert.Contains(t, s.log.String(), "breaks its own contract")
		})
	}
}

func TestPanicChangesNothing(t *testing.T) {
	panics := true
	s := newServer(t, strict, issue(t, func() (any, error) {
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
	assert.Contains(t, s.log.String(), "dispatcher_test.go", "the stack")
	assert.False(t, s.has(firstEPass))
	panics = false
	assert.Equal(t, http.StatusOK, s.call().Code, "the world is not locked, and nothing was remembered")
}

func TestAbortedHandlerIsLetThrough(t *testing.T) {
	s := newServer(t, strict, issue(t, func() (any, error) { panic(http.ErrAbortHandler) }))
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() { s.call() })
	assert.False(t, s.has(firstEPass))
}

func TestNew_HandlersAndOperationsMustFit(t *testing.T) {
	t.Parallel()
	none := dispatch.Plain(func(*dispatch.Call) (any, error) { return nil, nil })
	_, err := dispatch.New(dispatch.Config{}, version(t, "tiny", nil))
	assert.ErrorContains(t, err, "tiny: operation issue has no handler")
	_, err = dispatch.New(dispatch.Config{}, version(t, "tiny", map[string]dispatch.Handler{"issue": none, "extra": none}))
	assert.ErrorContains(t, err, "tiny: handler extra has no operation")
	_, err = dispatch.New(dispatch.Config{})
	assert.ErrorContains(t, err, "there is no version")
}

func TestLoad_RefusesWhatNothingCanBeHeldAgainst(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string][2]string{
		"no operationId":       {"operationId: issue", "summary: x"},
		"not a document":       {"openapi: 3.0.3", "openapi: []"},
		"an object in a query": {"x-idempotent: true", "parameters: [{name: q, in: query, schema: {type: object}}]"},
	} {
		_, err := contract.Load([]byte(strings.Replace(tiny, edit[0], edit[1], 1)))
		assert.Error(t, err, name)
	}
}

// TestVendor_OrderOfChecks pins what A-049 says; whoever changes it changes the register too.
func TestVendor_OrderOfChecks(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"open", "readBody"}, names(dispatch.Vendor().Door))
	assert.Equal(t, []string{"authenticate", "permit", "readHead", "inject", "checkRequest", "perform"}, names(dispatch.Vendor().Gates))
	assert.Equal(t, []string{"findWorld", "readHead", "readBody", "checkRequest", "perform"}, names(dispatch.Control().Gates))
}

func names(gates []dispatch.Gate) []string {
	var list []string
	for _, g := range gates {
		list = append(list, g.Name)
	}
	return list
}

// TestMount_SeveralDocumentsOnOneEcho: of one dispatcher or of several, each gets its bodies.
func TestMount_SeveralDocumentsOnOneEcho(t *testing.T) {
	t.Parallel()
	echoing := func(base string) dispatch.Version {
		v := version(t, base, map[string]dispatch.Handler{"issue": dispatch.Body(func(_ *dispatch.Call, r struct {
			N int `json:"n"`
		}) (any, error) {
			return map[string]any{"n": r.N}, nil
		})})
		v.Bases = []string{"/" + base}
		return v
	}
	s := newServer(t, strict, issue(t, nil))
	s.requestID = ""
	first, err := dispatch.New(s.config, echoing("a"), echoing("b"))
	require.NoError(t, err)
	second, err := dispatch.New(s.config, echoing("c"))
	require.NoError(t, err)
	s.echo = echo.New()
	first.Mount(s.echo)
	second.Mount(s.echo)
	s.echo.HTTPErrorHandler = first.HandleError
	for i, base := range []string{"/a", "/b", "/c"} {
		got := s.post(base+"/issue", `{"n":7}`)
		assert.Equal(t, http.StatusOK, got.Code, got.Body)
		assert.JSONEq(t, `{"code":0,"data":{"n":7}}`, got.Body.String())
		assert.Equal(t, http.StatusNoContent, s.send(http.MethodOptions, base+"/issue", "").Code, i)
	}
	assert.Contains(t, s.post("/b/isue", `{}`).Body.String(), "Nearest: issue (POST /issue)")
	assert.Equal(t, http.StatusMethodNotAllowed, s.send(http.MethodDelete, "/c/issue", "").Code)
}

// TestIdempotency_KnowsTheVersion: the same operation of another version is another operation.
func TestIdempotency_KnowsTheVersion(t *testing.T) {
	t.Parallel()
	n := 0
	handlers := map[string]dispatch.Handler{"issue": dispatch.Plain(func(*dispatch.Call) (any, error) { n++; return map[string]any{"n": n}, nil })}
	s := newServer(t, strict, issue(t, nil))
	one, two := version(t, "one", handlers), version(t, "two", handlers)
	one.Bases, two.Bases = []string{"/one"}, []string{"/two"}
	d, err := dispatch.New(s.config, one, two)
	require.NoError(t, err)
	s.echo = echo.New()
	d.Mount(s.echo)
	assert.Contains(t, s.post("/one/issue", "{}").Body.String(), `"n":1`)
	assert.Contains(t, s.post("/one/issue", "{}").Body.String(), `"n":1`, "from memory")
	got := s.post("/two/issue", "{}")
	assert.Equal(t, "REQUEST_ID_REUSED", got.Header().Get("X-Mock-Error"))
}

func TestRefusalThatBreaksTheContract(t *testing.T) {
	t.Parallel()
	short := strings.Replace(tiny, "message: {type: string}", "message: {type: string, maxLength: 100}", 1)
	long := func() (any, error) {
		return nil, dragonpass.Refuse(dragonpass.OrderNotFound, "%s", strings.Repeat("no ", 50))
	}
	s := newServerOf(t, short, strict, dispatch.Plain(func(*dispatch.Call) (any, error) { return long() }))
	got := s.call()
	assert.Equal(t, http.StatusInternalServerError, got.Code)
	assert.Equal(t, "contract", got.Header().Get("X-Mock-Origin"))
	assert.Contains(t, got.Body.String(), "/message")
	assert.Contains(t, s.log.String(), "breaks its own contract")

	s = newServerOf(t, short, lenient, dispatch.Plain(func(*dispatch.Call) (any, error) { return long() }))
	assert.Equal(t, http.StatusNotFound, s.call().Code, "reported, not refused")
	assert.Contains(t, s.log.String(), "breaks its own contract")
}

// TestRefusal_ThatTheContractDoesNotKnow: the errors of an operation in the document are all that its handler raises.
func TestRefusal_ThatTheContractDoesNotKnow(t *testing.T) {
	t.Parallel()
	refuse := dispatch.Plain(func(*dispatch.Call) (any, error) { return nil, dragonpass.Refuse(dragonpass.SlotUnavailable, "full") })
	s := newServerOf(t, tiny, strict, refuse)
	got := s.call()
	assert.Equal(t, http.StatusInternalServerError, got.Code)
	assert.Contains(t, got.Body.String(), "x-errors: expected SLOT_UNAVAILABLE among them")
	assert.Contains(t, s.log.String(), "operation=issue")

	s = newServerOf(t, tiny, lenient, refuse)
	assert.Equal(t, "SLOT_UNAVAILABLE", s.call().Header().Get("X-Mock-Error"), "reported, not refused")
	assert.Contains(t, s.log.String(), "x-errors: expected SLOT_UNAVAILABLE among them")
}

// TestAnswerer_SeesWhatHasPassedAllGates: another answerer answers in place of the handlers, or beside them.
func TestAnswerer_SeesWhatHasPassedAllGates(t *testing.T) {
	t.Parallel()
	beside := &spy{}
	s := newServer(t, strict, issue(t, func() (any, error) { return map[string]any{"n": 1}, nil }), func(c *dispatch.Config) {
		c.Answerer = func(handlers dispatch.Answerer) dispatch.Answerer { beside.next = handlers; return beside }
	})
	token := s.token
	s.token = "nonsense"
	assert.Equal(t, http.StatusUnauthorized, s.call().Code)
	assert.Empty(t, beside.seen, "it did not pass")
	s.token = token
	assert.JSONEq(t, `{"code":0,"data":{"n":1}}`, s.call().Body.String())
	require.Len(t, beside.seen, 1)
	seen := beside.seen[0]
	assert.Equal(t, "issue", seen.Operation.ID)
	assert.Equal(t, "tiny", seen.Operation.Version)
	assert.Same(t, s.world, seen.World)
	assert.Equal(t, s.world.Client().DefaultProgram(), seen.Program)
	assert.NoError(t, seen.Context().Err())

	beside.answer = &dispatch.Reply{Status: http.StatusTeapot, Origin: "elsewhere", Body: []byte(`{"code":"1","message":"from elsewhere"}`)}
	got := s.call()
	assert.Equal(t, http.StatusTeapot, got.Code)
	assert.Equal(t, "elsewhere", got.Header().Get("X-Mock-Origin"))
	assert.Contains(t, got.Body.String(), "from elsewhere")
	assert.Equal(t, "elsewhere", s.world.Journal().List(journal.Filter{}).Requests[2].Origin, "the journal tells of it")
}

// spy notes what it is asked, and answers itself or has the next one answer.
type spy struct {
	next   dispatch.Answerer
	seen   []*dispatch.Exchange
	answer *dispatch.Reply
}

func (s *spy) Answer(x *dispatch.Exchange) (dispatch.Reply, error) {
	s.seen = append(s.seen, x)
	if s.answer != nil {
		return *s.answer, nil
	}
	return s.next.Answer(x)
}

// TestRequestID_ComesFromTheSeed: two equal runs name their calls alike, and no two calls of a run.
func TestRequestID_ComesFromTheSeed(t *testing.T) {
	t.Parallel()
	run := func(seed uint64) []string {
		s := newServerOf(t, tiny, strict, dispatch.Plain(func(*dispatch.Call) (any, error) { return map[string]any{"n": 1}, nil }), func(c *dispatch.Config) {
			c.Host = newHost(t, world.Config{Seed: seed})
		})
		s.requestID = ""
		var ids []string
		for range 3 {
			ids = append(ids, s.call().Header().Get("X-Request-Id"))
		}
		s.token = ""
		for range 2 { // without a world
			ids = append(ids, s.call().Header().Get("X-Request-Id"))
		}
		return ids
	}
	ids := run(7)
	assert.Equal(t, ids, run(7))
	assert.NotEqual(t, ids[:3], run(8)[:3])
	seen := map[string]bool{}
	for _, id := range ids {
		assert.Regexp(t, `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, id)
		assert.False(t, seen[id], "%s twice", id)
		seen[id] = true
	}
}

// TestPlace_NamesOfAVersion: a version says where its bodies differ from the words of the rules.
func TestPlace_NamesOfAVersion(t *testing.T) {
	t.Parallel()
	var op *dispatch.Operation
	s := newServer(t, strict, func(c *dispatch.Call) (dispatch.Reply, error) {
		op = c.Operation
		return c.Render(map[string]any{"n": 1})
	})
	s.call()
	require.NotNil(t, op)
	assert.Equal(t, "/deep/n", op.Place("number"))
	assert.Equal(t, "/deep/n/0/x", op.Place("number.0.x"))
	assert.Equal(t, "/n", op.Place("n"))
	assert.Equal(t, "other.0", op.Place("other.0"))
}
