package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/lifestyle"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/world"
)

// FillSlot sets, at the test author's word, how many persons can still reserve or book one time of a resource, or of an
// option of it. It takes nothing from those who reserved before: their places are theirs, apart. Errors: those of
// [lifestyle.FillSlot].
func FillSlot(tx *world.Tx, resourceID, optionID string, date dragonpass.LocalTime, free int) (dragonpass.Slot, error) {
	fill := lifestyle.FillSlot{FillSlot: rules.FillSlot{ResourceID: resourceID, Date: date, Free: free}, OptionID: optionID}
	fill.Resource, _ = FindResource(tx, resourceID)
	fill.Option, _ = option.Find(fill.Resource.Options, optionID)
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
