package mock_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/contract"
	"dragonmock/openapi"
)

// The fuzz targets send anything to every operation: nothing panics, nothing is an internal error, and what is refused
// has changed nothing. Run one with: go test -fuzz FuzzVendor ./mock

// fuzzScenario gives a world something of everything.
const fuzzScenario = `
name: a world to throw things at
given:
  clock: 2025-09-01T08:00:00+00:00
  ePasses:
    - {ePassId: '1788000000000001', orderId: DP00000000000901, module: 1, availableUsages: 3, clientUserId: u-1, firstName: Ada, lastName: Lovelace}
    - {ePassId: '1788000000000002', orderId: DP00000000000902, module: 2, availableUsages: 3, clientUserId: u-1, firstName: Ada, lastName: Lovelace}
  memberships:
    - {membershipId: '8888000000000001', clientUserId: u-2, firstName: Grace, lastName: Hopper}
  prebookingTokens:
    - {token: 00000000000000000000000000000001, module: 1, resourceId: N99910, prebookingDate: 2025-09-04T10:30}
    - {token: 00000000000000000000000000000002, module: 2, resourceId: C99910, prebookingDate: 2025-09-04T10:30}
  resources:
    - {resourceId: N99910, capacity: 3}
`

// thrown is a server to throw things at, and how its world began.
type thrown struct {
	srv   *mock.Server
	token string
	first string // the snapshot
	ops   []*contract.Operation
}

func newThrown(f *testing.F, document string) *thrown {
	f.Helper()
	srv, err := mock.New(mock.WithScenario(writeScenario(f, fuzzScenario)), mock.WithContract(true))
	require.NoError(f, err)
	f.Cleanup(srv.Close)
	data, err := openapi.Files.ReadFile(document)
	require.NoError(f, err)
	read, err := contract.Load(data)
	require.NoError(f, err)
	ops := slices.Clone(read.Operations())
	slices.SortFunc(ops, func(a, b *contract.Operation) int { return strings.Compare(a.ID, b.ID) })
	return &thrown{srv: srv, token: srv.World().Token(), first: snapshot(f, srv.World()), ops: ops}
}

// request makes the request of an operation, with these words in its path; nil when a path cannot have them.
func request(base string, op *contract.Operation, words map[string]string, query string, body []byte) *http.Request {
	path, escaped := base, base
	for part := range strings.SplitSeq(strings.TrimPrefix(op.Path, "/"), "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			if part = words[strings.TrimSuffix(name, "}")]; part == "" || part == "." || part == ".." {
				return nil
			}
		}
		path, escaped = path+"/"+part, escaped+"/"+url.PathEscape(part)
	}
	r := httptest.NewRequest(op.Method, "/", bytes.NewReader(body))
	r.URL = &url.URL{Path: path, RawPath: escaped, RawQuery: query}
	return r
}

// throw sends a request and holds what must hold of any. It answers the answer, and whether it was a success; then the
// world begins again.
func (th *thrown) throw(t *testing.T, op *contract.Operation, r *http.Request) (w *httptest.ResponseRecorder, ok bool) {
	t.Helper()
	w = httptest.NewRecorder()
	th.srv.Handler().ServeHTTP(w, r)
	symbol := w.Header().Get("X-Mock-Error")
	if ok = w.Code < 300; ok == (symbol != "") {
		t.Fatalf("%s: %d with the symbol %q: %s", op.ID, w.Code, symbol, w.Body)
	}
	if w.Code >= 500 && symbol != "PREBOOKING_FAILED" {
		t.Fatalf("%s: %d %s", op.ID, w.Code, w.Body)
	}
	if ok {
		th.srv.World().Reset()
		return w, true
	}
	var refusal struct{ Code, Message string }
	if err := json.Unmarshal(w.Body.Bytes(), &refusal); err != nil || refusal.Code == "" || refusal.Message == "" {
		t.Fatalf("%s: %d without the vendor's envelope: %s", op.ID, w.Code, w.Body)
	}
	if after := snapshot(t, th.srv.World()); after != th.first {
		t.Fatalf("%s: refused with %s, but something has changed:\n%s\n%s", op.ID, symbol, th.first, after)
	}
	return w, false
}

// header says whether a value can be that of a header.
func header(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
