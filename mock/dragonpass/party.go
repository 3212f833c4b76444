package dragonpass

// Party is who comes. The first adult is the cardholder.
type Party struct {
	Adults, Children int
}

// Persons counts the party; usages count persons (D/v1/338667m0).
func (p Party) Persons() int { return p.Adults + p.Children }

// check refuses a party without an adult, and one larger than most; most 0 sets no limit.
func (p Party) check(most int) error {
	if p.Adults < 1 {
		return Refuse(PassengersInvalid, "adultCount: expected at least 1 adult, got %d", p.Adults).By("A-044").Unless("adultCount of 1 or more")
	}
	// Sums beyond int32 cannot overflow int, and both counts are int32 by contract.
	if most > 0 && p.Persons() > most {
		return Refuse(PassengersInvalid, "adultCount + childCount: expected at most %d persons in one order, got %d", most, p.Persons()).
			By("A-044").Unless("a party of at most %d", most)
	}
	return nil
}
