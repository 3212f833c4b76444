package journal

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRedactBody(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"nothing", `{"resourceId":"1"}`, `{"resourceId":"1"}`},
		{"empty", ``, ``},
		{"the request for a token", `{"clientId":"DragonPass","secret":"dpSecretKey12345"}`, `{"clientId":"DragonPass","secret":"***"}`},
		{"the answer", `{"code":0,"data":{"accessToken":"eyJh","tokenType":"Bearer"}}`, `{"code":0,"data":{"accessToken":"***","tokenType":"Bearer"}}`},
		{"space is kept", "{ \"secret\" :\n \"x\" }", "{ \"secret\" :\n \"***\" }"},
		{"deep, twice", `[[{"a":{"secret":"x"}},{"secret":"y"}]]`, `[[{"a":{"secret":"***"}},{"secret":"***"}]]`},
		{"the same name twice", `{"secret":"x","secret":"y"}`, `{"secret":"***","secret":"***"}`},
		{"escaped quotes", `{"secret":"a\"b\\","n":1}`, `{"secret":"***","n":1}`},
		{"an escaped name", `{"s\u0065cret":"x"}`, `{"s\u0065cret":"***"}`},
		{"an escaped quote before the name", `{"a\"secret":"x"}`, `{"a\"secret":"***"}`},
		{"a number", `{"secret":12345,"n":1}`, `{"secret":"***","n":1}`},
		{"a number at the end", `{"secret":-1e5}`, `{"secret":"***"}`},
		{"a list", `{"secret":["x",{"y":"]"}],"n":1}`, `{"secret":"***","n":1}`},
		{"an object", `{"secret":{"value":"x}"},"n":1}`, `{"secret":"***","n":1}`},
		{"null and nothing are worth knowing", `{"secret":null,"accessToken":""}`, `{"secret":null,"accessToken":""}`},
		{"other spellings", `{"clientSecret":"x","ACCESS_TOKEN":"y","access_token":"z"}`, `{"clientSecret":"***","ACCESS_TOKEN":"***","access_token":"***"}`},
		{"no secrets", `{"prebookingToken":"x","tokenType":"y","success":true,"secrets":1}`, `{"prebookingToken":"x","tokenType":"y","success":true,"secrets":1}`},
		{"the word as a value", `{"name":"secret","n":"x"}`, `{"name":"secret","n":"x"}`},
		{"broken", `{"clientId":"DragonPass","secret":"dpSecretKey12345",}`, `{"clientId":"DragonPass","secret***`},
		{"broken and escaped", `{"s\u0065cret":"x",}`, `{"s***`},
		{"broken without a secret", `{"name":"\u00e9",}`, `{"name":"\u00e9",}`},
		{"cut by a fault", `{"data":{"accessToken":"eyJhb`, `{"data":{"accessToken***`},
		{"two values", `{"secret":"x"}{"secret":"y"}`, `{"secret***`},
		{"a form", `clientId=DragonPass&secret=x`, `clientId=DragonPass&secret***`},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := []byte(c.body)
			assert.Equal(t, c.want, string(redactBody(body, 1000)))
			assert.Equal(t, c.body, string(body), "the body is borrowed")
		})
	}
}

// TestCutAfterRedaction cuts at every place: what is left is the beginning of the redacted body.
func TestCutAfterRedaction(t *testing.T) {
	for _, body := range []string{
		`{"clientId":"DragonPass","secret":"KNOWN-KNOWN-KNOWN","n":[1,2,3,4,5,6,7,8,9],"accessToken":"KNOWN","end":true}`,
		`{"clientId":"DragonPass","secret":"KNOWN-KNOWN-KNOWN",,`,
	} {
		whole := string(redactBody([]byte(body), 1000))
		for limit := range len(body) + 2 {
			cut := cutBody([]byte(body), limit)
			require.Equal(t, whole[:min(limit, len(whole))], string(cut.body), limit)
			require.Equal(t, limit < len(whole), cut.truncated, limit)
			require.Equal(t, len(body), cut.bytes)
		}
	}
}

