package fault

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"dragonmock/mock/internal/nearest"
)

// Call is what rules look at.
type Call struct {
	Operation string // operationId
	Method    string
	Path      string
	Query     url.Values
	Header    http.Header
	Body      func() any // decodes the JSON body, nil when there is none; called at most once, and only when a rule asks
}

// target is the On of a rule: zero fields say nothing.
type target struct {
	operation string
	method    string
	path      *regexp.Regexp
}

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// variable is a path parameter as the spec writes it, quoted.
var variable = regexp.MustCompile(`\\\{[^/{}]*\\\}`)

// parseTarget reads On. A path may have parameters, as the spec writes them: "{orderId}" stands for one segment.
func parseTarget(on string) (t target, err error) {
	method, path, spaced := strings.Cut(on, " ")
	switch {
	case on == "*":
		return t, nil
	case !spaced && strings.HasPrefix(on, "/"):
		path = on
	case !spaced && on != "" && !strings.Contains(on, "/"):
		return target{operation: on}, nil
	case spaced && strings.HasPrefix(path, "/"):
		if !slices.Contains(methods, method) {
			return t, errors.New("unknown method" + nearest.DidYouMean(method, methods))
		}
		t.method = method
	default:
		return t, errors.New(`expected an operationId, "POST /path", "/path", "/path*" or "*"`)
	}
	exact, prefix := strings.CutSuffix(path, "*")
	if strings.ContainsAny(exact, "*?# ") {
		return t, errors.New("expected a path, with * at its end alone and no query")
	}
	expression := "^" + variable.ReplaceAllString(regexp.QuoteMeta(exact), "[^/]+")
	if !prefix {
		expression += "$"
	}
	t.path, err = regexp.Compile(expression)
	return t, err
}

func (t target) matches(c *Call) bool {
	return (t.operation == "" || t.operation == c.Operation) &&
		(t.method == "" || t.method == c.Method) &&
		(t.path == nil || t.path.MatchString(c.Path))
}
