package rules

import (
	"time"

	"dragonmock/mock/dragonpass"
)

// Cancel is a client who cancels an order: a prebooking, or the issue of an E-pass.
type Cancel struct {
	OrderID  string
	EPass    dragonpass.EPass    // that the order issued; without id: it issued none
	Order    dragonpass.Order    // the usage order; without id: there is none such
	Resource dragonpass.Resource // of the usage order
	Counts   time.Time           // what the hours of the policy count back from; zero: the service time
	TopUps   []dragonpass.Order  // of the eSIM that came with the usage order
}

// Cancelled is what a cancellation ends: one of the two, the other is zero. The usages and places of the order are to be
// given back.
type Cancelled struct {
	EPass dragonpass.EPass
	Order dragonpass.Order
}

// Decide returns what is cancelled, or refuses. Of a pass: ORDER_ALREADY_CANCELLED; EPASS_IN_USE while usages are taken,
// which every standing prebooking does. Of a usage order: ORDER_NOT_FOUND; ORDER_ALREADY_CANCELLED;
// ORDER_NOT_CANCELLABLE for a walk-in; ORDER_ALREADY_USED; ORDER_NOT_CANCELLABLE for a failed order, where the
// resource does not allow it, and for an eSIM with a top-up; CANCELLATION_WINDOW_CLOSED (D, seed; A-046).
func (c *Cancel) Decide(now time.Time) (Cancelled, error) {
	if c.EPass.EPassID != "" {
		if err := checkCancelEPass(&c.EPass); err != nil {
			return Cancelled{}, err
		}
		return Cancelled{EPass: c.EPass.Cancel(now)}, nil
	}
	if err := RequireOrder(c.OrderID, c.Order.OrderID != ""); err != nil {
		return Cancelled{}, err
	}
	if err := RequireResource(c.Order.ResourceID, c.Resource.ResourceID != ""); err != nil {
		return Cancelled{}, err
	}
	if err := c.checkOrder(now); err != nil {
		return Cancelled{}, err
	}
	return Cancelled{Order: c.Order.Cancel(now)}, nil
}

func checkCancelEPass(p *dragonpass.EPass) error {
	switch {
	case !p.CancelledAt.IsZero():
		return dragonpass.Refuse(dragonpass.OrderAlreadyCancelled, "order %s is cancelled already", p.OrderID).By("A-043")
	case p.Used > 0:
		return dragonpass.Refuse(dragonpass.EPassInUse, "E-pass %s cannot be cancelled: %d usages are taken", p.EPassID, p.Used).By("A-043").
			Unless("its prebookings cancelled first")
	}
	return nil
}

func (c *Cancel) checkOrder(now time.Time) error {
	o, policy, counts := &c.Order, c.Resource.Policy.Cancellation, c.Counts
	if counts.IsZero() {
		counts = o.ServiceAt
	}
	switch {
	case o.Status == dragonpass.Cancelled:
		return dragonpass.Refuse(dragonpass.OrderAlreadyCancelled, "order %s is cancelled already", o.OrderID).By(dragonpass.SeedPage)
	case o.Category != dragonpass.Prebooking:
		return dragonpass.Refuse(dragonpass.OrderNotCancellable, "order %s is a walk-in", o.OrderID).By("A-046").Unless("a prebooking")
	case o.Status == dragonpass.Used:
		return dragonpass.Refuse(dragonpass.OrderAlreadyUsed, "order %s is used already", o.OrderID).By("A-046")
	case o.Status == dragonpass.Failed:
		return dragonpass.Refuse(dragonpass.OrderNotCancellable, "order %s has failed", o.OrderID).By("A-005").Unless("a confirmed or pending order")
	case !policy.Cancellable:
		return dragonpass.Refuse(dragonpass.OrderNotCancellable, "prebookings of resource %s cannot be cancelled", o.ResourceID).By(dragonpass.SeedPage)
	}
	if err := checkAlone(o.OrderID, c.TopUps); err != nil {
		return err
	}
	if deadline := policy.Deadline(counts); now.After(deadline) {
		return dragonpass.Refuse(dragonpass.CancellationWindowClosed, "order %s could be cancelled until %s", o.OrderID, deadline).
			By("A-046").Unless("a time at or before %s", deadline)
	}
	return nil
}

// checkAlone refuses to end the order that an eSIM came with while a top-up of it has not ended, since the profile is one:
// ORDER_NOT_CANCELLABLE.
func checkAlone(orderID string, topUps []dragonpass.Order) error {
	for _, t := range topUps {
		if !t.Dead() {
			return dragonpass.Refuse(dragonpass.OrderNotCancellable, "the eSIM of order %s has a top-up, order %s", orderID, t.OrderID).By("A-087").
				Unless("its top-ups cancelled first")
		}
	}
	return nil
}
