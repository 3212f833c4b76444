package intake

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/nearest"
	"dragonmock/openapi"
)

// TestUsual_AreNearNoHeader: else what was meant by one of them would not be said.
func TestUsual_AreNearNoHeader(t *testing.T) {
	t.Parallel()
	for _, file := range []string{openapi.V1, openapi.V2, openapi.Control} {
		data, err := openapi.Files.ReadFile(file)
		require.NoError(t, err)
		document, err := contract.Load(data)
		require.NoError(t, err)
		for _, op := range document.Operations() {
			for _, name := range usual {
				assert.Empty(t, nearest.Header(name, op.Parameters("header")), "%s of %s", name, op.ID)
			}
		}
	}
}
