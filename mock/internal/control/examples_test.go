package control_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/mock/internal/symbols"
	"dragonmock/openapi"
)

// example is a request as the document's examples make it.
type example struct {
	operation, method, path string
	header                  map[string]string
	bodies                  []any // none: it has no body
}

// documented is what of the document makes examples, in its order.
type documented struct {
	Servers    []struct{ URL string }
	Paths      yaml.Node
	Components struct{ Parameters map[string]parameter }
}

type parameter struct {
	Ref      string `yaml:"$ref"`
	Name, In string
	Example  yaml.Node
}

type operation struct {
	ID          string `yaml:"operationId"`
	Parameters  []parameter
	RequestBody struct {
		Content map[string]struct{ Examples yaml.Node }
	} `yaml:"requestBody"`
}

// examples reads the examples of a document, in its order: a parameter's own, and all of a body.
func examples(t *testing.T, data []byte) (list []example) {
	t.Helper()
	var d documented
	require.NoError(t, yaml.Unmarshal(data, &d))
	first, err := url.Parse(d.Servers[0].URL)
	require.NoError(t, err)
	assert.Equal(t, "http://localhost:8080", first.Scheme+"://"+first.Host, "a generated client calls the first")
	for i := 0; i < len(d.Paths.Content); i += 2 {
		path, item := d.Paths.Content[i].Value, d.Paths.Content[i+1]
		for j := 0; j < len(item.Content); j += 2 {
			var op operation
			require.NoError(t, item.Content[j+1].Decode(&op))
			e := example{operation: op.ID, method: strings.ToUpper(item.Content[j].Value), path: first.Path + path, header: map[string]string{}}
			query := url.Values{}
			for _, p := range op.Parameters {
				if p.Ref != "" {
					p = d.Components.Parameters[p.Ref[strings.LastIndexByte(p.Ref, '/')+1:]]
				}
				require.NotEmpty(t, p.Example.Value, "%s: parameter %s has no example", op.ID, p.Name)
				switch p.In {
				case "path":
					e.path = strings.ReplaceAll(e.path, "{"+p.Name+"}", url.PathEscape(p.Example.Value))
				case "query":
					query.Set(p.Name, p.Example.Value)
				case "header":
					e.header[p.Name] = p.Example.Value
				}
			}
			if len(query) > 0 {
				e.path += "?" + query.Encode()
			}
			if content, there := op.RequestBody.Content["application/json"]; there {
				require.NotEmpty(t, content.Examples.Content, "%s: its body has no examples", op.ID)
				for k := 1; k < len(content.Examples.Content); k += 2 {
					var named struct{ Value any }
					require.NoError(t, content.Examples.Content[k].Decode(&named))
					e.bodies = append(e.bodies, named.Value)
				}
			}
			list = append(list, e)
		}
	}
	return list
}

// TestDocument_Examples_SucceedInOrder: who imports the document into Postman, or presses "try it" from the top to the
// bottom, sees no refusal.
func TestDocument_Examples_SucceedInOrder(t *testing.T) {
	t.Parallel()
	data, err := openapi.Files.ReadFile(openapi.Control)
	require.NoError(t, err)
	srv := mock.Start(t)
	author := mocktest.Author(t, srv)
	list := examples(t, data)
	require.Len(t, list, len(mocktest.Document(t, openapi.Control).Operations()))
	for _, e := range list {
		client := author
		for name, value := range e.header {
			client = client.With(name, value)
		}
		if e.bodies == nil {
			e.bodies = []any{nil}
		}
		for _, body := range e.bodies {
			a := client.Call(e.method, e.path, body)
			assert.Equal(t, 200, a.Status, "%s: %s %s %v: %s", e.operation, e.method, e.path, body, a.Raw)
		}
	}
}

// TestDocument_Refusals_AreThoseOfTheCatalogue: each symbol of a refusal has the status that the document gives it, and each
// symbol of the control plane's own is told somewhere.
func TestDocument_Refusals_AreThoseOfTheCatalogue(t *testing.T) {
	t.Parallel()
	all, err := mocktest.ControlRefusals()
	require.NoError(t, err)
	require.Len(t, all, len(mocktest.Document(t, openapi.Control).Operations()))
	table, told := mocktest.ErrorTable(t), map[string]bool{}
	for _, r := range all {
		for status, symbols := range r.Symbols {
			assert.NotEmpty(t, symbols, "%s: %d has no symbols", r.Operation, status)
			for _, symbol := range symbols {
				told[symbol] = true
				assert.Contains(t, table.Symbols(), symbol, r.Operation)
				assert.Equal(t, table.Row(dragonpass.Code(symbol)).Status, status, "%s: %s", r.Operation, symbol)
			}
		}
	}
	for _, row := range table.Rows() {
		if slices.Contains(row.Reach, symbols.Own) {
			assert.True(t, told[string(row.Symbol)], "no operation tells of %s", row.Symbol)
		}
	}
}
