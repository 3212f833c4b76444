package mock_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/contract"
	"dragonmock/openapi"
)

// What a version of an operation has is written as one word, such as `query language` or `answer extra.ePassId`.
func has(op *contract.Operation) (list []string) {
	add := func(what string, names []string) {
		for _, name := range names {
			list = append(list, strings.TrimSpace(what+" `"+strings.ReplaceAll(strings.TrimPrefix(name, "/"), "/", ".")+"`"))
		}
	}
	add("query", op.Parameters("query"))
	if op.TakesBody() {
		add("request", op.Fields())
	}
	var answer []string
	for _, field := range op.AnswerFields(http.StatusOK) {
		answer = append(answer, strings.TrimPrefix(field, "/data"))
	}
	add("answer", answer)
	add("", op.Errors)
	return list
}

// alone is what one list has and the other has not.
func alone(list, other []string) string {
	var found []string
	for _, one := range list {
		if !slices.Contains(other, one) {
			found = append(found, one)
		}
	}
	return strings.Join(found, ", ")
}

// differences tells, in Markdown, what the documents of v1 and v2 do not have in common.
func differences(t *testing.T) string {
	t.Helper()
	load := func(name string) (ids []string, byID map[string]*contract.Operation) {
		data, err := openapi.Files.ReadFile(name)
		require.NoError(t, err)
		document, err := contract.Load(data)
		require.NoError(t, err)
		byID = map[string]*contract.Operation{}
		for _, op := range document.Operations() {
			ids, byID[op.ID] = append(ids, op.ID), op
		}
		return ids, byID
	}
	ids1, v1 := load(openapi.V1)
	ids2, v2 := load(openapi.V2)
	rows, same := map[string][]string{}, 0
	var order, only1, only2 []string
	for _, id := range ids1 {
		if v2[id] == nil {
			only1 = append(only1, "`"+id+"`")
			continue
		}
		a, b := has(v1[id]), has(v2[id])
		row := alone(a, b) + " | " + alone(b, a)
		if row == " | " {
			same++
			continue
		}
		if rows[row] == nil {
			order = append(order, row)
		}
		rows[row] = append(rows[row], "`"+id+"`")
	}
	for _, id := range ids2 {
		if v1[id] == nil {
			only2 = append(only2, "`"+id+"`")
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%d operations have the same members in both versions. The others:\n\n| operations | v1 alone | v2 alone |\n|---|---|---|\n", same)
	for _, row := range order {
		fmt.Fprintf(&out, "| %s | %s |\n", strings.Join(rows[row], ", "), row)
	}
	fmt.Fprintf(&out, "\nIn v1 alone: %s.\n\nIn v2 alone: %s.\n", strings.Join(only1, ", "), strings.Join(only2, ", "))
	return out.String()
}

// TestReadme_TellsHowTheVersionsDiffer holds the list of the README against the two documents.
func TestReadme_TellsHowTheVersionsDiffer(t *testing.T) {
	const file, begins, ends = "../README.md", "<!-- differences: made by `go test ./mock -run TestReadme -update` -->\n", "<!-- /differences -->"
	readme, err := os.ReadFile(file)
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(readme), begins)
	require.True(t, found, "the README has no %q", begins)
	told, after, found := strings.Cut(rest, ends)
	require.True(t, found, "the README has no %q", ends)
	want := differences(t)
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(before+begins+want+ends+after), 0o644))
		return
	}
	require.Equal(t, want, told, "go test ./mock -run TestReadme -update")
}
