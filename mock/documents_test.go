package mock_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"dragonmock/mock"
	"dragonmock/mock/internal/contract"
	"dragonmock/openapi"
)

// document is an OpenAPI document as its text has it, so that its operations keep their order.
type document struct{ root *yaml.Node }

func readDocument(t *testing.T, name string) document {
	t.Helper()
	data, err := openapi.Files.ReadFile(name)
	require.NoError(t, err)
	var node yaml.Node
	require.NoError(t, yaml.Load(data, &node))
	return document{node.Content[0]}
}

// member returns a member of an object, with its reference resolved; nil if it is not there.
func (d document) member(of *yaml.Node, name string) *yaml.Node {
	for i := 0; of != nil && i+1 < len(of.Content) && of.Kind == yaml.MappingNode; i += 2 {
		if of.Content[i].Value == name {
			return d.resolve(of.Content[i+1])
		}
	}
	return nil
}

func (d document) at(of *yaml.Node, names ...string) *yaml.Node {
	for _, name := range names {
		of = d.member(of, name)
	}
	return of
}

func (d document) resolve(n *yaml.Node) *yaml.Node {
	ref := n
	if n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == "$ref" {
		ref = d.at(d.root, strings.Split(strings.TrimPrefix(n.Content[1].Value, "#/"), "/")...)
	}
	return ref
}

// entries are the members of an object, in order.
func (d document) entries(of *yaml.Node) (list []entry) {
	for i := 0; of != nil && i+1 < len(of.Content); i += 2 {
		list = append(list, entry{of.Content[i].Value, d.resolve(of.Content[i+1])})
	}
	return list
}

type entry struct {
	name string
	node *yaml.Node
}

func word(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	return n.Value
}

// example is one example of an operation.
type example struct{ id, name, method, path, query, header, body string }

// examples are those of all operations, in the order of the document.
func (d document) examples(t *testing.T) (list []example) {
	t.Helper()
	for _, path := range d.entries(d.member(d.root, "paths")) {
		for _, operation := range d.entries(path.node) {
			op := operation.node
			base := example{id: word(d.member(op, "operationId")), method: strings.ToUpper(operation.name), path: path.name}
			body := d.at(op, "requestBody", "content", "application/json")
			if body == nil {
				list = append(list, d.parameters(base, op))
				continue
			}
			examples := d.entries(d.member(body, "examples"))
			assert.NotEmpty(t, examples, "%s has a body and no example", base.id)
			for _, one := range examples {
				var value any
				require.NoError(t, d.member(one.node, "value").Decode(&value))
				text, err := json.Marshal(value)
				require.NoError(t, err)
				with := base
				with.name, with.body = one.name, string(text)
				list = append(list, d.parameters(with, op))
			}
		}
	}
	return list
}

// parameters writes the examples of the parameters as they stand, which is what naive tools do.
func (d document) parameters(e example, op *yaml.Node) example {
	for _, p := range d.member(op, "parameters").Content {
		parameter := d.resolve(p)
		value := d.member(parameter, "example")
		if several := d.entries(d.member(parameter, "examples")); len(several) > 0 {
			value = cmp.Or(d.at(parameter, "examples", e.name, "value"), d.member(several[0].node, "value"))
		}
		if value == nil {
			continue
		}
		name := word(d.member(parameter, "name"))
		switch word(d.member(parameter, "in")) {
		case "path":
			e.path = strings.ReplaceAll(e.path, "{"+name+"}", value.Value)
		case "query":
			words := value.Content // of a list
			if len(words) == 0 {
				words = []*yaml.Node{value}
			}
			for _, w := range words {
				e.query += cmp.Or(strings.Repeat("&", min(1, len(e.query))), "?") + name + "=" + w.Value
			}
		case "header":
			e.header += name + ": " + value.Value + "\n"
		}
	}
	return e
}

// TestDocument_ExamplesSucceed sends the examples of all operations one after the other, in the order of the document, as
// Postman, newman and dredd do: to a server with the stage of the vendor's lounge example.
func TestDocument_ExamplesSucceed(t *testing.T) {
	t.Parallel()
	for document, surface := range map[string]struct {
		base       string
		operations int
	}{openapi.V1: {"/api/v1", 26}, openapi.V2: {"/api/v2", 67}} {
		t.Run(document, func(t *testing.T) {
			t.Parallel()
			assert.Len(t, sendExamples(t, document, surface.base), surface.operations, "every operation was tried")
		})
	}
}

