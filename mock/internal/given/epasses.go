package given

import (
	"fmt"
	"slices"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/user"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/people"
)

// EPass is a pass that is there from the start.
type EPass struct {
	As               string            `json:"as"` // the name that steps call it by
	EPassID          string            `json:"ePassId"`
	OrderID          string            `json:"orderId"`
	ProgramID        string            `json:"programId"`
	Module           dragonpass.Module `json:"module"`
	ClientUserID     string            `json:"clientUserId"`
	FirstName        string            `json:"firstName"`
	LastName         string            `json:"lastName"`
	AvailableUsages  *int              `json:"availableUsages"` // nil: 1
	UsedUsages       int               `json:"usedUsages"`
	ExpirationDate   string            `json:"expirationDate"`
	ExpiresIn        string            `json:"expiresIn"` // neither: 365d
	AllowedResources struct {
		ResourceID []string `json:"resourceId"`
	} `json:"allowedResources"`
	AllowedModules []dragonpass.Module `json:"allowedModules"` // of module 0; none: those that the programme has agreed
}

func (g giver) ePass(e EPass, n int) *Error {
	person := people.Nth(g.Seed(), "given ePass", uint64(n))
	program, unknown := g.program(e.ProgramID)
	if unknown != nil {
		return unknown
	}
	pass := dragonpass.EPass{
		EPassID: e.EPassID, OrderID: e.OrderID, ProgramID: program, Module: e.Module,
		ClientUserID: or(e.ClientUserID, person.ClientUserID), FirstName: or(e.FirstName, person.FirstName), LastName: or(e.LastName, person.LastName),
		Used: e.UsedUsages, ActivationDate: g.Now(), AllowedResources: e.AllowedResources.ResourceID, CreatedAt: g.Now(),
	}
	if err := g.allowModules(&pass, e.AllowedModules); err != nil {
		return err
	}
	available := 1
	if e.AvailableUsages != nil {
		available = *e.AvailableUsages
	}
	pass.Granted = available + e.UsedUsages
	if e.ExpirationDate == "" {
		e.ExpiresIn = or(e.ExpiresIn, "365d")
	}
	expires, err := g.expiry(e.ExpirationDate, e.ExpiresIn)
	switch {
	case err != nil:
		return err
	case g.EPasses.Has(pass.EPassID):
		return &Error{"/ePassId", "E-pass " + pass.EPassID + " is there already"}
	case g.OrderIDTaken(pass.OrderID):
		return &Error{"/orderId", "order " + pass.OrderID + " is there already"}
	}
	pass.ExpirationDate = expires
	if expires.Before(g.Now()) {
		pass.ActivationDate, pass.CreatedAt = expires, expires // a pass that has expired was issued before that
	}
	if err := g.checkName(pass.ClientUserID, pass.FirstName, pass.LastName); err != nil {
		return err
	}
	for i, id := range pass.AllowedResources {
		if r, ok := booking.FindResource(g.Tx, id); !ok || !pass.Covers(r.Module) {
			return &Error{fmt.Sprintf("/allowedResources/resourceId/%d", i), fmt.Sprintf("expected a resource of %s, got %s", pass.ModuleWords(), id)}
		}
	}
	if pass.OrderID == "" {
		pass.OrderID = g.NextOrderID()
	}
	if pass.EPassID == "" {
		pass.EPassID = g.NextEPassID()
	}
	booking.AddEPass(g.Tx, pass)
	return g.call(e.As, map[string]string{
		"ePassId": pass.EPassID, "orderId": pass.OrderID, "clientUserId": pass.ClientUserID, "firstName": pass.FirstName, "lastName": pass.LastName,
	})
}

// allowModules says which modules a cross-module pass is for.
func (g giver) allowModules(pass *dragonpass.EPass, modules []dragonpass.Module) *Error {
	switch {
	case pass.Module != dragonpass.CrossModule && len(modules) > 0:
		return &Error{"/allowedModules", fmt.Sprintf("expected it of a pass of module 0, this one is of %s", pass.ModuleWords())}
	case pass.Module != dragonpass.CrossModule:
		return nil
	case len(modules) == 0:
		modules = g.Program(pass.ProgramID).CrossModules()
	}
	pass.AllowedModules = inOrder(modules)
	return nil
}

// inOrder sorts modules, each once.
func inOrder(modules []dragonpass.Module) []dragonpass.Module {
	modules = slices.Clone(modules)
	slices.Sort(modules)
	return slices.Compact(modules)
}

// checkName refuses a second name for a clientUserId.
func (g giver) checkName(clientUserID, first, last string) *Error {
	return wrong("/clientUserId", user.CheckName(booking.FindUser(g.Tx, clientUserID), first, last))
}
