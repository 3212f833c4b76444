package platform

import (
	"time"

	"dragonmock/mock/dragonpass"
)

// IssueRequest asks for an E-pass.
type IssueRequest struct {
	ProgramID           string
	Path                dragonpass.Module // of the path word
	Module              dragonpass.Module // of the body
	ClientUserID        string
	FirstName, LastName string
	ExpirationDate      time.Time
	Usages              int // persons
	AllowedResources    []string
}

// IssueEPass issues a pass. Errors: MODULE_MISMATCH, CLIENT_USER_NAME_MISMATCH, EXPIRATION_INVALID, RESOURCE_NOT_FOUND.
func (tx *Tx) IssueEPass(req IssueRequest) (dragonpass.EPass, error) {
	var none dragonpass.EPass
	if err := checkPath(req.Path, req.Module); err != nil {
		return none, err
	}
	if err := tx.checkName(req.ClientUserID, req.FirstName, req.LastName); err != nil {
		return none, err
	}
	pass := dragonpass.EPass{
		ProgramID: req.ProgramID, Module: req.Module, ClientUserID: req.ClientUserID, FirstName: req.FirstName, LastName: req.LastName,
		Granted: req.Usages, ActivationDate: tx.now, ExpirationDate: req.ExpirationDate.UTC(), AllowedResources: req.AllowedResources, CreatedAt: tx.now,
	}
	if err := pass.CheckIssue(tx.now); err != nil {
		return none, err
	}
	for i, id := range req.AllowedResources {
		r, ok := tx.resource(id)
		if !ok {
			return none, dragonpass.Refuse(dragonpass.ResourceNotFound, "/extra/allowedResources/resourceId/%d: no resource %s", i, id).By("D/v1/338667m0")
		}
		if r.Module != pass.Module {
			return none, dragonpass.Refuse(dragonpass.ModuleMismatch, "/extra/allowedResources/resourceId/%d: resource %s is of module %d, not %d", i, id, r.Module, pass.Module).By("D/v1/338667m0")
		}
	}
	pass.OrderID, pass.EPassID = tx.nextOrderID(), tx.nextEPassID()
	tx.addEPass(pass)
	return pass, nil
}

// checkPath refuses a body whose module is not the one of the path.
func checkPath(path, body dragonpass.Module) error {
	if path != body {
		return dragonpass.Refuse(dragonpass.ModuleMismatch, "/module: the path is of module %d, not %d", path, body).By("D/v1/3499977e0").Unless("module %d", path)
	}
	return nil
}

// addEPass stores a new pass and binds the user to its name.
func (tx *Tx) addEPass(pass dragonpass.EPass) {
	put(tx, &tx.state.ePasses, pass.EPassID, pass)
	put(tx, &tx.state.issues, pass.OrderID, pass.EPassID)
	tx.bindName(pass.ClientUserID, pass.FirstName, pass.LastName)
	tx.schedule(afterEnd(pass.ExpirationDate), ePassExpired, pass.EPassID)
}

// afterEnd is the first instant after an inclusive end, in whole seconds.
func afterEnd(t time.Time) time.Time { return t.Add(time.Second) }

// EPass looks at a pass, whichever programme it was issued in. Errors: EPASS_NOT_FOUND.
func (tx *Tx) EPass(ePassID string) (dragonpass.EPass, error) {
	pass, ok := tx.state.ePasses.get(ePassID)
	if !ok {
		return pass, dragonpass.Refuse(dragonpass.EPassNotFound, "/ePassId: no E-pass %s", ePassID).By("D/v1/338667m0")
	}
	return pass, nil
}

// EPassByOrder looks at the pass that an issue order issued. Errors: ORDER_NOT_FOUND.
func (tx *Tx) EPassByOrder(orderID string) (dragonpass.EPass, error) {
	ePassID, ok := tx.state.issues.get(orderID)
	if !ok {
		return dragonpass.EPass{}, dragonpass.Refuse(dragonpass.OrderNotFound, "/orderId: no order %s issued an E-pass", orderID).By("D/v1/338667m0")
	}
	return tx.EPass(ePassID)
}
