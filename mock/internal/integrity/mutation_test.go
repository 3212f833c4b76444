package integrity_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/mock/internal/server"
	"dragonmock/mock/internal/stage"
	"dragonmock/mock/internal/token"
	"dragonmock/mock/internal/world"
)

type (
	object = map[string]any
	list   = []any
)

// lived makes a server with a world that has something of everything, and returns its state, and the file it is saved in.
func lived(t *testing.T) (snapshot, saved []byte) {
	t.Helper()
	refused := mocktest.Respond(http.StatusInternalServerError, "{}")
	arrived, release := make(chan struct{}), make(chan struct{})
	inbox := mocktest.NewInbox(t, refused, mocktest.Respond(http.StatusOK, "{}"), refused, func(w http.ResponseWriter, r *http.Request) {
		close(arrived)
		mocktest.RespondAfter(release)(w, r)
	})
	t.Cleanup(func() { close(release) })
	file := filepath.Join(t.TempDir(), "state.json")
	scenario := mocktest.WriteScenario(t, `
name: lived
given:
  programs: [{programId: "18943", validity: 1000d}, {programId: p2}]
  ePasses:
    - {as: pass, module: 2, availableUsages: 9, orderId: GIVEN-1}
    - {module: 7, ePassId: "1788000000000007", availableUsages: 9}
    - {module: 8, ePassId: "1788000000000008", availableUsages: 9}
    - {module: 11, ePassId: "1788000000000011", availableUsages: 9}
  orders:
    - {orderId: ESIM, ePassId: "1788000000000008", resourceId: E00001, optionId: E00001-02, prebookingDate: 2025-09-01T09:00}
    - {orderId: LATER, ePassId: "1788000000000008", resourceId: E00001, optionId: E00001-01, prebookingDate: 2025-09-01T09:00, status: 0}
    - {orderId: CLASS, ePassId: "1788000000000007", resourceId: F00001, optionId: F00001-yoga-20250908, prebookingDate: 2025-09-08T07:00, adultCount: 2}
    - {orderId: DAY, ePassId: "1788000000000007", resourceId: F00001, optionId: F00001-dayPass, prebookingDate: 2025-09-02T06:00}
    - {orderId: MEAL, ePassId: "1788000000000011", resourceId: L00001, optionId: L00001-01, prebookingDate: 2025-09-01T09:00}
  memberships: [{as: member, clientUserId: "ü/\u2028"}]
  prebookingTokens: [{token: mine, module: 1, resourceId: N00001, prebookingDate: 2025-09-05T10:30}]
  errors: [{symbol: SLOT_UNAVAILABLE, status: 409, code: "409.9"}]
`)
	srv, c := mocktest.Start(t, mock.WithCallbackURL(inbox.URL), mock.WithState(file), mock.WithScenario(scenario))
	w := srv.World()
	pass, _ := mocktest.FillTables(t, w, c)
	left, err := w.UseData("ESIM", 1<<30)
	require.NoError(t, err)
	require.EqualValues(t, 4<<30, left)
	topUp := object{"ePassId": "1788000000000008", "orderId": "ESIM", "optionId": "E00001-03"}
	bought := object{"prebookingToken": c.Post("/api/v2/orders/esims/topup/availability", topUp).OK()["prebookingToken"]}
	c.Post("/api/v2/orders/esims/ePasses/topup", object{"module": 8, "ePassId": "1788000000000008", "extra": bought}).OK()
	require.NoError(t, w.Checkpoint("early"))
	fast := mocktest.EPassID(c.TryIssue(dragonpass.FastTrack, 9, nil).OK())
	for _, adults := range []int{1, 3} { // a pending one, and one with vouchers
		mocktest.PatchResource(t, w, "C00001", map[int]string{1: `{"confirm":{"after":"3d"}}`, 3: `{"confirm":"now"}`}[adults])
		place := c.Ask(mocktest.Object{"module": 2, "resourceId": "C00001", "ePassId": fast, "adultCount": adults}).OK()["prebookingToken"]
		c.Post("/orders/fastTrack/ePasses/prebooking", mocktest.Object{
			"module": 2, "ePassId": fast, "extra": mocktest.Object{"prebookingToken": place, "prebookingRequiredInfo": mocktest.AdaInfo()},
		}).OK()
	}
	c.Cancel(c.Booked(pass, "N00001", "2025-09-05T12:30", 2)["orderId"])
	used := c.Booked(pass, "N00001", "2025-09-02T16:00", 1)
	mocktest.Advance(t, w, 30*time.Hour+30*time.Minute)
	mocktest.Redeem(t, w, mocktest.FirstVoucher(used))
	mocktest.Advance(t, w, 0) // its callback was refused, and waits
	order := mocktest.WalkIn(t, w, pass, "N00001", 1)
	<-arrived // its callback is on its way, and the next one in the outbox
	_, err = w.Reverse(order.OrderID)
	require.NoError(t, err)
	membership := c.Register("u-3")["membershipId"]
	place := c.Ask(mocktest.Object{"membershipId": membership, "prebookingDate": "2025-09-04T12:00"}).OK()["prebookingToken"]
	c.Post("/orders/lounges/memberships/prebooking", mocktest.Object{
		"module": 1, "membershipId": membership, "extra": mocktest.Object{"prebookingToken": place, "prebookingRequiredInfo": mocktest.AdaInfo()},
	}).OK()
	mocktest.Inject(t, w, mock.Fault{On: "callback", Delay: &mock.FaultDelay{Fixed: time.Hour}}, mock.Fault{
		ID: "limit", On: "retrieveResource", RateLimit: &mock.FaultRateLimit{Requests: 1000, Per: time.Minute},
	})
	c.Get("/resources/N00001")
	snapshot = []byte(mocktest.Snapshot(t, w))
	require.NoError(t, srv.SaveState())
	saved, err = os.ReadFile(file)
	require.NoError(t, err)
	tree := parse(t, bytes.ReplaceAll(saved, []byte(inbox.URL), []byte("http://127.0.0.1:1/")))
	delete(tree.(object), "digest") // as those do who edit the file
	return snapshot, write(t, tree)
}

