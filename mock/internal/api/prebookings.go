package api

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
)

// Prebooking is the handler of an operation that books with a token, whose path is of a module. A version reads its request
// R; the programme and the module of the path are not its business.
func Prebooking[R any](show Renders, path dragonpass.Module, read func(R) dragonpass.PrebookRequest) dispatch.Handler {
	return Body(show, func(c *dispatch.Call, r R) (any, error) {
		order, err := booking.Prebook(c.Tx, Prebook(c, path, read(r)))
		if err != nil {
			return nil, err
		}
		return show.Order(c.Tx, order), nil
	})
}

// MembershipPrebookings are the handlers of the operations that book with a membership, by operationId.
func MembershipPrebookings[R any](show Renders, read func(R) dragonpass.PrebookRequest) map[string]dispatch.Handler {
	return map[string]dispatch.Handler{
		"createMembershipLoungePrebooking":    Prebooking(show, dragonpass.Lounge, read),
		"createMembershipFastTrackPrebooking": Prebooking(show, dragonpass.FastTrack, read),
	}
}

// Prebook puts what the call says of a request into it.
func Prebook(c *dispatch.Call, path dragonpass.Module, request dragonpass.PrebookRequest) dragonpass.PrebookRequest {
	request.ProgramID, request.Path = c.Program, path
	return request
}

// Of reads what all bookings say.
func (p PrebookingToRedeem) Of(module int, holder dragonpass.Holder) dragonpass.PrebookRequest {
	return dragonpass.PrebookRequest{
		Module: dragonpass.Module(module), Holder: holder, Token: p.PrebookingToken, Passenger: PassengerOf(p.PrebookingRequiredInfo),
	}
}

func ePassPrebooking(r PrebookingRequest) dragonpass.PrebookRequest {
	return r.Extra.Of(r.Module, dragonpass.Holder{EPassID: r.EPassID})
}
