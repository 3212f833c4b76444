package mock_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// The benchmarks drive the handlers without a socket, for profiles: go test -bench . -cpuprofile cpu.out ./mock. The
// verdict on the budgets is .ci/load's.

// bench is a server with one lounge that a benchmark does not fill.
type bench struct {
	testing.TB
	world   *mock.World
	handler http.Handler
	token   string
	date    string
}

func newBench(b testing.TB) bench {
	b.Helper()
	wide := mocktest.WriteScenario(b, "name: a lounge without end\ngiven:\n  resources:\n    - {resourceId: N00001, capacity: 1000000}\n")
	srv, err := mock.New(mock.WithScenario(wide), mock.WithContract(true))
	require.NoError(b, err)
	b.Cleanup(srv.Close)
	return bench{b, srv.World(), srv.Handler(), srv.World().Token(), time.Now().AddDate(0, 0, 30).Format("2006-01-02") + "T10:30"}
}

// post sends one request and returns the body; anything but 200 ends the benchmark.
func (b bench) post(path, body string) string {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+b.token)
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK { // asked first, so that a benchmark does not measure the assertion
		require.Equal(b, http.StatusOK, w.Code, "%s: %s", path, w.Body)
	}
	return w.Body.String()
}

func (b bench) availability() string {
	return b.post(mocktest.AvailabilityPath, fmt.Sprintf(`{"module":1,"resourceId":"N00001","prebookingDate":"%s","adultCount":1,"childCount":0}`, b.date))
}

// pass issues a pass of many usages that is good until the end of a year.
func (b bench) pass(until int) string {
	var issued struct {
		Data struct{ Extra struct{ EPassID string } }
	}
	answer := b.post("/orders/lounges/ePasses", fmt.Sprintf(`{"module":1,"clientUserId":"bench","extra":{"firstName":"DragonPass",`+
		`"lastName":"DragonPass","expirationDate":"%d-12-31T23:59:59+00:00","availableUsages":10000}}`, until))
	require.NoError(b, json.Unmarshal([]byte(answer), &issued))
	return issued.Data.Extra.EPassID
}

// prebookings makes the bodies of n prebookings.
func (b bench) prebookings(n int) []string {
	pass := b.pass(time.Now().Year() + 2)
	bodies := make([]string, n)
	for i := range bodies {
		_, rest, _ := strings.Cut(b.availability(), `"prebookingToken":"`)
		bodies[i] = prebookingBody(pass, rest[:32])
	}
	return bodies
}

func prebookingBody(ePassID, token string) string {
	return fmt.Sprintf(`{"module":1,"ePassId":"%s","extra":{"prebookingToken":"%s","prebookingRequiredInfo":{"firstName":"DragonPass",`+
		`"lastName":"DragonPass","email":"developer@dragonpass.com","phoneNumber":"8081966002","callingCode":"44","transportNumber":"EK001"}}}`, ePassID, token)
}

func BenchmarkAvailability(b *testing.B) {
	bench := newBench(b)
	b.ReportAllocs()
	for b.Loop() {
		bench.availability()
	}
}

func BenchmarkPrebooking(b *testing.B) {
	bench := newBench(b)
	b.ReportAllocs()
	const atOnce = 10_000 // the usages of a pass
	var bodies []string
	for i := 0; b.Loop(); i++ {
		if i%atOnce == 0 {
			b.StopTimer()
			bodies = bench.prebookings(atOnce)
			b.StartTimer()
		}
		bench.post(mocktest.PrebookingPath, bodies[i%atOnce])
	}
}

// BenchmarkBareEcho is Echo that decodes the request and encodes an answer of the size of a prebooking.
func BenchmarkBareEcho(b *testing.B) {
	type passenger struct {
		FirstName, LastName, Email, PhoneNumber, CallingCode, TransportNumber string
	}
	type order struct {
		EPassID string
		Extra   struct {
			PrebookingToken        string
			PrebookingRequiredInfo passenger
		}
		OrderID, OrderCreatedDate, PrebookingDate, ResourceID, ResourceName, IATA, TransportHubName, Terminal, City, CountryOrRegion string
		Module, Status, Category, UsedUsages                                                                                         int
	}
	e := echo.New()
	e.POST(mocktest.PrebookingPath, func(c echo.Context) error {
		o := order{
			OrderID: "DP00000000000001", OrderCreatedDate: "2024-12-31T00:00:00+00:00", PrebookingDate: "2025-10-01T10:30", ResourceID: "N00001",
			ResourceName: "DragonPass Lounge", IATA: "MAN", TransportHubName: "Manchester Airport", Terminal: "Terminal 1", City: "Manchester", CountryOrRegion: "GB",
		}
		if err := c.Bind(&o); err != nil {
			return err
		}
		return c.JSON(http.StatusOK, map[string]any{"code": 0, "data": o})
	})
	bench := bench{TB: b, handler: e}
	body := prebookingBody("1788000066668888", "85c69b8e790befc7e94870ec269c3f1d")
	b.ReportAllocs()
	for b.Loop() {
		bench.post(mocktest.PrebookingPath, body)
	}
}
