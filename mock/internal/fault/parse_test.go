package fault_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/directory"
	"dragonmock/mock/internal/fault"
)

var known = fault.Known{
	Operations: directory.New(directory.Surface{Version: "v1", Bases: []string{"/api/v1", "/v1", ""}, Operations: operations}),
	Callback:   "callback",
	Errors:     func() []string { return []string{"ORDER_NOT_FOUND", "RATE_LIMITED", "SERVICE_UNAVAILABLE"} },
}

// operations are those of a document that knows no member of a body, but parameters.
func operations() []*contract.Operation {
	operation := func(id, parameters string) string {
		return `{operationId: ` + id + `, parameters: [` + parameters + `{name: page, in: query, schema: {type: string}}, {name: empty, in: query, schema: {type: string}}, {name: tag, in: query, schema: {type: string}}, {name: gone, in: query, schema: {type: string}}, {name: Page, in: query, schema: {type: string}}, {name: a, in: query, schema: {type: string}},
			{name: b, in: query, schema: {type: string}}, {name: c, in: query, schema: {type: string}}],
			requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {default: {description: any}}}`
	}
	id := `{name: orderId, in: path, required: true, schema: {type: string}}, `
	document, err := contract.Load([]byte(strings.ReplaceAll(`{openapi: 3.0.3, info: {title: t, version: '1'}, paths: {
		/orders: {get: `+operation("listOrders", "")+`}, '/orders/{orderId}': {get: `+operation("getOrder", id)+`, post: `+operation("createEPassLoungePrebooking", id)+`},
		'/orders/{orderId}/cancel': {post: `+operation("cancelOrder", id)+`}}}`, "\t", " ")))
	if err != nil {
		panic(err)
	}
	return append(document.Operations(), &contract.Operation{ID: "callback", Method: "POST", Path: "/callback"})
}

// everyAction has a rule for every member of the format.
const everyAction = `{"faults": [
	{"id": "mine", "on": "cancelOrder", "after": 1, "times": 2, "probability": 0.5, "error": "SERVICE_UNAVAILABLE",
	 "match": {"body": {"orderId": "/^DP/", "n": 1.0, "list": [{"a": null}, true]}, "query": {"page": 2}, "headers": {"X-Program-ID": "p"}}},
	{"on": "POST /v1/orders/{orderId}", "respond": {"status": 502, "headers": {"Content-Type": "text/html"}, "body": "<h1>502</h1>"}},
	{"on": "/v1/orders*", "respond": {"body": {"code": 0, "data": null}}},
	{"on": "*", "delay": "800ms"},
	{"on": "*", "delay": {"mean": "788ms", "p95": "2.6s"}},
	{"on": "*", "drop": "before"},
	{"on": "*", "drop": "after"},
	{"on": "*", "truncate": 0},
	{"on": "*", "malformed": true},
	{"on": "*", "slowBody": 100},
	{"on": "*", "rateLimit": {"requests": 10, "per": "1d12h"}}
]}`

func TestParse(t *testing.T) {
	rules, err := fault.Parse([]byte(everyAction), known)
	require.NoError(t, err)
	require.Len(t, rules, 11)
	assert.Equal(t, "mine", rules[0].ID)
	assert.Empty(t, rules[1].ID, "ids are given when rules are added")
	assert.Equal(t, 0.5, *rules[0].Probability)
	assert.Equal(t, map[string]string{"page": "2"}, rules[0].Match.Query)
	assert.Equal(t, "36h0m0s", rules[10].RateLimit.Per.String())
	assert.Equal(t, 0, *rules[7].Truncate)
	require.NoError(t, (&world{}).replace(rules...), "what parses can be added")

	list := everyAction[len(`{"faults": `) : len(everyAction)-1]
	same, err := fault.Parse([]byte(list), known)
	require.NoError(t, err)
	assert.Equal(t, rules, same, "the list alone is enough")

	none, err := fault.Parse([]byte(`{"faults": []}`), known)
	assert.NoError(t, err)
	assert.Empty(t, none)

	one, err := fault.ParseRule([]byte(` {"on": "*", "malformed": true} `), known)
	assert.NoError(t, err)
	assert.Equal(t, fault.Rule{On: "*", Malformed: true}, one)
}

