package scenario

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// What reply may be, as the schema has it.
const (
	replyLost      = "lost"
	replyMalformed = "malformed"
)

// besideReply are the members of expect that can be asked beside a reply: of a lost one nothing is there, of a malformed one
// what comes before its body.
var besideReply = map[any][]string{replyLost: nil, replyMalformed: {"status", "headers"}}

// expected holds an answer against the expect of a step.
func (p *Player) expected(want map[string]any, a answer, pointer string) []mismatch {
	one := func(path, member string, want, got any, present bool) []mismatch {
		return []mismatch{{path, pointer + "/" + member, want, got, present}}
	}
	reply, broken := want["reply"]
	got := any(phrase("an answer"))
	switch {
	case a.lost != nil && broken:
		got = replyLost
	case a.bad != nil && broken:
		got = replyMalformed
	case a.lost != nil:
		return one("reply", "reply", phrase("an answer"), phrase("nothing: "+a.lost.Error()), true)
	case a.bad != nil:
		return one("reply", "reply", phrase("JSON"), phrase(fmt.Sprintf("%d bytes that are not", len(a.raw))), true)
	}
	if broken && reply != got {
		return one("reply", "reply", reply, got, true)
	}
	var found []mismatch
	judged := false // something says whether it is to be a success
	for _, member := range slices.Sorted(maps.Keys(want)) {
		v := want[member]
		var misses []mismatch
		switch member {
		case "reply": // see above
			judged = true
		case "status":
			judged = true
			misses = compare(expectation(v, false), number(a.status), true, "status", pointer+"/status")
		case "headers":
			for name, value := range v.(map[string]any) { // the schema says so
				_, there := a.header[http.CanonicalHeaderKey(name)]
				misses = append(misses, compare(expectation(text(value), false), a.header.Get(name), there, "headers."+name, below(pointer+"/headers", name))...)
			}
		case "error":
			judged = true
			misses = p.refused(text(v), a, pointer)
		case "body", "exactly":
			judged = true
			misses = compare(expectation(v, member == "exactly"), a.body, len(a.raw) > 0, "body", pointer+"/"+member)
		default: // a member of the envelope
			judged = judged || member == "code"
			got, there := a.member(member)
			misses = compare(expectation(v, false), got, there, member, pointer+"/"+member)
		}
		found = append(found, misses...)
	}
	if !judged && (a.status < 200 || a.status > 299) {
		// What the members should have been is of no use then.
		got := fmt.Sprintf("HTTP %d %s", a.status, a.header.Get(errorHeader))
		return []mismatch{{"status", pointer + "/status", phrase("a success"), phrase(strings.TrimSpace(got)), true}}
	}
	return found
}

// refused holds a refusal against a symbol: by the header in which the mock names it, else by the table.
func (p *Player) refused(symbol string, a answer, pointer string) []mismatch {
	if got := a.header.Get(errorHeader); got != "" {
		if got == symbol {
			return nil
		}
		return []mismatch{{"error", pointer + "/error", symbol, got, true}}
	}
	row := p.Errors[symbol]
	code, _ := a.member("code")
	if a.status == row.Status && code == any(row.Code) {
		return nil
	}
	got := any(phrase(fmt.Sprintf("HTTP %d and code %s", a.status, compact(code))))
	for name, row := range p.Errors {
		if a.status == row.Status && code == any(row.Code) {
			got = name
		}
	}
	return []mismatch{{"error", pointer + "/error", symbol, got, true}}
}

// difference shows what was expected beside what came.
func difference(want map[string]any, a answer) string {
	var wish any
	switch {
	case a.lost != nil || a.bad != nil:
		return ""
	case want["exactly"] != nil:
		wish = expectation(want["exactly"], true).Wish(a.body, true)
	case want["body"] != nil:
		wish = expectation(want["body"], false).Wish(a.body, true)
	default:
		envelope := map[string]any{}
		for _, member := range []string{"code", "data", "message"} {
			if v, ok := want[member]; ok {
				envelope[member] = v
			}
		}
		wish = expectation(envelope, false).Wish(a.body, true)
	}
	return udiff.Unified("expected", "came", pretty(wish)+"\n", pretty(a.body)+"\n")
}

func number(n int) json.Number { return json.Number(strconv.Itoa(n)) }
