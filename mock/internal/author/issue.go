package author

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/access"
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

// IssueEPass issues a pass, as a client would. Errors: INVALID_REQUEST that names what is missing; PROGRAM_NOT_ALLOWED;
// those of [booking.IssueEPass].
func IssueEPass(tx *world.Tx, r EPass) (dragonpass.EPass, error) {
	var wrong []dragonpass.Complaint
	for _, field := range []struct {
		name, expected string
		ok             bool
	}{
		{"module", "expected one of 1 to 4, 7, 8 and 11, or none and CrossModule", r.CrossModule && r.Module == dragonpass.CrossModule || !r.CrossModule && r.Module.Word() != ""},
		{"clientUserId", "expected some text", r.ClientUserID != ""},
		{"firstName", "expected some text", r.FirstName != ""},
		{"lastName", "expected some text", r.LastName != ""},
		{"availableUsages", "expected 1 or more", r.Usages >= 1},
	} {
		if !field.ok {
			wrong = append(wrong, dragonpass.Complaint{Field: field.name, Text: field.expected})
		}
	}
	if len(wrong) > 0 {
		return dragonpass.EPass{}, dragonpass.RefuseAll(dragonpass.InvalidRequest, wrong...)
	}
	program, err := access.ChooseProgram(r.ProgramID, tx.Client().Programs)
	if err != nil {
		return dragonpass.EPass{}, err
	}
	return booking.IssueEPass(tx, dragonpass.IssueRequest{
		ProgramID: program, Module: r.Module, ClientUserID: r.ClientUserID, FirstName: r.FirstName,
		LastName: r.LastName, ExpirationDate: r.ExpirationDate.Truncate(time.Second), Usages: r.Usages, AllowedResources: r.AllowedResources,
	})
}
