package journal

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/duration"
)

var at = time.Date(2025, 9, 1, 9, 0, 0, 0, time.UTC)

// exchange is a request for a prebooking and its answer: about 700 bytes.
func exchange() Exchange {
	return Exchange{
		Head: Head{
			At: duration.Instant(at), World: duration.Instant(at.Add(time.Hour)), Method: "POST", Path: "/v1/ePasses/1/prebookings", Operation: "createEPassLoungePrebooking",
			Origin: "vendor", Status: 200, RequestID: "r-1", Arrival: Arrival{1, 2, true}, Duration: duration.Millis(1500 * time.Microsecond),
		},
		Request: Raw{
			Header: http.Header{"Authorization": {"Bearer eyJhb.c.d"}, "Content-Type": {"application/json"}, "Accept": {"a", "b"}, "Connection": {"close"}},
			Body:   []byte(`{"resourceId":"5028","prebookingDate":"2025-09-02","prebookingToken":"85c69b8e790befc7e94870ec269c3f1d","adultCount":1,"childCount":0}`),
		},
		Response: Raw{
			Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}, "X-Mock-Origin": {"vendor"}},
			Body: []byte(`{"code":0,"data":{"orderId":"1938490193849019","status":"CONFIRMED","prebookingDate":"2025-09-02","prebookingTime":"09:30",` +
				`"resource":{"resourceId":"5028","name":"Plaza Premium Lounge","terminal":"T2"},"cancellationPolicy":[{"hours":24,"fee":0}]}}`),
		},
	}
}

// add records an exchange with this path and returns its id.
func add(j *Journal, path string) uint64 { return j.Add(Exchange{Head: Head{Path: path}}) }

func paths(entries []Entry) (paths []string) {
	for _, e := range entries {
		paths = append(paths, e.Path)
	}
	return paths
}

func TestEntry(t *testing.T) {
	j := New(DefaultLimits(), nil)
	x := exchange()
	x.Unread, x.Query = []string{"/adultcount"}, "lang=en&secret=x"
	require.EqualValues(t, 1, j.Add(x))
	copy(x.Request.Body, strings.Repeat("x", 50)) // it was borrowed
	copy(x.Unread, []string{"changed"})
	clear(x.Request.Header)

	want := exchange()
	head := want.Head
	head.Query, head.Unread, head.Nearest = "lang=en&secret=***", []string{"/adultcount"}, []string{}
	assert.Equal(t, Result{Total: 1, Requests: []Entry{{
		ID: 1, Head: head,
		Request: Message{
			Header: map[string]string{"Authorization": "Bearer ***", "Content-Type": "application/json", "Accept": "a, b"},
			Body:   string(want.Request.Body), Bytes: len(want.Request.Body),
		},
		Response: Message{
			Header: map[string]string{"Content-Type": "application/json; charset=utf-8", "X-Mock-Origin": "vendor"},
			Body:   string(want.Response.Body), Bytes: len(want.Response.Body),
		},
	}}}, j.List(Filter{}))
}

// TestJSON holds the shape that the control plane publishes, whichever library writes it.
func TestJSON(t *testing.T) {
	j := New(DefaultLimits(), nil)
	x := exchange()
	x.Request, x.Response = Raw{}, Raw{Body: []byte("a\xffb")}
	x.Path += "\xff"
	j.Add(x)
	want := `{"requests":[{"id":1,"at":"2025-09-01T09:00:00+00:00","world":"2025-09-01T10:00:00+00:00","method":"POST",
		"path":"/v1/ePasses/1/prebookings` + "\uFFFD" + `","operation":"createEPassLoungePrebooking","origin":"vendor","status":200,"unread":[],"nearest":[],
		"requestId":"r-1","connection":1,"attempt":2,"reused":true,"durationMs":1.5,
		"request":{"header":{},"body":"","bytes":0,"truncated":false},"response":{"header":{},"body":"a` + "\uFFFD" + `b","bytes":3,"truncated":false}}],"total":1,"dropped":0}`
	one, err := json.Marshal(j.List(Filter{}))
	require.NoError(t, err)
	assert.JSONEq(t, want, string(one))
	two, err := jsonv2.Marshal(j.List(Filter{}))
	require.NoError(t, err)
	assert.JSONEq(t, want, string(two))
	var back Result
	require.NoError(t, json.Unmarshal(one, &back))
	assert.Equal(t, j.List(Filter{}), back)

	none, err := json.Marshal(New(DefaultLimits(), nil).List(Filter{}))
	require.NoError(t, err)
	assert.JSONEq(t, `{"requests":[],"total":0,"dropped":0}`, string(none))
}

