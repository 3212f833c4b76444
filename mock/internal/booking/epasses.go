package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// IssueEPass issues a pass. Errors: those of [rules.Issue].
func IssueEPass(tx *world.Tx, request dragonpass.IssueRequest) (dragonpass.EPass, error) {
	issue := rules.Issue{IssueRequest: request, User: FindUser(tx, request.ClientUserID), Modules: ModulesOf(tx, request.AllowedResources)}
	if request.Module == dragonpass.CrossModule {
		issue.Agreed = tx.Program(request.ProgramID).CrossModules()
	}
	pass, err := issue.Decide(tx.Now())
	if err != nil {
		return dragonpass.EPass{}, err
	}
	pass.OrderID, pass.EPassID = tx.NextOrderID(), tx.NextEPassID()
	AddEPass(tx, pass)
	return pass, nil
}

// ModulesOf returns the module of each resource; 0 for one that does not exist.
func ModulesOf(tx *world.Tx, resourceIDs []string) []dragonpass.Module {
	if len(resourceIDs) == 0 {
		return nil
	}
	modules := make([]dragonpass.Module, len(resourceIDs))
	for i, id := range resourceIDs {
		if r, _ := FindResource(tx, id); shows(tx, r.Module) {
			modules[i] = r.Module
		}
	}
	return modules
}

// AddEPass stores a new pass with its ids, and binds the user to its name. No rule is asked.
func AddEPass(tx *world.Tx, pass dragonpass.EPass) {
	tx.EPasses.Put(pass.EPassID, pass)
	tx.Issues.Put(pass.OrderID, pass.EPassID)
	bindName(tx, pass.ClientUserID, pass.FirstName, pass.LastName)
	tx.Schedule(store.AfterEnd(pass.ExpirationDate), store.EPassExpired, pass.EPassID)
}

// EPass returns a pass, whichever programme it was issued in. Errors: EPASS_NOT_FOUND.
func EPass(tx *world.Tx, ePassID string) (dragonpass.EPass, error) {
	pass, ok := tx.EPasses.Get(ePassID)
	return pass, rules.RequireEPass(ePassID, ok && shows(tx, pass.Module))
}

// EPassByOrder returns the pass that an issue order issued. Errors: ORDER_NOT_FOUND.
func EPassByOrder(tx *world.Tx, orderID string) (dragonpass.EPass, error) {
	ePassID, ok := tx.Issues.Get(orderID)
	pass, _ := tx.EPasses.Get(ePassID)
	return pass, rules.RequireIssueOrder(orderID, ok && shows(tx, pass.Module))
}

// ExpireEPass ends a pass at the test author's word, a second ago. Errors: EPASS_NOT_FOUND.
func ExpireEPass(tx *world.Tx, ePassID string) (dragonpass.EPass, error) {
	pass, err := EPass(tx, ePassID)
	if err != nil {
		return pass, err
	}
	tx.Unschedule(store.AfterEnd(pass.ExpirationDate), store.EPassExpired, ePassID)
	pass = pass.Expire(tx.Now())
	tx.EPasses.Put(ePassID, pass)
	return pass, nil
}

// putCancelledEPass stores a pass that is cancelled: it expires no more.
func putCancelledEPass(tx *world.Tx, pass *dragonpass.EPass) {
	tx.EPasses.Put(pass.EPassID, *pass)
	tx.Unschedule(store.AfterEnd(pass.ExpirationDate), store.EPassExpired, pass.EPassID)
}
