package contract_test

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/contract"
)

// TestOpen_KnowsWhatLoadKnows, from many goroutines that are the first to ask; and the document is read only for the doubtful.
func TestOpen_KnowsWhatLoadKnows(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/things.yaml")
	require.NoError(t, err)
	digest, err := contract.Digest(data)
	require.NoError(t, err)
	loaded, err := contract.Load(data)
	require.NoError(t, err)
	times := 0
	opened := contract.Open(string(digest), func() ([]byte, error) { times++; return data, nil })
	require.Len(t, opened.Operations(), len(loaded.Operations()))
	require.Len(t, opened.Callbacks(), len(loaded.Callbacks()))
	for i, op := range append(opened.Operations(), opened.Callbacks()...) {
		other := append(loaded.Operations(), loaded.Callbacks()...)[i]
		assert.Equal(t, other.Digest, op.Digest)
		assert.Equal(t, other.Fields(), op.Fields())
		assert.Equal(t, other.FailureFields(), op.FailureFields())
		assert.Equal(t, other.AnswerFields(http.StatusOK), op.AnswerFields(http.StatusOK))
		assert.Equal(t, other.Place("name"), op.Place("name"))
		if op.ID == "makeThing" {
			assert.True(t, op.CertainlyLegal([]byte(`{"name":"n"}`)))
			request := good()
			request.Legal = true
			violations, unread := op.CheckRequest(request)
			assert.Empty(t, violations)
			assert.Empty(t, unread)
		}
	}
	assert.Zero(t, times, "nothing was in doubt")
	var asking sync.WaitGroup
	for range 4 {
		for i, op := range opened.Operations() {
			asking.Go(func() {
				other := loaded.Operations()[i]
				for _, body := range []any{nil, "text", map[string]any{"name": 1.0, "odd": nil}} {
					request := contract.Request{Body: body, Sent: true}
					want, wantUnread := other.CheckRequest(request)
					violations, unread := op.CheckRequest(request)
					assert.Equal(t, want, violations, op.ID)
					assert.Equal(t, wantUnread, unread, op.ID)
				}
				assert.Equal(t, other.CheckAnswer(http.StatusOK, []byte(`{"odd":1}`)), op.CheckAnswer(http.StatusOK, []byte(`{"odd":1}`)), op.ID)
				assert.Equal(t, other.Members(), op.Members())
			})
		}
	}
	asking.Wait()
	assert.Equal(t, 1, times)
}

func TestOpen_OfNoDigest_Panics(t *testing.T) {
	t.Parallel()
	never := func() ([]byte, error) { return nil, errors.New("never") }
	for text, want := range map[string]string{
		"":                                   "line 0 of the digest",
		"no JSON":                            "line 0 of the digest",
		`{"operations":[1]}`:                 "no line 1",
		`{"operations":[-1]}`:                "no line -1",
		`{"operations":[1]}` + "\n[":         "line 1 of the digest",
		`{"callbacks":[1]}` + "\n" + `{"id"`: "line 1 of the digest",
	} {
		func() {
			defer func() { assert.ErrorContains(t, recover().(error), want, text) }()
			contract.Open(text, never).Operations()
		}()
	}
	data, err := os.ReadFile("testdata/things.yaml")
	require.NoError(t, err)
	digest, err := contract.Digest(data)
	require.NoError(t, err)
	stale := contract.Open(strings.ReplaceAll(string(digest), `"id":"makeThing"`, `"id":"gone"`), func() ([]byte, error) { return data, nil })
	for _, op := range stale.Operations() {
		if op.ID == "gone" {
			assert.PanicsWithValue(t, "contract: the document has no operation gone, and its digest has: go generate ./...", func() { op.Members() })
		}
	}
}
