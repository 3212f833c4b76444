package v2

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/reading"
	"dragonmock/mock/dragonpass/user"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/api/v2/lifestyle"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/world"
)

func locationOf(r dragonpass.Resource) locationInfo {
	return locationInfo{api.LocationOf(r), lifestyle.Coordinates(&r)}
}

func resourceWire(r dragonpass.Resource) api.Resource[locationInfo] {
	return api.ResourceOf(r, locationOf(r))
}

// ePassOf renders a pass as the order that issued it.
func ePassOf(tx *world.Tx, p dragonpass.EPass) api.EPassOrder[ePass] {
	return api.EPassOrderOf(p, ePass{
		EPassID: p.EPassID, FirstName: p.FirstName, LastName: p.LastName, ActivationDate: api.Timestamp(p.ActivationDate),
		ExpirationDate: api.Timestamp(p.ExpirationDate), EPassStatus: int(p.ShownStatus(tx.Now(), tx.Client().Readings.Has(reading.PendingAsActive))), AvailableUsages: p.Available(), UsedUsages: p.Used,
		AllowedResources: allowedResources{p.AllowedResources}, AllowedModules: p.AllowedModules,
	})
}

func ePassAnswer(tx *world.Tx, p dragonpass.EPass) any { return ePassOf(tx, p) }

func membershipOf(tx *world.Tx, m dragonpass.Membership) membership {
	return membership{
		ProgramID: m.ProgramID, ClientUserID: m.ClientUserID, MembershipID: m.MembershipID, Status: int(m.ShownStatus(tx.Now(), tx.Client().Readings.Has(reading.PendingAsActive))),
		RegistrationDate: api.Timestamp(m.RegisteredAt), ActivationDate: api.OrNull(m.ActivationDate), ExpirationDate: api.Timestamp(m.ExpirationDate),
		Entitlements: api.EntitlementsOf(m, nil),
	}
}

func membershipAnswer(tx *world.Tx, m dragonpass.Membership) any { return membershipOf(tx, m) }

func userOf(u user.User) clientUser {
	return clientUser{
		ClientUserID: u.ClientUserID, FirstName: u.FirstName, LastName: u.LastName,
		PhoneNumber: api.Filled(u.PhoneNumber), CallingCode: api.Filled(u.CallingCode), Email: api.Filled(u.Email),
	}
}

// orderAnswer renders a usage order, whose user is told of all of them.
func orderAnswer(tx *world.Tx, o booking.Order) any {
	user := booking.ClientUserIDOf(tx, o.Holder)
	if o.OptionID != "" {
		return api.OrderOf(&o.Order, lifestyle.OrderExtraOf(tx, &o))
	}
	if o.Category == dragonpass.WalkIn {
		return api.OrderOf(&o.Order, &usageExtra{user, api.UsageOf(&o)})
	}
	return api.OrderOf(&o.Order, &prebookingExtra{user, api.PrebookingOf(&o)})
}

func bundleAnswer(o booking.Order, p dragonpass.EPass) any {
	return api.OrderOf(&o.Order, &bundleExtra{prebookingExtra{p.ClientUserID, api.PrebookingOf(&o)}, api.BundledOf(p)})
}
