package intake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/intake"
)

func TestDecodeSaysWhatIsWrong(t *testing.T) {
	for body, want := range map[string]string{
		`{"a":1,"a":2}`:                     "expected one JSON value: /a is there twice",
		`{"extra":{"b":[],"b":null}}`:       "expected one JSON value: /extra/b is there twice",
		`{"secret":"\uhunter2"}`:            "expected one JSON value: invalid escape sequence at byte 11",
		`{"secret":"\u12` + "\x01" + `34"}`: "expected one JSON value: invalid escape sequence at byte 11",
		`{"secret":"\ud800\ux234"}`:         "expected one JSON value: invalid surrogate pair at byte 11",
		`{"secret":"\ud800\u1234"}`:         "expected one JSON value: invalid surrogate pair at byte 11",
		`{"a":1e999}`:                       "expected one JSON value: /a is a number too large to be read",
	} {
		_, err := intake.Decode([]byte(body))
		assert.ErrorContains(t, err, want, body)
		assert.NotContains(t, err.Error(), `\u`, "it is not quoted: it may be a secret")
	}
}
