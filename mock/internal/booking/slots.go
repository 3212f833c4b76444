package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/world"
)

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
	stock.Put(tx, &fill.Resource, slot)
	return slot, nil
}