func parse(t require.TestingT, data []byte) (tree any) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	require.NoError(t, d.Decode(&tree))
	return tree
}

func write(t require.TestingT, tree any) []byte {
	data, err := json.Marshal(tree)
	require.NoError(t, err)
	return data
}

// texts are all strings of a tree, sorted.
func texts(tree any) []string {
	found := map[string]bool{}
	var look func(any)
	look = func(v any) {
		switch v := v.(type) {
		case string:
			found[v] = true
		case list:
			for _, element := range v {
				look(element)
			}
		case object:
			for _, member := range v {
				look(member)
			}
		}
	}
	look(tree)
	return slices.Sorted(maps.Keys(found))
}

var numbers = []string{"-1", "0", "1", "2", "9", "99", "500", "2147483648", "1099511627776", "9007199254740992", "9223372036854775807", "18446744073709551615", "1e300", "1.5"}

var odd = []string{
	"", "nonsense", "9999-12-31T23:59:59Z", "1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2200-01-01T00:00:00Z", "2025-09-04T10:30", "2025-09-04T10:31",
	"9999-12-31T23:30", "1970-01-01T00:00", "0000000000000001", "ffffffffffffffff", "2562047h47m16s", "-1h0m0s", "sink", "http://127.0.0.1:1/", "\u0000", "a/b",
	"000000000001", "N00001", "R00001", "C00001", "1788000066668888", "waiting", "pending", "delivered", strings.Repeat("x", 500),
}