func TestBodyIsCut(t *testing.T) {
	j := New(Limits{Entries: 10, Bytes: 1 << 20, Body: 8}, nil)
	j.Add(Exchange{Request: Raw{Body: []byte("12345678")}, Response: Raw{Body: []byte("123456éé")}})
	j.Add(Exchange{Request: Raw{Body: []byte("1234567éé")}})
	list := j.List(Filter{}).Requests
	assert.Equal(t, Message{Header: map[string]string{}, Body: "12345678", Bytes: 8}, list[0].Request)
	assert.Equal(t, Message{Header: map[string]string{}, Body: "123456é", Bytes: 10, Truncated: true}, list[0].Response)
	assert.Equal(t, Message{Header: map[string]string{}, Body: "1234567", Bytes: 11, Truncated: true}, list[1].Request, "no half characters")
}

// TestHeadIsCut sends what a hostile client would.
func TestHeadIsCut(t *testing.T) {
	j := New(DefaultLimits(), nil)
	long := strings.Repeat("x", 1<<20)
	many := make([]string, 1000)
	for i := range many {
		many[i] = fmt.Sprint("/", i, long[:1000])
	}
	j.Add(Exchange{
		Head:    Head{Method: long, Path: long, Query: strings.Repeat("secret=x&", 1<<17), Reason: long, RequestID: long, Unread: many, Nearest: many},
		Request: Raw{Header: http.Header{"X-Long": {long}, "X-Short": {"x"}}},
	})
	e := j.List(Filter{}).Requests[0]
	assert.Equal(t, map[string]string{"X-Short": "x"}, e.Request.Header)
	assert.True(t, e.Request.Truncated)
	assert.False(t, e.Response.Truncated)
	assert.Equal(t, "and 950 more", e.Unread[maxList])
	assert.True(t, strings.HasPrefix(e.Query, "secret=***&secret=***"))
	assert.Less(t, j.bytes, 256<<10)
	assert.Len(t, j.Unread().Fields, maxFields)
	assert.Equal(t, 1000-maxFields, j.Unread().Dropped)
}

func TestBoundByEntries(t *testing.T) {
	j := New(Limits{Entries: 20, Bytes: 1 << 20, Body: 10}, nil)
	for i := range 50 {
		require.EqualValues(t, i+1, add(j, fmt.Sprint("/", i)))
		require.EqualValues(t, i+1, j.Last())
	}
	result := j.List(Filter{})
	assert.Equal(t, 20, result.Total)
	assert.Equal(t, 30, result.Dropped)
	for i, e := range result.Requests {
		assert.EqualValues(t, 31+i, e.ID)
		assert.Equal(t, fmt.Sprint("/", 30+i), e.Path)
	}
}

func TestBoundByBytes(t *testing.T) {
	j := New(Limits{Entries: 1000, Bytes: 3 * (recordCost + 100), Body: 1 << 20}, nil)
	body := make([]byte, 90)
	for range 5 {
		j.Add(Exchange{Request: Raw{Body: body}})
		assert.LessOrEqual(t, j.bytes, j.limits.Bytes)
	}
	assert.Equal(t, 3, j.List(Filter{}).Total)
	j.Add(Exchange{Head: Head{Path: "/large"}, Request: Raw{Body: make([]byte, 1<<20), Header: http.Header{"A": {"b"}}}})
	result := j.List(Filter{})
	require.Equal(t, 1, result.Total, "a large one pushes out the others and still has no room")
	assert.Equal(t, 5, result.Dropped)
	assert.Equal(t, "/large", result.Requests[0].Path)
	assert.Equal(t, Message{Header: map[string]string{}, Bytes: 1 << 20, Truncated: true}, result.Requests[0].Request)
	assert.False(t, result.Requests[0].Response.Truncated)
}

