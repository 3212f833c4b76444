package dragonpass

import (
	"time"

	"dragonmock/mock/dragonpass/calendar"
)

// MaxProgramID is how many letters the id of a programme has at most.
const MaxProgramID = 64

// Program is what a programme gives its new members.
type Program struct {
	ProgramID    string
	Validity     time.Duration // how long a membership is good; 0: two years of the calendar
	Entitlements []Entitlements
	Agreed       []Module `json:",omitzero"` // see CrossModules
}

// Expiry is when a membership that begins at now ends.
func (p Program) Expiry(now time.Time) time.Time {
	if p.Validity == 0 {
		return calendar.AddYears(now, 2)
	}
	return now.Add(p.Validity)
}

// StandardProgram is a programme that nothing says anything about: it gives two years, and one visit of the cardholder
// and one of a guest to a lounge.
func StandardProgram(id string) Program {
	return Program{ProgramID: id, Entitlements: []Entitlements{
		{Module: Lounge, Cardholder: 1, Guests: 1, AllowedGuestsPerUsage: 1},
	}}
}
