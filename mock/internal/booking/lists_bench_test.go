package booking_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// BenchmarkUsageOrders reads the first page of an account with few orders, and of one with many: the two must be of one
// order of magnitude.
func BenchmarkUsageOrders(b *testing.B) {
	srv, err := mock.New(mock.WithClock(mocktest.Monday), mock.WithContract(true))
	require.NoError(b, err)
	d, w := mocktest.NewDirect(srv), srv.World()
	post := func(path string, body obj) obj {
		data, err := json.Marshal(body)
		require.NoError(b, err)
		got := d.Call("POST", path, data)
		require.Equal(b, 200, got.Code, "%s", got.Body)
		var answer struct{ Data obj }
		require.NoError(b, json.Unmarshal(got.Body.Bytes(), &answer))
		return answer.Data
	}
	for _, orders := range []int{10, 10_000} {
		pass := mocktest.EPassID(post("/orders/lounges/ePasses", obj{"module": 1, "clientUserId": "u-1", "extra": obj{
			"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 10_000,
		}}))
		membership := post("/memberships", obj{"clientUserId": "u-1", "firstName": "Ada", "lastName": "Lovelace"})["membershipId"].(string)
		post("/entitlements/update", obj{"membershipId": membership, "module": 1, "details": obj{
			"cardholderExclusiveEntitlements": 10_000, "guestsExclusiveEntitlements": 0, "sharedEntitlements": 0, "allowedGuestsPerUsage": 0,
		}})
		for _, account := range []struct{ kind, field, id string }{{"ePasses", "ePassId", pass}, {"memberships", "membershipId", membership}} {
			for i := range orders {
				order, err := w.WalkIn(account.id, "N00001", dragonpass.Party{Adults: 1})
				require.NoError(b, err)
				if i%2 == 0 {
					_, err = w.Reverse(order.OrderID)
					require.NoError(b, err)
				}
			}
			for _, filter := range []string{"", `,"status":3`} {
				body := fmt.Appendf(nil, `{%q:%q%s}`, account.field, account.id, filter)
				b.Run(fmt.Sprintf("%s/orders=%d/filtered=%t", account.kind, orders, filter != ""), func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if got := d.Call("POST", "/orders/"+account.kind, body); got.Code != http.StatusOK { // asked first, so that the assertion is not measured
							require.Equal(b, http.StatusOK, got.Code, "%s", got.Body)
						}
					}
				})
			}
		}
	}
}
