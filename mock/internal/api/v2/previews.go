package v2

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
)

// previews are the handlers of the operations that say what a prebooking with a membership would take of it. The request is
// that of the prebooking, and what is answered can be sent with it; how both are written is ours.
func previews() map[string]dispatch.Handler {
	preview := func(path dragonpass.Module) dispatch.Handler {
		return dispatch.Body(func(c *dispatch.Call, r membershipPrebookingRequest) (any, error) {
			spent, err := booking.PreviewPrebooking(c.Tx, api.Prebook(c, path, membershipPrebooking(r)))
			return previewOf(spent), err
		})
	}
	return map[string]dispatch.Handler{
		"previewMembershipLoungePrebooking":    preview(dragonpass.Lounge),
		"previewMembershipFastTrackPrebooking": preview(dragonpass.FastTrack),
	}
}

func membershipPrebooking(r membershipPrebookingRequest) dragonpass.PrebookRequest {
	request := r.Extra.Of(r.Module, dragonpass.Holder{MembershipID: r.MembershipID})
	request.UseVisits = r.Extra.ToUseEntitlementCount
	if d := r.Extra.ToUseEntitlementDetail; d != nil {
		request.Use = &dragonpass.Spent{Cardholder: d.Cardholder, Guests: d.Guests, Shared: d.Shared}
	}
	return request
}

// Who uses a visit, and of which kind it is.
const (
	cardholder, guest                              = 1, 2
	cardholderExclusive, guestsExclusive, sharedBy = 1, 2, 3
)

// previewOf renders what a booking takes. There is always a cardholder, who takes a shared visit when there is none of the
// cardholder's.
func previewOf(s dragonpass.Spent) preview {
	p := preview{UsedEntitlementDetails: entitlementUse(s)}
	for _, part := range []usedEntitlement{
		{cardholder, cardholderExclusive, s.Cardholder}, {cardholder, sharedBy, 1 - s.Cardholder},
		{guest, guestsExclusive, s.Guests}, {guest, sharedBy, s.Shared - (1 - s.Cardholder)},
	} {
		if part.Count > 0 {
			p.UsedEntitlementBreakdown = append(p.UsedEntitlementBreakdown, part)
		}
	}
	return p
}
