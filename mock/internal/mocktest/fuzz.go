package mocktest

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/contract"
)

// fuzzScenario gives a world something of everything.
const fuzzScenario = `
name: a world for fuzzing
faults:
  - {on: callback, drop: before}
given:
  clock: 2025-09-01T08:00:00+00:00
  ePasses:
    - {ePassId: '1788000000000001', orderId: DP00000000000901, module: 1, availableUsages: 3, clientUserId: u-1, firstName: Ada, lastName: Lovelace}
    - {ePassId: '1788000000000002', orderId: DP00000000000902, module: 2, availableUsages: 3, clientUserId: u-1, firstName: Ada, lastName: Lovelace}
    - {ePassId: '1788000000000003', orderId: DP00000000000906, module: 1, availableUsages: 3, clientUserId: u-1, firstName: Ada, lastName: Lovelace}
    - {ePassId: '1788000000000004', orderId: DP00000000000907, module: 8, availableUsages: 3, clientUserId: u-1, firstName: Ada, lastName: Lovelace}
  memberships:
    - {membershipId: '8888000000000001', clientUserId: u-2, firstName: Grace, lastName: Hopper}
  programs:
    - programId: '18943'
      entitlements:
        moduleExclusiveEntitlements:
          - {module: 1, details: {cardholderExclusiveEntitlements: 3, guestsExclusiveEntitlements: 3, sharedEntitlements: 3, allowedGuestsPerUsage: 3}}
          - {module: 2, details: {cardholderExclusiveEntitlements: 3, guestsExclusiveEntitlements: 3, sharedEntitlements: 3, allowedGuestsPerUsage: 3}}
  orders:
    - {orderId: DP00000000000903, ePassId: '1788000000000003', resourceId: N99910}
    - {orderId: DP00000000000904, membershipId: '8888000000000001', resourceId: N99910}
    - {orderId: DP00000000000908, ePassId: '1788000000000004', resourceId: E99914, optionId: E99914-01, prebookingDate: 2025-09-04T10:30}
    - {orderId: PB00000000000905, ePassId: '1788000000000003', resourceId: N99904, prebookingDate: 2025-09-04T10:30, status: 0}
    - {orderId: PB00000000000909, ePassId: '1788000000000003', resourceId: N99910, prebookingDate: 2025-09-04T10:30}
  eventUrls: {resource.metadata.updated: sink}
  prebookingTokens:
    - {token: 00000000000000000000000000000001, module: 1, resourceId: N99910, prebookingDate: 2025-09-04T10:30}
    - {token: 00000000000000000000000000000002, module: 2, resourceId: C99910, prebookingDate: 2025-09-04T10:30}
  resources:
    - {resourceId: N99910, capacity: 3}
`

// Target is a server that a fuzz test sends requests to: nothing panics, nothing is an internal error, and what is
// refused has changed nothing.
type Target struct {
	Server *mock.Server
	First  string // the snapshot of the beginning, which there is a checkpoint of too: "first"

	operations []*contract.Operation
}

// NewTarget makes a target for the operations of a document.
func NewTarget(f *testing.F, document string) *Target {
	f.Helper()
	srv, err := mock.New(mock.WithScenario(WriteScenario(f, fuzzScenario)), mock.WithContract(true))
	require.NoError(f, err)
	f.Cleanup(srv.Close)
	require.NoError(f, srv.World().Checkpoint("first"))
	return &Target{Server: srv, First: Snapshot(f, srv.World()), operations: Document(f, document).Operations()}
}

// Operation returns the operation of an id. Any other word stands for one of them too, so that fuzzing reaches all.
func (target *Target) Operation(word string) *contract.Operation {
	sum := 0
	for _, b := range []byte(word) {
		sum += int(b)
	}
	for _, op := range target.operations {
		if op.ID == word {
			return op
		}
	}
	return target.operations[sum%len(target.operations)]
}

// Seeded asserts that seeds speak of every operation, and of no other: corpora stay good when operations are added.
func Seeded[Seed any](t TB, target *Target, seeds map[string]Seed) {
	t.Helper()
	var ids []string
	for _, op := range target.operations {
		ids = append(ids, op.ID)
	}
	require.ElementsMatch(t, ids, slices.Collect(maps.Keys(seeds)))
}

// Request makes the request of an operation, with a word for each of its path's parameters; nil when a path cannot have
// such a word.
func Request(base string, op *contract.Operation, word func(parameter string) string, query string, body []byte) *http.Request {
	path, escaped := base, base
	for part := range strings.SplitSeq(strings.TrimPrefix(op.Path, "/"), "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			if part = word(strings.TrimSuffix(name, "}")); part == "" || part == "." || part == ".." {
				return nil
			}
		}
		path, escaped = path+"/"+part, escaped+"/"+url.PathEscape(part)
	}
	r := httptest.NewRequest(op.Method, "/", bytes.NewReader(body))
	r.URL = &url.URL{Path: path, RawPath: escaped, RawQuery: query}
	return r
}

// Send sends a request and holds what must hold of any. It returns the answer, and whether it was a success: then the
// world has begun again.
func (target *Target) Send(t TB, op *contract.Operation, r *http.Request) (w *httptest.ResponseRecorder, ok bool) {
	t.Helper()
	w = httptest.NewRecorder()
	target.Server.Handler().ServeHTTP(w, r)
	symbol := w.Header().Get("X-Mock-Error")
	ok = w.Code < 300
	require.Equal(t, ok, symbol == "", "%s: %d with the symbol %q: %s", op.ID, w.Code, symbol, w.Body)
	if symbol != "PREBOOKING_FAILED" {
		require.Less(t, w.Code, 500, "%s: %s", op.ID, w.Body)
	}
	if ok {
		Reset(t, target.Server.World())
		return w, true
	}
	var refusal struct{ Code, Message string }
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &refusal), "%s: %s", op.ID, w.Body)
	require.NotEmpty(t, refusal.Code, "%s: %d without the vendor's envelope: %s", op.ID, w.Code, w.Body)
	require.NotEmpty(t, refusal.Message, "%s: %d without the vendor's envelope: %s", op.ID, w.Code, w.Body)
	require.Equal(t, target.First, Snapshot(t, target.Server.World()), "%s: refused with %s, but something has changed", op.ID, symbol)
	return w, false
}

// IsHeader says whether a value can be that of a header.
func IsHeader(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
