package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// ask sends a request and answers status and body.
func ask(t *testing.T, method, url, token, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func (b built) testControl(t *testing.T) {
	t.Parallel()
	s := b.serve(t, []string{"DRAGONMOCK_CONTROL_TOKEN=sesame"}, "--addr", "127.0.0.1:0", "--control-addr", "127.0.0.1:0", "--log-format", "json")
	for _, row := range []struct {
		url, token string
		status     int
		want       string
	}{
		{"http://" + s.addr + "/_mock/health", "", 200, `"status":"ok"`},
		{"http://" + s.addr + "/_mock/worlds", "sesame", 404, "is not known"},
		{s.control + "/_mock/worlds", "sesame", 200, `"default"`},
		{s.control + "/_mock/worlds", "", 401, "control token"},
		{s.control + "/_mock/health", "", 200, `"status":"ok"`},
		{s.control + "/api/v1/transportHubs", "sesame", 404, "is not known"},
	} {
		if status, body := ask(t, "GET", row.url, row.token, ""); status != row.status || !strings.Contains(body, row.want) {
			t.Errorf("%s: %d %s, want %d with %q", row.url, status, body, row.status, row.want)
		}
	}
	if got := b.run(t, nil, "health", "--addr", s.addr); got != (result{}) {
		t.Errorf("health: %+v, want silence and exit 0", got)
	}
	got := b.run(t, []string{"DRAGONMOCK_CONTROL_TOKEN=sesame"}, "play", "--target", "http://"+s.addr+"/api/v1", "--control", s.control+"/_mock", "reset")
	if got.code != 0 {
		t.Errorf("play with the token: %+v", got)
	}
	s.terminate(t)

	s = b.serve(t, []string{"DRAGONMOCK_CONTROL=off"}, "--addr", "127.0.0.1:0", "--log-format", "json")
	if status, _ := ask(t, "GET", "http://"+s.addr+"/_mock/worlds", "", ""); status != 404 {
		t.Errorf("--control off: HTTP %d, want 404", status)
	}
	s.terminate(t)
}
