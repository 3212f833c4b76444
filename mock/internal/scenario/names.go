package scenario

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/pattern"
)

// A string that is $name or $name.member stands for what has that name, whatever its type. Inside a longer string it is
// written ${name.member}; ${in 3d} is the date three days from the start of the file, by the world's clock.
var (
	wholeName  = regexp.MustCompile(`^\$([A-Za-z]\w*(?:\.\w+)*)$`)
	insideName = regexp.MustCompile(`\$\{([A-Za-z]\w*(?:\.\w+)*|in \d{1,4}d)\}`)
	bareName   = regexp.MustCompile(`\$([A-Za-z]\w*)((?:\.\w+)*)`) // as people forget the braces
	dayFromNow = regexp.MustCompile(`^in (\d{1,4})d$`)
)

// Name is the name that a text stands for; false when it is a text.
func Name(s string) (string, bool) {
	m := wholeName.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// clientName is the name that every file has: the credentials it is played with.
const clientName = "client"

// names is what the steps of a file may speak of.
type names struct {
	values map[string]any
	start  time.Time
}

// givenNames are the names of what is given, and in which list it stands.
func givenNames(given any) map[string]string {
	found := map[string]string{}
	lists, _ := given.(map[string]any)
	for list, v := range lists {
		rows, _ := v.([]any)
		for _, row := range rows {
			object, _ := row.(map[string]any)
			if name, ok := object["as"].(string); ok {
				found[name] = list
			}
		}
	}
	return found
}

// used visits every name in a value, and the pointer of the string that holds it.
func used(v any, pointer string, visit func(pointer, name string)) {
	texts(v, pointer, func(at, s string) {
		if m := wholeName.FindStringSubmatch(s); m != nil {
			visit(at, m[1])
		}
		for _, m := range insideName.FindAllStringSubmatch(s, -1) {
			if !dayFromNow.MatchString(m[1]) {
				visit(at, m[1])
			}
		}
	})
}

// texts visits every string in a value, and its pointer.
func texts(v any, pointer string, visit func(pointer, s string)) {
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			texts(member, below(pointer, key), visit)
		}
	case []any:
		for i, element := range v {
			texts(element, below(pointer, strconv.Itoa(i)), visit)
		}
	case string:
		visit(pointer, v)
	}
}

// fill puts values in place of names.
func (n *names) fill(v any) (any, error) {
	switch v := v.(type) {
	case map[string]any:
		filled := make(map[string]any, len(v))
		for key, member := range v {
			value, err := n.fill(member)
			if err != nil {
				return nil, err
			}
			filled[key] = value
		}
		return filled, nil
	case []any:
		filled := make([]any, len(v))
		for i, element := range v {
			value, err := n.fill(element)
			if err != nil {
				return nil, err
			}
			filled[i] = value
		}
		return filled, nil
	case string:
		return n.fillText(v)
	}
	return v, nil
}

func (n *names) fillText(s string) (any, error) {
	if m := wholeName.FindStringSubmatch(s); m != nil {
		return n.find(m[1])
	}
	quote := func(s string) string { return s }
	if _, ok := pattern.Expression(s); ok {
		quote = regexp.QuoteMeta
	}
	var wrong error
	filled := insideName.ReplaceAllStringFunc(s, func(name string) string {
		value, err := n.find(name[2 : len(name)-1])
		wrong = errors.Join(wrong, err)
		return quote(text(value))
	})
	return filled, wrong
}

// find returns what has a name.
func (n *names) find(name string) (any, error) {
	if m := dayFromNow.FindStringSubmatch(name); m != nil {
		days, _ := strconv.Atoi(m[1]) // digits
		return n.start.UTC().AddDate(0, 0, days).Format(time.DateOnly), nil
	}
	first, rest, deeper := strings.Cut(name, ".")
	value, ok := n.values[first]
	if !ok {
		return nil, fmt.Errorf("there is no $%s%s", first, nearest.DidYouMean(first, slices.Sorted(maps.Keys(n.values))))
	}
	if !deeper {
		return value, nil
	}
	found, err := dig(value, rest)
	if err != nil {
		return nil, fmt.Errorf("$%s: %w", first, err)
	}
	return found, nil
}

// dig follows a path of members and list indexes.
func dig(v any, path string) (any, error) {
	gone := ""
	for step := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			member, ok := at[step]
			if !ok {
				return nil, fmt.Errorf("%sthere is no %s%s", gone, step, nearest.DidYouMean(step, slices.Sorted(maps.Keys(at))))
			}
			v = member
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(at) {
				return nil, fmt.Errorf("%sexpected an index below %d, got %s", gone, len(at), step)
			}
			v = at[i]
		default:
			return nil, fmt.Errorf("%sthere is nothing below it", gone)
		}
		gone += step + ": "
	}
	return v, nil
}
