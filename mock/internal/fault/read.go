package fault

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
)

// reader reads JSON, and keeps what is wrong with it instead of ending at the first mistake.
type reader struct{ problems }

var (
	ruleMembers = []string{
		"id", "on", "match", "after", "times", "probability",
		actError, actRespond, actDelay, actDrop, actTruncate, actMalformed, actSlowBody, actRateLimit,
	}
	matchMembers     = []string{"body", "query", "headers"}
	responseMembers  = []string{"status", "headers", "body"}
	delayMembers     = []string{"mean", "p95"}
	rateLimitMembers = []string{"requests", "per"}
)

// rule reads a rule, and names the actions that it has: what could not be read counts too.
func (r *reader) rule(raw jsontext.Value, at jsontext.Pointer) (rule Rule, acts []string) {
	r.object(raw, at, ruleMembers, func(name string, v jsontext.Value, at jsontext.Pointer) {
		if slices.Index(ruleMembers, name) >= slices.Index(ruleMembers, actError) && (name != actMalformed || v.Kind() != 'f') {
			acts = append(acts, name)
		}
		switch name {
		case "id":
			if rule.ID = r.text(v, at); rule.ID == "" && v.Kind() == '"' {
				r.add(at, "expected a name, or no id at all")
			}
		case "on":
			rule.On = r.text(v, at)
		case "match":
			rule.Match = r.match(v, at)
		case "after":
			rule.After = r.integer(v, at, 0)
		case "times":
			rule.Times = r.integer(v, at, 1)
		case "probability":
			rule.Probability = r.number(v, at)
		case actError:
			rule.Error = dragonpass.Code(r.text(v, at))
		case actRespond:
			rule.Respond = r.response(v, at)
		case actDelay:
			rule.Delay = r.delay(v, at)
		case actDrop:
			rule.Drop = Moment(r.text(v, at))
		case actTruncate:
			rule.Truncate = new(r.integer(v, at, 0))
		case actMalformed:
			if rule.Malformed = v.Kind() == 't'; !rule.Malformed && v.Kind() != 'f' {
				r.add(at, "expected true or false")
			}
		case actSlowBody:
			rule.SlowBody = r.integer(v, at, 1)
		case actRateLimit:
			rule.RateLimit = r.rateLimit(v, at)
		}
	})
	return rule, acts
}

func (r *reader) match(raw jsontext.Value, at jsontext.Pointer) *Match {
	m := &Match{}
	r.object(raw, at, matchMembers, func(name string, v jsontext.Value, at jsontext.Pointer) {
		switch name {
		case "body":
			m.Body = compact(v)
		case "query":
			m.Query = r.texts(v, at)
		case "headers":
			m.Headers = r.texts(v, at)
		}
	})
	return m
}

func (r *reader) response(raw jsontext.Value, at jsontext.Pointer) *Response {
	response := &Response{}
	r.object(raw, at, responseMembers, func(name string, v jsontext.Value, at jsontext.Pointer) {
		switch name {
		case "status":
			response.Status = r.integer(v, at, 200)
		case "headers":
			response.Headers = r.texts(v, at)
		case "body":
			response.Body = compact(v)
		}
	})
	return response
}

func (r *reader) delay(raw jsontext.Value, at jsontext.Pointer) *Delay {
	d := &Delay{}
	if raw.Kind() != '{' {
		d.Fixed = r.duration(raw, at)
		return d
	}
	given := 0
	r.object(raw, at, delayMembers, func(name string, v jsontext.Value, at jsontext.Pointer) {
		given++
		if name == "mean" {
			d.Mean = r.duration(v, at)
		} else {
			d.P95 = r.duration(v, at)
		}
	})
	if given < len(delayMembers) {
		r.add(at, "expected mean and p95")
	}
	return d
}

func (r *reader) rateLimit(raw jsontext.Value, at jsontext.Pointer) *RateLimit {
	limit, given := &RateLimit{}, 0
	r.object(raw, at, rateLimitMembers, func(name string, v jsontext.Value, at jsontext.Pointer) {
		given++
		if name == "requests" {
			limit.Requests = r.integer(v, at, 1)
		} else {
			limit.Per = r.duration(v, at)
		}
	})
	if raw.Kind() == '{' && given < len(rateLimitMembers) {
		r.add(at, "expected requests and per")
	}
	return limit
}

