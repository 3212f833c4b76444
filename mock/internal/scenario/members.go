package scenario

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/pattern"
)

// plainHeaders are headers of answers that no contract need name.
var plainHeaders = []string{
	"Access-Control-Allow-Origin", "Allow", "Cache-Control", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Date",
	"ETag", "Expires", "Last-Modified", "Location", "Server", "Set-Cookie", "Transfer-Encoding", "Vary", "WWW-Authenticate",
}

// answers are what the answer of a step may have: members as JSON pointers in which * is any element of a list, and headers.
// A member that can never be there is absent whatever happens, and an expectation of that is green for the wrong reason.
type answers struct {
	whose   string
	members map[string]bool
	headers []string
	sent    bool // it is the body of a call
	loose   bool // of names that are not there, only those that are nearly there are wrong
}

// answered is what a step may be answered with; false when the contract does not describe the call.
func (c *checker) answered(s Step) (answers, bool) {
	op, ok := c.called(s)
	if !ok {
		return answers{}, false
	}
	whose := op.ID
	if !s.calls() {
		whose = s.Kind
	}
	known := answers{"the answer of " + whose, maps.Clone(c.madeUp.members), slices.Concat(plainHeaders, op.AnswerHeaders, c.madeUp.headers), false, false}
	success, refusal := s.outcome()
	for fields, counts := range map[*[]string]bool{&op.Answer: success, &op.Failure: refusal} {
		for i := 0; counts && i < len(*fields); i++ {
			known.members[(*fields)[i]] = true
		}
	}
	return known, true
}

// called is the operation that a step calls: of a request, that of its method and path; of a step that is the test author's,
// that of the control plane.
func (c *checker) called(s Step) (found Operation, ok bool) {
	if s.Kind == kindCall {
		return c.player.operation(s.version, text(s.value))
	}
	operations, version := c.player.Operations, s.version
	method, path, _ := strings.Cut(text(s.value), " ")
	path, _, _ = strings.Cut(path, "?")
	if s.Kind != kindRequest {
		operations, version = c.player.Verbs, ""
		method, path, _ = controlCall(s.Kind, "x", nil)
		path = worldPath + path
	}
	asked := strings.Split(path, "/")
	for _, op := range operations {
		own := strings.Split(op.Path, "/")
		same := op.Version == version && op.Method == method && len(own) == len(asked)
		for i := 0; same && i < len(own); i++ {
			same = own[i] == asked[i] || strings.HasPrefix(own[i], "{") && asked[i] != ""
		}
		if same && (!ok || len(op.parameters()) < len(found.parameters())) {
			found, ok = op, true
		}
	}
	return found, ok
}

// outcome says whether a step may be answered with a success, and whether with a refusal, for it to hold.
func (s Step) outcome() (success, refusal bool) {
	status, said := s.Expect["status"]
	if _, plain := Said(status); said && !plain {
		return true, true // a name is filled in later
	}
	switch {
	case s.Expect["error"] != nil || said && !strings.HasPrefix(text(status), "2"):
		return false, true
	case said:
		return true, false
	}
	for _, open := range []string{"code", "body", "exactly", "reply"} {
		if _, there := s.Expect[open]; there {
			return true, true
		}
	}
	return true, false
}

// collect notes what the answers have that fault rules make up.
func (c *checker) collect(v any) {
	switch v := v.(type) {
	case []any:
		for _, rule := range v {
			c.collect(rule)
		}
	case map[string]any:
		respond, _ := v["respond"].(map[string]any)
		headers, _ := respond["headers"].(map[string]any)
		c.madeUp.headers = slices.AppendSeq(c.madeUp.headers, maps.Keys(headers))
		body := respond["body"]
		if written, ok := body.(string); ok {
			body, _ = decode([]byte(written)) // it may be no JSON
		}
		collectMembers(c.madeUp.members, body, "")
	}
}

func collectMembers(into map[string]bool, v any, place string) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			field := below(place, name)
			into[field] = true
			collectMembers(into, member, field)
		}
	case []any:
		for _, element := range v {
			collectMembers(into, element, place+"/*")
		}
	}
}

// expectedMembers judges the names in what is expected of an answer.
func (c *checker) expectedMembers(s Step) {
	known, ok := c.answered(s)
	if !ok {
		return
	}
	at := s.pointer + "/expect"
	if known.members["/data"] {
		c.has(known, s.Expect["data"], "/data", at+"/data")
	}
	for _, whole := range []string{"body", "exactly"} {
		c.has(known, s.Expect[whole], "", at+"/"+whole)
	}
	headers, _ := s.Expect["headers"].(map[string]any)
	for name, want := range headers {
		same := func(k string) bool { return http.CanonicalHeaderKey(k) == http.CanonicalHeaderKey(name) }
		if want == pattern.Absent && !slices.ContainsFunc(known.headers, same) {
			c.wrong(below(at+"/headers", name), "%s never has this header%s", known.whose, nearest.DidYouMean(name, known.headers))
		}
	}
}