// mutate changes something in a tree, or in one below it, and says what.
func mutate(t *rapid.T, tree any, known []string) (any, string) {
	draw := func(label string, n int) int { return rapid.IntRange(0, n-1).Draw(t, label) }
	switch v := tree.(type) {
	case object:
		names := slices.Sorted(maps.Keys(v))
		if len(names) == 0 {
			return v, "nothing"
		}
		name := names[draw("member", len(names))]
		if draw("dropped", 40) == 0 {
			delete(v, name)
			return v, "/" + name + " dropped"
		}
		below, what := mutate(t, v[name], known)
		v[name] = below
		return v, "/" + name + what
	case list:
		if len(v) == 0 {
			return v, " empty"
		}
		i, j := draw("row", len(v)), draw("other row", len(v))
		switch draw("what", 12) {
		case 0:
			return slices.Delete(v, i, i+1), fmt.Sprintf("/%d removed", i)
		case 1:
			v = append(v, copied(t, v[i]))
			what := fmt.Sprintf("/%d doubled", i)
			if row, ok := v[len(v)-1].(object); ok && row["key"] != nil {
				row["key"] = rapid.SampledFrom(append(known, odd...)).Draw(t, "key")
				what += " as " + fmt.Sprint(row["key"])
			}
			return sorted(v), what
		case 2:
			a, isRow := v[i].(object)
			b, _ := v[j].(object)
			if isRow && a["key"] != nil && i != j {
				a["value"], b["value"] = b["value"], a["value"]
				return v, fmt.Sprintf("/%d and %d exchanged", i, j)
			}
		}
		below, what := mutate(t, v[i], known)
		v[i] = below
		if draw("sorted", 4) > 0 {
			v = sorted(v)
		}
		return v, fmt.Sprintf("/%d%s", i, what)
	case string:
		to := rapid.SampledFrom(append(known, odd...)).Draw(t, "text")
		return to, fmt.Sprintf(": %q becomes %q", v, to)
	case json.Number:
		to := rapid.SampledFrom(numbers).Draw(t, "number")
		return json.Number(to), fmt.Sprintf(": %s becomes %s", v, to)
	case bool:
		return !v, fmt.Sprintf(": not %t", v)
	}
	return rapid.SampledFrom([]any{nil, object{}, "", json.Number("0"), list{}}).Draw(t, "value"), " changed"
}

func copied(t *rapid.T, v any) any { return parse(t, write(t, v)) }

// sorted sorts rows by their keys, so that what is wrong with them is more than their order.
func sorted(rows list) list {
	key := func(v any) string {
		row, _ := v.(object)
		s, _ := row["key"].(string)
		return s
	}
	slices.SortStableFunc(rows, func(a, b any) int { return strings.Compare(key(a), key(b)) })
	return rows
}

// spoil changes a few things in a document, and says what. A change of a text may be one of all its places.
func spoil(t *rapid.T, data []byte) ([]byte, string) {
	tree := parse(t, data)
	known := texts(tree)
	var all []string
	for range rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "changes") {
		if rapid.IntRange(0, 9).Draw(t, "everywhere") == 0 {
			from, to := rapid.SampledFrom(known).Draw(t, "from"), rapid.SampledFrom(append(known, odd...)).Draw(t, "to")
			tree = replaced(tree, from, to)
			all = append(all, fmt.Sprintf("%q becomes %q everywhere", from, to))
			continue
		}
		var what string
		tree, what = mutate(t, tree, known)
		all = append(all, what)
	}
	return write(t, tree), strings.Join(all, "; ")
}

func replaced(tree any, from, to string) any {
	switch v := tree.(type) {
	case string:
		if v == from {
			return to
		}
		if len(from) > 6 { // an id in a key that has several
			return strings.ReplaceAll(v, from, to)
		}
	case list:
		for i := range v {
			v[i] = replaced(v[i], from, to)
		}
		return sorted(v)
	case object:
		for name := range v {
			v[name] = replaced(v[name], from, to)
		}
	}
	return tree
}

// ghost is who calls everything that there is.
type ghost struct {
	t     require.TestingT
	world *world.World
	serve http.Handler
	token string
	what  string // was done to the state
}

