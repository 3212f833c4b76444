package author

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/access"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/world"
)

// IssueMembership registers a member, as a client would. Errors: INVALID_REQUEST that names what is missing;
// PROGRAM_NOT_ALLOWED; those of [booking.RegisterMembership].
func IssueMembership(tx *world.Tx, r dragonpass.RegisterRequest) (dragonpass.Membership, error) {
	var wrong []dragonpass.Complaint
	for _, field := range []struct{ name, value string }{
		{"clientUserId", r.ClientUserID}, {"firstName", r.FirstName}, {"lastName", r.LastName},
	} {
		if field.value == "" {
			wrong = append(wrong, dragonpass.Complaint{Field: field.name, Text: "expected some text"})
		}
	}
	if len(wrong) > 0 {
		return dragonpass.Membership{}, dragonpass.RefuseAll(dragonpass.InvalidRequest, wrong...)
	}
	program, err := access.ChooseProgram(r.ProgramID, tx.Client().Programs)
	if err != nil {
		return dragonpass.Membership{}, err
	}
	r.ProgramID, r.ExpirationDate = program, r.ExpirationDate.Truncate(time.Second)
	return booking.RegisterMembership(tx, r)
}
