package rules

import (
	"time"

	"dragonmock/mock/dragonpass"
)

// Settle is a test author who decides for the supplier about a pending order.
type Settle struct {
	OrderID string
	Order   dragonpass.Order // without id: there is none such
}

// Check refuses, in this order: ORDER_NOT_FOUND, ORDER_NOT_CANCELLABLE for an order that is not pending.
func (s *Settle) Check() error {
	if err := RequireOrder(s.OrderID, s.Order.OrderID != ""); err != nil {
		return err
	}
	if status := s.Order.Status; status != dragonpass.Pending {
		return dragonpass.Refuse(dragonpass.OrderNotCancellable, "order %s is not pending, its status is %d", s.OrderID, status).
			By("A-005").Unless("a pending order")
	}
	return nil
}

// FillSlot is a test author who sets how many persons can still reserve or book one time of a resource.
type FillSlot struct {
	ResourceID string
	Date       dragonpass.LocalTime
	Free       int
	Resource   dragonpass.Resource // without id: there is none such
}

// Decide returns the slot, or refuses, in this order: RESOURCE_NOT_FOUND, what [CheckSlotTime] refuses, INVALID_REQUEST
// for fewer than none or more than [dragonpass.MaxCapacity]. Whoever has reserved keeps places of his own, apart. How
// far ahead can be booked is not asked: clocks move.
func (f *FillSlot) Decide(now time.Time) (dragonpass.Slot, error) {
	if err := RequireResource(f.ResourceID, f.Resource.ResourceID != ""); err != nil {
		return dragonpass.Slot{}, err
	}
	if _, err := CheckSlotTime(&f.Resource, f.Date, now); err != nil {
		return dragonpass.Slot{}, err
	}
	return dragonpass.Slot{ResourceID: f.ResourceID, Date: f.Date, Left: f.Free, Filled: true}, f.CheckFree()
}

// CheckFree refuses fewer persons than none, and more than [dragonpass.MaxCapacity]: INVALID_REQUEST.
func (f *FillSlot) CheckFree() error {
	if f.Free < 0 || f.Free > dragonpass.MaxCapacity {
		return dragonpass.RefuseField(dragonpass.InvalidRequest, "free", "expected 0 to %d, got %d", dragonpass.MaxCapacity, f.Free)
	}
	return nil
}

// CheckPatch refuses a change of a resource that is none, or leaves it as no resource can be: RESOURCE_NOT_FOUND,
// INVALID_REQUEST. wrong is what is wrong with the changed resource; nil: nothing.
func CheckPatch(resourceID string, found bool, wrong error) error {
	if err := RequireResource(resourceID, found); err != nil {
		return err
	}
	if wrong != nil {
		return dragonpass.Refuse(dragonpass.InvalidRequest, "%s", wrong)
	}
	return nil
}