func TestRedactHeader(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"Authorization", "Bearer eyJhb.c.d", "Bearer ***"},
		{"Authorization", "basic dXNlcjpwdw==", "basic ***"},
		{"authorization", "Bearer x", "Bearer ***"},
		{"Authorization", "eyJhb.c.d", "***"},
		{"Authorization", "eyJhb.c.d and more", "***"},
		{"Authorization", "", "***"},
		{"Cookie", "session=1", "***"},
		{"Set-Cookie", "session=1; Path=/", "***"},
		{"X-Client-Secret", "x", "***"},
		{"X-Access-Token", "x", "***"},
		{"X-Request-Id", "x", "x"},
	} {
		assert.Equal(t, c.want, redactHeader(c.name, c.value), c.name)
	}
}

func TestRedactQuery(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"", ""},
		{"page=1&name=a%20b", "page=1&name=a%20b"},
		{"secret=x", "secret=***"},
		{"a=1&accessToken=x&b=2&secret=y", "a=1&accessToken=***&b=2&secret=***"},
		{"s%65cret=x&b=2", "s%65cret=***&b=2"},
		{"%zz&secret=x", "%zz&secret=***"},
		{"secret=x;y&b=2", "secret=***&b=2"},
		{"a=1;secret=x;y&b=2", "a=1;secret=***&b=2"},
		{"secret=&secret", "secret=&secret"},
		{"secret=a=b", "secret=***"},
	} {
		assert.Equal(t, c.want, redactQuery(c.query, 1000))
	}
}

// FuzzRedact holds redaction to its three promises: it never leaks, it leaves valid JSON valid, and it changes nothing
// but the values of secrets.
func FuzzRedact(f *testing.F) {
	for _, pair := range [][2]string{
		{`{"clientId":"DragonPass",`, `}`}, {`{"a":"x`, `}`}, {`{"a\`, `}`}, {`{"secret":["`, `"]}`}, {`{"s\u0065cret":"y",`, `,"b":2}`},
		{`[`, `]`}, {`{"x":{"access_token":{"y":"}"}},`, "\xff"}, {`{"é":"\ud83d\ude00",`, `}`},
	} {
		f.Add(pair[0], pair[1], 30)
	}
	const known = "KNOWNKNOWN"
	f.Fuzz(func(t *testing.T, before, after string, limit int) {
		if strings.Contains(before+after, known[:3]) {
			t.Skip()
		}
		limit = max(0, limit%100)
		for _, name := range []string{"secret", "accessToken"} {
			body := []byte(before + `"` + name + `":"` + known + `"` + after)
			assert.NotContains(t, string(redactBody(body, 1<<20)), known[:3])
			assert.NotContains(t, string(cutBody(body, limit).body), known[:3])
		}
		for _, body := range []string{before, before + `"secret":1` + after} {
			want, valid := maskedTokens(body)
			if !valid {
				continue
			}
			got, valid := maskedTokens(string(redactBody([]byte(body), 1<<20)))
			require.True(t, valid, "%q is no JSON any more", body)
			require.Equal(t, want, got)
		}
		assert.NotContains(t, redactQuery("secret="+known+"&"+before+"&accessToken="+known+";"+after, 1<<20), known[:3])
	})
}

// maskedTokens reads JSON as a list of tokens, the values of secrets masked: redaction done the slow way.
func maskedTokens(body string) (tokens []string, valid bool) {
	lenient := jsontext.AllowDuplicateNames(true)
	if !jsontext.Value(body).IsValid(lenient, jsontext.AllowInvalidUTF8(true)) {
		return nil, false
	}
	d := jsontext.NewDecoder(bytes.NewReader([]byte(body)), lenient, jsontext.AllowInvalidUTF8(true))
	for {
		token, err := d.ReadToken()
		if err == io.EOF {
			return tokens, true
		}
		if err != nil {
			return nil, false
		}
		tokens = append(tokens, fmt.Sprintf("%s %s", token.Kind(), token.String()))
		if token.Kind() != '"' {
			continue
		}
		if kind, n := d.StackIndex(d.StackDepth()); kind != '{' || n%2 == 0 {
			continue // not a name
		}
		if named(token.String()) && d.PeekKind() != 'n' {
			value, err := d.ReadValue()
			if err != nil {
				return nil, false
			}
			if string(value) == `""` {
				tokens = append(tokens, `string `)
			} else {
				tokens = append(tokens, `string `+mask)
			}
		}
	}
}