// call calls, and holds the answer and the state that is left.
func (g *ghost) call(method, path string, body any) {
	path, query, _ := strings.Cut(path, "?")
	var data []byte
	if body != nil {
		data = write(g.t, body)
	}
	r := httptest.NewRequest(method, (&url.URL{Path: path, RawQuery: query}).String(), bytes.NewReader(data))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+g.token)
	w := httptest.NewRecorder()
	begin := time.Now()
	g.serve.ServeHTTP(w, r)
	if symbol := w.Header().Get("X-Mock-Error"); w.Code >= 500 && symbol != "SUPPLIER_ERROR" && symbol != "SERVICE_UNAVAILABLE" || time.Since(begin) > 20*time.Second {
		require.Fail(g.t, "no answer", "%s\n%s %s %s: %d after %s %.600s", g.what, method, path, data, w.Code, time.Since(begin), w.Body)
	}
	if method != http.MethodGet {
		if err := g.world.Check(); err != nil {
			require.NoError(g.t, err, "%s\n%s %s %s: %d %.300s", g.what, method, path, data, w.Code, w.Body)
		}
	}
}

// haunt calls every operation with the ids of the world.
func (g *ghost) haunt() {
	state, err := g.world.Dump()
	require.NoError(g.t, err, g.what)
	var form struct {
		Tables map[string][]struct {
			Key   string
			Value any
		}
	}
	require.NoError(g.t, json.Unmarshal(state, &form), g.what)
	const v, v2, control = "/api/v1", "/api/v2", "/_mock/worlds/default"
	post := func(path string, body object) { g.call("POST", v+path, body) }
	author := func(method, path string, body any) { g.call(method, control+path, body) }
	rows := func(table string, most int, do func(key string, value object)) {
		for i, row := range form.Tables[table] {
			if i < most {
				value, _ := row.Value.(object)
				do(row.Key, value)
			}
		}
	}
	party := func(to object) object { to["adultCount"], to["childCount"] = 1, 0; return to }
	rows("ePasses", 5, func(id string, p object) {
		post("/orders/ePasses/search", object{"ePassId": id})
		post("/orders/ePasses/search", object{"orderId": p["OrderID"]})
		g.call("POST", v2+"/orders/ePasses/search", object{"ePassId": id})
		post("/orders/ePasses", object{"ePassId": id})
		post("/resources/prebookings/availability", party(object{"ePassId": id, "module": p["Module"], "resourceId": "N00001", "prebookingDate": mocktest.Thursday}))
		author("POST", "/redemptions", party(object{"ePassId": id, "resourceId": "N00001"}))
	})
	rows("memberships", 3, func(id string, m object) {
		post("/memberships/search", object{"membershipId": id})
		post("/memberships/search", object{"clientUserId": m["ClientUserID"]})
		g.call("POST", v2+"/memberships/search", object{"membershipId": id})
		post("/entitlements/search", object{"membershipId": id})
		post("/orders/memberships", object{"membershipId": id})
		post("/memberships/qrCodes", object{"membershipId": id})
		post("/resources/prebookings/availability", party(object{"membershipId": id, "module": 1, "resourceId": "N00001", "prebookingDate": mocktest.Thursday}))
		author("POST", "/redemptions", party(object{"membershipId": id, "resourceId": "N00001"}))
		post("/memberships", object{"clientUserId": m["ClientUserID"], "firstName": m["FirstName"], "lastName": m["LastName"]})
	})
	rows("resources", 9, func(id string, _ object) {
		g.call("GET", v+"/resources/"+id, nil)
		g.call("GET", v2+"/resources/"+id, nil)
	})
	g.call("GET", v2+"/resources?transportHubId=A00001", nil)
	rows("slots", 9, func(_ string, s object) {
		post("/resources/prebookings/availability", party(object{"module": 1, "resourceId": s["ResourceID"], "prebookingDate": s["Date"]}))
		author("PUT", "/slots", object{"resourceId": s["ResourceID"], "prebookingDate": s["Date"], "free": 5})
	})
	g.call("GET", v+"/transportHubs", nil)
	g.call("GET", v+"/transportHubs/A10045", nil)
	g.call("GET", v+"/transportHubs/A10045/resources", nil)
	g.call("GET", v+"/resources/updates", nil)
	rows("tokens", 9, func(token string, p object) {
		holder, _ := p["Holder"].(object)
		extra := object{"prebookingToken": token, "prebookingRequiredInfo": mocktest.AdaInfo()}
		module := "lounges"
		if p["Module"] == 2.0 {
			module = "fastTrack"
		}
		if id := holder["MembershipID"]; id != nil {
			post("/orders/"+module+"/memberships/prebooking", object{"module": p["Module"], "membershipId": id, "extra": extra})
		} else if id := holder["EPassID"]; id != nil {
			post("/orders/"+module+"/ePasses/prebooking", object{"module": p["Module"], "ePassId": id, "extra": extra})
		} else {
			extra["firstName"], extra["lastName"], extra["expirationDate"], extra["availableUsages"] = "A", "B", "2030-12-31T23:59:59+00:00", 9
			post("/orders/"+module+"/ePasses/bundle", object{"module": p["Module"], "clientUserId": "bundled", "extra": extra})
		}
	})
	rows("vouchers", 9, func(voucher string, _ object) { author("POST", "/redemptions", party(object{"voucher": voucher})) })
	rows("qrCodes", 2, func(code string, _ object) {
		author("GET", "/qr/"+code, nil)
		author("POST", "/redemptions", party(object{"qrCode": code, "resourceId": "N00001"}))
	})
	rows("orders", 16, func(id string, o object) {
		kind := "memberships"
		if holder, _ := o["Holder"].(object); holder["EPassID"] != nil {
			kind = "ePasses"
		}
		post("/orders/"+kind+"/details", object{"orderId": id})
		author("POST", "/orders/"+id+"/confirm", nil)
		author("POST", "/orders/"+id+"/fail", nil)
		author("POST", "/reversals", object{"orderId": id})
		g.call("PATCH", v+"/orders", object{"status": 3, "orderId": id})
	})
	rows("events", 5, func(id string, _ object) { author("POST", "/events/"+id+"/replay", nil) })
	for _, path := range []string{"/events", "/deliveries", "/faults", "/clock", "/requests", "/requests/unread", "/state"} {
		author("GET", path, nil)
	}
	post("/orders/lounges/ePasses", object{"module": 1, "clientUserId": "another", "extra": object{"firstName": "A", "lastName": "B", "expirationDate": "2199-12-31T23:59:59+00:00", "availableUsages": 2}})
	author("POST", "/checkpoints/haunted", nil)
	for _, id := range []string{"N00001", "C00001", "N00129"} {
		author("PATCH", "/resources/"+id, object{"capacity": 1})
		author("PATCH", "/resources/"+id, object{"confirm": "now", "capacity": 60})
	}
	rows("memberships", 3, func(id string, _ object) {
		post("/entitlements/update", object{"membershipId": id, "module": 1, "details": object{
			"cardholderExclusiveEntitlements": 10000, "guestsExclusiveEntitlements": 10000, "sharedEntitlements": 10000, "allowedGuestsPerUsage": 1,
		}})
		post("/memberships/update", object{"membershipId": id, "status": 3})
	})
	rows("ePasses", 5, func(id string, p object) {
		author("POST", "/ePasses/"+id+"/expire", nil)
		g.call("PATCH", v+"/orders", object{"status": 3, "orderId": p["OrderID"]})
	})
	author("GET", "/changes?since=haunted", nil)
	author("POST", "/faults", object{"on": "retrieveResource", "error": "SLOT_UNAVAILABLE"})
	author("DELETE", "/faults/limit", nil)
	author("POST", "/clock", object{"advance": "100d"})
	post("/orders/lounges/ePasses", object{"module": 1, "clientUserId": "another", "extra": object{"firstName": "A", "lastName": "B", "expirationDate": "2199-12-31T23:59:59+00:00", "availableUsages": 2}})
	after, err := g.world.Dump()
	require.NoError(g.t, err, g.what)
	require.NoError(g.t, g.world.Load(after), "%s\nwhat it writes it reads", g.what)
	author("POST", "/restore", object{"name": "haunted"})
	author("POST", "/clock", object{"advance": "1s"})
	author("PUT", "/faults", object{"faults": list{}})
}

