package news_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
)

func TestBatches(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 10, 28, 1, 0, 0, 0, time.UTC)
	ids := func(n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprint(i))
		}
		return list
	}
	for _, row := range []struct {
		name  string
		sizes []int // of the groups, whose modules are 1, 2, ...
		want  []string
	}{
		{"none", []int{0}, nil},
		{"one", []int{1}, []string{"1/1 m1 1"}},
		{"a full message", []int{100}, []string{"1/1 m1 100"}},
		{"one more", []int{101}, []string{"1/2 m1 100", "2/2 m1 1"}},
		{"a module a message", []int{1, 2}, []string{"1/2 m1 1", "2/2 m2 2"}},
		{"all at once", []int{200, 0, 1}, []string{"1/3 m1 100", "2/3 m1 100", "3/3 m3 1"}},
	} {
		var groups []news.Group
		for i, n := range row.sizes {
			groups = append(groups, news.Group{Module: dragonpass.Module(i + 1), IDs: ids(n)})
		}
		var got []string
		for _, b := range news.Batches(news.BatchID(at), "p", at, groups) {
			assert.Equal(t, "20251028T010000Z", b.ID)
			got = append(got, fmt.Sprintf("%d/%d m%d %d", b.Sequence, b.Total, b.Module, len(b.IDs)))
		}
		assert.Equal(t, row.want, got, row.name)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for _, k := range news.Kinds() {
		assert.True(t, k.Known())
	}
	assert.False(t, news.Kind("").Known())
	assert.True(t, news.HubsUpdated.Batched())
	assert.False(t, news.StatusChanged.Batched())
}
