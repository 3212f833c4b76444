package booking_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// How the callers of a history call.

// act does one action, by one of the ways in: the handler, a client on a pipe, the control plane, or in Go.
func (c *history) act(a action) (outcome, error) {
	const world = "/_mock/worlds/"
	pass := func() string { return fmt.Sprintf("1788%012d", 66668887+a.pass) }
	order := func() string { return fmt.Sprintf("DP%014d", a.order) }
	voucher := func() string { return strconv.Itoa(668800008887 + a.voucher) }
	switch a.what {
	case doIssue:
		return c.send(a, "POST", "/orders/lounges/ePasses", obj{"module": 1, "clientUserId": "u", "extra": obj{
			"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": a.persons}})
	case doAsk:
		body := obj{"module": 1, "resourceId": contestedVenue, "prebookingDate": contestedDate, "adultCount": a.persons, "childCount": 0}
		if a.pass > 0 {
			body["ePassId"] = pass()
		}
		return c.send(a, "POST", mocktest.AvailabilityPath, body)
	case doBook:
		return c.send(a, "POST", mocktest.PrebookingPath, obj{"module": 1, "ePassId": pass(), "extra": obj{"prebookingToken": c.promise(a.token)}})
	case doCancel:
		return c.send(a, "PATCH", "/orders", obj{"status": 3, "orderId": order()})
	case doLook:
		return c.send(a, "POST", "/orders/ePasses/search", obj{"ePassId": pass()})
	case doCheck:
		return c.send(a, "POST", "/orders/ePasses/details", obj{"orderId": order()})
	}
	if a.via > 1 {
		return c.inGo(a, pass, order, voucher)
	}
	switch at := world + c.w.ID(); a.what {
	case doRedeem:
		return c.send(a, "POST", at+"/redemptions", obj{"voucher": voucher(), "adultCount": a.persons})
	case doWalkIn:
		return c.send(a, "POST", at+"/redemptions", obj{"ePassId": pass(), "resourceId": contestedVenue, "adultCount": a.persons})
	case doReverse:
		return c.send(a, "POST", at+"/reversals", obj{"orderId": order()})
	default:
		return c.send(a, "PUT", at+"/slots", obj{"resourceId": contestedVenue, "prebookingDate": contestedDate, "free": a.persons})
	}
}

// promise is the token of a number.
func (c *history) promise(number int) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for token, n := range c.promises {
		if n == number {
			return token
		}
	}
	return ""
}

// number gives a token that came its number.
func (c *history) number(token string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.promises[token] == 0 {
		c.promises[token] = len(c.promises) + 1
	}
	return c.promises[token]
}

// inGo does what a venue or an author does, in Go.
func (c *history) inGo(a action, pass, order, voucher func() string) (came outcome, err error) {
	var o dragonpass.Order
	var slot dragonpass.Slot
	party := dragonpass.Party{Adults: a.persons}
	switch a.what {
	case doRedeem:
		o, err = c.w.Redeem(voucher(), party)
	case doWalkIn:
		o, err = c.w.WalkIn(pass(), contestedVenue, party)
	case doReverse:
		o, err = c.w.Reverse(order())
	default:
		slot, err = c.w.FillSlot(contestedVenue, contestedDate, a.persons)
		came.left = slot.Free()
	}
	var refused *dragonpass.Error
	if errors.As(err, &refused) {
		return outcome{refusal: string(refused.Code)}, nil
	}
	if a.what == doReverse {
		came.status = o.Status
	} else if o.OrderID != "" {
		came.order, _ = strconv.Atoi(strings.TrimPrefix(o.OrderID, "DP"))
	}
	return came, err
}

// send does an action over HTTP.
func (c *history) send(a action, method, path string, body obj) (came outcome, err error) {
	data, err := json.Marshal(body)
	if err != nil {
		return came, err
	}
	var answer struct {
		Data struct {
			OrderID         string
			Status          dragonpass.OrderStatus
			Free            int
			PrebookingToken string
			Extra           struct {
				EPassID                     string
				AvailableUsages, UsedUsages int
				VouchersList                []struct{ Voucher string }
			}
		}
	}
	refusal, err := c.exchange(a.via%2 == 0, method, path, data, &answer)
	if refusal != "" || err != nil {
		return outcome{refusal: refusal}, err
	}
	got := answer.Data
	order := func() int { n, _ := strconv.Atoi(strings.TrimPrefix(got.OrderID, "DP")); return n }
	switch a.what {
	case doIssue:
		n, _ := strconv.Atoi(strings.TrimPrefix(got.Extra.EPassID, "1788"))
		return outcome{pass: n - 66668887, order: order()}, nil
	case doAsk:
		if got.PrebookingToken == "" {
			return outcome{}, nil
		}
		return outcome{token: c.number(got.PrebookingToken)}, nil
	case doBook:
		n, _ := strconv.Atoi(got.Extra.VouchersList[0].Voucher)
		return outcome{order: order(), voucher: n - 668800008887}, nil
	case doRedeem, doWalkIn:
		return outcome{order: order()}, nil
	case doFill:
		return outcome{left: got.Free}, nil
	case doLook:
		return outcome{left: got.Extra.AvailableUsages, used: got.Extra.UsedUsages}, nil
	}
	return outcome{status: got.Status}, nil
}

// exchange sends one request, over the pipe or straight to the handler, and reads the answer or the refusal.
func (c *history) exchange(piped bool, method, path string, body []byte, answer any) (refusal string, err error) {
	var header http.Header
	var data []byte
	if piped {
		request, err := http.NewRequest(method, "http://dragonmock"+path, bytes.NewReader(body))
		if err != nil {
			return "", err
		}
		response, err := c.pipe.Do(request)
		if err != nil {
			return "", err
		}
		defer response.Body.Close()
		var read bytes.Buffer
		if _, err := read.ReadFrom(response.Body); err != nil {
			return "", err
		}
		header, data = response.Header, read.Bytes()
	} else {
		recorder := httptest.NewRecorder()
		request := httptest.NewRequest(method, path, bytes.NewReader(body))
		request.Header.Set("Authorization", "Bearer "+c.token)
		c.handler.ServeHTTP(recorder, request)
		header, data = recorder.Header(), recorder.Body.Bytes()
	}
	if symbol := header.Get("X-Mock-Error"); symbol != "" {
		return symbol, nil
	}
	return "", json.Unmarshal(data, answer)
}