func TestBudgetIsShared(t *testing.T) {
	const each = recordCost + 1000
	budget := NewBudget(4 * each)
	limits := Limits{Entries: 1000, Bytes: 1 << 20, Body: 1 << 20}
	a, b, c := New(limits, budget), New(limits, budget), New(limits, budget)
	full := Exchange{Request: Raw{Body: make([]byte, 1000)}}
	b.Add(full)
	for range 5 {
		a.Add(full)
		assert.LessOrEqual(t, budget.Used(), 4*each)
	}
	assert.Equal(t, 1, b.List(Filter{}).Total, "who adds drops its own")
	assert.Equal(t, 3, a.List(Filter{}).Total)
	assert.Equal(t, 2, a.List(Filter{}).Dropped)

	c.Add(full)
	assert.Equal(t, 2, a.List(Filter{}).Total, "it has more than its part, and gives")
	assert.Equal(t, 1, b.List(Filter{}).Total, "it has not")
	assert.False(t, c.List(Filter{}).Requests[0].Request.Truncated)
	d := New(limits, NewBudget(recordCost/2))
	full.Unread = []string{"/x"}
	d.Add(full)
	d.Add(full)
	result := d.List(Filter{})
	require.Equal(t, 1, result.Total, "the newest exchange of a world is always known")
	assert.True(t, result.Requests[0].Request.Truncated)
	assert.Empty(t, result.Requests[0].Unread)
	assert.Equal(t, Unread{Fields: []UnreadField{}, Dropped: 2}, d.Unread(), "no room for a count")
	assert.LessOrEqual(t, d.budget.Used(), 2*recordCost, "beyond the budget by a head line")

	a.Clear()
	c.Add(full)
	assert.False(t, c.List(Filter{}).Requests[1].Request.Truncated, "there is room again")
	for _, j := range []*Journal{a, b, c} {
		j.Close()
		assert.Zero(t, j.Add(full))
		assert.Zero(t, j.List(Filter{}).Total)
	}
	assert.Zero(t, budget.Used())
}

// TestBudget_ManyOldWorlds_ANewOneHasItsPart: a server that was used for long, whose journals have taken all there is.
func TestBudget_ManyOldWorlds_ANewOneHasItsPart(t *testing.T) {
	const each, worlds = recordCost + 1000, 20
	budget := NewBudget(worlds * 10 * each)
	limits := Limits{Entries: 1000, Bytes: 1 << 20, Body: 1 << 20}
	full := Exchange{Request: Raw{Body: make([]byte, 1000)}}
	var old []*Journal
	for i := range worlds {
		old = append(old, New(limits, budget))
		for range 10 + i%2*5 { // some have more
			full.At = duration.Instant(time.Unix(int64(i), 0))
			old[i].Add(full)
		}
	}
	assert.Greater(t, budget.Used()+each, worlds*10*each, "there is no more")
	fresh := New(limits, budget)
	full.At = duration.Instant(time.Unix(worlds, 0))
	for range 9 {
		fresh.Add(full)
	}
	assert.Equal(t, 9, fresh.List(Filter{}).Total, "it has its part")
	assert.Zero(t, fresh.List(Filter{}).Dropped)
	for _, j := range old {
		assert.GreaterOrEqual(t, j.List(Filter{}).Total, 8, "nobody gives of its own part")
	}
	assert.LessOrEqual(t, budget.Used(), worlds*10*each)
}

