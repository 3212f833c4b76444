package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// The paths of the vendor's surface that are called.
const (
	api              = "/api/v1"
	tokenPath        = api + "/auth/token"
	passPath         = api + "/orders/lounges/ePasses"
	prebookingPath   = api + "/orders/lounges/ePasses/prebooking"
	availabilityPath = api + "/resources/prebookings/availability"
	ordersPath       = api + "/orders/ePasses"
	cancelPath       = api + "/orders"
	resourcePath     = api + "/resources/" + lounge
	hubsPath         = api + "/transportHubs"

	lounge  = "N00001"
	pending = "N99903" // confirms five minutes after it was booked

	// wideLounges have room for every prebooking of a run in one slot.
	wideLounges = `name: lounges without end
given:
  resources:
    - {resourceId: ` + lounge + `, capacity: 1000000}
    - {resourceId: ` + pending + `, capacity: 1000000}
`

	// usages is how many prebookings a pass is good for, the contract's most, and how many are prepared at once: half of
	// the tokens that a world remembers.
	usages = 10_000
)

// world is a world of a server, as its client and its author see it.
type world struct {
	addr  string
	id    string
	token string
}

// defaultWorld is the one that every server has.
func defaultWorld(addr string) (*world, error) {
	w := &world{addr: addr, id: "default"}
	return w, w.enter("DragonPass", "dpSecretKey12345")
}

// newWorld makes a world.
func newWorld(addr string) (*world, error) {
	var made struct {
		Data struct{ ID, ClientID, Secret string }
	}
	if err := (&world{addr: addr}).call("POST", "/_mock/worlds", "{}", &made); err != nil {
		return nil, err
	}
	w := &world{addr: addr, id: made.Data.ID}
	return w, w.enter(made.Data.ClientID, made.Data.Secret)
}

// enter gets an access token.
func (w *world) enter(clientID, secret string) error {
	var granted struct{ Data struct{ AccessToken string } }
	err := w.call("POST", tokenPath, fmt.Sprintf(`{"clientId":"%s","secret":"%s"}`, clientID, secret), &granted)
	w.token = granted.Data.AccessToken
	return err
}

// controlPath is the path of something of the world's at the control plane.
func (w *world) controlPath(what string) string { return "/_mock/worlds/" + w.id + what }

// author does something by the control plane.
func (w *world) author(method, what, body string) error {
	return w.call(method, w.controlPath(what), body, nil)
}

// call sends one request, and reads the answer if there is something to read it into.
func (w *world) call(method, path, body string, into any) error {
	c, err := dial(w.addr)
	if err != nil {
		return err
	}
	defer c.Close()
	answer, err := c.success(w.request(method, path, body))
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer, into)
}

// request writes a request of the world's client; body "": none.
func (w *world) request(method, path, body string) []byte {
	return request(method, w.addr, path, w.token, content(body))
}

// content is nil for no body.
func content(body string) []byte {
	if body == "" {
		return nil
	}
	return []byte(body)
}

// date is when prebookings are for.
func date() string { return time.Now().UTC().AddDate(0, 0, 30).Format(time.DateOnly) + "T10:30" }

// availability asks for a place in a lounge.
func (w *world) availability(at string) []byte {
	return w.request("POST", availabilityPath, availabilityBody(at))
}

func availabilityBody(at string) string {
	return fmt.Sprintf(`{"module":1,"resourceId":"%s","prebookingDate":"%s","adultCount":1,"childCount":0}`, at, date())
}

// prebooking takes the place that the token is for.
func (w *world) prebooking(pass, token string) []byte {
	return w.request("POST", prebookingPath, fmt.Sprintf(
		`{"module":1,"ePassId":"%s","extra":{"prebookingToken":"%s","prebookingRequiredInfo":{"firstName":"DragonPass",`+
			`"lastName":"DragonPass","email":"developer@dragonpass.com","phoneNumber":"8081966002","callingCode":"44",`+
			`"transportNumber":"EK001"}}}`, pass, token))
}

// orders lists what a pass was used for, ten a page.
func (w *world) orders(pass string, page int) []byte {
	return w.request("POST", ordersPath, fmt.Sprintf(`{"ePassId":"%s","pageSize":10,"pageNumber":%d}`, pass, page))
}

func (w *world) details() []byte { return w.request("GET", resourcePath, "") }

func (w *world) cancel(order string) []byte {
	return w.request("PATCH", cancelPath, fmt.Sprintf(`{"status":3,"orderId":"%s"}`, order))
}

func (w *world) hubs() []byte { return w.request("GET", hubsPath, "") }

// issue makes a pass, good for [usages], and returns its id.
func (w *world) issue() (string, error) {
	var issued struct {
		Data struct{ Extra struct{ EPassID string } }
	}
	err := w.call("POST", passPath, fmt.Sprintf(`{"module":1,"clientUserId":"load","extra":{"firstName":"DragonPass",`+
		`"lastName":"DragonPass","expirationDate":"%d-12-31T23:59:59+00:00","availableUsages":%d}}`,
		time.Now().Year()+2, usages), &issued)
	return issued.Data.Extra.EPassID, err
}

// prebookings prepares so many, each with its token, and does something with them: those of one pass, [usages] at most,
// before those of the next.
func (w *world) prebookings(at string, n, conns int, do func(pass string, requests [][]byte) error) error {
	for left := n; left > 0; left -= usages {
		pass, err := w.issue()
		if err != nil {
			return err
		}
		requests := make([][]byte, min(left, usages))
		asked := slices.Repeat([][]byte{w.availability(at)}, len(requests))
		err = driveAll(w.addr, conns, asked, func(i int, body []byte) {
			requests[i] = w.prebooking(pass, field(body, "prebookingToken"))
		})
		if err == nil {
			err = do(pass, requests)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// booked is what was booked with one pass.
type booked struct {
	pass   string
	orders []string
}

// book makes so many prebookings, and tells those of the last pass, which is used up as far as they go.
func (w *world) book(at string, n, conns int) (last booked, err error) {
	err = w.prebookings(at, n, conns, func(pass string, requests [][]byte) error {
		last = booked{pass, make([]string, len(requests))}
		return driveAll(w.addr, conns, requests, func(i int, body []byte) { last.orders[i] = field(body, "orderId") })
	})
	return last, err
}

// driveAll sends requests, and fails when they are not all answered in a minute.
func driveAll(addr string, conns int, requests [][]byte, answered func(i int, body []byte)) error {
	made, err := drive(addr, conns, time.Minute, once(requests), answered)
	if err == nil && len(made.latencies) < len(requests) {
		err = fmt.Errorf("%d of %d requests in a minute", len(made.latencies), len(requests))
	}
	return err
}

// field is the first text field of the name.
func field(body []byte, name string) string {
	_, rest, _ := bytes.Cut(body, []byte(`"`+name+`":"`))
	value, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(value)
}

// checkpoint keeps the world under a name; restore returns to it.
func (w *world) checkpoint(name string) error {
	return w.author(http.MethodPost, "/checkpoints/"+name, "")
}

func (w *world) restore(name string) error {
	return w.author(http.MethodPost, "/restore", fmt.Sprintf(`{"name":"%s"}`, name))
}

func (w *world) reset() error { return w.author(http.MethodPost, "/reset", "") }
