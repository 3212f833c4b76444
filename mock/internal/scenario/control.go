package scenario

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
)

// rawJSON is a value that is JSON already.
type rawJSON []byte

// MarshalJSON returns the value itself.
func (r rawJSON) MarshalJSON() ([]byte, error) { return r, nil }

// controlRequest makes a call of the control plane.
func controlRequest(ctx context.Context, method, to string, body any) (*http.Request, error) {
	var reader io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		reader = bytes.NewReader(data)
	}
	request, err := http.NewRequestWithContext(ctx, method, to, reader)
	if err == nil && body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return request, err
}

// control calls the control plane and reads the data of its answer.
func (r *run) control(ctx context.Context, method, to string, body, data any) error {
	request, err := controlRequest(ctx, method, to, body)
	if err != nil {
		return err
	}
	a := r.send(request)
	if a.lost != nil {
		return a.lost
	}
	if a.status != http.StatusOK {
		message, _ := a.member("message")
		return fmt.Errorf("%s %s answered HTTP %d %s: %v", method, request.URL.Path, a.status, a.header.Get(errorHeader), message)
	}
	if data == nil {
		return nil
	}
	envelope := struct{ Data any }{data}
	d := json.NewDecoder(bytes.NewReader(a.raw))
	d.UseNumber()
	return d.Decode(&envelope)
}

// controlStep does a step that is the test author's.
func (r *run) controlStep(ctx context.Context, s Step, report *StepReport) {
	value, err := r.names.fill(s.value)
	if err != nil {
		report.unasked = true
		report.fail("%v", err)
		return
	}
	object, _ := value.(map[string]any)
	switch s.Kind {
	case "expectRequests":
		r.expectRequests(ctx, s, object, report)
		return
	case "expectWebhooks":
		r.expectWebhooks(ctx, s, object, report)
		return
	}
	method, path, body := controlCall(s.Kind, value, object)
	request, err := controlRequest(ctx, method, r.world+path, body)
	if err != nil {
		report.fail("%v", err)
		return
	}
	report.Sent = described(request)
	r.judge(s, r.send(request), report)
}

// worldPath is where the worlds are in the document of the control plane.
const worldPath = "/worlds/{id}"

// controlCall is the call of the control plane that a step stands for.
func controlCall(kind string, value any, object map[string]any) (method, path string, body any) {
	switch kind {
	case "advance":
		return http.MethodPost, "/clock", map[string]any{"advance": value}
	case "setClock":
		return http.MethodPost, "/clock", map[string]any{"set": value}
	case "redeem":
		party := map[string]any{"adultCount": 1}
		maps.Copy(party, object)
		return http.MethodPost, "/redemptions", party
	case "reverse":
		return http.MethodPost, "/reversals", map[string]any{"orderId": value}
	case "confirm", "fail":
		return http.MethodPost, "/orders/" + url.PathEscape(text(value)) + "/" + kind, nil
	case "useData":
		return http.MethodPost, "/orders/" + url.PathEscape(text(object["orderId"])) + "/data", map[string]any{"bytes": object["bytes"]}
	case "fillSlot":
		slot := map[string]any{"free": 0}
		maps.Copy(slot, object)
		return http.MethodPut, "/slots", slot
	case "closeResource":
		return http.MethodPost, "/resources/" + url.PathEscape(text(object["resourceId"])) + "/close", without(object, "resourceId")
	case "moveOrder":
		return http.MethodPost, "/orders/" + url.PathEscape(text(object["orderId"])) + "/move", without(object, "orderId")
	case "announce":
		return http.MethodPost, "/announcements", object
	case "fault":
		if object != nil {
			return http.MethodPost, "/faults", object
		}
		return http.MethodPut, "/faults", map[string]any{"faults": value}
	}
	return http.MethodPost, "/" + kind, nil // reset
}

// without is an object without the member that is in the path.
func without(object map[string]any, member string) map[string]any {
	rest := maps.Clone(object)
	delete(rest, member)
	return rest
}

// expectRequests counts calls in the journal.
func (r *run) expectRequests(ctx context.Context, s Step, want map[string]any, report *StepReport) {
	query := url.Values{"operation": {text(want["operation"])}, "limit": {"1"}}
	if status, ok := want["status"]; ok {
		query.Set("status", text(status))
	}
	var journal struct {
		Total   json.Number `json:"total"`
		Dropped json.Number `json:"dropped"`
	}
	if err := r.control(ctx, http.MethodGet, r.world+"/requests?"+query.Encode(), nil, &journal); err != nil {
		report.fail("%v", err)
		return
	}
	if journal.Dropped != "0" {
		report.fail("the journal has forgotten %s calls, so nobody can count them", journal.Dropped)
		return
	}
	r.hold(s, map[string]any{"count": want["count"]}, map[string]any{"count": journal.Total}, report)
}

// everyEvent are the members of expectWebhooks that speak of every event. Of none anything would be true.
var everyEvent = []string{"each", "state"}

// expectWebhooks reads the callbacks of the world.
func (r *run) expectWebhooks(ctx context.Context, s Step, want map[string]any, report *StepReport) {
	var inbox struct {
		Events []struct {
			State   string `json:"state"`
			Payload any    `json:"payload"`
		} `json:"events"`
		Dropped json.Number `json:"dropped"`
	}
	if err := r.control(ctx, http.MethodGet, r.world+"/events", nil, &inbox); err != nil {
		report.fail("%v", err)
		return
	}
	if n := inbox.Dropped; n != "" && n != "0" {
		report.fail("the world has forgotten %s callbacks, so nobody can say what they were", n)
		return
	}
	if len(inbox.Events) == 0 {
		for _, member := range everyEvent {
			if _, ok := want[member]; ok {
				report.fail("%s: there is no callback that it could be true of", member)
			}
		}
	}
	payloads := []any{}
	for i, event := range inbox.Events {
		payloads = append(payloads, event.Payload)
		at := fmt.Sprintf("events.%d", i)
		var misses []mismatch
		if each, ok := want["each"]; ok {
			misses = compare(expectation(each, false), event.Payload, true, at, s.pointer+"/expectWebhooks/each")
		}
		if state, ok := want["state"]; ok {
			misses = append(misses, compare(expectation(state, false), event.State, true, at+".state", s.pointer+"/expectWebhooks/state")...)
		}
		for _, miss := range misses {
			report.fail("%s", miss)
		}
	}
	got, wanted := map[string]any{"count": number(len(payloads)), "payloads": payloads}, map[string]any{}
	for _, member := range []string{"count", "payloads", "deliveries"} {
		if v, ok := want[member]; ok {
			wanted[member] = v
		}
	}
	if _, ok := want["deliveries"]; ok {
		var arrived struct {
			Deliveries []any `json:"deliveries"`
		}
		if err := r.control(ctx, http.MethodGet, r.world+"/deliveries", nil, &arrived); err != nil {
			report.fail("%v", err)
			return
		}
		got["deliveries"] = arrived.Deliveries
	}
	r.hold(s, wanted, got, report)
}

// hold holds what the control plane said against what a step wants of it.
func (r *run) hold(s Step, want, got map[string]any, report *StepReport) {
	report.Came = pretty(got)
	misses := compare(expectation(want, false), got, true, "", s.pointer+"/"+s.Kind)
	report.mismatches = append(report.mismatches, misses...)
	for _, miss := range misses {
		report.fail("%s", miss)
	}
}