// place is how a refusal begins: where, in a document, and what was expected there.
var (
	file   = regexp.MustCompile(`^\S+state\.json: it holds no state that can be continued: `)
	place  = regexp.MustCompile(`^(INVALID_REQUEST: )?/\S+: +\S`)
	others = regexp.MustCompile(`json:|unmarshal|strconv|runtime|Go |reflect|\btime: `)
)

// held holds a refusal to our words.
func held(t require.TestingT, err error, what string) {
	said := file.ReplaceAllString(err.Error(), "")
	if !place.MatchString(said) || others.MatchString(said) || len(said) > 64<<10 {
		require.Fail(t, "a refusal without its place, or in other words than ours", "%s\n%.600s", what, said)
	}
}

// newServer makes a server that holds every answer against the contract.
func newServer(t require.TestingT, state, callbackURL string) (*server.Server, error) {
	config := server.Config{Errors: server.Load().Errors, Strict: true, Log: slog.New(slog.DiscardHandler), State: state}
	config.World = []server.Setting{func(s *stage.Settings) error { return s.SetClock(mocktest.Monday) }}
	if callbackURL != "" {
		config.World = append(config.World, func(s *stage.Settings) error { return s.SetCallbackURL(callbackURL) })
	}
	return server.New(config)
}

func newGhost(t require.TestingT, s *server.Server, what string) *ghost {
	issued, err := token.Issue(s.World(), s.World().Client().Secret)
	require.NoError(t, err, what)
	return &ghost{t: t, world: s.World(), serve: s.Handler(), token: issued, what: what}
}

