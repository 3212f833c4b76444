package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Bounds of what a request of 1 MB may cost.
const (
	mostGrowth = 64 << 20 // bytes of memory above what the server had before
	mostSaid   = 64 << 10 // bytes of a refusal

	softCeiling, hardCeiling = 384 << 20, 512 << 20 // bytes of data of a server under attack
)

// hostile is a request of at most 1 MB that is as much work as its author could make it.
type hostile struct {
	name, method, path string
	vendor             bool // with a token
	body               func() string
}

// filled repeats a part, with its number in place of #, until a text has about so many bytes.
func filled(before, part, divider, after string, most int) string {
	var b strings.Builder
	b.WriteString(before)
	for i := 0; b.Len() < most-len(part)-len(after)-16; i++ {
		if i > 0 {
			b.WriteString(divider)
		}
		b.WriteString(strings.ReplaceAll(part, "#", strconv.Itoa(i)))
	}
	return b.String() + after
}

const (
	world     = "/_mock/worlds/default"
	megabyte  = 1<<20 - 1
	issueHead = `{"module":1,"clientUserId":"u","extra":{"firstName":"Ada","lastName":"Lovelace","availableUsages":2,"expirationDate":"2027-09-01T09:00:00+01:00"`
	issuePath = "/orders/lounges/ePasses"
	validate  = "/_mock/scenarios/validate"
)