func TestOff(t *testing.T) {
	j := New(Limits{Bytes: 1 << 20, Body: 10}, nil)
	assert.Zero(t, add(j, "/"))
	assert.Equal(t, Result{Requests: []Entry{}}, j.List(Filter{}))
	_, err := j.Wait(t.Context(), Filter{}, 1)
	assert.ErrorIs(t, err, ErrOff)
}

func TestClear(t *testing.T) {
	j := New(Limits{Entries: 1, Bytes: 1 << 20, Body: 10}, NewBudget(1<<20))
	j.Add(Exchange{Head: Head{Unread: []string{"/x"}}})
	j.Add(Exchange{Head: Head{Unread: []string{"/x"}}})
	j.Clear()
	assert.Equal(t, Result{Requests: []Entry{}}, j.List(Filter{}))
	assert.Equal(t, Unread{Fields: []UnreadField{}}, j.Unread())
	assert.Zero(t, j.budget.Used())
	assert.EqualValues(t, 3, add(j, "/"), "ids go on")
}

func TestFilter(t *testing.T) {
	j := New(DefaultLimits(), nil)
	for _, h := range []Head{
		{Method: "GET", Path: "/v1/a", Operation: "getA", Origin: "vendor", Status: 200},
		{Method: "POST", Path: "/v1/b", Operation: "createB", Origin: "vendor", Status: 404, Symbol: "EPASS_NOT_FOUND"},
		{Method: "GET", Path: "/v2/a", Origin: "mock", Status: 404, Symbol: "ROUTE_NOT_FOUND"},
		{Method: "POST", Path: "/v1/b", Operation: "createB", Origin: "fault"},
	} {
		j.Add(Exchange{Head: h})
	}
	for _, c := range []struct {
		name   string
		filter Filter
		want   []string
		total  int
	}{
		{"all", Filter{}, []string{"/v1/a", "/v1/b", "/v2/a", "/v1/b"}, 4},
		{"operation", Filter{Operation: "createB"}, []string{"/v1/b", "/v1/b"}, 2},
		{"status", Filter{Status: 404}, []string{"/v1/b", "/v2/a"}, 2},
		{"symbol", Filter{Symbol: "EPASS_NOT_FOUND"}, []string{"/v1/b"}, 1},
		{"origin", Filter{Origin: "fault"}, []string{"/v1/b"}, 1},
		{"method", Filter{Method: "get"}, []string{"/v1/a", "/v2/a"}, 2},
		{"path", Filter{PathPrefix: "/v2/"}, []string{"/v2/a"}, 1},
		{"any segment", Filter{PathPrefix: "/v2/{x}"}, []string{"/v2/a"}, 1},
		{"a segment that is not there", Filter{PathPrefix: "/v2/{x}/b"}, nil, 0},
		{"an empty segment", Filter{PathPrefix: "/v2/a{x}"}, nil, 0},
		{"a brace alone", Filter{PathPrefix: "/v2/{"}, nil, 0},
		{"unmatched", Filter{Unmatched: true}, []string{"/v2/a"}, 1},
		{"since", Filter{Since: 2}, []string{"/v2/a", "/v1/b"}, 2},
		{"since the future", Filter{Since: 99}, nil, 0},
		{"limit", Filter{Limit: 3}, []string{"/v1/a", "/v1/b", "/v2/a"}, 4},
		{"page", Filter{Limit: 3, Since: 3}, []string{"/v1/b"}, 1},
		{"several", Filter{Operation: "createB", Status: 404, Limit: 5}, []string{"/v1/b"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			result := j.List(c.filter)
			assert.Equal(t, c.want, paths(result.Requests))
			assert.Equal(t, c.total, result.Total)
		})
	}
	for range 200 {
		add(j, "/")
	}
	assert.Len(t, j.List(Filter{}).Requests, DefaultLimit)
}

