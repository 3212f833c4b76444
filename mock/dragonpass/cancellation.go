package dragonpass

import "time"

// Cancel cancels the order at the client's word. The caller refunds and frees the slot. Refusals, in this order:
// ORDER_ALREADY_CANCELLED; ORDER_ALREADY_USED; ORDER_NOT_CANCELLABLE for walk-ins, failed orders and resources that do
// not allow it; CANCELLATION_WINDOW_CLOSED (D, seed; A-046).
func (o Order) Cancel(policy CancellationPolicy, now time.Time) (Order, error) {
	switch {
	case o.Status == Cancelled:
		return o, Refuse(OrderAlreadyCancelled, "order %s is cancelled already", o.OrderID).By("D (seed)")
	case o.Category != Prebooking:
		return o, Refuse(OrderNotCancellable, "order %s is a walk-in", o.OrderID).By("A-046").Unless("a prebooking")
	case o.Status == Used:
		return o, Refuse(OrderAlreadyUsed, "order %s is used already", o.OrderID).By("A-046")
	case o.Status == Failed:
		return o, Refuse(OrderNotCancellable, "order %s has failed", o.OrderID).By("A-005").Unless("a confirmed or pending order")
	case !policy.Cancellable:
		return o, Refuse(OrderNotCancellable, "prebookings of resource %s cannot be cancelled", o.ResourceID).By("D (seed)")
	}
	if deadline := policy.Deadline(o.ServiceAt); now.After(deadline) {
		return o, Refuse(CancellationWindowClosed, "order %s could be cancelled until %s", o.OrderID, deadline.UTC().Format(time.RFC3339)).
			By("A-046").Unless("a time at or before %s", deadline)
	}
	o.Status, o.CancelledAt = Cancelled, now
	return o, nil
}

// Deadline is the last instant at which a prebooking can be cancelled: so many elapsed hours, not wall hours, before
// the service.
func (p CancellationPolicy) Deadline(service time.Time) time.Time {
	return service.Add(-time.Duration(p.HoursBefore) * time.Hour)
}
