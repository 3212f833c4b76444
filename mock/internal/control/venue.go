package control

import (
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/lifestyle"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
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
	return p.order(author.Redeem(c.Tx, author.Redemption{
		Voucher: r.Voucher, EPassID: r.EPassID, MembershipID: r.MembershipID, QRCode: r.QRCode, ResourceID: r.ResourceID,
		Party: dragonpass.Party{Adults: r.AdultCount, Children: r.ChildCount},
	}))
}

type reversal struct {
	OrderID string `json:"orderId"`
}

func (p *plane) reverse(c *dispatch.Call, r reversal) (any, error) {
	return p.order(author.Reverse(c.Tx, r.OrderID))
}

func (p *plane) confirmOrder(c *dispatch.Call) (any, error) {
	return p.order(author.ConfirmOrder(c.Tx, c.Path.Get("orderId")))
}

func (p *plane) failOrder(c *dispatch.Call) (any, error) {
	return p.order(author.FailOrder(c.Tx, c.Path.Get("orderId")))
}

type dataUse struct {
	Bytes int64 `json:"bytes"`
}

type dataLeft struct {
	OrderID   string `json:"orderId"`
	ICCID     string `json:"iccid"`
	OptionID  string `json:"optionId"`
	Status    int    `json:"status"`
	Total     int64  `json:"total"`
	Remaining int64  `json:"remaining"`
}

func (p *plane) useData(c *dispatch.Call, r dataUse) (any, error) {
	used, err := author.UseData(c.Tx, author.DataUse{OrderID: c.Path.Get("orderId"), Bytes: r.Bytes})
	b := used.Bought
	return dataLeft{
		OrderID: used.OrderID, ICCID: b.ICCID, OptionID: used.OptionID, Status: int(lifestyle.StateOf(&used.Order.Order, b, c.Tx.Now())),
		Total: b.Option.Package.Bytes, Remaining: b.Remaining(),
	}, err
}

// order renders a usage order, or passes a refusal on.
func (p *plane) order(o booking.Order, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return p.Renderer.Order(o), nil
}

type closing struct {
	Remarks string `json:"remarks"`
}

type closed struct {
	Cancelled []string `json:"cancelled"`
}

func (p *plane) closeResource(c *dispatch.Call, r closing) (any, error) {
	ended, err := author.CloseResource(c.Tx, author.Closing{ResourceID: c.Path.Get("resourceId"), Remarks: r.Remarks})
	answer := closed{[]string{}}
	for _, o := range ended {
		answer.Cancelled = append(answer.Cancelled, o.OrderID)
	}
	return answer, err
}

type move struct {
	PrebookingDate dragonpass.LocalTime `json:"prebookingDate"`
	Remarks        string               `json:"remarks"`
}

func (p *plane) moveOrder(c *dispatch.Call, r move) (any, error) {
	return p.order(author.MoveOrder(c.Tx, author.BookingMove{OrderID: c.Path.Get("orderId"), Date: r.PrebookingDate, Remarks: r.Remarks}))
}

type announcement struct {
	Type news.Kind `json:"type"`
	IDs  []string  `json:"ids"`
}

type announced struct {
	Messages int `json:"messages"`
}

func (p *plane) announce(c *dispatch.Call, r announcement) (any, error) {
	messages, err := author.Announce(c.Tx, author.Announcement(r))
	return announced{messages}, err
}

func (p *plane) expireEPass(c *dispatch.Call) (any, error) {
	_, err := author.ExpireEPass(c.Tx, c.Path.Get("ePassId"))
	return done{}, err
}

type slot struct {
	ResourceID     string               `json:"resourceId"`
	OptionID       string               `json:"optionId,omitzero"`
	PrebookingDate dragonpass.LocalTime `json:"prebookingDate"`
	Free           int                  `json:"free"`
}

func (p *plane) setSlot(c *dispatch.Call, r slot) (any, error) {
	s, err := author.SetSlot(c.Tx, author.Slot{ResourceID: r.ResourceID, OptionID: r.OptionID, Date: r.PrebookingDate, Free: r.Free})
	return slot{s.ResourceID, s.OptionID, s.Date, s.Free()}, err
}

func (p *plane) patchResource(c *dispatch.Call) (any, error) {
	r, err := author.PatchResource(c.Tx, author.Patch{ResourceID: c.Path.Get("resourceId"), JSON: c.Body})
	if err != nil {
		return nil, err
	}
	return p.Renderer.Resource(r), nil
}

// event is a callback and its delivery log on the wire.
type event struct {
	ID       string           `json:"id"`
	Type     news.Kind        `json:"type,omitzero"`
	At       duration.Instant `json:"at"`
	State    store.EventState `json:"state"`
	Payload  jsontext.Value   `json:"payload"`
	Attempts []attempt        `json:"attempts"`
}

type attempt struct {
	At     duration.Instant `json:"at"`
	Status int              `json:"status"`
	Error  string           `json:"error,omitzero"`
	KeyID  string           `json:"keyId,omitzero"`
}

// forgotten counts the callbacks that are not listed any more.
type forgotten struct {
	Dropped uint64 `json:"dropped"`
	Missed  uint64 `json:"missed"`
}

func forgottenBy(tx *world.Tx) forgotten { return forgotten{tx.Counters.Dropped, tx.Counters.Missed} }

type events struct {
	Events    []event `json:"events"`
	forgotten `json:",embed"`
}

func (p *plane) listEvents(c *dispatch.Call) (any, error) {
	answer := events{[]event{}, forgottenBy(c.Tx)}
	recorded, err := author.ListEvents(c.Tx, struct{}{})
	if err != nil {
		return nil, err
	}
	for _, e := range recorded {
		payload, err := p.Renderer.Callback(e)
		if err != nil {
			return nil, err
		}
		row := event{ID: e.ID, Type: e.News.Kind, At: duration.Instant(e.At), State: e.State, Payload: payload, Attempts: []attempt{}}
		for _, a := range e.Attempts {
			row.Attempts = append(row.Attempts, attempt{duration.Instant(a.At), a.Status, a.Error, a.KeyID})
		}
		answer.Events = append(answer.Events, row)
	}
	return answer, nil
}

// delivery is a callback that reached the client, on the wire.
type delivery struct {
	EventID string           `json:"eventId"`
	Type    news.Kind        `json:"type,omitzero"`
	Attempt int              `json:"attempt"`
	At      duration.Instant `json:"at"`
	Status  int              `json:"status"`
	Error   string           `json:"error,omitzero"`
	KeyID   string           `json:"keyId,omitzero"`
	Payload jsontext.Value   `json:"payload"`
}

type deliveries struct {
	Deliveries []delivery `json:"deliveries"`
	forgotten  `json:",embed"`
}

func (p *plane) listDeliveries(c *dispatch.Call) (any, error) {
	answer := deliveries{[]delivery{}, forgottenBy(c.Tx)}
	arrived, err := author.ListDeliveries(c.Tx, struct{}{})
	if err != nil {
		return nil, err
	}
	for _, d := range arrived {
		payload, err := p.Renderer.Callback(d.Event)
		if err != nil {
			return nil, err
		}
		answer.Deliveries = append(answer.Deliveries, delivery{d.Event.ID, d.Event.News.Kind, d.Number, duration.Instant(d.At), d.Status, d.Error, d.KeyID, payload})
	}
	return answer, nil
}

func (p *plane) replayEvent(c *dispatch.Call) (any, error) {
	_, err := author.ReplayEvent(c.Tx, c.Path.Get("eventId"))
	return done{}, err
}
