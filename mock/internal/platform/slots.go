package platform

import (
	"dragonmock/mock/dragonpass"
)

func slotKey(resourceID string, date dragonpass.LocalTime) string {
	return resourceID + "/" + string(date)
}

// slot is what is left of one time of a resource; untouched, that is its capacity.
func (tx *Tx) slot(r dragonpass.Resource, date dragonpass.LocalTime) dragonpass.Slot {
	if slot, ok := tx.state.slots.get(slotKey(r.ResourceID, date)); ok {
		return slot
	}
	return dragonpass.Slot{ResourceID: r.ResourceID, Date: date, Left: r.Capacity}
}

// slotOf is the slot that a token is for.
func (tx *Tx) slotOf(t dragonpass.PrebookingToken) dragonpass.Slot {
	r, _ := tx.resource(t.ResourceID)
	return tx.slot(r, t.Date)
}

// putSlot stores a slot, or forgets it when it is as good as untouched.
func (tx *Tx) putSlot(slot dragonpass.Slot) {
	key := slotKey(slot.ResourceID, slot.Date)
	if r, _ := tx.resource(slot.ResourceID); slot.Reserved == 0 && slot.Left == r.Capacity {
		remove(tx, &tx.state.slots, key)
		return
	}
	put(tx, &tx.state.slots, key, slot)
}

// FillSlot sets how many persons can still reserve or book one time of a resource. It takes nothing from those who
// reserved before: their places are theirs, apart. Errors: RESOURCE_NOT_FOUND, PREBOOKING_NOT_SUPPORTED,
// PREBOOKING_DATE_INVALID, INVALID_REQUEST for fewer than none.
func (tx *Tx) FillSlot(resourceID string, date dragonpass.LocalTime, free int) (dragonpass.Slot, error) {
	r, err := tx.Resource(resourceID)
	if err != nil {
		return dragonpass.Slot{}, err
	}
	if !r.Prebookable() {
		return dragonpass.Slot{}, dragonpass.Refuse(dragonpass.PrebookingNotSupported, "/resourceId: resource %s cannot be booked", resourceID)
	}
	if _, err := date.In(r.Zone); err != nil {
		return dragonpass.Slot{}, dragonpass.Refuse(dragonpass.PrebookingDateInvalid, "/prebookingDate: %s", err).By("A-021")
	}
	if free < 0 {
		return dragonpass.Slot{}, dragonpass.Refuse(dragonpass.InvalidRequest, "/free: expected 0 or more, got %d", free)
	}
	tx.state.holds.each(func(_, token string) bool {
		if t, ok := tx.state.tokens.get(token); ok && t.ResourceID == resourceID && t.Date == date && t.Reserved {
			t.Apart = true
			put(tx, &tx.state.tokens, token, t)
		}
		return true
	})
	slot := dragonpass.Slot{ResourceID: resourceID, Date: date, Left: free}
	tx.putSlot(slot)
	return slot, nil
}
