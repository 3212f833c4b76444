package fault

import (
	"encoding/json"
	"regexp"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// A pattern says whether a JSON value is as wanted.
type pattern func(value any) bool

// textPattern reads a string: /.../ is a regular expression, anything else is itself.
func textPattern(s string) (func(string) bool, error) {
	if n := len(s); n > 1 && s[0] == '/' && s[n-1] == '/' {
		re, err := regexp.Compile(s[1 : n-1])
		if err != nil {
			return nil, err
		}
		return re.MatchString, nil
	}
	return func(text string) bool { return text == s }, nil
}

// jsonPattern reads a valid JSON value. What is wrong with it is added to found; the pattern is of no use then.
func jsonPattern(raw jsontext.Value, at jsontext.Pointer, found *problems) pattern {
	switch raw.Kind() {
	case '{':
		return objectPattern(raw, at, found)
	case '[':
		return listPattern(raw, at, found)
	case '"':
		want, err := textPattern(text(raw))
		if err != nil {
			found.add(at, "%s", err)
		}
		return func(v any) bool { s, ok := v.(string); return ok && want(s) }
	case '0':
		want, _ := strconv.ParseFloat(string(raw), 64)
		return func(v any) bool { n, ok := number(v); return ok && n == want }
	case 't', 'f':
		want := raw.Kind() == 't'
		return func(v any) bool { b, ok := v.(bool); return ok && b == want }
	default:
		return func(v any) bool { return v == nil }
	}
}

func objectPattern(raw jsontext.Value, at jsontext.Pointer, found *problems) pattern {
	type member struct {
		name string
		want pattern
	}
	var members []member
	eachMember(raw, func(name string, value jsontext.Value) {
		members = append(members, member{name, jsonPattern(value, at.AppendToken(name), found)})
	})
	return func(v any) bool {
		object, ok := v.(map[string]any)
		if !ok {
			return false
		}
		for _, m := range members {
			if value, has := object[m.name]; !has || !m.want(value) {
				return false
			}
		}
		return true
	}
}

func listPattern(raw jsontext.Value, at jsontext.Pointer, found *problems) pattern {
	var items []pattern
	eachItem(raw, func(i int, value jsontext.Value) {
		items = append(items, jsonPattern(value, at.AppendToken(strconv.Itoa(i)), found))
	})
	return func(v any) bool {
		list, ok := v.([]any)
		if !ok || len(list) != len(items) {
			return false
		}
		for i, want := range items {
			if !want(list[i]) {
				return false
			}
		}
		return true
	}
}

// number reads a number in the forms that decoders give it.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case json.Number:
		n, err := v.Float64()
		return n, err == nil
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case uint64:
		return float64(v), true
	}
	return 0, false
}
