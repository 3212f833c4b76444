package mocktest

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/stretchr/testify/assert"
	"go.yaml.in/yaml/v4"

	"dragonmock/openapi"
)

// Refusals are the symbols that the control plane's document says of an operation, by status.
type Refusals struct {
	Operation string
	Symbols   map[int][]string
}

// controlDocument is what of the document tells refusals.
type controlDocument struct {
	Paths      map[string]map[string]controlOperation
	Components struct{ Responses map[string]controlResponse }
}

type controlOperation struct {
	ID        string `yaml:"operationId"`
	Responses map[string]struct {
		Ref string `yaml:"$ref"`
	}
}

type controlResponse struct {
	Common  map[string][]string `yaml:"x-errors"` // by status, of what can refuse any call
	Headers map[string]struct{ Schema struct{ Enum []string } }
}

// ControlRefusals reads them from the document, by method and path as the document writes it: "GET /worlds/{id}/clock".
var ControlRefusals = sync.OnceValues(func() (map[string]Refusals, error) {
	data, err := openapi.Files.ReadFile(openapi.Control)
	if err != nil {
		return nil, err
	}
	var d controlDocument
	if err := yaml.Unmarshal(data, &d); err != nil {
		return nil, err
	}
	all := map[string]Refusals{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			r := Refusals{op.ID, map[int][]string{}}
			for status, ref := range op.Responses {
				response := d.Components.Responses[ref.Ref[strings.LastIndexByte(ref.Ref, '/')+1:]]
				if code, err := strconv.Atoi(status); err == nil && code != http.StatusOK {
					r.Symbols[code] = append(r.Symbols[code], response.Headers["X-Mock-Error"].Schema.Enum...)
				}
				for status, symbols := range response.Common {
					code, _ := strconv.Atoi(status)
					r.Symbols[code] = append(r.Symbols[code], symbols...)
				}
			}
			all[strings.ToUpper(method)+" "+path] = r
		}
	}
	return all, nil
})

// described asserts that a refusal of the control plane is one that its document tells of.
func (a Answer) described(method, path string) {
	symbol := a.Header.Get("X-Mock-Error")
	path, _, _ = strings.Cut(path, "?")
	path, ours := strings.CutPrefix(path, "/_mock")
	all, err := ControlRefusals()
	if symbol == "ROUTE_NOT_FOUND" || symbol == "METHOD_NOT_ALLOWED" {
		return // which is of no operation; a server may have no control plane
	}
	if !ours || symbol == "" || !assert.NoError(a.T, err) {
		return
	}
	for template, r := range all {
		if matches(template, method+" "+path) {
			assert.Contains(a.T, r.Symbols[a.Status], symbol, "openapi/control.yaml does not say that %s can be refused so: %s", r.Operation, a.Raw)
		}
	}
}

// named is how a message begins that speaks of a field without saying where the request bears it.
var named = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*([./][A-Za-z0-9]+)*: `)

// placed asserts that a refusal speaks of what the request bears: a pointer into its body, or a parameter. What a rule calls
// otherwise than its operation does is of no use to who called.
func (a Answer) placed(method, path string) {
	message, _ := a.Body["message"].(string)
	if a.Header.Get("X-Mock-Error") != "" && a.Header.Get("X-Mock-Origin") != "fault" {
		for complaint := range strings.SplitSeq(message, "; ") {
			assert.NotRegexp(a.T, named, complaint, "%s %s names a field that its request does not have", method, path)
		}
	}
}

// matches says whether a method with a path is that of a template.
func matches(template, path string) bool {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i, part := range want {
		if part != got[i] && !strings.HasPrefix(part, "{") {
			return false
		}
	}
	return true
}