// object takes the members of an object one by one, in their order; one that is not known is a problem.
func (r *reader) object(raw jsontext.Value, at jsontext.Pointer, known []string, take func(string, jsontext.Value, jsontext.Pointer)) {
	if raw.Kind() != '{' {
		r.add(at, "expected an object, got %s", kind(raw))
		return
	}
	eachMember(raw, func(name string, v jsontext.Value) {
		member := at.AppendToken(name)
		if !slices.Contains(known, name) {
			r.add(member, "unknown member%s", suggest(name, known))
			return
		}
		take(name, v, member)
	})
}

// texts reads names with their texts. Numbers and booleans are taken as they are written, because YAML makes them of 1
// and true.
func (r *reader) texts(raw jsontext.Value, at jsontext.Pointer) map[string]string {
	if raw.Kind() != '{' {
		r.add(at, "expected an object, got %s", kind(raw))
		return nil
	}
	list := map[string]string{}
	eachMember(raw, func(name string, v jsontext.Value) {
		switch v.Kind() {
		case '0', 't', 'f':
			list[name] = string(v)
		default:
			list[name] = r.text(v, at.AppendToken(name))
		}
	})
	return list
}

func (r *reader) text(raw jsontext.Value, at jsontext.Pointer) string {
	if raw.Kind() != '"' {
		r.add(at, "expected a string, got %s", kind(raw))
		return ""
	}
	return text(raw)
}

func (r *reader) duration(raw jsontext.Value, at jsontext.Pointer) Duration {
	d, err := ParseDuration(text(raw))
	if err != nil {
		r.add(at, "%s", err)
	}
	return d
}

// integer reads a whole number of at least least, and of 32 bits, which no rule needs more than.
func (r *reader) integer(raw jsontext.Value, at jsontext.Pointer, least int) int {
	n, err := strconv.ParseInt(string(raw), 10, 32)
	if err != nil || int(n) < least {
		r.add(at, "expected a whole number of %d or more", least)
		return 0
	}
	return int(n)
}

func (r *reader) number(raw jsontext.Value, at jsontext.Pointer) *float64 {
	n, err := strconv.ParseFloat(string(raw), 64)
	if raw.Kind() != '0' || err != nil {
		r.add(at, "expected a number, got %s", kind(raw))
		return nil
	}
	return &n
}

// kind names the kind of a value.
func kind(raw jsontext.Value) string {
	switch raw.Kind() {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 't', 'f':
		return "a boolean"
	}
	return "null"
}

// text is the text of a JSON string; empty when it is none.
func text(raw jsontext.Value) string {
	if raw.Kind() != '"' {
		return ""
	}
	s, _ := jsontext.AppendUnquote(nil, raw) // it was checked with the document
	return string(s)
}

// compact is a copy without white space and needless escapes, so that rules read the same however they were written.
func compact(raw jsontext.Value) jsontext.Value {
	c := raw.Clone()
	_ = c.Format(jsontext.PreserveRawStrings(false)) // it was checked with the document
	return c
}

// eachMember visits the members of an object that is valid JSON.
func eachMember(object jsontext.Value, visit func(name string, value jsontext.Value)) {
	d := jsontext.NewDecoder(bytes.NewReader(object))
	for _, err := d.ReadToken(); err == nil && d.PeekKind() == '"'; {
		var name jsontext.Token
		if name, err = d.ReadToken(); err != nil {
			return
		}
		key := name.String() // a token lives until the next read
		var value jsontext.Value
		if value, err = d.ReadValue(); err == nil {
			visit(key, value.Clone())
		}
	}
}

// eachItem visits the items of a list that is valid JSON.
func eachItem(list jsontext.Value, visit func(i int, value jsontext.Value)) {
	d := jsontext.NewDecoder(bytes.NewReader(list))
	_, err := d.ReadToken()
	for i := 0; err == nil && d.PeekKind() != ']'; i++ {
		var value jsontext.Value
		if value, err = d.ReadValue(); err == nil {
			visit(i, value.Clone())
		}
	}
}
