package lifestyle

import (
	"fmt"
	"strings"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/calendar"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/rules"
)

// Buy is what is bought of an option with an order, at now: how long it is good.
func Buy(o option.Option, order *dragonpass.Order, r *dragonpass.Resource, now time.Time) option.Bought {
	b := option.Bought{Option: o, From: now}
	switch order.Module {
	case dragonpass.ESIM:
		b = Provision(b, now)
	case dragonpass.Fitness:
		b.From, b.Until = visitOf(o.Visit, order, r)
	default:
		b.From, b.Until = voucherOf(o.Offer.Validity, r, now)
	}
	return b
}

// Provision gives an eSIM the life of its profile: a year from when it connects (D/3511084e0).
func Provision(b option.Bought, now time.Time) option.Bought {
	b.From = now.Add(time.Duration(b.Option.Package.Effective) * time.Hour)
	b.Until = calendar.AddYears(b.From, 1)
	return b
}

// beforeClass is how long before a class the traveller may check in.
const beforeClass = time.Hour

// visitOf is when a visit is: a class, and an hour before it; of a day pass the opening hours of its day.
func visitOf(v option.Visit, order *dragonpass.Order, r *dragonpass.Resource) (from, until time.Time) {
	if v.Type == option.Class {
		return order.ServiceAt.Add(-beforeClass), endOf(r, v.Day, v.End)
	}
	_, closes := spanOf(r, order.ServiceAt)
	if closes == "" { // the author has closed it since
		closes = "24:00"
	}
	return order.ServiceAt, endOf(r, string(order.Date[:len(time.DateOnly)]), closes)
}

// Counts is what the hours of the cancellation policy count back from: a visit's time; of an eSIM and of an offer the end
// of what was bought, since there is no time at which it is used.
func Counts(o *dragonpass.Order, b option.Bought) time.Time {
	if o.Module == dragonpass.ESIM || o.Module == dragonpass.LocalOffer {
		return b.Until
	}
	return o.ServiceAt
}

// Booking is a client who books an option.
type Booking struct {
	Request  dragonpass.PrebookRequest
	Token    dragonpass.PrebookingToken
	Resource dragonpass.Resource
	Option   option.Option // without id: there is none such

	// Of a top-up only: the order that its eSIM came with, and what was bought with that.
	ESIM   dragonpass.Order
	Bought option.Bought
}

// inToken is the field by which a booking names its option.
const inToken = "prebookingToken"

// Check refuses what only an option can be refused for when everything else of a booking is good, in this order: a
// token of a top-up where none is asked for, and the other way round, and of another holder than the eSIM
// (PREBOOKING_TOKEN_MISMATCH); an option that is gone since the availability call (OPTION_NOT_FOUND); one that is over
// since, or at another time, or of an eSIM that has ended since (SLOT_UNAVAILABLE).
func (b *Booking) Check(now time.Time) error {
	request, token, r := b.Request, b.Token, &b.Resource
	if request.TopUp != (token.TopUpOf != "") {
		return dragonpass.RefuseField(dragonpass.PrebookingTokenMismatch, inToken, "it was given for %s", map[bool]string{true: "a top-up", false: "a new order"}[!request.TopUp]).
			By("A-033").Unless("a token of the availability call for what is asked")
	}
	if request.TopUp && b.ESIM.Holder != request.Holder {
		return dragonpass.RefuseField(dragonpass.PrebookingTokenMismatch, inToken, "it was given for the eSIM of another E-pass or membership").
			By("A-033").Unless("the holder of order %s", token.TopUpOf)
	}
	if token.OptionID != "" && r.Quirk == dragonpass.OptionLost {
		return dragonpass.RefuseField(dragonpass.OptionNotFound, inToken, "resource %s has lost option %s since the availability call", r.ResourceID, token.OptionID).
			By(dragonpass.TestVenue + " " + r.ResourceID).Unless("another resource")
	}
	if token.OptionID != "" {
		if err := RequireOption(r.ResourceID, token.OptionID, b.Option); err != nil {
			return rules.Renamed(err, "optionId", inToken)
		}
		if reason := b.lost(now); reason != "" {
			return dragonpass.Refuse(dragonpass.SlotUnavailable, "%s", reason).By("A-083").Unless("another availability call")
		}
	}
	if request.TopUp {
		if reason := noTopUp(&b.ESIM, b.Bought, now); reason != "" {
			return dragonpass.Refuse(dragonpass.SlotUnavailable, "%s", reason).By("A-087").Unless("an eSIM that is good")
		}
	}
	return nil
}

// lost says why an option is no more what its token was given for, though the resource has it; empty: it is. Who booked it
// could never use it.
func (b *Booking) lost(now time.Time) string {
	token, r, visit := b.Token, &b.Resource, b.Option.Visit
	begins := visit.Start
	if visit.Type == option.DayPass {
		begins, _ = spanOf(r, token.ServiceAt)
	}
	if visit.Type != 0 && !strings.HasSuffix(string(token.Date), "T"+begins) {
		return fmt.Sprintf("option %s is no more to be had at %s", token.OptionID, token.Date)
	}
	order := dragonpass.Order{Module: r.Module, Date: token.Date, ServiceAt: token.ServiceAt}
	if until := Buy(b.Option, &order, r, now).Until; now.After(until) {
		return fmt.Sprintf("option %s is over since %s", token.OptionID, until.UTC().Format(time.RFC3339))
	}
	return ""
}
