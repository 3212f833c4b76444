package dragonpass

import (
	"errors"
	"fmt"
	"time"
)

// Program is what a programme gives its new members.
type Program struct {
	ProgramID    string
	Validity     time.Duration // how long a membership is good; 0: two years of the calendar
	Entitlements []Entitlements
}

// Expiry is when a membership that begins at now ends.
func (p Program) Expiry(now time.Time) time.Time {
	if p.Validity == 0 {
		return now.AddDate(2, 0, 0)
	}
	return now.Add(p.Validity)
}

// Validate says what is wrong with the programme as data, beginning with the pointer of the member.
func (p Program) Validate() error {
	if p.ProgramID == "" {
		return errors.New("/ProgramID: expected an id")
	}
	if p.Validity < 0 {
		return fmt.Errorf("/Validity: expected a duration of 0 or more, got %s", p.Validity)
	}
	return ValidateEntitlements(p.Entitlements)
}

// StandardProgram is a programme that nothing says anything about: it gives two years, and one visit of the cardholder
// and one of a guest to a lounge.
func StandardProgram(id string) Program {
	return Program{ProgramID: id, Entitlements: []Entitlements{
		{Module: Lounge, Cardholder: 1, Guests: 1, AllowedGuestsPerUsage: 1},
	}}
}