// TestStates_SpoiledInAFewPlaces_AreRefusedOrHold: a state with something changed in it is refused, with the place in our
// words, or all goes on as in any world. With -rapid.checks=100000 it takes its time.
func TestStates_SpoiledInAFewPlaces_AreRefusedOrHold(t *testing.T) {
	t.Parallel()
	snapshot, saved := lived(t)
	path := filepath.Join(t.TempDir(), "state.json")
	var refused, taken int
	servers := map[string]*server.Server{}
	for _, callbackURL := range []string{"", "sink", "http://127.0.0.1:1/"} {
		s, err := newServer(t, "", callbackURL)
		require.NoError(t, err)
		t.Cleanup(s.Close)
		servers[callbackURL] = s
	}
	t.Run("as they are", func(t *testing.T) {
		for _, s := range servers {
			require.NoError(t, s.World().Load(snapshot))
			newGhost(t, s, "nothing was done").haunt()
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		if rapid.IntRange(0, 7).Draw(t, "saved") == 0 {
			data, what := spoil(t, saved)
			require.NoError(t, os.WriteFile(path, data, 0o600))
			s, err := newServer(t, path, "")
			if err != nil {
				refused++
				held(t, err, what)
				return
			}
			taken++
			defer s.Close()
			g := newGhost(t, s, what)
			require.NoError(t, s.World().Check(), what)
			g.haunt()
			g.call("POST", "/_mock/worlds/default/restore", object{"name": "early"})
			g.call("POST", "/_mock/worlds/default/clock", object{"advance": "100d"})
			g.call("POST", "/_mock/worlds/default/reset", nil)
			g.call("POST", "/_mock/worlds/default/clock", object{"advance": "100d"})
			require.NoError(t, s.SaveState(), what)
			return
		}
		data, what := spoil(t, snapshot)
		s := servers[rapid.SampledFrom([]string{"", "sink", "sink", "http://127.0.0.1:1/"}).Draw(t, "callbacks")]
		if err := s.World().Load(data); err != nil {
			refused++
			held(t, err, what)
			return
		}
		taken++
		newGhost(t, s, what).haunt()
		require.NoError(t, s.World().Reset())
	})
	t.Logf("%d refused, %d taken", refused, taken)
	assert.Positive(t, refused)
}
