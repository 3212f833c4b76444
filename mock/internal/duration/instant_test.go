package duration_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/duration"
)

func TestInstant_IsWrittenInUTCWithItsOffset(t *testing.T) {
	t.Parallel()
	tokyo := time.FixedZone("", 9*3600)
	for _, row := range []struct {
		at   time.Time
		want string
	}{
		{time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC), "2025-09-01T08:00:00+00:00"},
		{time.Date(2025, 9, 1, 8, 0, 0, 0, tokyo), "2025-08-31T23:00:00+00:00"},
		{time.Date(2025, 9, 1, 8, 0, 0, 120_999_999, time.UTC), "2025-09-01T08:00:00.12+00:00"},
		{time.Date(2025, 9, 1, 8, 0, 0, 999_999, time.UTC), "2025-09-01T08:00:00+00:00"},
		{time.Time{}, "0001-01-01T00:00:00+00:00"},
	} {
		data, err := json.Marshal(duration.Instant(row.at))
		require.NoError(t, err)
		assert.Equal(t, `"`+row.want+`"`, string(data))
		var back duration.Instant
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, row.want, back.String())
		assert.Equal(t, time.UTC, time.Time(back).Location())
	}
	before := duration.Instant(time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC))
	read := before
	assert.Error(t, json.Unmarshal([]byte(`"2025-09-01"`), &read))
	assert.Equal(t, before, read, "nothing changes on error")
	assert.True(t, duration.Instant{}.IsZero())
}

func TestMillis_IsANumber(t *testing.T) {
	t.Parallel()
	for want, m := range map[string]time.Duration{"0": 0, "1.5": 1500 * time.Microsecond, "0.000001": 1, "3600000": time.Hour} {
		data, err := json.Marshal(duration.Millis(m))
		require.NoError(t, err)
		assert.Equal(t, want, string(data))
		var back duration.Millis
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, duration.Millis(m), back)
	}
	var m duration.Millis
	assert.Error(t, json.Unmarshal([]byte(`"1ms"`), &m))
}
