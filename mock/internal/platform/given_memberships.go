package platform

import (
	"fmt"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/duration"
)

// GivenMembership is a membership that is there from the start.
type GivenMembership struct {
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
	Entitlements   *GivenEntitlements           `json:"entitlements"`
}

// GivenProgram is a programme of the client, and what it gives.
type GivenProgram struct {
	ProgramID    string             `json:"programId"`
	Validity     string             `json:"validity"`     // empty: two years
	Entitlements *GivenEntitlements `json:"entitlements"` // nil: as A-026 has it
}

// program reads a programme.
func (g GivenProgram) program() (Program, error) {
	p := standardProgram(g.ProgramID)
	if g.Entitlements != nil {
		p.Entitlements = g.Entitlements.list()
	}
	if g.Validity == "" {
		return p, nil
	}
	var err error
	p.Validity, err = duration.Parse(g.Validity)
	if err == nil && p.Validity <= 0 {
		err = fmt.Errorf("expected a duration of more than 0, got %s", g.Validity)
	}
	return p, err
}

// GivenEntitlements are the visits of a membership, in the vendor's shape; nil means what the programme gives.
type GivenEntitlements struct {
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

func (g GivenEntitlements) list() []dragonpass.Entitlements {
	var m dragonpass.Membership
	for _, row := range g.ModuleExclusiveEntitlements {
		m = m.With(dragonpass.Entitlements{
			Module: row.Module, Cardholder: row.Details.Cardholder, Guests: row.Details.Guests, Shared: row.Details.Shared,
			AllowedGuestsPerUsage: row.Details.AllowedGuestsPerUsage,
		})
	}
	return m.Entitlements
}

func (tx *Tx) layMembership(g GivenMembership, n int) *GivenError {
	fake := tx.faker("given membership", n)
	program := tx.world.program(or(g.ProgramID, tx.world.config.Client.DefaultProgram()))
	m := dragonpass.Membership{
		MembershipID: g.MembershipID, ProgramID: program.ProgramID, ClientUserID: or(g.ClientUserID, strings.ToUpper(fake.UUID())),
		FirstName: or(g.FirstName, fake.FirstName()), LastName: or(g.LastName, fake.LastName()),
		PhoneNumber: g.PhoneNumber, CallingCode: g.CallingCode, Email: g.Email, Status: dragonpass.MembershipActive,
		RegisteredAt: tx.now, ExpirationDate: program.expiry(tx.now), Entitlements: program.Entitlements,
	}
	if g.Status != nil {
		m.Status = *g.Status
	}
	if g.Entitlements != nil {
		m.Entitlements = g.Entitlements.list()
	}
	if g.ExpirationDate != "" || g.ExpiresIn != "" {
		expires, err := tx.instant(g.ExpirationDate, g.ExpiresIn)
		if err != nil {
			return &GivenError{"/expirationDate", err.Error()}
		}
		m.ExpirationDate = expires
	}
	switch {
	case g.ExpirationDate != "" && g.ExpiresIn != "":
		return &GivenError{"/expiresIn", "expected expirationDate or expiresIn, not both"}
	case tx.state.memberships.has(m.MembershipID):
		return &GivenError{"/membershipId", "membership " + m.MembershipID + " is there already"}
	}
	if err := tx.checkName(m.ClientUserID, m.FirstName, m.LastName); err != nil {
		return &GivenError{"/clientUserId", err.Error()}
	}
	if m.MembershipID == "" {
		m.MembershipID = tx.nextMembershipID()
	}
	tx.addMembership(&m)
	if g.As != "" {
		tx.world.named[g.As] = map[string]string{"membershipId": m.MembershipID, "clientUserId": m.ClientUserID,
			"firstName": m.FirstName, "lastName": m.LastName}
	}
	return nil
}
