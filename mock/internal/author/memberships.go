package author

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/access"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/world"
)

// IssueMembership registers a member, as a client would. Errors: INVALID_REQUEST that names what the contract refuses;
// PROGRAM_NOT_ALLOWED; those of [booking.RegisterMembership].
func IssueMembership(tx *world.Tx, r dragonpass.RegisterRequest) (dragonpass.Membership, error) {
	if wrong := check.Register(r, tx.Now()); len(wrong) > 0 {
		return dragonpass.Membership{}, dragonpass.RefuseAll(dragonpass.InvalidRequest, wrong...)
	}
	program, err := access.ChooseProgram(r.ProgramID, tx.Client().Programs)
	if err != nil {
		return dragonpass.Membership{}, err
	}
	r.ProgramID, r.ExpirationDate = program, r.ExpirationDate.Truncate(time.Second)
	return booking.RegisterMembership(tx, r)
}