// sentMembers judges the names in the body of a call: what nothing reads looks as if it had been sent. A step that expects a
// refusal may send what is not known, unless it is nearly known; and so may a request, on purpose.
func (c *checker) sentMembers(s Step) {
	op, ok := c.called(s)
	if !ok || s.Kind != kindCall || !s.hasBody {
		return
	}
	if len(op.Body) == 0 {
		c.wrong(s.pointer+"/body", "%s takes no body; what is sent on purpose is sent with request", op.ID)
		return
	}
	known := answers{whose: op.ID, members: map[string]bool{}, sent: true}
	for _, field := range op.Body {
		known.members[field] = true
	}
	known.loose, _ = s.outcome()
	known.loose = !known.loose
	c.has(known, s.body, "", s.pointer+"/body")
}

// webhookMembers judges the names in what is expected of callbacks.
func (c *checker) webhookMembers(s Step) {
	want, _ := s.value.(map[string]any)
	known := answers{whose: "a callback", members: map[string]bool{}}
	for _, field := range c.player.Callback {
		known.members[field] = true
	}
	at := s.pointer + "/expectWebhooks"
	c.has(known, want["each"], "", at+"/each")
	listed := answers{whose: known.whose, members: map[string]bool{}}
	delivered := answers{whose: "a delivery", members: map[string]bool{}}
	for field := range known.members {
		listed.members["/*"+field], delivered.members["/*/payload"+field] = true, true
	}
	c.has(listed, want["payloads"], "", at+"/payloads")
	for _, member := range []string{"payload", "attempt", "status", "error", "at", "eventId"} {
		delivered.members["/*/"+member] = true
	}
	c.has(delivered, want["deliveries"], "", at+"/deliveries")
}

// below are the names of the members of what stands at a place, sorted: * when it is a list.
func (a answers) below(place string) []string {
	var names []string
	for field := range a.members {
		if name, ok := strings.CutPrefix(field, place+"/"); ok {
			name, _, _ = strings.Cut(name, "/")
			names = append(names, jsontext.Pointer("/"+name).LastToken())
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// isList says whether these are the names below a list.
func isList(names []string) bool { return len(names) == 1 && names[0] == "*" }

// savedMembers judges the names in the paths that a step saves.
func (c *checker) savedMembers(s Step) {
	known, ok := c.answered(s)
	if !ok {
		return
	}
	for name, path := range s.Save {
		place := ""
		for member := range strings.SplitSeq(path, ".") {
			names := known.below(place)
			if len(names) == 0 {
				break // it holds anything, or is what dig will say
			}
			if isList(names) {
				if _, err := strconv.ParseUint(member, 10, 31); err != nil {
					c.wrong(below(s.pointer+"/save", name), "%s has no %s: expected an index from 0 in place of %s", known.whose, path, member)
					break
				}
				member = "*"
			} else if !slices.Contains(names, member) {
				c.wrong(below(s.pointer+"/save", name), "%s has no %s%s", known.whose, path, nearest.DidYouMean(member, names))
				break
			}
			place = below(place, member)
		}
	}
}

// has judges the names in an expectation of what stands at a place.
func (c *checker) has(known answers, v any, place, at string) {
	switch v := v.(type) {
	case map[string]any:
		if some, ok := v["contains"].([]any); ok && len(v) == 1 && !known.sent {
			c.has(known, some, place, at+"/contains")
			return
		}
		names := known.below(place)
		switch {
		case isList(names) && !known.sent:
			for name := range v {
				if name != "contains" || len(v) == 1 {
					c.wrong(below(at, name), "there is a list here: expected a list, or {contains: [...]}")
				}
			}
			return
		case len(names) == 0:
			return // a plain value, or an object that holds anything
		}
		for name, member := range v {
			if field := below(place, name); known.members[field] {
				c.has(known, member, field, below(at, name))
			} else if hint := nearest.DidYouMean(name, names); !known.sent {
				c.wrong(below(at, name), "%s never has this member%s", known.whose, hint)
			} else if hint != "" || !known.loose {
				c.wrong(below(at, name), "%s has no such member in its body%s; what is sent on purpose is sent with request", known.whose, hint)
			}
		}
	case []any:
		for i, element := range v {
			if c.full() {
				return
			}
			c.has(known, element, place+"/*", below(at, strconv.Itoa(i)))
		}
	}
}
