package duration_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/duration"
)

func TestParse(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"72h": 72 * time.Hour, "90d": 90 * day, "1d12h": 36 * time.Hour, "0s": 0, "1500ms": 1500 * time.Millisecond, "-1h": -time.Hour,
		"-1d2h": -26 * time.Hour, "65535d": 65535 * day,
	} {
		got, err := duration.Parse(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "-", "d", "1", "1x", "1d-1h", "--1h", "1.5d", "1h1d", "9999999h"} {
		_, err := duration.Parse(text)
		assert.ErrorContains(t, err, "expected a duration such as 72h, 90d or 1d12h", text)
	}
	for _, text := range []string{"65536d", "-65536d1h", "65535d2562047h"} {
		_, err := duration.Parse(text)
		assert.EqualError(t, err, "expected a duration of at most 65535d, got \""+text+"\"")
	}
}

func TestDuration_InJSON_ReadsBack(t *testing.T) {
	var d duration.Duration
	require.NoError(t, json.Unmarshal([]byte(`"1d12h"`), &d))
	data, err := json.Marshal(d)
	require.NoError(t, err)
	assert.Equal(t, `"36h0m0s"`, string(data))

	assert.ErrorContains(t, json.Unmarshal([]byte(`"soon"`), &d), `got "soon"`)
	assert.Equal(t, duration.Duration(36*time.Hour), d, "nothing changes on error")
}
