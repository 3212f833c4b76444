package envelope_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/envelope"
)

func TestSuccess_WritesTheDataAsItIs(t *testing.T) {
	t.Parallel()
	body, err := envelope.Success(map[string]any{"b": 1, "a": nil})
	require.NoError(t, err)
	assert.Equal(t, `{"code":0,"data":{"a":null,"b":1}}`, string(body), "in one order, always")
	body, err = envelope.Success(nil)
	require.NoError(t, err)
	assert.Equal(t, `{"code":0,"data":null}`, string(body))
	_, err = envelope.Success(make(chan int))
	assert.Error(t, err)
}

func TestFailure_QuotesWhateverAClientSent(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `{"code":"400.002.001","message":"a \"b\" \n"}`, string(envelope.Failure("400.002.001", "a \"b\" \n")))
	assert.JSONEq(t, `{"code":"1","message":"broken \ufffd"}`, string(envelope.Failure("1", "broken \xff")))
}
