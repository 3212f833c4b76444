package mock_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
)

// A server that a program runs itself. In a test, Start does all of this.
func ExampleNew() {
	m, err := mock.New(mock.WithScenario("vendor-lounge-example"))
	if err != nil {
		fmt.Println(err)
		return
	}
	server := httptest.NewServer(m.Handler())
	defer server.Close()

	request, _ := http.NewRequest("PATCH", server.URL+"/api/v1/orders", strings.NewReader(`{"status":3,"orderId":"DP1"}`))
	request.Header.Set("Authorization", "Bearer "+m.World().Token())
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		fmt.Println(err)
		return
	}
	answer.Body.Close()
	fmt.Println(answer.StatusCode, answer.Header.Get("X-Mock-Error"))
	// Output: 404 ORDER_NOT_FOUND
}

// No test waits: days pass in no time, and what becomes due on the way happens at its own time.
func ExampleWorld_Advance() {
	m, err := mock.New(mock.WithScenario("vendor-lounge-example"))
	if err != nil {
		fmt.Println(err)
		return
	}
	clock, err := m.World().Advance(72 * time.Hour)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(clock.Now.Format(time.DateTime), clock.Mode)
	for _, f := range clock.Fired {
		fmt.Println(f.At.Format(time.DateTime), f.What)
	}
	// Output:
	// 2025-01-03 00:00:00 frozen
	// 2024-12-31 00:10:01 reservation.released
}

// The traveller comes to the lounge without a booking.
func ExampleWorld_WalkIn() {
	m, err := mock.New(mock.WithScenario("vendor-lounge-example"))
	if err != nil {
		fmt.Println(err)
		return
	}
	order, err := m.World().WalkIn("1788000066668888", "N00001", dragonpass.Party{Adults: 1})
	fmt.Println(order.OrderID, order.Status == dragonpass.Used, err)
	_, err = m.World().WalkIn("1788000066668888", "N00001", dragonpass.Party{Adults: 1})
	fmt.Println(err)
	// Output:
	// DP00000000000001 true <nil>
	// EPASS_USAGES_EXHAUSTED: E-pass 1788000066668888 has 0 usages left, the party has 1 persons
}
