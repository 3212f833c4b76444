package contract

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// parameter is one value in path, query or header, or several in a query.
type parameter struct {
	name, in string
	key      string // of a header: its name as net/http keeps it
	required bool
	schema   *openapi3.Schema
	several  bool                // its values are a list
	decoded  *openapi3.Parameter // kin-openapi decodes it; nil: it is a string or an integer, which take no decoding
}

func newParameter(p *openapi3.Parameter) (parameter, error) {
	if p.Schema == nil {
		return parameter{}, fmt.Errorf("parameter %s has no schema", p.Name)
	}
	own := parameter{name: p.Name, in: p.In, key: http.CanonicalHeaderKey(p.Name), required: p.Required, schema: p.Schema.Value}
	switch kind := p.Schema.Value.Type; {
	case kind.Is(openapi3.TypeString), kind.Is(openapi3.TypeInteger):
	case kind.Is(openapi3.TypeNumber), kind.Is(openapi3.TypeBoolean):
		own.decoded = p
	case kind.Is(openapi3.TypeArray):
		method, err := p.SerializationMethod()
		if err != nil || p.In != openapi3.ParameterInQuery || method.Style != openapi3.SerializationForm || !method.Explode {
			return parameter{}, fmt.Errorf("parameter %s is a list, which is written as one query parameter a value here: style form, explode", p.Name)
		}
		own.several, own.decoded = true, p
	default:
		return parameter{}, fmt.Errorf("parameter %s is neither plain nor a list of what is plain", p.Name)
	}
	return own, nil
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

// PathValues names the values that a router found in a path; escaped says that they are as they were sent. It returns
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
	case p.several:
		return p.decode(sent, where, "expected one or more values, each of them "+describe(p.schema.Items.Value))
	case len(sent) > 1:
		return &Violation{where, fmt.Sprintf("expected one value, got %d", len(sent))}
	case p.decoded != nil:
		return p.decode(sent, where, "expected "+describe(p.schema))
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

// decode has kin-openapi decode the sent values and hold them against the schema.
func (p parameter) decode(sent []string, where, expected string) *Violation {
	input := &openapi3filter.RequestValidationInput{
		Request:     &http.Request{Header: http.Header{p.key: sent}},
		PathParams:  map[string]string{p.name: sent[0]},
		QueryParams: url.Values{p.name: sent},
		Options:     &openapi3filter.Options{SkipSettingDefaults: true},
	}
	err := openapi3filter.ValidateParameter(context.Background(), input, p.decoded)
	var broken *openapi3.SchemaError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &broken) && broken.SchemaField == "maxItems":
		return &Violation{where, fmt.Sprintf("expected at most %d values, got %d", *p.schema.MaxItems, len(sent))}
	case broken == nil:
		expected += ", got something else"
	}
	return &Violation{where, expected}
}
