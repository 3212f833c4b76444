package mocktest

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Answer is what came back.
type Answer struct {
	T      testing.TB
	Status int
	Header http.Header
	Raw    []byte
	Body   Object // nil unless it is JSON
}

// OK asserts a success and returns its data.
func (a Answer) OK() Object {
	a.T.Helper()
	require.Equal(a.T, http.StatusOK, a.Status, "%s", a.Raw)
	require.Equal(a.T, 0.0, a.Body["code"])
	data, _ := a.Body["data"].(Object)
	return data
}

// Refused asserts a refusal by symbol, and that it wears the vendor's envelope. It returns the message.
func (a Answer) Refused(symbol string) string {
	a.T.Helper()
	require.Equal(a.T, symbol, a.Header.Get("X-Mock-Error"), "%d %s", a.Status, a.Raw)
	assert.IsType(a.T, "", a.Body["code"])
	message, _ := a.Body["message"].(string)
	assert.NotEmpty(a.T, message)
	assert.Len(a.T, a.Body, 2)
	return message
}

// Dig follows member names into an object; nil when one of them is missing.
func Dig(object Object, names ...string) any {
	var v any = object
	for _, name := range names {
		m, _ := v.(Object)
		v = m[name]
	}
	return v
}
