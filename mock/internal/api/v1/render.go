package v1

import (
	"time"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/booking"
)

// timestamp writes an instant as the vendor does: UTC with +00:00, never Z (D, seed).
func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05-07:00") }

// orNull writes an instant, or null for none.
func orNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return new(timestamp(t))
}

// filled returns s, or null when it is empty.
func filled(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// each renders a list; the result is never null.
func each[A, B any](items []A, render func(A) B) []B {
	list := make([]B, len(items))
	for i, item := range items {
		list[i] = render(item)
	}
	return list
}

func pageOf[T any](p booking.Paged[T]) pagination {
	return pagination{PageSize: p.Page.Size, PageNumber: p.Page.Number, TotalNumber: p.Total}
}

func hubWire(h dragonpass.TransportHub) transportHub {
	return transportHub{
		TransportHubID: h.TransportHubID, TransportHubName: h.Name, Type: h.Type, IATA: h.IATA, City: h.City,
		CountryOrRegion: h.CountryOrRegion, Continent: h.Continent, Latitude: h.Latitude, Longitude: h.Longitude,
	}
}

func pictureWire(i dragonpass.Image) picture { return picture(i) }

func priceWire(p dragonpass.Price) price {
	return price{DynamicPrice: p.Dynamic, Currency: p.Currency, AdultRate: p.AdultRate, ChildRate: p.ChildRate}
}

func resourceWire(r dragonpass.Resource) resource {
	return resource{
		Module: int(r.Module), ResourceID: r.ResourceID, ResourceName: r.Name,
		LocationInfo: locationInfo{
			City: r.Hub.City, CountryOrRegion: r.Hub.CountryOrRegion, Continent: r.Hub.Continent, TransportHubID: r.Hub.TransportHubID,
			TransportHubName: r.Hub.Name, IATA: r.Hub.IATA, Location: r.Location, Timezone: r.Hub.TimeZone,
		},
		Image: r.Image,
		Extra: resourceExtra{loungeInfo{Area: r.Area, RouteTypes: r.RouteTypes, Terminal: r.Terminal, NearestGate: filled(r.NearestGate), Tier: r.Tier}},
	}
}

// resourceAnswer renders a resource's details in the default language.
func resourceAnswer(r dragonpass.Resource) any { return detailsWire(r, rules.DefaultLanguage) }

func detailsWire(r dragonpass.Resource, language string) resourceDetails {
	details := resourceDetails{
		Language: language, resource: resourceWire(r),
		OpeningHours: each(r.OpeningHours, func(h dragonpass.OpeningHours) openingHours { return openingHours(h) }),
		Facilities:   r.Facilities, ImagesList: each(r.Images, pictureWire),
		WalkInAllowed: r.WalkInAllowed, PrebookingAllowed: r.Prebookable(),
	}
	if r.Prebookable() {
		p := r.Policy
		details.PrebookingPolicy = &prebookingPolicy{
			MaxPassengerPerOrder: p.MaxPassengersPerOrder, AdvanceBookingHours: p.AdvanceBookingHours, MaxAdvanceDays: p.MaxAdvanceDays,
			SlotMinutes: p.SlotMinutes, PrebookingRequiredInfo: requiredInfo(p.RequiredInfo),
			CancellationPolicy: cancellationPolicy{p.Cancellation.Cancellable, p.Cancellation.HoursBefore},
		}
	}
	return details
}

func ePassWire(p dragonpass.EPass) ePassOrder {
	return ePassOrder{
		Status: int(p.IssueStatus()), Module: int(p.Module), Category: int(dragonpass.WalkIn), ClientUserID: p.ClientUserID, OrderID: p.OrderID,
		OrderCreatedDate: timestamp(p.CreatedAt), OrderCancelledDate: orNull(p.CancelledAt),
		Extra: ePass{
			EPassID: p.EPassID, FirstName: p.FirstName, LastName: p.LastName, ExpirationDate: timestamp(p.ExpirationDate),
			AvailableUsages: p.Available(), UsedUsages: p.Used, AllowedResources: allowedResources{p.AllowedResources},
		},
	}
}

// orderAnswer renders a usage order, which names and places of its resource are part of.
func orderAnswer(o booking.Order) any {
	if o.Category == dragonpass.WalkIn {
		return orderWire(&o.Order, new(usageWire(&o)))
	}
	return orderWire(&o.Order, new(prebookingWire(&o)))
}

func bundleWire(o booking.Order, p dragonpass.EPass) any {
	return orderWire(&o.Order, &bundleExtra{prebookingWire(&o), bundledEPass{
		OrderID: p.OrderID, EPassID: p.EPassID, AvailableUsages: p.Available(), UsedUsages: p.Used, ExpirationDate: timestamp(p.ExpirationDate),
	}})
}

// orderWire renders an order. It and its extra go on as pointers, because what is in an interface is copied to be read.
func orderWire(o *dragonpass.Order, extra any) *usageOrder {
	return &usageOrder{
		Status: int(o.Status), Module: int(o.Module), Category: int(o.Category), EPassID: o.Holder.EPassID,
		MembershipID: o.Holder.MembershipID, OrderID: o.OrderID,
		OrderCreatedDate: timestamp(o.CreatedAt), OrderCancelledDate: orNull(o.CancelledAt), Extra: extra,
	}
}

func usageWire(o *booking.Order) usageExtra {
	r := &o.Resource
	extra := usageExtra{
		UsedUsages: o.Persons(), ResourceID: r.ResourceID, ResourceName: r.Name, IATA: r.Hub.IATA, TransportHubName: r.Hub.Name,
		Terminal: r.Terminal, City: r.Hub.City, CountryOrRegion: r.Hub.CountryOrRegion,
	}
	if !o.UsedAt.IsZero() {
		extra.UsageDate = new(dragonpass.UsageDate(o.UsedAt, r.Zone))
	}
	return extra
}

func prebookingWire(o *booking.Order) prebookingExtra {
	return prebookingExtra{
		PrebookingDate: string(o.Date), usageExtra: usageWire(o),
		VouchersList: each(o.Vouchers, func(v dragonpass.Voucher) voucher { return voucher{v.Code, dragonpass.VoucherType} }),
		PrebookingRequiredInfo: passengerData{
			FirstName: filled(o.Passenger.FirstName), LastName: filled(o.Passenger.LastName), Email: filled(o.Passenger.Email),
			PhoneNumber: filled(o.Passenger.PhoneNumber), CallingCode: filled(o.Passenger.CallingCode), TransportNumber: filled(o.Passenger.TransportNumber),
		},
	}
}

func rowWire(o booking.Order) usageOrderRow {
	r := &o.Resource
	return usageOrderRow{
		OrderID: o.OrderID, Status: int(o.Status), UsedUsages: o.Persons(), Module: int(o.Module), Category: int(o.Category),
		OrderCreatedDate: timestamp(o.CreatedAt), ResourceID: o.ResourceID, ResourceName: r.Name, Image: r.Image,
		Extra: usageOrderRowExtra{TransportHubID: r.Hub.TransportHubID, TransportHubName: r.Hub.Name, City: r.Hub.City, CountryOrRegion: r.Hub.CountryOrRegion},
	}
}

// passengerOf reads passenger data; a missing block is an empty one.
func passengerOf(p *passengerData) dragonpass.Passenger {
	if p == nil {
		return dragonpass.Passenger{}
	}
	value := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	return dragonpass.Passenger{
		FirstName: value(p.FirstName), LastName: value(p.LastName), Email: value(p.Email),
		PhoneNumber: value(p.PhoneNumber), CallingCode: value(p.CallingCode), TransportNumber: value(p.TransportNumber),
	}
}

// The states of a callback; the second is inferred (D/v1/338387m0).
const (
	callbackCreated   = 1
	callbackCancelled = 2
)

// callbackBody renders what the client is told about a redemption order.
func callbackBody(n dragonpass.Notice) ([]byte, error) {
	c := callback{
		OrderID: n.OrderID, ProgramID: n.ProgramID, MembershipID: n.Holder.MembershipID + n.Holder.EPassID, Module: int(n.Module), Category: int(n.Category),
		Status: callbackCreated, OrderCreatedDate: timestamp(n.CreatedAt), UsageDate: n.UsageDate,
		TransportHubID: n.TransportHubID, TransportHubName: n.TransportHubName, ResourceID: n.ResourceID, ResourceName: n.ResourceName,
		Passengers: callbackPassengers{Cardholder: 1, Guests: n.Party.Persons() - 1},
	}
	if n.Cancelled {
		c.Status, c.OrderCancelledDate = callbackCancelled, timestamp(n.CancelledAt)
	}
	return json.Marshal(c)
}
