package dragonpass

import "time"

// TokenLife is how long a prebooking token is good, in world time.
const TokenLife = 10 * time.Minute

// Enquiry asks for a place.
type Enquiry struct {
	Module   Module
	Resource Resource
	Date     LocalTime
	Party    Party
	Account  Account // nil: it names none
	Unknown  error   // the refusal of an account that it names and that does not exist
}

// Check refuses what can never be booked, in the order of A-044: module mismatch, a module without prebooking, a date
// that does not exist or is not in the future, a bad party, an account that is unknown or no good. It answers the instant
// of the service. That there is no place is not a refusal: see [Resource.Closed] and [Slot].
func (q Enquiry) Check(now time.Time) (time.Time, error) {
	r := q.Resource
	if q.Module != r.Module {
		return time.Time{}, Refuse(ModuleMismatch, "/module: resource %s is of module %d, not %d", r.ResourceID, r.Module, q.Module).By("A-044").Unless("module %d", r.Module)
	}
	if q.Account != nil {
		if err := q.Account.CheckModule(r.Module); err != nil {
			return time.Time{}, err
		}
	}
	if !r.Prebookable() {
		return time.Time{}, Refuse(PrebookingNotSupported, "/resourceId: resource %s cannot be booked", r.ResourceID).By("A-044").Unless("a resource with prebookingAllowed")
	}
	service, err := q.Date.In(r.Zone)
	if err != nil {
		return time.Time{}, Refuse(PrebookingDateInvalid, "/prebookingDate: %s", err).By("A-021")
	}
	if !service.After(now) {
		return time.Time{}, Refuse(PrebookingDateInvalid, "/prebookingDate: expected a time in the future, by the wall clock of %s", r.Zone).
			By("A-044").Unless("a time after %s", now.In(r.Zone))
	}
	if err := q.Party.check(r.Policy.MaxPassengers()); err != nil {
		return time.Time{}, err
	}
	if q.Unknown != nil || q.Account == nil {
		return service, q.Unknown
	}
	return service, q.Account.CheckUse(r, q.Party, service, now)
}

// PrebookingToken is the promise of one place, bound to what was asked.
type PrebookingToken struct {
	Token      string // 32 hex digits
	Module     Module
	ResourceID string
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

// CheckRedeem refuses the token for an order: used, expired, or given for another module or holder. The instant
// at which it ends still counts.
func (t PrebookingToken) CheckRedeem(m Module, holder Holder, now time.Time) error {
	switch {
	case t.OrderID != "":
		return Refuse(PrebookingTokenUsed, "/extra/prebookingToken: it made order %s already", t.OrderID).By("A-045").Unless("a new availability call")
	case now.After(t.ValidUntil):
		return Refuse(PrebookingTokenExpired, "/extra/prebookingToken: it ended at %s", t.ValidUntil.UTC().Format(time.RFC3339)).By("A-045").Unless("a new availability call")
	case m != t.Module:
		return Refuse(PrebookingTokenMismatch, "/extra/prebookingToken: it was given for module %d", t.Module).By("A-045").Unless("a token of module %d", m)
	case t.Holder != (Holder{}) && t.Holder != holder:
		return Refuse(PrebookingTokenMismatch, "/extra/prebookingToken: it was given for another E-pass or membership").By("A-045").
			Unless("the holder of the availability call, or an availability call without one")
	}
	return nil
}

// Book makes the order that a token stands for. It is pending; [Order.Confirm] confirms it.
func (t PrebookingToken) Book(orderID, programID string, holder Holder, passenger Passenger, now time.Time) Order {
	return Order{
		OrderID: orderID, ProgramID: programID, Module: t.Module, Category: Prebooking, Status: Pending, Holder: holder,
		ResourceID: t.ResourceID, CreatedAt: now, Party: t.Party, Date: t.Date, ServiceAt: t.ServiceAt, Passenger: passenger,
	}
}
