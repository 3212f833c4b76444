package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// fetch calls and reads the data of the answer, which must be a success.
func fetch(t *testing.T, method, url, token, body string, into any) {
	t.Helper()
	status, text := ask(t, method, url, token, body)
	answer := struct{ Data any }{into}
	if err := json.Unmarshal([]byte(text), &answer); err != nil || status != 200 {
		t.Fatalf("%s %s: HTTP %d %s (%v)", method, url, status, text, err)
	}
}

// testState restarts a server: what its clients have is still theirs.
func (b built) testState(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no SIGTERM")
	}
	file := filepath.Join(t.TempDir(), "state.json")
	flags := []string{"--addr", "127.0.0.1:0", "--log-format", "json", "--state", file}
	s := b.serve(t, nil, flags...)
	var world struct{ ID, ClientID, Secret string }
	fetch(t, "POST", "http://"+s.addr+"/_mock/worlds", "", `{"clock":"2025-09-01T09:00:00+01:00"}`, &world)
	token := func() string {
		var granted struct{ AccessToken string }
		fetch(t, "POST", "http://"+s.addr+"/auth/token", "", `{"clientId":"`+world.ClientID+`","secret":"`+world.Secret+`"}`, &granted)
		return granted.AccessToken
	}
	var issued struct{ Extra struct{ EPassID string } }
	fetch(t, "POST", "http://"+s.addr+"/orders/lounges/ePasses", token(), `{"module":1,"clientUserId":"u","extra":{"firstName":"Ada","lastName":"Lovelace","availableUsages":2,"expirationDate":"2026-09-01T09:00:00+01:00"}}`, &issued)
	s.terminate(t)

	s = b.serve(t, nil, flags...)
	var found struct {
		Extra struct{ EPassID, FirstName string }
	}
	fetch(t, "POST", "http://"+s.addr+"/orders/ePasses/search", token(), `{"ePassId":"`+issued.Extra.EPassID+`"}`, &found)
	if found.Extra.EPassID != issued.Extra.EPassID || issued.Extra.EPassID == "" {
		t.Errorf("after a restart the pass is %+v, want %+v", found, issued)
	}
	s.terminate(t)

	broken := `{"version":99}`
	if err := os.WriteFile(file, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	got := b.run(t, nil, flags...)
	if got.code != exitUnusable || strings.Count(got.stderr, "\n") != 1 || !strings.HasPrefix(got.stderr, "dragonmock: "+file+": ") || !strings.Contains(got.stderr, "expected 1, got 99") {
		t.Errorf("another version: %+v, want one line with the file and exit 2", got)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != broken {
		t.Errorf("the file of another version is now %q (%v)", data, err)
	}
}
