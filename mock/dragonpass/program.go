package dragonpass

import (
	"fmt"
	"time"
	"unicode/utf8"
)

// CheckLength refuses a text of fewer or more letters.
func CheckLength(s string, least, most int) error {
	if n := utf8.RuneCountInString(s); n < least || n > most {
		return fmt.Errorf("expected %d to %d letters, got %d", least, most, n)
	}
	return nil
}

// MaxProgramID is how many letters the id of a programme has at most.
const MaxProgramID = 64

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
	if err := CheckLength(p.ProgramID, 1, MaxProgramID); err != nil {
		return fmt.Errorf("/ProgramID: %w", err)
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
