package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/files"
)

func TestScenarios_EachForm_HasAllOfThem(t *testing.T) {
	t.Parallel()
	shipped, err := files.Shipped()
	require.NoError(t, err)
	require.Greater(t, len(shipped), 60)
	var text, forPrograms bytes.Buffer
	require.NoError(t, scenarios{}.write(&text))
	require.NoError(t, scenarios{JSON: true}.write(&forPrograms))
	lines := strings.Split(strings.TrimSpace(text.String()), "\n")
	require.Len(t, lines, len(shipped), "a line each")
	var listed struct{ Scenarios []scenario }
	require.NoError(t, json.Unmarshal(forPrograms.Bytes(), &listed))
	require.Len(t, listed.Scenarios, len(shipped))
	for i, s := range shipped {
		assert.Regexp(t, "^"+s.Name+" +[^ ]", lines[i])
		assert.Contains(t, lines[i], s.Shows)
		assert.Equal(t, scenario(s), listed.Scenarios[i])
	}
	assert.Contains(t, text.String(), "the documented lounge prebooking replays to the letter")
}
