package rules

import (
	"errors"

	"dragonmock/mock/dragonpass"
)

// RequireEPass refuses the id of no E-pass: EPASS_NOT_FOUND.
func RequireEPass(id string, found bool) error {
	if !found {
		return dragonpass.RefuseField(dragonpass.EPassNotFound, "ePassId", "no E-pass %s", id).By("D/v1/338667m0")
	}
	return nil
}

// RequireMembership refuses the id of no membership: MEMBERSHIP_NOT_FOUND.
func RequireMembership(id string, found bool) error {
	if !found {
		return dragonpass.RefuseField(dragonpass.MembershipNotFound, "membershipId", "no membership %s", id).By("D/v1/338664m0")
	}
	return nil
}

// RequireMember refuses a user without a membership: MEMBERSHIP_NOT_FOUND. Of several the newest is meant.
func RequireMember(clientUserID string, found bool) error {
	if !found {
		return dragonpass.RefuseField(dragonpass.MembershipNotFound, "clientUserId", "no membership of %s", clientUserID).By("A-011")
	}
	return nil
}

// RequireOrder refuses the id of no order: ORDER_NOT_FOUND.
func RequireOrder(id string, found bool) error {
	if !found {
		return dragonpass.RefuseField(dragonpass.OrderNotFound, "orderId", "no order %s", id).By(dragonpass.SeedPage)
	}
	return nil
}

// RequireEPassOrder refuses the id of no order, or of a use of a membership: ORDER_NOT_FOUND. holder is the order's; zero:
// there is none such.
func RequireEPassOrder(id string, holder dragonpass.Holder) error {
	return RequireOrder(id, holder.EPassID != "")
}

// RequireMembershipOrder refuses the id of no order, or of a use of an E-pass: ORDER_NOT_FOUND. holder is the order's;
// zero: there is none such.
func RequireMembershipOrder(id string, holder dragonpass.Holder) error {
	return RequireOrder(id, holder.MembershipID != "")
}

// RequireIssueOrder refuses the id of an order that issued no E-pass: ORDER_NOT_FOUND.
func RequireIssueOrder(id string, found bool) error {
	if !found {
		return dragonpass.RefuseField(dragonpass.OrderNotFound, "orderId", "no order %s issued an E-pass", id).By("D/v1/338667m0")
	}
	return nil
}

// RequireResource refuses the id of no resource: RESOURCE_NOT_FOUND.
func RequireResource(id string, found bool) error {
	if !found {
		return dragonpass.RefuseField(dragonpass.ResourceNotFound, "resourceId", "no resource %s", id).By(dragonpass.SeedPage)
	}
	return nil
}

// RequireTransportHub refuses the id of no hub: TRANSPORT_HUB_NOT_FOUND.
func RequireTransportHub(id string, found bool) error {
	if !found {
		return dragonpass.RefuseField(dragonpass.TransportHubNotFound, "transportHubId", "no transport hub %s", id).By("D/339140m0")
	}
	return nil
}

// Renamed has a refusal speak of the field by which the request names what the rule calls from: it has no field of that
// name. It changes err if that is an [*dragonpass.Error], and returns it.
func Renamed(err error, from, to string) error {
	if refused, ok := errors.AsType[*dragonpass.Error](err); ok {
		for i := range refused.Complaints {
			if c := &refused.Complaints[i]; c.Field == from {
				c.Field = to
			}
		}
	}
	return err
}
