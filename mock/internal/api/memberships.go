package api

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
)

func (show Renders) updateMembership(c *dispatch.Call, r MembershipUpdate) (any, error) {
	var expires *time.Time
	if r.ExpirationDate != "" {
		t, err := InstantOf("expirationDate", r.ExpirationDate)
		if err != nil {
			return nil, err
		}
		expires = &t
	}
	m, err := booking.UpdateMembership(c.Tx, r.MembershipID, r.Status, expires)
	return show.Membership(c.Tx, m), err
}

func (show Renders) retrieveMembership(c *dispatch.Call, r MembershipSearch) (any, error) {
	find, id := booking.Membership, r.MembershipID
	if r.ClientUserID != "" {
		find, id = booking.NewestMembership, r.ClientUserID
	}
	m, err := find(c.Tx, id)
	return show.Membership(c.Tx, m), err
}

func generateMembershipQRCode(c *dispatch.Call, r MembershipNamed) (any, error) {
	q, err := booking.GenerateQRCode(c.Tx, r.MembershipID)
	return QRCode{MembershipID: q.MembershipID, QRCode: q.Code, ExpiresIn: int(dragonpass.QRCodeLife / time.Second)}, err
}

func (show Renders) updateEntitlements(c *dispatch.Call, r EntitlementsUpdate) (any, error) {
	m, err := booking.UpdateEntitlements(c.Tx, r.MembershipID, dragonpass.Entitlements{
		Module: dragonpass.Module(r.Module), Cardholder: r.Details.CardholderExclusiveEntitlements, Guests: r.Details.GuestsExclusiveEntitlements,
		Shared: r.Details.SharedEntitlements, AllowedGuestsPerUsage: r.Details.AllowedGuestsPerUsage,
	})
	return MembershipEntitlements{MembershipID: m.MembershipID, Entitlements: EntitlementsOf(m, show.Hides)}, err
}

func (show Renders) retrieveEntitlements(c *dispatch.Call, r MembershipNamed) (any, error) {
	m, err := booking.Membership(c.Tx, r.MembershipID)
	return MembershipEntitlements{MembershipID: m.MembershipID, Entitlements: EntitlementsOf(m, show.Hides)}, err
}
