package platform

import (
	"time"

	"dragonmock/mock/dragonpass"
)

// Program is what a programme gives its new members.
type Program struct {
	ProgramID    string
	Validity     time.Duration // 0: two years of the calendar
	Entitlements []dragonpass.Entitlements
}

// expiry is when a membership that begins at now ends.
func (p Program) expiry(now time.Time) time.Time {
	if p.Validity == 0 {
		return now.AddDate(2, 0, 0)
	}
	return now.Add(p.Validity)
}

// program finds a programme.
func (w *World) program(id string) Program {
	for _, p := range w.programs {
		if p.ProgramID == id {
			return p
		}
	}
	return standardProgram(id)
}

// standardProgram is a programme that nothing says anything about: it gives two years, and one visit of the cardholder
// and one of a guest to a lounge.
func standardProgram(id string) Program {
	return Program{ProgramID: id, Entitlements: []dragonpass.Entitlements{
		{Module: dragonpass.Lounge, Cardholder: 1, Guests: 1, AllowedGuestsPerUsage: 1},
	}}
}
