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

// Spend takes the visits of a party: the cardholder a cardholder visit, else a shared one; each guest a guest visit,
// else a shared one. Errors: GUESTS_EXCEEDED beyond allowedGuestsPerUsage, ENTITLEMENTS_EXHAUSTED when visits
// are short; then nothing is taken.
func (e Entitlements) Spend(party Party) (Entitlements, Spent, error) {
	guests := party.Persons() - 1
	if guests > e.AllowedGuestsPerUsage {
		return e, Spent{}, Refuse(GuestsExceeded, "module %d: expected at most %d guests, got %d", e.Module, e.AllowedGuestsPerUsage, guests).
			By("A-047").Unless("at most %d guests", e.AllowedGuestsPerUsage)
	}
	spent := Spent{Cardholder: min(1, e.Cardholder), Guests: min(guests, e.Guests)}
	spent.Shared = party.Persons() - spent.Cardholder - spent.Guests
	if spent.Shared > e.Shared {
		return e, Spent{}, Refuse(EntitlementsExhausted, "module %d: %d cardholder, %d guest and %d shared visits are left, too few for %d persons",
			e.Module, e.Cardholder, e.Guests, e.Shared, party.Persons()).By("A-047").Unless("more visits, or a smaller party")
	}
	e.Cardholder -= spent.Cardholder
	e.Guests -= spent.Guests
	e.Shared -= spent.Shared
	return e, spent, nil
}

// Refund gives back what a use took, to where it came from.
func (e Entitlements) Refund(s Spent) Entitlements {
	e.Cardholder += s.Cardholder
	e.Guests += s.Guests
	e.Shared += s.Shared
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
