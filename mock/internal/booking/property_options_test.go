package booking_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// A club with few places, an eSIM whose packages are small, and an offer.
const optionsScenario = `
name: a small lifestyle
given:
  clock: 2025-10-06T05:00:00+00:00
  ePasses:
    - {module: 7, ePassId: "1788000000000007", availableUsages: 9}
    - {module: 8, ePassId: "1788000000000008", availableUsages: 9}
    - {module: 11, ePassId: "1788000000000011", availableUsages: 9}
  memberships:
    - membershipId: "8888000000000001"
      entitlements:
        moduleExclusiveEntitlements:
          - {module: 7, details: {cardholderExclusiveEntitlements: 3, guestsExclusiveEntitlements: 3, allowedGuestsPerUsage: 2}}
          - {module: 8, details: {sharedEntitlements: 3}}
          - {module: 11, details: {sharedEntitlements: 2}}
  resources:
    - resourceId: F00001
      options:
        - {optionId: F00001-dayPass, optionName: Day Pass, adultRate: "12.00", childRate: "12.00", visit: {optionType: 1, places: 4}}
        - {optionId: F00001-yoga, optionName: Yoga, adultRate: "8.00", childRate: "8.00", visit: {optionType: 2, dayOfWeek: 3, startTime: "07:00", endTime: "08:00", places: 3}}
    - {resourceId: E00001, confirm: {after: 5m}}
    - resourceId: E99903
      options:
        - {optionId: E99903-01, optionName: Small, adultRate: "1.00", childRate: "1.00", package: {duration: 1, dataMode: 2, totalVolume: 100, speed: 5G}}
`

// optionWords are the words of paths, by module.
var optionWords = map[int]string{7: "fitness", 8: "esims", 11: "localOffers"}

// choices are what is asked for: a module, a resource and its option.
var choices = []struct {
	module             int
	resource, optionID string
}{
	{7, "F00001", "F00001-dayPass"}, {7, "F00001", "F00001-yoga-20251008"}, {7, "F00001", "F00001-yoga-20251008"}, {7, "F00001", "F00001-yoga-20251009"},
	{8, "E00001", "E00001-02"}, {8, "E99903", "E99903-01"}, {11, "L00001", "L00001-01"}, {11, "L00001", "L00001-02"},
}

// trade plays random stories of options.
type trade struct {
	*rapid.T
	mocktest.Direct
	w, beside *mock.World // beside is loaded with what the other comes to
	calls     int
	places    int // of the class
	state     string

	tokens, orders []string
}

// call calls over v2, and where it makes an order again: a repeated call is answered as before. A call that is refused changes nothing.
func (s *trade) call(method, path string, body obj) (obj, bool) {
	s.Helper()
	data, err := json.Marshal(body)
	require.NoError(s, err)
	s.calls++
	id := fmt.Sprint("call-", s.calls)
	got := s.Direct.Call(method, over2+path, data, id)
	refusal := got.Header().Get("X-Mock-Error")
	require.NotContains(s, []string{"INVALID_REQUEST", "INTERNAL_ERROR", "SERVICE_UNAVAILABLE", "ROUTE_NOT_FOUND"}, refusal, "%s %s: %s", path, data, got.Body)
	if refusal != "" {
		require.Equal(s, s.state, s.snapshot(), "refused with %s", refusal)
		return nil, false
	}
	s.look()
	if !strings.HasSuffix(path, "/availability") { // an answer to it is not remembered
		again := s.Direct.Call(method, over2+path, data, id)
		require.Equal(s, got.Body.String(), again.Body.String())
		require.Equal(s, s.state, s.snapshot(), "%s was repeated", path)
	}
	var answer struct{ Data obj }
	require.NoError(s, json.Unmarshal(got.Body.Bytes(), &answer))
	return answer.Data, true
}

func (s *trade) snapshot() string {
	s.Helper()
	data, err := s.w.Snapshot()
	require.NoError(s, err)
	return string(data)
}

// boughtRow is what a snapshot says of what was bought.
type boughtRow struct {
	Option struct {
		OptionID string `json:"optionId"`
		Package  struct {
			Bytes int64 `json:"totalVolume"`
		} `json:"package"`
		Visit struct {
			Places int `json:"places"`
		} `json:"visit"`
	}
	Used int64
}

