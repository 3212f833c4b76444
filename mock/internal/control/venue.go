package control

import (
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/platform"
)

// What happens at the venue and at the supplier: each is one transaction.

type redemption struct {
	EPassID      string `json:"ePassId"`
	MembershipID string `json:"membershipId"`
	QRCode       string `json:"qrCode"`
	Voucher      string `json:"voucher"`
	ResourceID   string `json:"resourceId"`
	AdultCount   int    `json:"adultCount"`
	ChildCount   int    `json:"childCount"`
}

func (p *plane) redeem(c *dispatch.Call, r redemption) (any, error) {
	if r.Voucher != "" && r.EPassID+r.MembershipID+r.QRCode+r.ResourceID != "" {
		return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "/voucher: expected it without ePassId, membershipId, qrCode and resourceId")
	}
	party := dragonpass.Party{Adults: r.AdultCount, Children: r.ChildCount}
	switch {
	case r.Voucher != "":
		return p.order(c)(c.Tx.RedeemVoucher(r.Voucher, party))
	case r.QRCode != "":
		return p.order(c)(c.Tx.WalkInQRCode(r.QRCode, r.ResourceID, party))
	}
	return p.order(c)(c.Tx.WalkIn(dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID}, r.ResourceID, party))
}

type reversal struct {
	OrderID string `json:"orderId"`
}

func (p *plane) reverse(c *dispatch.Call, r reversal) (any, error) {
	return p.order(c)(c.Tx.Reverse(r.OrderID))
}

func (p *plane) confirmOrder(c *dispatch.Call) (any, error) {
	return p.order(c)(c.Tx.ConfirmOrder(c.Path.Get("orderId")))
}

func (p *plane) failOrder(c *dispatch.Call) (any, error) {
	return p.order(c)(c.Tx.FailOrder(c.Path.Get("orderId")))
}

// order renders a usage order, or passes a refusal on.
func (p *plane) order(c *dispatch.Call) func(dragonpass.Order, error) (any, error) {
	return func(o dragonpass.Order, err error) (any, error) {
		if err != nil {
			return nil, err
		}
		return p.Order(c.Tx, o)
	}
}

func (p *plane) expireEPass(c *dispatch.Call) (any, error) {
	_, err := c.Tx.ExpireEPass(c.Path.Get("ePassId"))
	return done{}, err
}

type slot struct {
	ResourceID     string               `json:"resourceId"`
	PrebookingDate dragonpass.LocalTime `json:"prebookingDate"`
	Free           int                  `json:"free"`
}

func (p *plane) setSlot(c *dispatch.Call, r slot) (any, error) {
	s, err := c.Tx.FillSlot(r.ResourceID, r.PrebookingDate, r.Free)
	return slot{s.ResourceID, s.Date, s.Free()}, err
}

func (p *plane) patchResource(c *dispatch.Call) (any, error) {
	r, err := c.Tx.PatchResource(c.Path.Get("resourceId"), c.Body)
	if err != nil {
		return nil, err
	}
	return p.Resource(r), nil
}

// event is a callback and its delivery log on the wire.
type event struct {
	ID       string              `json:"id"`
	At       string              `json:"at"`
	State    platform.EventState `json:"state"`
	Payload  jsontext.Value      `json:"payload"`
	Attempts []attempt           `json:"attempts"`
}

type attempt struct {
	At     string `json:"at"`
	Status int    `json:"status"`
	Error  string `json:"error"`
}

type events struct {
	Events []event `json:"events"`
}

func (p *plane) listEvents(c *dispatch.Call) (any, error) {
	answer := events{[]event{}}
	for _, e := range c.Tx.Events() {
		payload, err := p.Callback(e.Notice)
		if err != nil {
			return nil, err
		}
		row := event{ID: e.ID, At: instant(e.At), State: e.State, Payload: payload, Attempts: []attempt{}}
		for _, a := range e.Attempts {
			row.Attempts = append(row.Attempts, attempt{instant(a.At), a.Status, a.Error})
		}
		answer.Events = append(answer.Events, row)
	}
	return answer, nil
}

func (p *plane) replayEvent(c *dispatch.Call) (any, error) {
	return done{}, c.Tx.ReplayEvent(c.Path.Get("eventId"))
}
