package v1

import (
	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/world"
)

// resourceAnswer renders a resource's details in the default language.
func resourceAnswer(r dragonpass.Resource) any {
	return api.DetailsOf(r, api.LocationOf(r), dragonpass.DefaultLanguage)
}

func ePassAnswer(_ *world.Tx, p dragonpass.EPass) any {
	return api.EPassOrderOf(p, ePass{
		EPassID: p.EPassID, FirstName: p.FirstName, LastName: p.LastName, ExpirationDate: api.Timestamp(p.ExpirationDate),
		AvailableUsages: p.Available(), UsedUsages: p.Used, AllowedResources: allowedResources{p.AllowedResources},
	})
}

func membershipAnswer(tx *world.Tx, m dragonpass.Membership) any {
	return membership{
		ProgramID: m.ProgramID, ClientUserID: m.ClientUserID, MembershipID: m.MembershipID, Status: int(m.StatusAt(tx.Now())),
		RegistrationDate: api.Timestamp(m.RegisteredAt), ExpirationDate: api.Timestamp(m.ExpirationDate), Entitlements: api.EntitlementsOf(m, dragonpass.Module.Lifestyle),
	}
}

// orderAnswer renders a usage order, which names and places of its resource are part of.
func orderAnswer(o booking.Order) any {
	if o.Category == dragonpass.WalkIn {
		return api.OrderOf(&o.Order, new(api.UsageOf(&o)))
	}
	return api.OrderOf(&o.Order, new(api.PrebookingOf(&o)))
}

func bundleAnswer(o booking.Order, p dragonpass.EPass) any {
	return api.OrderOf(&o.Order, &bundleExtra{api.PrebookingOf(&o), api.BundledOf(p)})
}

// The states of a callback; the second is inferred (D/v1/338387m0).
const (
	callbackCreated   = 1
	callbackCancelled = 2
)

// callbackBody renders what the client is told about a redemption order.
func callbackBody(n news.Notice) ([]byte, error) {
	c := callback{
		OrderID: n.OrderID, ProgramID: n.ProgramID, MembershipID: n.Holder.MembershipID + n.Holder.EPassID, Module: int(n.Module), Category: int(n.Category),
		Status: callbackCreated, OrderCreatedDate: api.Timestamp(n.CreatedAt), UsageDate: n.UsageDate,
		TransportHubID: n.TransportHubID, TransportHubName: n.TransportHubName, ResourceID: n.ResourceID, ResourceName: n.ResourceName,
		Passengers: callbackPassengers{Cardholder: 1, Guests: n.Party.Persons() - 1},
	}
	if n.Cancelled {
		c.Status, c.OrderCancelledDate = callbackCancelled, api.Timestamp(n.CancelledAt)
	}
	return json.Marshal(c)
}
