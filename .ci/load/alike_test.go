package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAlike(t *testing.T) {
	for name, test := range map[string]struct {
		a, b string
		want string // "": alike
	}{
		"values differ":            {`{"a":1,"b":"x"}`, `{"a":2,"b":"y"}`, ""},
		"null has no members":      {`{"a":null,"b":"xxxxxxxxxx"}`, `{"a":"z","b":"xxxxxxxxxx"}`, ""},
		"a member is missing":      {`{"a":{"b":1}}`, `{"a":{}}`, "members"},
		"a member of an element":   {`{"a":[{"b":1},{"b":1}]}`, `{"a":[{"b":1},{"c":1}]}`, "members"},
		"fewer elements":           {`{"a":[1,2,3,4,5,6]}`, `{"a":[1]}`, "members"},
		"a tenth larger, and more": {`{"a":"xxxxxxxxxx"}`, `{"a":"xxxxxxxxxxxxxx"}`, "bytes"},
		"no JSON":                  {`{}`, `{`, "JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			err := alike([]byte(test.a), []byte(test.b))
			if test.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, test.want)
		})
	}
}
