package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// slotOf is what is left of one time of a resource; untouched, that is its capacity.
func slotOf(tx *world.Tx, r *dragonpass.Resource, date dragonpass.LocalTime) dragonpass.Slot {
	if slot, ok := tx.Slots.Get(store.SlotKey(r.ResourceID, date)); ok {
		return slot
	}
	return r.SlotOf(date)
}

// putSlot stores a slot, or forgets it when it is as good as untouched.
func putSlot(tx *world.Tx, r *dragonpass.Resource, slot dragonpass.Slot) {
	key := store.SlotKey(slot.ResourceID, slot.Date)
	if slot.Untouched(r) {
		tx.Slots.Remove(key)
		return
	}
	tx.Slots.Put(key, slot)
}

// resizeSlots gives the slots that somebody has touched another capacity.
func resizeSlots(tx *world.Tx, before, after *dragonpass.Resource) {
	if before.Capacity == after.Capacity {
		return
	}
	var touched []dragonpass.Slot
	tx.Slots.EachDown(store.SlotKey(after.ResourceID, ""), func(_ string, s dragonpass.Slot) bool {
		touched = append(touched, s)
		return true
	})
	for _, s := range touched {
		putSlot(tx, after, s.Resized(before, after))
	}
}

// FillSlot sets, at the test author's word, how many persons can still reserve or book one time of a resource. It takes
// nothing from those who reserved before: their places are theirs, apart. Errors: those of [rules.FillSlot].
func FillSlot(tx *world.Tx, resourceID string, date dragonpass.LocalTime, free int) (dragonpass.Slot, error) {
	fill := rules.FillSlot{ResourceID: resourceID, Date: date, Free: free}
	fill.Resource, _ = FindResource(tx, resourceID)
	slot, err := fill.Decide(tx.Now())
	if err != nil {
		return dragonpass.Slot{}, err
	}
	var reserved []dragonpass.PrebookingToken
	tx.Holds.Each(func(_, token string) bool {
		if t, ok := tx.Tokens.Get(token); ok && t.Reserved && t.For(slot) {
			reserved = append(reserved, t)
		}
		return true
	})
	for _, t := range reserved {
		t.Apart = true
		tx.Tokens.Put(t.Token, t)
	}
	putSlot(tx, &fill.Resource, slot)
	return slot, nil
}
