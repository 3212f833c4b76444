package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// alike refuses two answers that are not comparable: both are JSON of the same members, and about as large.
func alike(ours, bare []byte) error {
	var members [2]string
	for i, body := range [][]byte{ours, bare} {
		var value any
		if err := json.Unmarshal(body, &value); err != nil {
			return fmt.Errorf("no JSON: %w: %s", err, body)
		}
		members[i] = form(value)
	}
	if members[0] != members[1] {
		return fmt.Errorf("the members differ:\n%s\n%s", members[0], members[1])
	}
	if a, b := len(ours), len(bare); max(a, b)*10 > min(a, b)*11 {
		return fmt.Errorf("one has %d bytes, the other %d", a, b)
	}
	return nil
}

// form is a value without what its members say.
func form(value any) string {
	var parts []string
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, name+form(v[name]))
		}
		return "{" + strings.Join(parts, " ") + "}"
	case []any:
		for _, element := range v {
			parts = append(parts, form(element))
		}
		return "[" + strings.Join(parts, " ") + "]"
	}
	return ""
}
