package ordered_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dragonmock/mock/internal/ordered"
)

// page is what PageDown visits, and how many it says there are.
func page(m *ordered.Map[int], prefix string, from, to int) (keys []string, total int) {
	total = m.PageDown(prefix, from, to, func(key string, _ *int) bool { keys = append(keys, key); return true })
	return keys, total
}

func TestPageDown(t *testing.T) {
	t.Parallel()
	var m ordered.Map[int]
	for _, key := range []string{"a", "a/1", "a/2", "a/3", "a0", "b/1"} {
		m.Set(key, new(int))
	}
	for name, row := range map[string]struct {
		prefix   string
		from, to int
		keys     []string
		total    int
	}{
		"all":                             {"a/", 0, 10, []string{"a/3", "a/2", "a/1"}, 3},
		"the first":                       {"a/", 0, 1, []string{"a/3"}, 3},
		"the last":                        {"a/", 2, 3, []string{"a/1"}, 3},
		"one that goes beyond the last":   {"a/", 2, 4, []string{"a/1"}, 3},
		"one behind the last":             {"a/", 3, 6, nil, 3},
		"none":                            {"a/", 1, 1, nil, 3},
		"as many as can be counted":       {"a/", 0, math.MaxInt, []string{"a/3", "a/2", "a/1"}, 3},
		"where no more can be counted":    {"a/", math.MaxInt, math.MaxInt, nil, 3},
		"of the last prefix":              {"b/", 0, 10, []string{"b/1"}, 1},
		"of a prefix that no key has":     {"a/4", 0, 10, nil, 0},
		"of a prefix behind all":          {"c", 0, 10, nil, 0},
		"of a prefix before all":          {"0", 0, 10, nil, 0},
		"of no prefix":                    {"", 1, 3, []string{"a0", "a/3"}, 6},
		"of a key that others begin with": {"a", 3, 9, []string{"a/1", "a"}, 5},
	} {
		keys, total := page(&m, row.prefix, row.from, row.to)
		assert.Equal(t, row.keys, keys, name)
		assert.Equal(t, row.total, total, name)
	}
	keys, total := page(new(ordered.Map[int]), "a", 0, 10)
	assert.Empty(t, keys)
	assert.Zero(t, total)
}

func TestPageDown_EndsWhenVisitDoes(t *testing.T) {
	t.Parallel()
	var m ordered.Map[int]
	for i := range 9 {
		m.Set(fmt.Sprint(i), &i)
	}
	var seen []int
	total := m.PageDown("", 2, 8, func(_ string, row *int) bool { seen = append(seen, *row); return len(seen) < 2 })
	assert.Equal(t, []int{6, 5}, seen)
	assert.Equal(t, 9, total)
}

// TestMap_IsAMapInOrder does the same to a map, to copies of it, and to maps of Go.
func TestMap_IsAMapInOrder(t *testing.T) {
	t.Parallel()
	key := rapid.StringMatching(`[ab]/[0-9]{1,2}`)
	rapid.Check(t, func(t *rapid.T) {
		type pair struct {
			m     ordered.Map[int]
			model map[string]*int
		}
		pairs := []*pair{{model: map[string]*int{}}}
		some := func() *pair { return pairs[rapid.IntRange(0, len(pairs)-1).Draw(t, "map")] }
		t.Repeat(map[string]func(*rapid.T){
			"set": func(t *rapid.T) {
				p := some()
				for _, k := range rapid.SliceOfN(key, 1, 40).Draw(t, "keys") {
					row := new(int)
					require.True(t, p.model[k] == p.m.Set(k, row))
					p.model[k] = row
				}
			},
			"delete": func(t *rapid.T) {
				p, k := some(), key.Draw(t, "key")
				require.True(t, p.model[k] == p.m.Delete(k))
				delete(p.model, k)
			},
			"copy": func(t *rapid.T) {
				if p := some(); len(pairs) < 4 {
					pairs = append(pairs, &pair{p.m.Copy(), maps.Clone(p.model)})
				}
			},
			"differ": func(t *rapid.T) {
				before, after := some(), some()
				both := maps.Clone(before.model)
				maps.Copy(both, after.model)
				want := slices.Sorted(maps.Keys(both))
				want = slices.DeleteFunc(want, func(k string) bool { return before.model[k] == after.model[k] })
				var got []string
				require.NoError(t, ordered.Differ(&before.m, &after.m, func(k string, was, is *int) error {
					got = append(got, k)
					require.True(t, was == before.model[k] && is == after.model[k], k)
					return nil
				}))
				require.True(t, slices.Equal(want, got), "%v %v", want, got)
			},
			"": func(t *rapid.T) {
				for _, p := range pairs {
					keys := slices.Sorted(maps.Keys(p.model))
					require.Equal(t, len(keys), p.m.Len())
					var each []string
					p.m.Each(func(k string, row *int) bool {
						each = append(each, k)
						return assert.True(t, row == p.model[k] && row == p.m.Get(k))
					})
					require.True(t, slices.Equal(keys, each))
					first, row := p.m.First()
					require.True(t, row == p.model[first] && (row == nil) == (len(keys) == 0))
					prefix := rapid.SampledFrom([]string{"", "a/", "b/", "a/1", "c"}).Draw(t, "prefix")
					keys = slices.DeleteFunc(keys, func(k string) bool { return !strings.HasPrefix(k, prefix) })
					slices.Reverse(keys)
					var down []string
					p.m.Down(prefix, func(k string, _ *int) bool { down = append(down, k); return true })
					require.True(t, slices.Equal(keys, down))
					from, to := rapid.IntRange(0, 30).Draw(t, "from"), rapid.IntRange(0, 30).Draw(t, "to")
					got, total := page(&p.m, prefix, from, to)
					require.Equal(t, len(keys), total)
					from = min(from, len(keys))
					require.True(t, slices.Equal(keys[from:max(from, min(to, len(keys)))], got))
				}
			},
		})
	})
}
