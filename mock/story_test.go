package mock_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"dragonmock/mock"
)

// What stands here is in the README, to the letter: a test of the command compares.

// reply is what the story reads of answers.
type reply struct {
	Data struct {
		AccessToken, PrebookingToken, OrderID string
		Extra                                 struct{ EPassID string }
	}
	Refusal string `json:"-"` // the symbol of a refusal
}

func send(t *testing.T, method, url, token string, body any) (r reply) {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&r); err != nil {
		t.Fatal(err)
	}
	r.Refusal = response.Header.Get("X-Mock-Error")
	return r
}

func TestCancelTooLate(t *testing.T) {
	type obj = map[string]any
	// A server of its own on a free port, closed when the test ends.
	srv := mock.Start(t, mock.WithClock(time.Date(2025, 9, 1, 9, 0, 0, 0, time.UTC)))
	api, who := srv.URL+"/api/v1", srv.World().Credentials()

	token := send(t, "POST", api+"/auth/token", "", obj{"clientId": who.ClientID, "secret": who.Secret}).Data.AccessToken
	pass := send(t, "POST", api+"/orders/lounges/ePasses", token, obj{"module": 1, "clientUserId": "u-1", "extra": obj{
		"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2026-08-31T23:59:59+00:00", "availableUsages": 2,
	}}).Data.Extra.EPassID
	place := send(t, "POST", api+"/resources/prebookings/availability", token, obj{
		"ePassId": pass, "module": 1, "resourceId": "N99910", "prebookingDate": "2025-09-05T08:00", "adultCount": 1, "childCount": 0,
	}).Data.PrebookingToken
	order := send(t, "POST", api+"/orders/lounges/ePasses/prebooking", token, obj{"module": 1, "ePassId": pass, "extra": obj{
		"prebookingToken": place, "prebookingRequiredInfo": nil,
	}}).Data.OrderID

	if _, err := srv.World().Advance(72 * time.Hour); err != nil { // no test waits
		t.Fatal(err)
	}
	late := send(t, "PATCH", api+"/orders", token, obj{"status": 3, "orderId": order})
	if late.Refusal != "CANCELLATION_WINDOW_CLOSED" {
		t.Errorf("cancelling an hour too late: %q", late.Refusal)
	}
}

// TestStoryInMemory: the same without a socket; and what was sent is in the journal.
func TestStoryInMemory(t *testing.T) {
	srv := mock.Start(t)
	client := srv.World().Client() // in memory, with the world's token; works inside testing/synctest
	response, err := client.Get("http://dragonmock/api/v1/resources/N00001")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	seen, err := srv.World().AwaitRequests(context.Background(), mock.RequestFilter{Operation: "retrieveResource"}, 1)
	if err != nil || seen.Total != 1 {
		t.Errorf("the journal has %d (%v)", seen.Total, err)
	}
}
