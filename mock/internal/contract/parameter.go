package contract

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// parameter is one plain value in path, query or header.
type parameter struct {
	name, in string
	key      string // of a header: its name as net/http keeps it
	required bool
	schema   *openapi3.Schema
}

func newParameter(p *openapi3.Parameter) (parameter, error) {
	if p.Schema == nil || !(p.Schema.Value.Type.Is(openapi3.TypeString) || p.Schema.Value.Type.Is(openapi3.TypeInteger)) {
		return parameter{}, fmt.Errorf("parameter %s is neither a string nor an integer", p.Name)
	}
	return parameter{p.Name, p.In, http.CanonicalHeaderKey(p.Name), p.Required, p.Schema.Value}, nil
}

// find reads the parameter's values as sent.
func (p parameter) find(header http.Header, path, query url.Values) []string {
	switch p.in {
	case openapi3.ParameterInHeader:
		return header[p.key]
	case openapi3.ParameterInPath:
		return path[p.name]
	default:
		return query[p.name]
	}
}

// PathValues names the values that a router found in a path; escaped says that they are as they were sent. It answers
// false when one is more than a segment: routers give the rest of a path to the last parameter, but that is another path.
func PathValues(names, values []string, escaped bool) (url.Values, bool) {
	if len(names) == 0 {
		return nil, true
	}
	found := make(url.Values, len(names))
	for i, name := range names {
		value := values[i]
		if strings.Contains(value, "/") {
			return nil, false
		}
		if plain, err := url.PathUnescape(value); err == nil && escaped {
			value = plain
		}
		found.Set(name, value)
	}
	return found, true
}

// check holds the sent values against the schema.
func (p parameter) check(sent []string) *Violation {
	where := p.in + " " + p.name
	switch {
	case len(sent) == 0 && p.required:
		return &Violation{where, "expected " + describe(p.schema) + ", it is missing"}
	case len(sent) == 0:
		return nil
	case len(sent) > 1:
		return &Violation{where, fmt.Sprintf("expected one value, got %d", len(sent))}
	}
	var value any = sent[0]
	if p.schema.Type.Is(openapi3.TypeInteger) {
		n, err := strconv.ParseInt(sent[0], 10, 64)
		if err != nil {
			return &Violation{where, "expected " + describe(p.schema) + ", got something else"}
		}
		value = float64(n)
	}
	if p.schema.VisitJSON(value, openapi3.FailFast()) != nil {
		return &Violation{where, "expected " + describe(p.schema)}
	}
	return nil
}
