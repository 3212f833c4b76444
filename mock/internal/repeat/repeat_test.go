package repeat_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/bounds"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/repeat"
	"dragonmock/mock/internal/world"
)

// TestAnswers_BeyondTheBound_TheOldestIsForgotten: and it is said when somebody may still ask for it, who would do his
// operation twice.
func TestAnswers_BeyondTheBound_TheOldestIsForgotten(t *testing.T) {
	t.Parallel()
	c, err := catalog.Load()
	require.NoError(t, err)
	var log bytes.Buffer
	w, err := world.Create("w", c, world.Config{
		Client: client.Client{Programs: []string{"p"}}, Clock: clock.FrozenAt(time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)),
		Shared: world.Shared{MaxAnswers: 2, Log: slog.New(slog.NewTextHandler(&log, nil))},
	})
	require.NoError(t, err)
	did := ""
	ask := func(id string) string {
		t.Helper()
		answer, err := repeat.Do(w, repeat.Call{Operation: "book", RequestID: id}, func(*world.Tx) ([]byte, error) {
			did += id
			return []byte(`"` + id + `"`), nil
		})
		require.NoError(t, err)
		return string(answer)
	}
	ask("a")
	_, err = w.Advance(context.Background(), 24*time.Hour, nil)
	require.NoError(t, err)
	ask("b")
	ask("c")
	assert.Empty(t, log.String(), "after its day nobody counts on it")
	assert.Equal(t, `"b"`, ask("b"))
	ask("d")
	ask("e")
	assert.Equal(t, "abcde", did)
	assert.Equal(t, 1, strings.Count(log.String(), "\n"), log.String())
	assert.Contains(t, log.String(), "so much of answerAge")
	ask("b")
	assert.Equal(t, "abcdeb", did, "it was forgotten")
}

// TestAnswers_BeyondTheBytes_TheOldestIsForgotten: however few they are, but for the last one.
func TestAnswers_BeyondTheBytes_TheOldestIsForgotten(t *testing.T) {
	t.Parallel()
	c, err := catalog.Load()
	require.NoError(t, err)
	w, err := world.Create("w", c, world.Config{Client: client.Client{Programs: []string{"p"}}})
	require.NoError(t, err)
	did := ""
	ask := func(id string, size int) {
		t.Helper()
		answer, err := repeat.Do(w, repeat.Call{Operation: "book", RequestID: id}, func(*world.Tx) ([]byte, error) {
			did += id
			return make([]byte, size), nil
		})
		require.NoError(t, err)
		require.Len(t, answer, size)
	}
	third := bounds.AnswerBytes / 3
	ask("a", third)
	ask("b", third)
	ask("b", third)
	ask("a", third)
	assert.Equal(t, "ab", did, "both are remembered")
	ask("c", third)
	ask("b", third)
	ask("a", third)
	assert.Equal(t, "abca", did, "three take more than is kept")
	ask("d", 2*bounds.AnswerBytes)
	ask("d", 2*bounds.AnswerBytes)
	assert.Equal(t, "abcad", did, "the last one is kept, however large")
	ask("c", 1)
	assert.Equal(t, "abcadc", did)
}
