package main

import (
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const schema = "../../../../scenarios/scenario.schema.json"

// TestSchema_IsFresh: what editors complete is what is published.
func TestSchema_IsFresh(t *testing.T) {
	got, err := os.ReadFile(schema)
	require.NoError(t, err)
	want, err := fill(got)
	require.NoError(t, err)
	if string(want) != string(got) {
		t.Error("scenario.schema.json is stale: run go generate ./scenarios")
	}
}

// TestDefinitions_HaveWhatIsPublished: names of each kind, and what they mean.
func TestDefinitions_HaveWhatIsPublished(t *testing.T) {
	all, err := definitions()
	require.NoError(t, err)
	for name, want := range map[string]map[string]string{
		"operation":    {"createEPassLoungePrebooking": "POST /orders/lounges/ePasses/prebooking"},
		"target":       {"*": "every call", "callback": "the sending of a callback", "cancelOrder": "PATCH /orders"},
		"version":      {"v1": "dragonpass-v1.yaml", "v2": "dragonpass-v2.yaml"},
		"symbol":       {"EVENT_NOT_FOUND": "404: "},
		"vendorSymbol": {"RATE_LIMITED": "429: "},
		"assumption":   {"A-038": ""},
		"venue":        {"N99901": "Always Full", "C99910": "Fast Track, Asks Nothing"},
	} {
		d := all[name]
		require.Len(t, d.Meanings, len(d.Names), name)
		for word, meaning := range want {
			if assert.Contains(t, d.Names, word, name) {
				assert.Contains(t, d.Meanings[index(d.Names, word)], meaning)
			}
		}
		assert.NotContains(t, d.Meanings, "", name)
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(d.Names))), len(d.Names), "%s: each name once", name)
	}
	assert.NotContains(t, all["vendorSymbol"].Names, "EVENT_NOT_FOUND", "the vendor does not have it")
}

func index(list []string, word string) int {
	for i, w := range list {
		if w == word {
			return i
		}
	}
	return -1
}

// TestFill_WithoutAPlace_SaysWhichIsMissing: a schema that lost a definition is not filled in silence.
func TestFill_WithoutAPlace_SaysWhichIsMissing(t *testing.T) {
	_, err := fill([]byte(`{"$defs": {}}`))
	assert.ErrorContains(t, err, "the schema has no place for $defs/")
}
