package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Step is one thing that is done, and what is expected of it.
type Step struct {
	Name   string // what it shows, or what it is
	Kind   string // call, request, or what it asks of the control plane
	Expect map[string]any
	Save   map[string]string // names for paths into the answer
	Asks   []string          // the assumptions it asks about

	value        any // of its kind
	body         any
	hasBody      bool
	path         map[string]any
	query        map[string]any
	headers      map[string]any
	version      string
	skipOnTarget bool
	pointer      string
}

// The kinds of steps that call the vendor's surface.
const (
	kindCall    = "call"
	kindRequest = "request"
)

// defaultVersion is the version of the vendor's API that a file speaks unless it says otherwise, as the schema has it.
const defaultVersion = "v1"

// kinds are all kinds of steps; the schema says that a step has exactly one.
func kinds() []string {
	return []string{
		kindCall, kindRequest, "advance", "setClock", "redeem", "reverse", "confirm", "fail", "useData", "fillSlot", "closeResource", "moveOrder",
		"announce", "fault",
		"expectRequests", "expectWebhooks", "reset",
	}
}

// readStep reads a step that fits the schema. It speaks a version of the vendor's API unless it says otherwise.
func readStep(v map[string]any, index int, version string) Step {
	s := Step{pointer: "/steps/" + strconv.Itoa(index), version: version, Save: map[string]string{}}
	for _, kind := range kinds() {
		if value, ok := v[kind]; ok {
			s.Kind, s.value = kind, value
		}
	}
	s.Name, _ = v["name"].(string)
	if s.Name == "" {
		s.Name = s.Kind
		if text, ok := s.value.(string); ok {
			s.Name += " " + text
		}
	}
	if version, ok := v["version"].(string); ok {
		s.version = version
	}
	s.Expect, _ = v["expect"].(map[string]any)
	s.path, _ = v["path"].(map[string]any)
	s.query, _ = v["query"].(map[string]any)
	s.headers, _ = v["headers"].(map[string]any)
	s.body, s.hasBody = v["body"]
	saves, _ := v["save"].(map[string]any)
	for name, path := range saves {
		s.Save[name] = path.(string)
	}
	switch asks := v["asks"].(type) {
	case string:
		s.Asks = []string{asks}
	case []any:
		for _, number := range asks {
			s.Asks = append(s.Asks, number.(string))
		}
	}
	s.skipOnTarget = v["skipOn"] == "target"
	return s
}

// calls says whether the step calls the vendor's surface.
func (s Step) calls() bool { return s.Kind == kindCall || s.Kind == kindRequest }

// parts are the values of a step that may hold names, by pointer.
func (s Step) parts() map[string]any {
	parts := map[string]any{s.pointer + "/" + s.Kind: s.value}
	for name, object := range map[string]map[string]any{"path": s.path, "query": s.query, "headers": s.headers, "expect": s.Expect} {
		if object != nil {
			parts[s.pointer+"/"+name] = object
		}
	}
	if s.hasBody {
		parts[s.pointer+"/body"] = s.body
	}
	return parts
}

// Operation is one operation of the vendor's API.
type Operation struct {
	ID      string
	Method  string
	Path    string   // with its parameters in braces: /orders/{module}/ePasses
	Version string   // v1 or v2
	Query   []string // its query parameters
	Headers []string // those that it reads
	Body    []string // the members of its body, as those of answers

	Answer, Failure []string // the members of its answers and refusals, as JSON pointers in which * is any element of a list
	AnswerHeaders   []string // that its answers may have
}

// parameters are the names in the path.
func (o Operation) parameters() []string {
	var names []string
	for part := range strings.SplitSeq(o.Path, "/") {
		if strings.HasPrefix(part, "{") {
			names = append(names, strings.Trim(part, "{}"))
		}
	}
	return names
}

// ErrorRow is how a refusal looks on the wire.
type ErrorRow struct {
	Status int
	Code   string
}

func (p *Player) operation(version, id string) (Operation, bool) {
	i := slices.IndexFunc(p.Operations, func(o Operation) bool { return o.ID == id && o.Version == version })
	if i < 0 {
		return Operation{}, false
	}
	return p.Operations[i], true
}

// text writes a plain value as it stands in a URL or a header.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return v
	}
	return fmt.Sprint(v)
}
