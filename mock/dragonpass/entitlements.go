package dragonpass

// Entitlements are the visits of one module that a membership has left.
type Entitlements struct {
	Module                Module
	Cardholder            int // visits of the cardholder alone
	Guests                int // visits of guests alone
	Shared                int // visits of either
	AllowedGuestsPerUsage int
}

// Spent is what one use took, so that it can go back where it came from.
type Spent struct {
	Cardholder, Guests, Shared int
}

// Spend is what the visits of a party are: the cardholder takes a cardholder visit, else a shared one; each guest a guest
// visit, else a shared one. It is false when visits are short.
func (e Entitlements) Spend(party Party) (Spent, bool) {
	guests := party.Persons() - 1
	spent := Spent{Cardholder: min(1, e.Cardholder), Guests: min(guests, e.Guests)}
	spent.Shared = party.Persons() - spent.Cardholder - spent.Guests
	return spent, spent.Shared <= e.Shared
}

// Take takes what [Entitlements.Spend] found.
func (e Entitlements) Take(s Spent) Entitlements {
	e.Cardholder -= s.Cardholder
	e.Guests -= s.Guests
	e.Shared -= s.Shared
	return e
}

// MaxVisits is how many visits of a kind a membership can have, as the client may set them.
const MaxVisits = 10_000

// Refund gives back what a use took, to where it came from. There are never more than can be set: they may have been set
// anew since the use.
func (e Entitlements) Refund(s Spent) Entitlements {
	e.Cardholder = min(e.Cardholder+s.Cardholder, MaxVisits)
	e.Guests = min(e.Guests+s.Guests, MaxVisits)
	e.Shared = min(e.Shared+s.Shared, MaxVisits)
	return e
}

// MaxGuestsNextUse is how many guests the next use may bring: none when the cardholder has no visit.
func (e Entitlements) MaxGuestsNextUse() int {
	shared := e.Shared
	if e.Cardholder == 0 {
		shared--
	}
	if shared < 0 {
		return 0
	}
	return min(e.AllowedGuestsPerUsage, e.Guests+shared)
}