// TestRulesReadBack holds that rules are written in the shape in which they are read, by either JSON package.
func TestRulesReadBack(t *testing.T) {
	rules, err := fault.Parse([]byte(everyAction), known)
	require.NoError(t, err)
	for name, marshal := range map[string]func(any) ([]byte, error){
		"encoding/json": json.Marshal,
		"json/v2":       func(v any) ([]byte, error) { return jsonv2.Marshal(v) },
	} {
		data, err := marshal(rules)
		require.NoError(t, err, name)
		again, err := fault.Parse(data, known)
		require.NoError(t, err, "%s: %s", name, data)
		assert.Equal(t, rules, again, name)
	}
}

func TestParse_OfWrongRules_NamesEveryProblem(t *testing.T) {
	for name, c := range map[string]struct {
		rule     string
		problems []string // pointer below the rule, space, message
	}{
		"no object":               {`7`, []string{` expected an object, got a number`}},
		"unknown member":          {`{"on":"*","eror":"X","malformed":true}`, []string{`/eror unknown member, did you mean error?`}},
		"escaped pointer":         {`{"on":"*","malformed":true,"a/b~c":1}`, []string{`/a~1b~0c unknown member`}},
		"no action":               {`{"on":"*"}`, []string{` it does nothing: expected one of error, respond, delay, drop, truncate, malformed, slowBody, rateLimit, forge`}},
		"malformed not":           {`{"on":"*","malformed":false}`, []string{` it does nothing: expected one of error, respond, delay, drop, truncate, malformed, slowBody, rateLimit, forge`}},
		"two actions":             {`{"on":"*","drop":"after","error":"SERVICE_UNAVAILABLE"}`, []string{` expected one action, got error and drop`}},
		"two actions, one bad":    {`{"on":"*","drop":"after","truncate":-1}`, []string{`/truncate expected a whole number of 0 or more`, ` expected one action, got drop and truncate`}},
		"no target":               {`{"malformed":true}`, []string{`/on expected an operationId, "POST /path", "/path", "/path*" or "*"`}},
		"target of 201 letters":   {`{"on":"/` + strings.Repeat("ü", 200) + `","malformed":true}`, []string{`/on expected at most 200 letters, got 201`}},
		"odd target":              {`{"on":"cancelOrder*/x","malformed":true}`, []string{`/on expected an operationId, "POST /path", "/path", "/path*" or "*"`}},
		"unknown operation":       {`{"on":"cancelOrdr","malformed":true}`, []string{`/on unknown operation, did you mean cancelOrder?`}},
		"nothing near":            {`{"on":"zzzzzzzzzzzzzzzz","malformed":true}`, []string{`/on unknown operation`}},
		"unknown method":          {`{"on":"post /x","malformed":true}`, []string{`/on unknown method, did you mean POST?`}},
		"star within":             {`{"on":"/a/*/b","malformed":true}`, []string{`/on expected a path, with * at its end alone and no query`}},
		"query in the path":       {`{"on":"/a?b=c","malformed":true}`, []string{`/on expected a path, with * at its end alone and no query`}},
		"unknown error":           {`{"on":"*","error":"SERVICE_UNAVAILBLE"}`, []string{`/error unknown error, did you mean SERVICE_UNAVAILABLE?`}},
		"error of another type":   {`{"on":"*","error":503}`, []string{`/error expected a string, got a number`}},
		"negative after":          {`{"on":"*","malformed":true,"after":-1}`, []string{`/after expected a whole number of 0 or more`}},
		"no times":                {`{"on":"*","malformed":true,"times":0}`, []string{`/times expected a whole number of 1 or more`}},
		"broken times":            {`{"on":"*","malformed":true,"times":1.5}`, []string{`/times expected a whole number of 1 or more`}},
		"probability over 1":      {`{"on":"*","malformed":true,"probability":1.1}`, []string{`/probability expected a number above 0, at most 1`}},
		"no chance at all":        {`{"on":"*","malformed":true,"probability":0}`, []string{`/probability expected a number above 0, at most 1`}},
		"negative probability":    {`{"on":"*","malformed":true,"probability":-0.1}`, []string{`/probability expected a number above 0, at most 1`}},
		"probability of text":     {`{"on":"*","malformed":true,"probability":"half"}`, []string{`/probability expected a number, got a string`}},
		"odd id":                  {`{"id":"a b","on":"*","malformed":true}`, []string{`/id expected at most 64 letters, digits, dots, dashes and underscores`}},
		"empty id":                {`{"id":"","on":"*","malformed":true}`, []string{`/id expected a name, or no id at all`}},
		"match nothing":           {`{"on":"*","malformed":true,"match":{}}`, []string{`/match expected body, query or headers`}},
		"match no parameter":      {`{"on":"*","malformed":true,"match":{"query":{},"headers":{}}}`, []string{`/match expected body, query or headers`}},
		"match is a list":         {`{"on":"*","malformed":true,"match":[]}`, []string{`/match expected an object, got a list`}},
		"match member":            {`{"on":"*","malformed":true,"match":{"header":{}}}`, []string{`/match/header unknown member, did you mean headers?`}},
		"body is text":            {`{"on":"*","malformed":true,"match":{"body":"x"}}`, []string{`/match/body expected an object, got a string`}},
		"regexp in the body":      {`{"on":"*","malformed":true,"match":{"body":{"a":[{"b":"/(/"}]}}}`, []string{"/match/body/a/0/b error parsing regexp: missing closing ): `(`"}},
		"regexp in the query":     {`{"on":"*","malformed":true,"match":{"query":{"a":"/[/"}}}`, []string{"/match/query/a error parsing regexp: missing closing ]: `[`"}},
		"regexp in headers":       {`{"on":"*","malformed":true,"match":{"headers":{"A":"/+/"}}}`, []string{"/match/headers/A error parsing regexp: missing argument to repetition operator: `+`"}},
		"header of a list":        {`{"on":"*","malformed":true,"match":{"headers":{"A":[]}}}`, []string{`/match/headers/A expected a string, got a list`}},
		"delay of a number":       {`{"on":"*","delay":800}`, []string{`/delay expected a duration such as 800ms, or mean and p95`}},
		"negative delay":          {`{"on":"*","delay":"-1s"}`, []string{`/delay expected more than 0`}},
		"no delay":                {`{"on":"*","delay":"0s"}`, []string{`/delay expected more than 0`}},
		"mean alone":              {`{"on":"*","delay":{"mean":"1s"}}`, []string{`/delay expected mean and p95`}},
		"mean over p95":           {`{"on":"*","delay":{"mean":"2s","p95":"1s"}}`, []string{`/delay/p95 expected more than the mean`}},
		"mean is p95":             {`{"on":"*","delay":{"mean":"1s","p95":"1s"}}`, []string{`/delay/p95 expected more than the mean`}},
		"mean of nothing":         {`{"on":"*","delay":{"mean":"0s","p95":"1s"}}`, []string{`/delay/mean expected more than 0`}},
		"p95 too far":             {`{"on":"*","delay":{"mean":"1s","p95":"4s"}}`, []string{`/delay/p95 expected at most 3.87 times the mean: no log-normal distribution spreads more`}},
		"drop when":               {`{"on":"*","drop":"now"}`, []string{`/drop expected before or after`}},
		"truncate of text":        {`{"on":"*","truncate":"1"}`, []string{`/truncate expected a whole number of 0 or more`}},
		"malformed of text":       {`{"on":"*","malformed":"yes"}`, []string{`/malformed expected true or false, got a string`}},
		"slow as nothing":         {`{"on":"*","slowBody":0}`, []string{`/slowBody expected a whole number of 1 or more`}},
		"limit without per":       {`{"on":"*","rateLimit":{"requests":1}}`, []string{`/rateLimit expected requests and per`}},
		"limit of nothing":        {`{"on":"*","rateLimit":{"requests":0,"per":"0s"}}`, []string{`/rateLimit/requests expected a whole number of 1 or more`, `/rateLimit/per expected more than 0`}},
		"limit of a number":       {`{"on":"*","rateLimit":5}`, []string{`/rateLimit expected an object, got a number`}},
		"status 99":               {`{"on":"*","respond":{"status":99}}`, []string{`/respond/status expected a whole number of 200 or more`}},
		"status 600":              {`{"on":"*","respond":{"status":600}}`, []string{`/respond/status expected a status from 200 to 599`}},
		"204 with body":           {`{"on":"*","respond":{"status":204,"body":{}}}`, []string{`/respond/body an answer of status 204 has no body`}},
		"header names":            {`{"on":"*","respond":{"headers":{"a b":"x","content-length":"1","X":"a\nb"}}}`, []string{`/respond/headers/X expected no control characters`, `/respond/headers/a b expected the name of a header`, `/respond/headers/content-length the server sets this header`}},
		"headers of the mock":     {`{"on":"*","respond":{"headers":{"x-mock-origin":"vendor","X-Mock-Clock":"x"}}}`, []string{`/respond/headers/X-Mock-Clock the server sets this header`, `/respond/headers/x-mock-origin the server sets this header`}},
		"a header twice":          {`{"on":"*","respond":{"headers":{"Retry-After":"1","retry-after":"2"}}}`, []string{`/respond/headers/retry-after it is the header Retry-After again`}},
		"several at a time":       {`{"on":"x/y","times":-1,"probability":2,"error":"NO"}`, []string{`/times expected a whole number of 1 or more`, `/on expected an operationId, "POST /path", "/path", "/path*" or "*"`, `/probability expected a number above 0, at most 1`, `/error unknown error`}},
		"several deep":            {`{"on":"*","respond":{"status":"x","bdy":1,"headers":{"A":[],"B":{}}},"match":{"quary":{},"query":7}}`, []string{`/respond/status expected a whole number of 200 or more`, `/respond/bdy unknown member, did you mean body?`, `/respond/headers/A expected a string, got a list`, `/respond/headers/B expected a string, got an object`, `/match/quary unknown member, did you mean query?`, `/match/query expected an object, got a number`}},
		"mean of another type":    {`{"on":"*","delay":{"mean":1,"p95":"x"}}`, []string{`/delay/mean expected a string, got a number`, `/delay/p95 expected a duration such as 72h, 90d or 1d12h, got "x"`}},
		"null all the way down":   {`{"on":null,"truncate":null,"probability":null,"match":{"query":null,"headers":{"A":null}}}`, []string{`/on expected a string, got null`, `/truncate expected a number, got null`, `/probability expected a number, got null`, `/match/query expected an object, got null`, `/match/headers/A expected a value, got null`}},
		"limit with nulls":        {`{"on":"*","rateLimit":{"requests":null,"per":null}}`, []string{`/rateLimit/requests expected a whole number of 1 or more`, `/rateLimit/per expected a string, got null`}},
		"a probability too large": {`{"on":"*","malformed":true,"probability":1e999}`, []string{`/probability expected a number that fits`}},
		"null is no value":        {`{"on":"*","respond":null,"after":null}`, []string{`/respond expected an object, got null`, `/after expected a whole number of 0 or more`}},
		"a number too large":      {`{"on":"*","slowBody":99999999999999999999}`, []string{`/slowBody expected a whole number of 1 or more`}},
		"a duration too large":    {`{"on":"*","delay":"65000d2562047h"}`, []string{`/delay expected a duration of at most 65535d, got "65000d2562047h"`}},
		"negative days":           {`{"on":"*","delay":"-1d"}`, []string{`/delay expected more than 0`}},
		"days that are no digit":  {`{"on":"*","delay":"xd"}`, []string{`/delay expected a duration such as 72h, 90d or 1d12h, got "xd"`}},
	} {
		t.Run(name, func(t *testing.T) {
			var want, got []string
			for _, p := range c.problems {
				want = append(want, "/faults/1"+p)
			}
			rules, err := fault.Parse([]byte(`{"faults":[{"on":"*","malformed":true},`+c.rule+`]}`), known)
			assert.Nil(t, rules)
			var refused *fault.Error
			require.ErrorAs(t, err, &refused)
			for _, p := range refused.Problems {
				got = append(got, p.Pointer+" "+p.Message)
			}
			assert.Equal(t, want, got)

			_, err = fault.ParseRule([]byte(c.rule), known)
			alone := strings.NewReplacer("/faults/1: ", "", "/faults/1/", "/").Replace(refused.Error())
			assert.EqualError(t, err, alone, "one rule has pointers of its own")
		})
	}
}