// look holds the world to what is always true: places, volumes and vouchers here, everything else by loading it elsewhere.
func (s *trade) look() {
	s.Helper()
	s.state = s.snapshot()
	require.NoError(s, s.beside.LoadSnapshot([]byte(s.state)), "a state that no world can come to")
	var is struct {
		Tables struct {
			Options []struct {
				Key   string
				Value boughtRow
			}
			Orders []struct {
				Key   string
				Value savedOrder
			}
			Slots []struct {
				Key   string
				Value struct {
					Left, Reserved, Places int
					Filled                 bool
				}
			}
		}
	}
	require.NoError(s, json.Unmarshal([]byte(s.state), &is))
	orders, vouchers := map[string]savedOrder{}, map[string]bool{}
	for _, o := range is.Tables.Orders {
		orders[o.Key] = o.Value
		for _, v := range o.Value.Vouchers {
			require.False(s, vouchers[v.Code], "a voucher is one order's")
			vouchers[v.Code] = true
		}
	}
	require.Len(s, is.Tables.Options, len(orders), "every order here is of an option")
	taken := map[string]int{}
	for _, b := range is.Tables.Options {
		left := b.Value.Option.Package.Bytes - b.Value.Used
		require.True(s, left >= 0 && b.Value.Used >= 0, "%s: %d used of %d", b.Key, b.Value.Used, b.Value.Option.Package.Bytes)
		if o := orders[b.Key]; b.Value.Option.Visit.Places > 0 && o.Status != 3 && o.Status != 4 {
			taken[o.ResourceID+"/"+o.Date+"/"+b.Value.Option.OptionID] += o.Party.persons()
		}
	}
	for _, slot := range is.Tables.Slots {
		v := slot.Value
		require.GreaterOrEqual(s, v.Reserved, 0, slot.Key)
		if !v.Filled {
			require.GreaterOrEqual(s, v.Left, v.Reserved, slot.Key)
			require.Equal(s, v.Places, v.Left+taken[slot.Key], slot.Key)
		}
	}
}

// one draws one of a list, or what nobody has.
func (s *trade) one(label string, list []string) string {
	return rapid.SampledFrom(append([]string{"nobody"}, list[max(len(list)-5, 0):]...)).Draw(s.T, label)
}

// holder names a pass of a module, the membership or nobody in a body, and says in which path that is.
func (s *trade) holder(module int, body obj) (obj, string) {
	switch rapid.SampledFrom([]string{"pass", "pass", "member", "nobody"}).Draw(s.T, "holder") {
	case "pass":
		body["ePassId"] = fmt.Sprintf("17880000000000%02d", module)
	case "member":
		body["membershipId"] = "8888000000000001"
		return body, "memberships"
	}
	return body, "ePasses"
}

func (s *trade) ask() (token string, module int) {
	c := rapid.SampledFrom(choices).Draw(s.T, "choice")
	body, _ := s.holder(c.module, obj{"module": c.module, "resourceId": c.resource, "optionId": c.optionID, "adultCount": rapid.IntRange(1, 3).Draw(s.T, "adults"), "childCount": 0})
	if data, ok := s.call("POST", "/resources/options/prebookings/availability", body); ok && data["available"] == true {
		token = data["prebookingToken"].(string)
		s.tokens = append(s.tokens, fmt.Sprint(c.module, "/", token))
	}
	return token, c.module
}

func (s *trade) book() {
	module, token := 8, "nobody"
	_, _ = fmt.Sscanf(s.one("token", s.tokens), "%d/%s", &module, &token)
	body, of := s.holder(module, obj{"module": module, "extra": obj{"prebookingToken": token}})
	if len(body) == 2 {
		body["ePassId"] = fmt.Sprintf("17880000000000%02d", module)
	}
	if data, ok := s.call("POST", "/orders/"+optionWords[module]+"/"+of+"/prebooking", body); ok {
		s.orders = append(s.orders, data["orderId"].(string))
	}
}

func (s *trade) topUp() {
	order := s.one("order", s.orders)
	body, of := s.holder(8, obj{"orderId": order, "optionId": rapid.SampledFrom([]string{"E00001-02", "E99903-01"}).Draw(s.T, "option")})
	data, ok := s.call("POST", "/orders/esims/topup/availability", body)
	if !ok || data["available"] != true {
		return
	}
	delete(body, "orderId")
	delete(body, "optionId")
	if len(body) == 0 {
		body["ePassId"] = "1788000000000008"
	}
	body["module"], body["extra"] = 8, obj{"prebookingToken": data["prebookingToken"]}
	if data, ok := s.call("POST", "/orders/esims/"+of+"/topup", body); ok {
		s.orders = append(s.orders, data["orderId"].(string))
	}
}

