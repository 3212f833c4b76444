package v2

import (
	"maps"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/translation"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/api/v2/lifestyle"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/store"
)

// handlers holds the handler of every operation by its operationId.
func handlers(callback func(store.Event) ([]byte, error)) map[string]dispatch.Handler {
	show := api.Renders{EPass: ePassAnswer, Order: orderAnswer, Membership: membershipAnswer, Bundle: bundleAnswer, InLanguage: translation.TransportHub}
	all := api.Handlers(show)
	maps.Copy(all, api.IssuingEPasses(show, readEPass))
	maps.Copy(all, api.IssuingCrossModuleEPasses(show, readEPass))
	maps.Copy(all, api.MembershipPrebookings(show, membershipPrebooking))
	maps.Copy(all, previews())
	maps.Copy(all, aboutUsers())
	maps.Copy(all, lifestyle.Handlers(show))
	maps.Copy(all, simulations())
	maps.Copy(all, searching())
	maps.Copy(all, map[string]dispatch.Handler{
		"registerMembership": dispatch.Body(registerMembership),

		"recoverEvents":    dispatch.Plain(recoverEvents(callback)),
		"listResources":    dispatch.Plain(listResources),
		"retrieveResource": dispatch.Plain(retrieveResource),
	})
	return all
}

func readEPass(data ePassData) (dragonpass.IssueRequest, error) {
	begins, expires, err := lifeOf(data.ActivationDate, data.ExpirationDate)
	return dragonpass.IssueRequest{
		FirstName: data.FirstName, LastName: data.LastName,
		ActivationDate: begins, ExpirationDate: expires, Usages: data.AvailableUsages, AllowedResources: data.AllowedResources.ResourceIDs,
	}, err
}

// lifeOf reads the first and the last instant of a pass or a membership; one that is not there is zero.
func lifeOf(activation, expiration string) (begins, expires time.Time, err error) {
	if begins, err = api.InstantOf("activationDate", activation); err == nil {
		expires, err = api.InstantOf("expirationDate", expiration)
	}
	return begins, expires, err
}

func registerMembership(c *dispatch.Call, r membershipRequest) (any, error) {
	begins, expires, err := lifeOf(r.ActivationDate, r.ExpirationDate)
	if err != nil {
		return nil, err
	}
	m, err := booking.RegisterMembership(c.Tx, dragonpass.RegisterRequest{
		ProgramID: c.Program, ClientUserID: r.ClientUserID, FirstName: r.FirstName, LastName: r.LastName,
		PhoneNumber: r.PhoneNumber, CallingCode: r.CallingCode, Email: r.Email, ActivationDate: begins, ExpirationDate: expires,
	})
	return membershipAnswer(c.Tx, m), err
}
