package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// Due has what to do for what is due in here, by its kind.
func Due() map[string]world.DueHandler {
	return map[string]world.DueHandler{
		store.ReservationReleased: func(tx *world.Tx, token string) error {
			releaseReservation(tx, token)
			return nil
		},
		store.OrderConfirmed: ifPending(confirmPending),
		store.OrderFailed:    ifPending(failPending),
		// Whether they have expired is derived from the clock. It is announced, that is all.
		store.EPassExpired:      nothing,
		store.MembershipExpired: nothing,
	}
}

func nothing(*world.Tx, string) error { return nil }

// ifPending does something to an order that is still pending.
func ifPending(do func(*world.Tx, *dragonpass.Order, *dragonpass.Resource)) world.DueHandler {
	return func(tx *world.Tx, orderID string) error {
		if o, ok := tx.Order(orderID); ok && o.Status == dragonpass.Pending {
			r, _ := FindResource(tx, o.ResourceID)
			do(tx, &o, &r)
		}
		return nil
	}
}