func hostiles() []hostile {
	text := func(n int) string { return strings.Repeat("x", n) }
	v := func(name, method, path string, body func() string) hostile {
		return hostile{name, method, path, true, body}
	}
	w := func(name, method, path string, body func() string) hostile {
		return hostile{name, method, path, false, body}
	}
	fill := func(before, part, divider, after string, most int) func() string {
		return func() string { return filled(before, part, divider, after, most) }
	}
	return []hostile{
		v("empty ids", "POST", issuePath, fill(issueHead+`,"allowedResources":{"resourceId":[`, `""`, ",", `]}}}`, megabyte)),
		v("numbers for ids", "POST", issuePath, fill(issueHead+`,"allowedResources":{"resourceId":[`, `1`, ",", `]}}}`, megabyte)),
		v("ids that are not there", "POST", issuePath, fill(issueHead+`,"allowedResources":{"resourceId":[`, `"N99999"`, ",", `]}}}`, megabyte)),
		v("unknown members", "POST", issuePath, fill(issueHead+`},`, `"u#":1`, ",", `}`, megabyte)),
		v("one long name", "POST", issuePath, func() string { return issueHead + `},"` + text(megabyte-300) + `":1}` }),
		v("one long text", "POST", issuePath, func() string { return `{"module":"` + text(megabyte-300) + `"}` }),
		v("many digits", "POST", issuePath, func() string { return `{"module":` + strings.Repeat("9", megabyte-300) + `}` }),
		v("nested lists", "POST", issuePath, func() string { return strings.Repeat("[", megabyte/2) + strings.Repeat("]", megabyte/2) }),
		v("nested objects", "POST", issuePath, func() string { return strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000) }),
		v("long query", "GET", "/transportHubs?"+filled("", "u#=%zz", "&", "", 50<<10), nil),
		v("long unknown query", "GET", "/transportHubs?"+filled("", "u#=1", "&", "", 50<<10), nil),
		v("one long id", "POST", issuePath, fill(issueHead+`,"allowedResources":{"resourceId":["N9`, "9", "", `"]}}}`, megabyte)),
		v("as many ids as may be", "POST", issuePath, fill(issueHead+`,"allowedResources":{"resourceId":[`, `"N99999"`, ",", `]}}}`, 440_000)),
		v("as many wrong ids as may be", "POST", issuePath, fill(issueHead+`,"allowedResources":{"resourceId":[`, `{"a":1}`, ",", `]}}}`, 190_000)),
		v("as many unknown members as may be", "POST", issuePath, fill(issueHead+`},`, `"unknown#":1`, ",", `}`, 640_000)),
		v("many passengers", "POST", "/orders/lounges/ePasses/prebooking", fill(`{"passengers":[`, `{"a":1}`, ",", `]}`, megabyte)),

		w("wrong rules", "PUT", world+"/faults", fill(`{"faults":[`, `{}`, ",", `]}`, megabyte)),
		w("rules that are none", "PUT", world+"/faults", fill(`{"faults":[`, `1`, ",", `]}`, megabyte)),
		w("rules with unknown members", "PUT", world+"/faults", fill(`{"faults":[{"on":"*",`, `"u#":1`, ",", `}]}`, megabyte)),
		w("as many wrong rules as may be", "PUT", world+"/faults", fill(`{"faults":[`, `{"on":1}`, ",", `]}`, 220_000)),
		w("as many unknown members of a rule as may be", "PUT", world+"/faults", fill(`{"faults":[{"on":"*",`, `"unknown#":1`, ",", `}]}`, 640_000)),
		w("expressions that repeat", "PUT", world+"/faults", fill(`{"faults":[`, `{"on":"*","malformed":true,"match":{"headers":{"a":"/.{1000}/"}}}`, ",", `]}`, 64_000)),
		w("expressions in one rule", "PUT", world+"/faults", fill(`{"faults":[{"on":"*","malformed":true,"match":{"headers":{`, `"a#":"/.{1000}/"`, ",", `}}}]}`, megabyte)),
		w("one long expression", "PUT", world+"/faults", fill(`{"faults":[{"on":"*","malformed":true,"match":{"headers":{"a":"/`, `x{1000}`, "", `/"}}}]}`, megabyte)),
		w("broken expressions", "PUT", world+"/faults", fill(`{"faults":[{"on":"*","malformed":true,"match":{"body":{"a":[`, `"/(/"`, ",", `]}}}]}`, 130_000)),
		w("unknown members in a body", "PUT", world+"/faults", fill(`{"faults":[{"on":"createEPass","malformed":true,"match":{"body":{`, `"u#":1`, ",", `}}}]}`, megabyte)),
		w("the path of a rule", "POST", world+"/faults", fill(`{"malformed":true,"on":"/`, "u#/", "", `"}`, megabyte)),
		w("large bodies of rules", "POST", world+"/faults", func() string {
			return `{"on":"*","respond":{"body":"` + text(megabyte-300) + `"}}`
		}),
		w("a scenario with a long key", "POST", validate, fill(`{"scenario":{"name":"x","given":{"`+text(90_000)+`":[`, "1", ",", "]}}}", 180_000)),
		w("a scenario with the longest key", "POST", validate, fill(`{"scenario":{"name":"x","given":{"`+text(500)+`":[`, "1", ",", "]}}}", 90_000)),
		w("a scenario of wrong steps", "POST", validate, fill(`{"scenario":{"name":"x","steps":[`, `{"u#":1}`, ",", `]}}`, 250_000)),
		w("a scenario of wrong values", "POST", validate, fill(`{"scenario":{"name":"x","steps":[`, `1`, ",", `]}}`, 95_000)),
		w("a scenario of many steps", "POST", validate, fill(`{"scenario":{"name":"x","steps":[`, `{"call":"nope#","query":{"u":"$v"}}`, ",", `]}}`, 450_000)),
		w("names that are used and saved", "POST", validate, fill(`{"scenario":{"name":"x","steps":[`, `{"call":"retrieveResource","path":{"resourceId":"$w#"},"save":{"v#":"data"}}`, ",", `]}}`, 550_000)),
		w("a broken scenario", "POST", validate, func() string { return `{"scenario":` + strings.Repeat("[", 50_000) }),
		w("a nested scenario", "POST", validate, func() string { return `{"scenario":` + strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9001) }),
		w("a world of unknown members", "POST", "/_mock/worlds", fill(`{`, `"u#":1`, ",", `}`, megabyte)),
		w("a world of programmes", "POST", "/_mock/worlds", fill(`{"programs":[`, `""`, ",", `]}`, megabyte)),
		w("a world of operations", "POST", "/_mock/worlds", fill(`{"operations":[`, `"u#"`, ",", `]}`, megabyte)),
		w("a world of a scenario", "POST", "/_mock/worlds", fill(`{"scenario":{"name":"x","given":{"ePasses":[`, `{}`, ",", `]}}}`, megabyte)),
		w("a state of nothing", "PUT", world+"/state", fill(`{"version":2,"tables":{`, `"u#":1`, ",", `}}`, megabyte)),
		w("a patch of opening hours", "PATCH", world+"/resources/N00001", fill(`{"openingHours":[`, `{}`, ",", `]}`, megabyte)),
		w("a patch of unknown members", "PATCH", world+"/resources/N00001", fill(`{`, `"u#":1`, ",", `}`, megabyte)),
	}
}

