package v2

import (
	"fmt"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/store"
)

// receivers are the callbacks of the document, by what they are told of.
var receivers = map[news.Kind]string{
	news.WalkInRedemption: "receiveWalkinRedemption", news.StatusChanged: "receivePrebookingStatusChanged",
	news.ResourcesUpdated: "receiveResourceMetadataUpdated", news.HubsUpdated: "receiveTransportHubMetadataUpdated",
	news.AvailabilityChanged: "receiveResourceAvailabilityChanged",
}

// Told is the event that a callback of the document is told of; empty: it is none of them.
func Told(callbackID string) string {
	for kind, id := range receivers {
		if id == callbackID {
			return string(kind)
		}
	}
	return ""
}

// checkedEvent renders an event and holds it against the document, as answers are.
func checkedEvent(document *contract.Document) func(store.Event) ([]byte, error) {
	documented := sync.OnceValue(func() map[string]*contract.Operation {
		byID := map[string]*contract.Operation{}
		for _, op := range document.Callbacks() {
			byID[op.ID] = op
		}
		return byID
	})
	return func(e store.Event) ([]byte, error) {
		op := documented()[receivers[e.News.Kind]]
		if op == nil {
			return nil, fmt.Errorf("no callback of the document is told of %s", e.News.Kind)
		}
		body, err := json.Marshal(eventBody(e))
		if err != nil {
			return nil, err
		}
		if violations := op.CheckSent(body); violations != nil {
			return nil, fmt.Errorf("callback %s breaks the contract: %s", op.ID, contract.Join(violations))
		}
		return body, nil
	}
}

// walkInRedemption is told of a party that was let in without a booking, or whose visit the venue took back. The local
// time of usageDate is written with an offset, as the page has it in example and table, and category is in its table
// alone; a world may follow the other reading of either.
type walkInRedemption struct {
	EventType          news.Kind  `json:"eventType"`
	OrderID            string     `json:"orderId"`
	ProgramID          string     `json:"programId"`
	DPID               string     `json:"dpId"`
	Module             int        `json:"module"`
	Category           int        `json:"category,omitzero"`
	Status             int        `json:"status"`
	OrderCreatedDate   string     `json:"orderCreatedDate"`
	UsageDate          string     `json:"usageDate"`
	OrderCancelledDate *string    `json:"orderCancelledDate"`
	TransportHubID     string     `json:"transportHubId"`
	TransportHubName   string     `json:"transportHubName"`
	ResourceID         string     `json:"resourceId"`
	ResourceName       string     `json:"resourceName"`
	Passengers         passengers `json:"passengers"`
}

type passengers struct {
	Cardholder int `json:"cardholder"`
	Guests     int `json:"guests"`
}

// statusChanged is told of a prebooking.
type statusChanged struct {
	EventType         news.Kind `json:"eventType"`
	OrderID           string    `json:"orderId"`
	ProgramID         string    `json:"programId"`
	DPID              string    `json:"dpId"`
	Module            int       `json:"module"`
	PreviousStatus    int       `json:"previousStatus"`
	CurrentStatus     int       `json:"currentStatus"`
	StatusChangedDate string    `json:"statusChangedDate"`
	Remarks           *string   `json:"remarks"`
}

// batched is one message of a batch. Those of hubs and of availability are like those of resources.
type batched struct {
	EventType     news.Kind `json:"eventType"`
	BatchID       string    `json:"batchId"`
	Sequence      int       `json:"sequence"`
	TotalSequence int       `json:"totalSequence"`
	UpdatedAt     string    `json:"updatedAt"`
	ProgramID     string    `json:"programId"`
}

type resourcesBatch struct {
	batched   `json:",embed"`
	Module    int      `json:"module"`
	Resources []string `json:"resources"`
}

type hubsBatch struct {
	batched       `json:",embed"`
	TransportHubs []string `json:"transportHubs"`
}

func eventBody(e store.Event) any {
	switch kind, n, c := e.News.Kind, e.Notice, e.News.Change; kind {
	case news.WalkInRedemption:
		status := dragonpass.Used
		if n.Cancelled {
			status = dragonpass.Cancelled
		}
		told := walkInRedemption{
			EventType: kind, OrderID: n.OrderID, ProgramID: n.ProgramID, DPID: n.Holder.EPassID + n.Holder.MembershipID, Module: int(n.Module),
			Category: int(n.Category), Status: int(status), OrderCreatedDate: api.Timestamp(n.CreatedAt), UsageDate: n.UsageDate + "+00:00",
			OrderCancelledDate: api.OrNull(n.CancelledAt), TransportHubID: n.TransportHubID, TransportHubName: n.TransportHubName,
			ResourceID: n.ResourceID, ResourceName: n.ResourceName, Passengers: passengers{Cardholder: 1, Guests: n.Party.Persons() - 1},
		}
		if e.News.Local {
			told.UsageDate = n.UsageDate
		}
		if e.News.Untyped {
			told.Category = 0
		}
		return told
	case news.StatusChanged:
		change := statusChanged{
			EventType: kind, OrderID: c.OrderID, ProgramID: c.ProgramID, DPID: c.Holder.EPassID + c.Holder.MembershipID, Module: int(c.Module),
			PreviousStatus: int(c.Previous), CurrentStatus: int(c.Current), StatusChangedDate: api.Timestamp(c.At),
		}
		if c.Remarks != "" {
			change.Remarks = &c.Remarks
		}
		return change
	}
	b := e.News.Batch
	head := batched{e.News.Kind, b.ID, b.Sequence, b.Total, api.Timestamp(b.At), b.ProgramID}
	if e.News.Kind == news.HubsUpdated {
		return hubsBatch{head, b.IDs}
	}
	return resourcesBatch{head, int(b.Module), b.IDs}
}

type eventsPage struct {
	Pagination api.Pagination   `json:"pagination"`
	Events     []jsontext.Value `json:"events"`
}

// recoverEvents lists what was told, delivered or not.
func recoverEvents(render func(store.Event) ([]byte, error)) func(*dispatch.Call) (any, error) {
	return func(c *dispatch.Call) (any, error) {
		asked := outbox.Recovery{Kind: news.Kind(c.Query.Get("eventType")), BatchID: c.Query.Get("batchId")}
		for name, into := range map[string]*time.Time{"startTime": &asked.From, "endTime": &asked.To} {
			at, err := api.InstantOf(name, c.Query.Get(name))
			if err != nil {
				return nil, err
			}
			*into = at
		}
		if err := asked.Check(); err != nil {
			return nil, err
		}
		told := booking.Cut(outbox.Recover(c.Tx, asked), api.QueryPage(c))
		answer := eventsPage{Pagination: api.PageOf(told), Events: []jsontext.Value{}}
		for _, e := range told.Items {
			body, err := render(e)
			if err != nil {
				return nil, err
			}
			answer.Events = append(answer.Events, body)
		}
		return answer, nil
	}
}
