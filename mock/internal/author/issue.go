package author

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/access"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/world"
)

// EPass asks for a pass.
type EPass struct {
	ProgramID           string // empty: the client's default
	Module              dragonpass.Module
	CrossModule         bool // in place of a module: for all that the programme has agreed
	ClientUserID        string
	FirstName, LastName string
	Usages              int       // persons
	ExpirationDate      time.Time // the last instant, cut to the second
	AllowedResources    []string  // none: every resource of the module
}

// IssueEPass issues a pass, as a client would. Errors: INVALID_REQUEST that names what the contract refuses;
// PROGRAM_NOT_ALLOWED; those of [booking.IssueEPass].
func IssueEPass(tx *world.Tx, r EPass) (dragonpass.EPass, error) {
	request := dragonpass.IssueRequest{
		Module: r.Module, ClientUserID: r.ClientUserID, FirstName: r.FirstName, LastName: r.LastName,
		ExpirationDate: r.ExpirationDate.Truncate(time.Second), Usages: r.Usages, AllowedResources: r.AllowedResources,
	}
	var wrong []dragonpass.Complaint
	known := r.Module.Word() != ""
	if r.CrossModule {
		known = r.Module == dragonpass.CrossModule
	}
	if !known {
		wrong = append(wrong, dragonpass.Complaint{Field: "module", Text: "expected one of 1 to 4, 7, 8 and 11, or none and CrossModule"})
	}
	if wrong = append(wrong, check.Issue(request, tx.Now())...); len(wrong) > 0 {
		return dragonpass.EPass{}, dragonpass.RefuseAll(dragonpass.InvalidRequest, wrong...)
	}
	program, err := access.ChooseProgram(r.ProgramID, tx.Client().Programs)
	if err != nil {
		return dragonpass.EPass{}, err
	}
	request.ProgramID = program
	return booking.IssueEPass(tx, request)
}
