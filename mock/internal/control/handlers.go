package control

import (
	"time"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/platform"
)

func handlers() map[string]handler {
	return map[string]handler{
		"readHealth":   readHealth,
		"readDocument": readDocument,
		"createWorld":  body(createWorld),
		"listWorlds":   listWorlds,
		"deleteWorld":  deleteWorld,
		"resetWorld":   resetWorld,
		"readClock":    readClock,
		"moveClock":    body(moveClock),
		"redeem":       body(redeem),
		"reverse":      body(reverse),
		"setSlot":      body(setSlot),

		"playScenario":     body(playScenario),
		"validateScenario": body(validateScenario),

		"makeCheckpoint":    makeCheckpoint,
		"restoreCheckpoint": body(restoreCheckpoint),
		"listChanges":       listChanges,
		"forkWorld":         forkWorld,
		"dumpState":         dumpState,
		"loadState":         loadState,

		"listFaults":    listFaults,
		"replaceFaults": replaceFaults,
		"addFault":      addFault,
		"removeFault":   removeFault,

		"listRequests":   listRequests,
		"clearRequests":  clearRequests,
		"listUnread":     listUnread,
		"streamRequests": streamRequests,

		"confirmOrder": confirmOrder,
		"failOrder":    failOrder,
		"expireEPass":  expireEPass,
		"replayEvent":  replayEvent,

		"patchResource": patchResource,
		"listEvents":    listEvents,
		"drawQRCode":    drawQRCode,
	}
}

// body decodes a lawful body.
func body[T any](do func(*Plane, *call, T) (any, error)) handler {
	return func(p *Plane, c *call) (any, error) {
		var request T
		if err := json.Unmarshal(c.body, &request); err != nil {
			return nil, err
		}
		return do(p, c, request)
	}
}

func readHealth(p *Plane, _ *call) (any, error) {
	body, err := json.Marshal(struct {
		Status  string `json:"status"`
		Version string `json:"version"`
		Worlds  int    `json:"worlds"`
	}{"ok", p.Version, p.Platform.Count()})
	return raw{envelope.ContentType, body}, err
}

func readDocument(p *Plane, c *call) (any, error) {
	name := c.path.Get("file")
	data, err := p.Files(name)
	if err != nil { // the documents are part of the program: there is none of that name
		return nil, dragonpass.Refuse(dragonpass.RouteNotFound, "no document %s", name)
	}
	return raw{"application/yaml", data}, nil
}

// clock is a reading on the wire.
type clock struct {
	Now   string        `json:"now"`
	Mode  platform.Mode `json:"mode"`
	Fired []fired       `json:"fired,omitzero"`
}

type fired struct {
	At   string `json:"at"`
	What string `json:"what"`
	ID   string `json:"id"`
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05-07:00") }

func readClock(_ *Plane, c *call) (any, error) {
	r := c.world.Clock()
	return clock{Now: instant(r.Now), Mode: r.Mode}, nil
}

type clockMove struct {
	Advance string `json:"advance"`
	Set     string `json:"set"`
	Freeze  bool   `json:"freeze"`
	Follow  bool   `json:"follow"`
	Real    bool   `json:"real"`
}

func moveClock(_ *Plane, c *call, m clockMove) (any, error) {
	var r platform.Reading
	switch {
	case m.Freeze:
		r = c.world.Freeze()
	case m.Follow:
		r = c.world.Follow()
	case m.Real:
		r = c.world.FollowWall()
	case m.Set != "":
		t, err := platform.ParseInstant(m.Set)
		if err != nil {
			return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "/set: %s", err)
		}
		if r, err = c.world.SetClock(t); err != nil {
			return nil, err
		}
	default:
		d, err := duration.Parse(m.Advance)
		if err != nil {
			return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "/advance: %s", err)
		}
		if r, err = c.world.Advance(d); err != nil {
			return nil, err
		}
	}
	answer := clock{Now: instant(r.Now), Mode: r.Mode, Fired: []fired{}}
	for _, f := range r.Fired {
		answer.Fired = append(answer.Fired, fired{instant(f.At), f.What, f.ID})
	}
	return answer, nil
}

type redemption struct {
	EPassID      string `json:"ePassId"`
	MembershipID string `json:"membershipId"`
	QRCode       string `json:"qrCode"`
	Voucher      string `json:"voucher"`
	ResourceID   string `json:"resourceId"`
	AdultCount   int    `json:"adultCount"`
	ChildCount   int    `json:"childCount"`
}

func redeem(p *Plane, c *call, r redemption) (any, error) {
	if r.Voucher != "" && r.EPassID+r.MembershipID+r.QRCode+r.ResourceID != "" {
		return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "/voucher: expected it without ePassId, membershipId, qrCode and resourceId")
	}
	party := dragonpass.Party{Adults: r.AdultCount, Children: r.ChildCount}
	return p.order(c, "redeem", func(tx *platform.Tx) (dragonpass.Order, error) {
		switch {
		case r.Voucher != "":
			return tx.RedeemVoucher(r.Voucher, party)
		case r.QRCode != "":
			return tx.WalkInQRCode(r.QRCode, r.ResourceID, party)
		}
		return tx.WalkIn(dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID}, r.ResourceID, party)
	})
}

func reverse(p *Plane, c *call, r struct {
	OrderID string `json:"orderId"`
}) (any, error) {
	return p.order(c, "reverse", func(tx *platform.Tx) (dragonpass.Order, error) { return tx.Reverse(r.OrderID) })
}

// order does what ends in a usage order, and renders it.
func (p *Plane) order(c *call, operation string, do func(*platform.Tx) (dragonpass.Order, error)) (any, error) {
	return platform.Run(c.world, operation, func(tx *platform.Tx) (any, error) {
		o, err := do(tx)
		if err != nil {
			return nil, err
		}
		return p.Order(tx, o)
	})
}

type slot struct {
	ResourceID     string               `json:"resourceId"`
	PrebookingDate dragonpass.LocalTime `json:"prebookingDate"`
	Free           int                  `json:"free"`
}

func setSlot(_ *Plane, c *call, r slot) (any, error) {
	return platform.Run(c.world, "setSlot", func(tx *platform.Tx) (any, error) {
		s, err := tx.FillSlot(r.ResourceID, r.PrebookingDate, r.Free)
		return slot{s.ResourceID, s.Date, s.Free()}, err
	})
}