func TestUnread(t *testing.T) {
	j := New(Limits{Entries: 2, Bytes: 1 << 20, Body: 10}, nil)
	for _, h := range []Head{
		{Operation: "b", Unread: []string{"/x", "/y\xff"}}, {Operation: "a", Unread: []string{"/x"}}, {Operation: "b", Unread: []string{"/x"}}, {Operation: "b"},
	} {
		j.Add(Exchange{Head: h})
	}
	assert.Equal(t, Unread{Fields: []UnreadField{{"a", "/x", 1, 2}, {"b", "/x", 2, 3}, {"b", "/y\uFFFD", 1, 1}}}, j.Unread(), "it outlives the entries")
	for i := range maxFields {
		j.Add(Exchange{Head: Head{Operation: "c", Unread: []string{fmt.Sprint(i)}}})
	}
	assert.Len(t, j.Unread().Fields, maxFields)
	assert.Equal(t, 3, j.Unread().Dropped)
}

// TestRecordCost holds the estimate to the struct: two strings in a slot are the allocator's rounding.
func TestRecordCost(t *testing.T) {
	assert.LessOrEqual(t, int(reflect.TypeFor[record]().Size())+32, recordCost)
}

func TestConcurrency(t *testing.T) {
	budget := NewBudget(64 << 10)
	journals := []*Journal{
		New(Limits{Entries: 50, Bytes: 1 << 20, Body: 100}, budget), New(Limits{Entries: 50, Bytes: 1 << 20, Body: 100}, budget),
	}
	var group sync.WaitGroup
	for i := range 16 {
		j := journals[i%2]
		group.Go(func() {
			x := exchange()
			x.Unread = []string{"/x"}
			for range 200 {
				j.Add(x)
			}
		})
		group.Go(func() {
			for since := uint64(0); since < 1600; {
				result, err := j.Wait(t.Context(), Filter{Operation: "createEPassLoungePrebooking", Since: since}, 1)
				if !assert.NoError(t, err) {
					return
				}
				for _, e := range result.Requests { // none if they were pushed out at once
					assert.Greater(t, e.ID, since)
					since = e.ID
				}
				j.List(Filter{Status: 200})
				j.Unread()
			}
		})
	}
	group.Wait()
	for _, j := range journals {
		assert.EqualValues(t, 1600, j.Last())
		all := j.List(Filter{})
		assert.Equal(t, 1600, all.Total+all.Dropped)
		j.Close()
	}
	assert.Zero(t, budget.Used())
}

func BenchmarkAdd(b *testing.B) {
	for _, c := range []struct {
		name   string
		change func(*Exchange)
	}{
		{"prebooking", func(*Exchange) {}},
		{"token", func(x *Exchange) {
			x.Request.Body = []byte(`{"clientId":"DragonPass","secret":"dpSecretKey12345"}`)
			x.Response.Body = fmt.Appendf(nil, `{"code":0,"data":{"accessToken":%q,"tokenType":"Bearer"}}`, strings.Repeat("x", 300))
		}},
		{"large", func(x *Exchange) { x.Response.Body = make([]byte, 100<<10) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			j := New(DefaultLimits(), NewBudget(DefaultBudget))
			x := exchange()
			c.change(&x)
			x.Request.Header = http.Header{
				"Authorization": {"Bearer eyJhb.c.d"}, "Content-Type": {"application/json"}, "Accept": {"*/*"}, "User-Agent": {"Go-http-client/1.1"},
				"X-Request-Id": {"0197d1f0-3c1b-7c3e-9d6a-3f5b8e1c2a4d"}, "Accept-Encoding": {"gzip"},
			}
			x.Response.Header = http.Header{
				"Content-Type": {"application/json; charset=utf-8"}, "X-Mock-Origin": {"vendor"},
				"X-Request-Id": {"0197d1f0-3c1b-7c3e-9d6a-3f5b8e1c2a4d"}, "Content-Length": {"320"},
			}
			b.ReportAllocs()
			for b.Loop() {
				j.Add(x)
			}
		})
	}
}

func BenchmarkList(b *testing.B) {
	j := New(DefaultLimits(), nil)
	for range 1000 {
		j.Add(exchange())
	}
	b.ReportAllocs()
	for b.Loop() {
		j.List(Filter{})
	}
}