func TestParse_OfWrongDocuments_NamesTheProblem(t *testing.T) {
	for data, want := range map[string]string{
		``:                      `expected JSON, got nothing`,
		`  `:                    `expected JSON, got nothing`,
		`7`:                     `expected an object, got a number`,
		`{}`:                    `/faults: it is missing`,
		`{"fault":[]}`:          "/fault: unknown member, did you mean faults?\n/faults: it is missing",
		`{"faults":{}}`:         `/faults: expected a list, got an object`,
		`[] []`:                 `expected one JSON value, got more`,
		`[{"on":"*","on":"*"}]`: `/0/on: it is there twice`,
		`{"faults":[`:           `/faults: it is no JSON: it ends early, at byte 11`,
		strings.Repeat("[", 99): strings.Repeat("/0", 64) + `: it is nested more than 64 deep`,
		`[{"id":"a","on":"*","malformed":true},{"id":"a","on":"*","malformed":true},{"on":7}]`: "/1/id: it is the id of /0\n/2/on: expected a string, got a number\n" +
			"/2: it does nothing: expected one of error, respond, delay, drop, truncate, malformed, slowBody, rateLimit, forge",
	} {
		_, err := fault.Parse([]byte(data), known)
		assert.EqualError(t, err, want, "%q", data)
		assert.True(t, errors.As(err, new(*fault.Error)))
	}
}

