package news_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
)

func TestRetryAfter(t *testing.T) {
	for n, want := range []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute} {
		wait, more := news.RetryAfter(n + 1)
		assert.True(t, more)
		assert.Equal(t, want, wait)
	}
	for _, n := range []int{-1, 0, 4, 5} {
		_, more := news.RetryAfter(n)
		assert.False(t, more, n)
	}
}

func TestNoticeOf(t *testing.T) {
	used := time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	r := dragonpass.Resource{ResourceID: "N00001", Name: "Lounge", Zone: london, Hub: dragonpass.TransportHub{TransportHubID: "A00001", Name: "Manchester"}}
	o := dragonpass.Order{OrderID: "DP1", Status: dragonpass.Used, UsedAt: used}
	want := news.Notice{
		OrderID: "DP1", UsageDate: "2025-09-01T09:00:00", TransportHubID: "A00001", TransportHubName: "Manchester", ResourceID: "N00001", ResourceName: "Lounge",
	}
	assert.Equal(t, want, news.NoticeOf(o, r))
	want.Cancelled, want.CancelledAt = true, used.Add(time.Hour)
	assert.Equal(t, want, news.NoticeOf(o.Cancel(used.Add(time.Hour)), r))
}