// TestHostile_Requests_CostLittle: no request of 1 MB makes the server large, or a refusal, however it is made; nor do eight
// at once.
func TestHostile_Requests_CostLittle(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is read from /proc")
	}
	t.Parallel()
	for _, h := range hostiles() {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			cost(t, h)
		})
	}
}

// confined starts a server that cannot have more memory than a small container gives: Go is told of the soft ceiling, and
// at the hard one the kernel gives no more, so that what goes wrong ends the server and not the machine.
func confined(t *testing.T) *server {
	t.Helper()
	cmd := prepare(t, []string{fmt.Sprintf("GOMEMLIMIT=%d", softCeiling)}, "serve", "--addr", "127.0.0.1:0", "--log-format", "json")
	shell, err := exec.LookPath("sh")
	require.NoError(t, err)
	cmd.Args = append([]string{shell, "-c", `ulimit -d "$0" && exec "$@"`, strconv.Itoa(hardCeiling >> 10), cmd.Path}, cmd.Args[1:]...)
	cmd.Path = shell
	s := begin(t, cmd)
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", cmd.Process.Pid))
	require.NoError(t, err)
	require.Regexp(t, fmt.Sprintf(`Max data size +%d `, hardCeiling), string(limits))
	return s
}

// cost sends a request once, and eight times at once, to a server of its own.
func cost(t *testing.T, h hostile) {
	s := confined(t)
	token := ""
	if h.vendor {
		var granted struct{ AccessToken string }
		fetch(t, "POST", s.url+"/auth/token", "", `{"clientId":"DragonPass","secret":"dpSecretKey12345"}`, &granted)
		token = granted.AccessToken
	}
	body := ""
	if h.body != nil {
		body = h.body()
	}
	require.LessOrEqual(t, len(body), megabyte)
	for _, at := range []int{1, 8} {
		before := memory(t, s.cmd.Process.Pid, true)
		start := time.Now()
		var wait sync.WaitGroup
		for range at {
			wait.Go(func() {
				status, said := ask(t, h.method, s.url+h.path, token, body)
				assert.Less(t, status, 500, "%s", said[:min(len(said), 300)])
				assert.True(t, status == http.StatusOK || len(said) <= mostSaid, "%d, %d bytes: %s", status, len(said), said[:min(len(said), 300)])
			})
		}
		wait.Wait()
		growth := memory(t, s.cmd.Process.Pid, false) - before
		t.Logf("%d at once: %d ms, %d KB more", at, time.Since(start).Milliseconds(), growth>>10)
		assert.LessOrEqual(t, growth, mostGrowth, "%d at once", at)
	}
	s.terminate(t)
}

// memory is the most that a process has had since it was asked with again, in bytes.
func memory(t *testing.T, pid int, again bool) int {
	t.Helper()
	if again {
		require.NoError(t, os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0))
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	require.NoError(t, err)
	for line := range bytes.Lines(status) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
			kb, err := strconv.Atoi(strings.Fields(string(rest))[0])
			require.NoError(t, err)
			return kb << 10
		}
	}
	require.FailNow(t, "no VmHWM")
	return 0
}