// TestAdd_OfWrongRules_NamesWhatIsWrong holds rules made in Go to what holds for written ones.
func TestAdd_OfWrongRules_NamesWhatIsWrong(t *testing.T) {
	for want, rule := range map[string]fault.Rule{
		"/faults/0/match/body: expected a JSON value":       {On: "*", Malformed: true, Match: &fault.Match{Body: []byte("{")}},
		"/faults/0/respond/body: expected a JSON value":     {On: "*", Respond: &fault.Response{Body: []byte("plain")}},
		"/faults/0/delay: expected a duration, or mean":     {On: "*", Delay: &fault.Delay{Fixed: 1, Mean: 2, P95: 3}},
		"/faults/0/delay/mean: expected more than 0":        {On: "*", Delay: &fault.Delay{P95: 3}},
		"/faults/0/after: expected a whole number of 0":     {On: "*", Malformed: true, After: -1},
		"/faults/0/times: expected a whole number of 0":     {On: "*", Malformed: true, Times: -1},
		"/faults/0/slowBody: expected a whole number of 1":  {On: "*", SlowBody: -1},
		"/faults/0/truncate: expected a whole number of 0":  {On: "*", Truncate: new(-1)},
		"/faults/0/rateLimit/requests: expected a whole":    {On: "*", RateLimit: &fault.RateLimit{Per: 1}},
		"/faults/0/error: unknown error":                    {On: "*", Error: "NO"},
		"/faults/0: it does nothing":                        {On: "*"},
		"/faults/0: expected one action, got drop and trun": {On: "*", Drop: fault.After, Truncate: new(0)},
	} {
		assert.ErrorContains(t, (&world{}).replace(rule), want)
	}
	_, _, err := fault.Add(nil, 0, fault.Known{}, fault.Rule{On: "anything", Error: "ANYTHING"})
	assert.NoError(t, err, "nothing is known, so nothing is unknown")
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(everyAction))
	f.Fuzz(func(t *testing.T, data []byte) {
		rules, err := fault.Parse(data, known)
		if err != nil {
			var refused *fault.Error
			require.ErrorAs(t, err, &refused)
			require.NotEmpty(t, refused.Problems)
			require.Nil(t, rules)
			return
		}
		w := &world{seed: 1}
		require.NoError(t, w.replace(rules...), "what parses can be added")
		written, err := json.Marshal(rules)
		require.NoError(t, err)
		again, err := fault.Parse(append(append([]byte(`{"faults":`), written...), '}'), known)
		require.NoError(t, err, "%s", written)
		rewritten, err := json.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(written), string(rewritten), "it reads back")
		call := fault.Call{Operation: "getOrder", Method: "GET", Path: "/orders/1"}
		w.decide(call, noon)

		kept, err := json.Marshal(w.rules)
		require.NoError(t, err)
		loaded := &world{seed: 1}
		require.NoError(t, json.Unmarshal(kept, &loaded.rules))
		require.NoError(t, fault.CheckArmed(loaded.rules, known))
		require.Equal(t, w.decide(call, noon), loaded.decide(call, noon))
	})
}
