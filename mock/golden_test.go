package mock_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// obj is a JSON object.
type obj = mocktest.Object

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden_SameSeed_SameBytes plays one story with two seeds: same seed, same calls, same bytes, on every machine.
func TestGolden_SameSeed_SameBytes(t *testing.T) {
	t.Parallel()
	for name, seed := range map[string]uint64{"seed-default": 0, "seed-7": 7} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden := "testdata/" + name + ".golden"
			got := story(t, seed)
			assert.Equal(t, string(got), string(story(t, seed)), "twice in one process")
			if *update {
				require.NoError(t, os.WriteFile(golden, got, 0o600))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err, "go test ./mock -run Golden -update writes it")
			assert.Equal(t, string(want), string(got))
		})
	}
}

func story(t *testing.T, seed uint64) []byte {
	srv, c := mocktest.Start(t, mock.WithSeed(seed))
	var log bytes.Buffer
	keep := func(a mocktest.Answer) mocktest.Answer {
		fmt.Fprintf(&log, "%d %s\n", a.Status, a.Raw)
		return a
	}
	pass := mocktest.EPassID(keep(c.Post("/orders/lounges/ePasses", obj{"module": 1, "clientUserId": "u-3", "extra": obj{
		"firstName": "A", "lastName": "B", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 1,
	}})).OK())
	pass2 := keep(c.Post("/orders/lounges/ePasses", obj{"module": 1, "clientUserId": "u", "extra": obj{
		"firstName": "Ada", "lastName": "李", "expirationDate": "2030-01-01T00:00:00+09:00", "availableUsages": 9, "allowedResources": obj{"resourceId": []string{"N00001"}},
	}})).OK()
	keep(c.Get("/resources/N00001"))
	keep(c.Get("/resources/R00001"))
	for i, date := range []string{"2025-09-04T10:30", "2025-10-26T05:30", "2025-09-04T03:00"} {
		availability := keep(c.Post(mocktest.AvailabilityPath, mocktest.Question(obj{"ePassId": mocktest.EPassID(pass2), "prebookingDate": date, "adultCount": 1 + i, "childCount": 1}))).OK()
		if token, ok := availability["prebookingToken"].(string); ok {
			keep(c.Book(mocktest.EPassID(pass2), token))
			keep(c.Book(pass, token))
		}
	}
	order := mocktest.WalkIn(t, srv.World(), pass, "N00001", 1)
	keep(c.Order(order.OrderID))
	mocktest.Advance(t, srv.World(), time.Hour)
	keep(c.Post("/orders/ePasses", obj{"ePassId": mocktest.EPassID(pass2)}))
	keep(c.Cancel(order.OrderID))
	keep(c.Post("/orders/ePasses/search", obj{"ePassId": mocktest.EPassID(pass2)}))
	return log.Bytes()
}
