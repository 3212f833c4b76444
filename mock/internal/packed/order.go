package packed

import (
	"encoding/binary"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
)

// Order is a [dragonpass.Order] in about a third of the memory. Instants keep whole seconds, and come back in UTC. The
// zero value is the zero order. On paper it is the order itself.
type Order string

// Of packs an order.
func Of(o dragonpass.Order) Order {
	var room [256]byte
	p := packing{to: room[:0], writes: true}
	p.order(&o)
	return Order(p.to)
}

// Order unpacks it. The texts of the order are parts of the packed one, but for the ids that other rows and events keep when
// this one is long replaced.
func (o Order) Order() (order dragonpass.Order) {
	if o != "" {
		p := packing{from: string(o)}
		p.order(&order)
		for _, id := range []*string{&order.OrderID, &order.ProgramID, &order.Holder.EPassID, &order.Holder.MembershipID} {
			*id = strings.Clone(*id)
		}
	}
	return order
}

// MarshalJSONTo writes the order.
func (o Order) MarshalJSONTo(e *jsontext.Encoder) error {
	order := o.Order()
	return json.MarshalEncode(e, &order)
}

// UnmarshalJSONFrom reads an order.
func (o *Order) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	var order dragonpass.Order
	err := json.UnmarshalDecode(d, &order)
	*o = Of(order)
	return err
}

// packing goes through an order member by member, in one and the same way whether it writes or reads.
type packing struct {
	writes bool
	to     []byte // what was written
	from   string // what is still to be read
}

func (p *packing) order(o *dragonpass.Order) {
	text(p, &o.OrderID)
	text(p, &o.ProgramID)
	number(p, &o.Module)
	number(p, &o.Category)
	number(p, &o.Status)
	text(p, &o.Holder.EPassID)
	text(p, &o.Holder.MembershipID)
	text(p, &o.ResourceID)
	text(p, &o.OptionID)
	p.instant(&o.CreatedAt)
	p.instant(&o.CancelledAt)
	p.instant(&o.UsedAt)
	p.instant(&o.ModifiedAt)
	number(p, &o.Party.Adults)
	number(p, &o.Party.Children)
	number(p, &o.Spent.Cardholder)
	number(p, &o.Spent.Guests)
	number(p, &o.Spent.Shared)
	number(p, &o.Sequence)
	text(p, &o.Date)
	p.instant(&o.ServiceAt)
	p.vouchers(&o.Vouchers)
	text(p, &o.Passenger.FirstName)
	text(p, &o.Passenger.LastName)
	text(p, &o.Passenger.Email)
	text(p, &o.Passenger.PhoneNumber)
	text(p, &o.Passenger.CallingCode)
	text(p, &o.Passenger.TransportNumber)
	p.instant(&o.SettlesAt)
	number(p, &o.Polls)
}

// vouchers has the number of them before them; none at all is less than an empty list.
func (p *packing) vouchers(list *[]dragonpass.Voucher) {
	n := 0
	if *list != nil {
		n = 1 + len(*list)
	}
	if number(p, &n); n == 0 {
		return
	}
	if !p.writes {
		*list = make([]dragonpass.Voucher, n-1)
	}
	for i := range *list {
		text(p, &(*list)[i].Code)
		p.instant(&(*list)[i].RedeemedAt)
	}
}

// yearOne is the Unix time of the zero instant.
var yearOne = time.Time{}.Unix()

func (p *packing) instant(t *time.Time) {
	since := t.Unix() - yearOne
	number(p, &since)
	if !p.writes {
		*t = time.Unix(since+yearOne, 0).UTC()
	}
}

func text[S ~string](p *packing, s *S) {
	n := len(*s)
	number(p, &n)
	if p.writes {
		p.to = append(p.to, *s...)
		return
	}
	*s, p.from = S(p.from[:n]), p.from[n:]
}

func number[N ~int | ~int64 | ~uint64](p *packing, n *N) {
	if p.writes {
		p.to = binary.AppendVarint(p.to, int64(*n))
		return
	}
	read, size := varint(p.from)
	*n, p.from = N(read), p.from[size:]
}

// varint is [binary.Varint] of a text.
func varint(from string) (n int64, size int) {
	var bits uint64
	for i := range len(from) {
		bits |= uint64(from[i]&0x7f) << (7 * i)
		if from[i] < 0x80 {
			return int64(bits>>1) ^ -int64(bits&1), i + 1
		}
	}
	panic("packed: an order ends in the midst of a number")
}
