package given

import (
	"fmt"
	"slices"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/people"
)

// Membership is a membership that is there from the start.
type Membership struct {
	As             string                       `json:"as"` // the name that steps call it by
	MembershipID   string                       `json:"membershipId"`
	ProgramID      string                       `json:"programId"`
	ClientUserID   string                       `json:"clientUserId"`
	FirstName      string                       `json:"firstName"`
	LastName       string                       `json:"lastName"`
	PhoneNumber    string                       `json:"phoneNumber"`
	CallingCode    string                       `json:"callingCode"`
	Email          string                       `json:"email"`
	Status         *dragonpass.MembershipStatus `json:"status"` // nil: active
	ExpirationDate string                       `json:"expirationDate"`
	ExpiresIn      string                       `json:"expiresIn"` // neither: as the programme has it
	Entitlements   *Entitlements                `json:"entitlements"`
}

// Program is a programme of the client, and what it gives.
type Program struct {
	ProgramID    string        `json:"programId"`
	Validity     string        `json:"validity"`     // empty: two years
	Entitlements *Entitlements `json:"entitlements"` // nil: as A-026 has it

	CrossModules []dragonpass.Module `json:"crossModules"` // that its cross-module passes are for; none: as A-072 has it
}

// ReadPrograms reads the programmes. An error is an [*Error].
func (g Given) ReadPrograms() ([]dragonpass.Program, error) {
	var programs []dragonpass.Program
	for i, p := range g.Programs {
		at := fmt.Sprintf("/programs/%d", i)
		if slices.ContainsFunc(programs, func(before dragonpass.Program) bool { return before.ProgramID == p.ProgramID }) {
			return nil, &Error{at + "/programId", "programme " + p.ProgramID + " is there already"}
		}
		program, err := p.read()
		if err != nil {
			return nil, &Error{at + err.Pointer, err.Reason}
		}
		programs = append(programs, program)
	}
	return programs, nil
}

func (g Program) read() (p dragonpass.Program, err *Error) {
	p = dragonpass.StandardProgram(g.ProgramID)
	if g.Entitlements != nil {
		if p.Entitlements, err = g.Entitlements.list(); err != nil {
			return p, err
		}
	}
	p.Agreed = inOrder(g.CrossModules)
	if g.Validity == "" {
		return p, nil
	}
	validity, wrong := duration.Parse(g.Validity)
	switch p.Validity = validity; {
	case wrong != nil:
		return p, &Error{"/validity", wrong.Error()}
	case validity <= 0:
		return p, &Error{"/validity", "expected a duration of more than 0, got " + g.Validity}
	}
	return p, nil
}

// Entitlements are the visits of a membership, in the vendor's shape; nil means what the programme gives.
type Entitlements struct {
	ModuleExclusiveEntitlements []struct {
		Module  dragonpass.Module `json:"module"`
		Details struct {
			Cardholder            int `json:"cardholderExclusiveEntitlements"`
			Guests                int `json:"guestsExclusiveEntitlements"`
			Shared                int `json:"sharedEntitlements"`
			AllowedGuestsPerUsage int `json:"allowedGuestsPerUsage"`
		} `json:"details"`
	} `json:"moduleExclusiveEntitlements"`
}

func (g Entitlements) list() ([]dragonpass.Entitlements, *Error) {
	var m dragonpass.Membership
	for i, row := range g.ModuleExclusiveEntitlements {
		if slices.ContainsFunc(m.Entitlements, func(before dragonpass.Entitlements) bool { return before.Module == row.Module }) {
			return nil, &Error{fmt.Sprintf("/entitlements/moduleExclusiveEntitlements/%d/module", i), fmt.Sprintf("module %d is there already", row.Module)}
		}
		m = m.With(dragonpass.Entitlements{
			Module: row.Module, Cardholder: row.Details.Cardholder, Guests: row.Details.Guests, Shared: row.Details.Shared,
			AllowedGuestsPerUsage: row.Details.AllowedGuestsPerUsage,
		})
	}
	return m.Entitlements, nil
}

func (g giver) membership(m Membership, n int) *Error {
	person := people.Nth(g.Seed(), "given membership", uint64(n))
	programID, unknown := g.program(m.ProgramID)
	if unknown != nil {
		return unknown
	}
	program := g.Program(programID)
	member := dragonpass.Membership{
		MembershipID: m.MembershipID, ProgramID: program.ProgramID, ClientUserID: or(m.ClientUserID, person.ClientUserID),
		FirstName: or(m.FirstName, person.FirstName), LastName: or(m.LastName, person.LastName),
		PhoneNumber: m.PhoneNumber, CallingCode: m.CallingCode, Email: m.Email, Status: dragonpass.MembershipActive,
		RegisteredAt: g.Now(), ExpirationDate: program.Expiry(g.Now()), Entitlements: program.Entitlements,
	}
	if m.Status != nil {
		member.Status = *m.Status
	}
	if m.Entitlements != nil {
		granted, err := m.Entitlements.list()
		if err != nil {
			return err
		}
		member.Entitlements = granted
	}
	if m.ExpirationDate != "" || m.ExpiresIn != "" {
		expires, err := g.expiry(m.ExpirationDate, m.ExpiresIn)
		if err != nil {
			return err
		}
		member.ExpirationDate = expires
	}
	if g.Memberships.Has(m.MembershipID) {
		return &Error{"/membershipId", "membership " + m.MembershipID + " is there already"}
	}
	if err := g.checkName(member.ClientUserID, member.FirstName, member.LastName); err != nil {
		return err
	}
	if member.MembershipID == "" {
		member.MembershipID = g.NextMembershipID()
	}
	booking.AddMembership(g.Tx, member)
	return g.call(m.As, map[string]string{
		"membershipId": member.MembershipID, "clientUserId": member.ClientUserID, "firstName": member.FirstName, "lastName": member.LastName,
	})
}
