package booking

import (
	"cmp"
	"slices"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/vendor"
	"dragonmock/mock/internal/packed"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/world"
)

// CloseResource closes a resource at the vendor's word: it takes nobody any more, and its bookings are cancelled with full
// refund. It returns them, oldest first. The client is told of each, with the remarks. Errors: those of [vendor.Closing].
func CloseResource(tx *world.Tx, resourceID, remarks string) ([]dragonpass.Order, error) {
	closing := vendor.Closing{ResourceID: resourceID, Remarks: remarks}
	closing.Resource, _ = FindResource(tx, resourceID)
	r, err := closing.Decide()
	if err != nil {
		return nil, err
	}
	putResource(tx, &r)
	var ended []dragonpass.Order
	tx.Orders.Each(func(_ string, kept packed.Order) bool {
		if o := kept.Order(); o.ResourceID == resourceID && stock.Ends(tx, &o) {
			ended = append(ended, o)
		}
		return true
	})
	slices.SortFunc(ended, func(a, b dragonpass.Order) int { return cmp.Compare(a.Sequence, b.Sequence) })
	for i, o := range ended {
		ended[i] = o.Cancel(tx.Now())
		putRemarked(tx, &ended[i], remarks)
		giveBack(tx, &ended[i], &r)
	}
	return ended, nil
}

// MoveOrder moves a booking to another time of its resource at the vendor's word. The client is told, with the remarks.
// Errors: those of [vendor.Move].
func MoveOrder(tx *world.Tx, orderID string, date dragonpass.LocalTime, remarks string) (Order, error) {
	move := vendor.Move{OrderID: orderID, Date: date, Remarks: remarks}
	move.Order, _ = tx.Order(orderID)
	move.Bought, _ = tx.Options.Get(orderID)
	move.Resource, _ = FindResource(tx, move.Order.ResourceID)
	move.Slot = stock.SlotOf(tx, &move.Resource, "", date)
	moved, err := move.Decide(tx.Now())
	if err != nil {
		return Order{}, err
	}
	stock.Free(tx, &move.Order, &move.Resource)
	stock.Put(tx, &move.Resource, move.Slot.Take(moved.Persons()))
	putRemarked(tx, &moved, remarks)
	return Order{moved, move.Resource}, nil
}
