package mocktest

import (
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/symbols"
	"dragonmock/openapi"
)

// ErrorTable reads the shipped error catalogue.
func ErrorTable(t TB) *symbols.Table {
	t.Helper()
	data, err := openapi.Files.ReadFile(openapi.Errors)
	require.NoError(t, err)
	table, err := symbols.Load(data)
	require.NoError(t, err)
	return table
}

// Document reads a shipped document, such as [openapi.V1].
func Document(t TB, name string) *contract.Document {
	t.Helper()
	data, err := openapi.Files.ReadFile(name)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	return document
}
