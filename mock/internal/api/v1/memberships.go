package v1

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
)

func registerMembership(c *dispatch.Call, r membershipRequest) (any, error) {
	request := dragonpass.RegisterRequest{
		ProgramID: c.Program, ClientUserID: r.ClientUserID, FirstName: r.FirstName, LastName: r.LastName,
		PhoneNumber: r.PhoneNumber, CallingCode: r.CallingCode, Email: r.Email,
	}
	if r.ExpirationDate != "" {
		var err error
		if request.ExpirationDate, err = instantOf("expirationDate", r.ExpirationDate); err != nil {
			return nil, err
		}
	}
	return membershipAnswer(c)(booking.RegisterMembership(c.Tx, request))
}

func updateMembership(c *dispatch.Call, r membershipUpdate) (any, error) {
	var expires *time.Time
	if r.ExpirationDate != "" {
		t, err := instantOf("expirationDate", r.ExpirationDate)
		if err != nil {
			return nil, err
		}
		expires = &t
	}
	return membershipAnswer(c)(booking.UpdateMembership(c.Tx, r.MembershipID, r.Status, expires))
}

func retrieveMembership(c *dispatch.Call, r membershipSearch) (any, error) {
	if r.ClientUserID != "" {
		return membershipAnswer(c)(booking.NewestMembership(c.Tx, r.ClientUserID))
	}
	return membershipAnswer(c)(booking.Membership(c.Tx, r.MembershipID))
}

// membershipAnswer renders a membership, or passes a refusal on.
func membershipAnswer(c *dispatch.Call) func(dragonpass.Membership, error) (any, error) {
	return func(m dragonpass.Membership, err error) (any, error) {
		return membership{
			ProgramID: m.ProgramID, ClientUserID: m.ClientUserID, MembershipID: m.MembershipID, Status: int(m.StatusAt(c.Tx.Now())),
			RegistrationDate: timestamp(m.RegisteredAt), ExpirationDate: timestamp(m.ExpirationDate), Entitlements: entitlementsWire(m),
		}, err
	}
}

func generateMembershipQRCode(c *dispatch.Call, r membershipSearch) (any, error) {
	q, err := booking.GenerateQRCode(c.Tx, r.MembershipID)
	return qrCode{MembershipID: q.MembershipID, QRCode: q.Code, ExpiresIn: int(dragonpass.QRCodeLife / time.Second)}, err
}

func updateEntitlements(c *dispatch.Call, r entitlementsUpdate) (any, error) {
	m, err := booking.UpdateEntitlements(c.Tx, r.MembershipID, dragonpass.Entitlements{
		Module: dragonpass.Module(r.Module), Cardholder: r.Details.CardholderExclusiveEntitlements, Guests: r.Details.GuestsExclusiveEntitlements,
		Shared: r.Details.SharedEntitlements, AllowedGuestsPerUsage: r.Details.AllowedGuestsPerUsage,
	})
	return membershipEntitlements{MembershipID: m.MembershipID, Entitlements: entitlementsWire(m)}, err
}

func retrieveEntitlements(c *dispatch.Call, r membershipSearch) (any, error) {
	m, err := booking.Membership(c.Tx, r.MembershipID)
	return membershipEntitlements{MembershipID: m.MembershipID, Entitlements: entitlementsWire(m)}, err
}

func entitlementsWire(m dragonpass.Membership) entitlements {
	return entitlements{each(m.Entitlements, func(e dragonpass.Entitlements) moduleEntitlements {
		return moduleEntitlements{Module: int(e.Module), Details: entitlementDetails{
			entitlementCounts: entitlementCounts{
				CardholderExclusiveEntitlements: e.Cardholder, GuestsExclusiveEntitlements: e.Guests,
				SharedEntitlements: e.Shared, AllowedGuestsPerUsage: e.AllowedGuestsPerUsage,
			},
			MaxGuestsNextUse: e.MaxGuestsNextUse(),
		}}
	})}
}
