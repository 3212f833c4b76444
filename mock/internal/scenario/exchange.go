package scenario

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"dragonmock/mock/internal/pattern"
)

// maxAnswer is the largest answer that is read, in bytes.
const maxAnswer = 16 << 20

// errorHeader is where the mock names the symbol of a refusal.
const errorHeader = "X-Mock-Error"

// answer is what came of a call.
type answer struct {
	status int
	header http.Header
	raw    []byte
	body   any   // the JSON of it
	lost   error // no answer came, or only a part
	bad    error // it is no JSON
}

// String is the answer to be read by people.
func (a answer) String() string {
	if a.lost != nil {
		return "nothing: " + a.lost.Error()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP %d", a.status)
	for _, name := range []string{"X-Mock-Origin", errorHeader, "X-Mock-Reason", "Retry-After", "Location"} {
		if v := a.header.Get(name); v != "" {
			fmt.Fprintf(&b, "\n%s: %s", name, v)
		}
	}
	if a.bad != nil {
		fmt.Fprintf(&b, "\n%s", a.raw)
	} else if a.body != nil {
		fmt.Fprintf(&b, "\n%s", pretty(a.body))
	}
	return b.String()
}

// member reads a member of the envelope.
func (a answer) member(name string) (any, bool) {
	object, _ := a.body.(map[string]any)
	v, ok := object[name]
	return v, ok
}

// call does a step that calls the vendor's surface.
func (r *run) call(ctx context.Context, s Step, report *StepReport) {
	request, err := r.request(ctx, s)
	if err != nil {
		report.unasked = true
		report.fail("%v", err)
		return
	}
	report.Sent = described(request)
	r.judge(s, r.send(request), report)
}

// request makes the request of a step.
func (r *run) request(ctx context.Context, s Step) (*http.Request, error) {
	filled := map[string]any{}
	for name, part := range map[string]map[string]any{"path": s.path, "query": s.query, "headers": s.headers} {
		v, err := r.names.fill(anyMap(part))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		filled[name] = v
	}
	where, err := r.names.fill(s.value)
	if err != nil {
		return nil, err
	}
	method, path, _ := strings.Cut(text(where), " ")
	if s.Kind == kindCall {
		op, _ := r.operation(s.version, text(s.value)) // the check found it
		method, path = op.Method, op.Path
		values, _ := filled["path"].(map[string]any)
		for _, name := range op.parameters() {
			path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(text(values[name])))
		}
	}
	query := url.Values{}
	parameters, _ := filled["query"].(map[string]any)
	for name, v := range parameters {
		query.Set(name, text(v))
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	body, err := r.payload(s)
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, method, r.Bases[s.version]+path, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+r.token)
	if s.hasBody {
		request.Header.Set("Content-Type", "application/json")
	}
	if r.Control != "" {
		request.Header.Set("X-Mock-Explain", "1")
	}
	headers, _ := filled["headers"].(map[string]any)
	for name, v := range headers {
		if v == pattern.Absent {
			request.Header.Del(name)
		} else {
			request.Header.Set(name, text(v))
		}
	}
	return request, nil
}

// payload is the body of a step; nil when it has none.
func (r *run) payload(s Step) (io.Reader, error) {
	if !s.hasBody {
		return nil, nil
	}
	body, err := r.names.fill(s.body)
	if err != nil {
		return nil, err
	}
	if raw, ok := body.(string); ok {
		return strings.NewReader(raw), nil
	}
	data, err := json.Marshal(body)
	return bytes.NewReader(data), err
}

// described is a request to be read by people, without its token.
func described(request *http.Request) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", request.Method, request.URL)
	for _, name := range sortedHeaders(request.Header) {
		if name != "Authorization" && name != "Content-Type" && name != "X-Mock-Explain" {
			fmt.Fprintf(&b, "\n%s: %s", name, request.Header.Get(name))
		}
	}
	if request.GetBody == nil {
		return b.String()
	}
	body, err := request.GetBody()
	if err != nil {
		return b.String()
	}
	data, _ := io.ReadAll(body) // it is in memory
	if v, err := decode(data); err == nil {
		data = []byte(pretty(v))
	}
	fmt.Fprintf(&b, "\n%s", data)
	return b.String()
}

func sortedHeaders(h http.Header) []string {
	var names []string
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// send sends a request and reads what comes.
func (r *run) send(request *http.Request) answer {
	response, err := r.Client.Do(request)
	if err != nil {
		if dial, ok := errors.AsType[*net.OpError](err); ok && dial.Op == "dial" {
			r.gone = err
		}
		return answer{lost: err}
	}
	defer response.Body.Close()
	a := answer{status: response.StatusCode, header: response.Header}
	if a.raw, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer+1)); err != nil {
		return answer{lost: fmt.Errorf("HTTP %d, then %d bytes, then %w", a.status, len(a.raw), err)}
	}
	if len(a.raw) > maxAnswer {
		return answer{lost: fmt.Errorf("HTTP %d, then more than %d bytes, which are not read", a.status, maxAnswer)}
	}
	if len(a.raw) > 0 {
		a.body, a.bad = decode(a.raw)
	}
	return a
}

// decode reads one JSON value; numbers keep all their digits.
func decode(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more after the JSON value")
	}
	return v, nil
}

// askToken asks the token endpoint.
func (r *run) askToken(ctx context.Context, who Credentials) (string, error) {
	data, err := json.Marshal(map[string]string{"clientId": who.ClientID, "secret": who.Secret})
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.Bases[r.file.api]+"/auth/token", bytes.NewReader(data))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	a := r.send(request)
	if a.lost != nil {
		return "", a.lost
	}
	token, err := dig(a.body, "data.accessToken")
	if err != nil {
		return "", fmt.Errorf("POST /auth/token answered %s", a)
	}
	return text(token), nil
}