// sendExamples returns the operations whose examples were sent.
func sendExamples(t *testing.T, document, base string) map[string]bool {
	t.Helper()
	srv := mock.Start(t, mock.WithScenario("vendor-lounge-example"))
	token, sent := "", map[string]bool{}
	for _, e := range readDocument(t, document).examples(t) {
		sent[e.id] = true
		request, err := http.NewRequest(e.method, srv.URL+base+e.path+e.query, strings.NewReader(e.body))
		require.NoError(t, err)
		for header := range strings.Lines(e.header) {
			name, value, _ := strings.Cut(strings.TrimSpace(header), ": ")
			request.Header.Set(name, value)
		}
		if e.body != "" {
			request.Header.Set("Content-Type", "application/json")
		}
		if token != "" {
			request.Header.Set("Authorization", "Bearer "+token)
		}
		response, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		assert.Equal(t, http.StatusOK, response.StatusCode, "%s %s: %s %s%s %s\n%s", e.id, e.name, e.method, e.path, e.query, e.body, body)
		assert.True(t, bytes.HasPrefix(body, []byte(`{"code":0,`)), "%s %s: %s", e.id, e.name, body)
		if e.id == "generateAccessToken" {
			var answer struct{ Data struct{ AccessToken string } }
			require.NoError(t, json.Unmarshal(body, &answer))
			token = answer.Data.AccessToken
		}
	}
	return sent
}

// TestDocuments_CanBeRead holds the documents to what generators of code can make something of.
func TestDocuments_CanBeRead(t *testing.T) {
	t.Parallel()
	for _, name := range []string{openapi.V1, openapi.V2} {
		d := readDocument(t, name)
		server := d.member(d.root, "servers").Content[0]
		assert.Regexp(t, "^http://localhost:8080/", word(d.member(server, "url")), "%s: generated clients call the first server by default", name)
		ids, variables := map[string]bool{}, map[string]string{}
		var walk func(at string, n *yaml.Node)
		walk = func(at string, n *yaml.Node) {
			for _, keyword := range []string{"oneOf", "anyOf", "not"} {
				assert.Nil(t, d.member(n, keyword), "%s %s: say %s in words, and in x-exactly-one-of or the like", name, at, keyword)
			}
			if id := d.member(n, "operationId"); id != nil {
				assert.False(t, ids[id.Value], "%s: two operations are called %s", name, id.Value)
				ids[id.Value] = true
			}
			if values := d.member(n, "enum"); values != nil && word(d.member(n, "type")) == "integer" {
				names := d.member(n, "x-enum-varnames")
				if assert.NotNil(t, names, "%s %s: numbers need names", name, at) {
					assert.Len(t, names.Content, len(values.Content), at)
					for _, one := range names.Content {
						assert.Empty(t, variables[one.Value], "%s is a name of two enums, %s and %s", one.Value, variables[one.Value], at)
						variables[one.Value] = at
					}
				}
				assert.Len(t, d.member(n, "x-enum-descriptions").Content, len(values.Content), at)
			}
			if kind := word(d.member(n, "type")); kind == "object" && strings.Contains(at, "/properties/") {
				assert.NotContains(t, at, "/schemas", "%s: an object in an object needs a name of its own", fmt.Sprint(name, at))
			}
			switch n.Kind {
			case yaml.MappingNode:
				for i := 0; i+1 < len(n.Content); i += 2 {
					walk(at+"/"+n.Content[i].Value, n.Content[i+1])
				}
			case yaml.SequenceNode:
				for _, one := range n.Content {
					walk(at+"/-", one)
				}
			}
		}
		walk("", d.root)
		assert.NotEmpty(t, ids)
		for _, path := range d.entries(d.member(d.root, "paths")) {
			for _, op := range d.entries(path.node) {
				for _, answer := range d.entries(d.member(op.node, "responses")) {
					assert.NotNil(t, d.member(answer.node, "headers"), "%s %s: which headers has its answer %s?", op.name, path.name, answer.name)
				}
			}
		}
	}
}

// TestDigests_AreFresh: servers know the documents by their digests, which `go generate ./openapi` works out. Whatever is wrong
// with a document is found here: a server reads it when somebody needs words of it, and not before.
func TestDigests_AreFresh(t *testing.T) {
	t.Parallel()
	for name, digest := range openapi.Digests() {
		data, err := openapi.Files.ReadFile(name)
		require.NoError(t, err)
		fresh, err := contract.Digest(data)
		require.NoError(t, err, name)
		if string(fresh) != digest {
			t.Errorf("the digest of %s is not of it: go generate ./openapi", name)
		}
	}
}
