package dragonpass

import "time"

// TokenLife is how long a prebooking token is good, in world time.
const TokenLife = 10 * time.Minute

// PrebookingToken is the promise of one place, bound to what was asked.
type PrebookingToken struct {
	Token      string // 32 hex digits
	Module     Module
	ResourceID string
	OptionID   string // of a lifestyle resource
	TopUpOf    string // the order of the eSIM that it is a top-up of; empty: it is none
	Date       LocalTime
	ServiceAt  time.Time
	Party      Party
	Holder     Holder // zero: anybody's
	ValidUntil time.Time
	OrderID    string // the order it made; empty: none yet

	// Reserved says that it holds its places in the slot; Apart that these are places of its own, see [Slot].
	Reserved bool
	Apart    bool
}

// For says whether the token is for a slot.
func (t PrebookingToken) For(s Slot) bool {
	return t.ResourceID == s.ResourceID && t.OptionID == s.OptionID && t.Date == s.Date
}

// Released is the token when it holds no places any more. It stays good.
func (t PrebookingToken) Released() PrebookingToken {
	t.Reserved, t.Apart = false, false
	return t
}

// Book makes the order that a token stands for, which has no id yet. It is pending; [Order.Confirm] confirms it.
func (t PrebookingToken) Book(programID string, holder Holder, passenger Passenger, now time.Time) Order {
	return Order{
		ProgramID: programID, Module: t.Module, Category: Prebooking, Status: Pending, Holder: holder,
		ResourceID: t.ResourceID, OptionID: t.OptionID, CreatedAt: now, Party: t.Party, Date: t.Date, ServiceAt: t.ServiceAt, Passenger: passenger,
	}
}