// oneProfile holds the profile of an eSIM to be the same by any of its orders and by its ICCID.
func (s *trade) oneProfile(order string) {
	s.Helper()
	data, ok := s.call("POST", "/orders/esims/details", obj{"orderId": order})
	if !ok {
		return
	}
	shown := mocktest.Dig(data, "extra", "esim").(obj)
	by := []obj{{"orderId": order}}
	if shown["iccid"] != nil {
		by = append(by, obj{"iccid": shown["iccid"]})
	}
	for _, asked := range by {
		found, ok := s.call("POST", "/orders/esims/packages/query", asked)
		require.True(s, ok)
		require.Equal(s, shown, found["esim"], "%s by %v", order, asked)
	}
}

// author does something as the test author: what is refused changes nothing.
func (s *trade) author(err error) {
	s.Helper()
	if err != nil {
		require.Equal(s, s.state, s.snapshot(), "refused: %v", err)
		return
	}
	s.look()
}

// TestOptions_AtRandom_NeverBelowZero plays the operations on options in any order: places and eSIM volumes never go below zero,
// and the world stays one that can be loaded; a call that is refused, and one that is repeated, changes nothing.
func TestOptions_AtRandom_NeverBelowZero(t *testing.T) {
	t.Parallel()
	scenario := mocktest.WriteScenario(t, optionsScenario)
	srv, err := mock.New(mock.WithContract(true), mock.WithScenario(scenario))
	require.NoError(t, err)
	beside, err := mock.New(mock.WithScenario(scenario))
	require.NoError(t, err)
	d := mocktest.NewDirect(srv)
	rapid.Check(t, func(t *rapid.T) {
		s := &trade{T: t, Direct: d, w: srv.World(), beside: beside.World(), places: 3}
		mocktest.Reset(t, s.w)
		s.look()
		t.Repeat(map[string]func(*rapid.T){
			"ask":     func(*rapid.T) { s.ask() },
			"book":    func(*rapid.T) { s.book() },
			"askBook": func(*rapid.T) { s.ask(); s.book() },
			"topUp":   func(*rapid.T) { s.topUp() },
			"cancel":  func(*rapid.T) { s.call("PATCH", "/orders", obj{"status": 3, "orderId": s.one("order", s.orders)}) },
			"checkIn": func(*rapid.T) { s.call("POST", "/orders/fitness/checkin", obj{"orderId": s.one("order", s.orders)}) },
			"look":    func(*rapid.T) { s.oneProfile(s.one("order", s.orders)) },
			"useData": func(*rapid.T) {
				_, err := s.w.UseData(s.one("order", s.orders), rapid.SampledFrom([]int64{1, 60, 100, 1 << 30, 5 << 30}).Draw(s.T, "bytes"))
				s.author(err)
			},
			"fill": func(*rapid.T) {
				c := rapid.SampledFrom(choices).Draw(s.T, "choice")
				_, err := s.w.FillOption(c.resource, c.optionID, "2025-10-08T07:00", rapid.IntRange(-1, 3).Draw(s.T, "free"))
				s.author(err)
			},
			"confirm": func(*rapid.T) { _, err := s.w.Confirm(s.one("order", s.orders)); s.author(err) },
			"fail":    func(*rapid.T) { _, err := s.w.Fail(s.one("order", s.orders)); s.author(err) },
			"close": func(*rapid.T) {
				_, err := s.w.CloseResource(rapid.SampledFrom([]string{"L00001", "E00001", "E99903", "nobody"}).Draw(s.T, "closed"), "closed")
				s.author(err)
			},
			"move": func(*rapid.T) {
				_, err := s.w.MoveOrder(s.one("order", s.orders), "2025-10-09T07:00", "moved")
				s.author(err)
			},
			"reverse": func(*rapid.T) { _, err := s.w.Reverse(s.one("order", s.orders)); s.author(err) },
			"places": func(*rapid.T) { // more of them: of fewer, those who are in would stay in
				s.places++
				_, err := s.w.PatchResource("F00001", fmt.Sprintf(`{"options":[
					{"optionId":"F00001-dayPass","optionName":"Day Pass","adultRate":"12.00","childRate":"12.00","visit":{"optionType":1,"places":4}},
					{"optionId":"F00001-yoga","optionName":"Yoga","adultRate":"8.00","childRate":"8.00","visit":{"optionType":2,"dayOfWeek":3,"startTime":"07:00","endTime":"08:00","places":%d}}]}`, s.places))
				s.author(err)
			},
			"advance": func(*rapid.T) {
				mocktest.Advance(s.T, s.w, rapid.SampledFrom([]time.Duration{
					time.Second, 5 * time.Minute, 11 * time.Minute, time.Hour, 26 * time.Hour, 48*time.Hour + 59*time.Minute, 31 * 24 * time.Hour,
				}).Draw(s.T, "by"))
				s.look()
			},
		})
	})
}
