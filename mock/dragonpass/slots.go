package dragonpass

// Slot is what is left of one bookable time of a resource.
//
// Left counts persons that no order has taken. Reserved counts those of them that reservations hold. A reservation that
// was there when the test author set the slot holds places of its own instead, so that setting a slot to full takes
// nothing from those who reserved.
//
// Left is the capacity without the standing orders, below zero when there are more of them than places; but of a slot
// that is Filled it is what the test author set, and what orders took and gave back since.
type Slot struct {
	ResourceID string
	Date       LocalTime
	Left       int
	Reserved   int
	Filled     bool // the test author has set it

	OptionID string // of a lifestyle resource
	Places   int    // what the option takes; 0: of a resource without options, or without a bound, so that nothing is counted
}

// Free is how many persons can still reserve or book.
func (s Slot) Free() int { return max(s.Left-s.Reserved, 0) }

// SlotOf is a slot of the resource that nobody has touched.
func (r *Resource) SlotOf(date LocalTime) Slot {
	return Slot{ResourceID: r.ResourceID, Date: date, Left: r.Capacity}
}

// Untouched says that the slot is as [Resource.SlotOf] makes it.
func (s Slot) Untouched(r *Resource) bool {
	if s.OptionID != "" {
		return s.Left == s.Places && s.Reserved == 0 && !s.Filled
	}
	return s == r.SlotOf(s.Date)
}

// Reserve holds places for a party.
func (s Slot) Reserve(persons int) Slot { s.Reserved += persons; return s }

// Release gives back what a token holds in the slot; that of a token with places of its own holds nothing.
func (s Slot) Release(t PrebookingToken) Slot {
	if t.Reserved && !t.Apart {
		s.Reserved -= t.Party.Persons()
	}
	return s
}

// Resized is the slot of a resource whose capacity was another. What the test author set stays.
func (s Slot) Resized(before, after *Resource) Slot {
	if !s.Filled {
		s.Left += after.Capacity - before.Capacity
	}
	return s
}

// Take takes places for an order, free or not.
func (s Slot) Take(persons int) Slot { s.Left -= persons; return s }

// Refund gives back the places of an order.
func (s Slot) Refund(persons int) Slot { s.Left += persons; return s }
