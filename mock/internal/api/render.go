package api

import (
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
)

// Timestamp writes an instant as the vendor does: UTC with +00:00, never Z (D, seed).
func Timestamp(t time.Time) string {
	const zulu, offset = "Z", "+00:00"
	var room [len("2006-01-02T15:04:05" + offset)]byte
	written := t.UTC().AppendFormat(room[:0], time.RFC3339) // which package time writes without looking at a layout
	return string(append(written[:len(written)-len(zulu)], offset...))
}

// OrNull writes an instant, or null for none.
func OrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return new(Timestamp(t))
}

// Filled returns s, or null when it is empty.
func Filled(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Each renders a list; the result is never null.
func Each[A, B any](items []A, render func(A) B) []B {
	list := make([]B, len(items))
	for i, item := range items {
		list[i] = render(item)
	}
	return list
}

// PageOf says where a page stands.
func PageOf[T any](p booking.Paged[T]) Pagination {
	return Pagination{PageSize: p.Page.Size, PageNumber: p.Page.Number, TotalNumber: p.Total}
}

// TransportHubOf shows a hub.
func TransportHubOf(h dragonpass.TransportHub) TransportHub {
	return TransportHub{
		TransportHubID: h.TransportHubID, TransportHubName: h.Name, Type: h.Type, IATA: h.IATA, City: h.City,
		CountryOrRegion: h.CountryOrRegion, Continent: h.Continent, Latitude: h.Latitude, Longitude: h.Longitude,
	}
}

func pictureWire(i dragonpass.Image) Picture { return Picture(i) }

// PriceOf renders a price.
func PriceOf(p dragonpass.Price) Price {
	return Price{DynamicPrice: p.Dynamic, Currency: p.Currency, AdultRate: p.AdultRate, ChildRate: p.ChildRate}
}

// LocationOf is where a resource is.
func LocationOf(r dragonpass.Resource) LocationInfo {
	return LocationInfo{
		City: r.Hub.City, CountryOrRegion: r.Hub.CountryOrRegion, Continent: r.Hub.Continent, TransportHubID: r.Hub.TransportHubID,
		TransportHubName: r.Hub.Name, IATA: r.Hub.IATA, Location: r.Location, Timezone: r.Hub.TimeZone,
	}
}

// ResourceOf renders a resource at its place.
func ResourceOf[L any](r dragonpass.Resource, at L) Resource[L] {
	return Resource[L]{
		Module: int(r.Module), ResourceID: r.ResourceID, ResourceName: r.Name, LocationInfo: at, Image: r.Image,
		Extra: ResourceExtra{loungeInfo{Area: r.Area, RouteTypes: r.RouteTypes, Terminal: r.Terminal, NearestGate: Filled(r.NearestGate), Tier: r.Tier}},
	}
}

// DetailsOf renders all about a resource at its place.
func DetailsOf[L any](r dragonpass.Resource, at L, language string) ResourceDetails[L] {
	return ResourceDetails[L]{language, ResourceOf(r, at), AboutOf(r)}
}

// AboutOf renders what is said of any resource that somebody looks at.
func AboutOf(r dragonpass.Resource) About {
	about := About{
		OpeningHours: Each(r.OpeningHours, func(h dragonpass.OpeningHours) openingHours { return openingHours(h) }),
		Facilities:   r.Facilities, ImagesList: Each(r.Images, pictureWire),
		WalkInAllowed: r.WalkInAllowed, PrebookingAllowed: r.Prebookable(),
	}
	if r.Prebookable() {
		p := r.Policy
		about.PrebookingPolicy = &prebookingPolicy{
			MaxPassengerPerOrder: p.MaxPassengersPerOrder, AdvanceBookingHours: p.AdvanceBookingHours, MaxAdvanceDays: p.MaxAdvanceDays,
			SlotMinutes: p.SlotMinutes, PrebookingRequiredInfo: requiredInfo(p.RequiredInfo),
			CancellationPolicy: cancellationPolicy{p.Cancellation.Cancellable, p.Cancellation.HoursBefore},
		}
	}
	return about
}

// EPassOrderOf renders the order that issued a pass, which the version shows as extra.
func EPassOrderOf[P any](p dragonpass.EPass, extra P) EPassOrder[P] {
	return EPassOrder[P]{
		Status: int(p.IssueStatus()), Module: int(p.Module), Category: int(dragonpass.WalkIn), ClientUserID: p.ClientUserID, OrderID: p.OrderID,
		OrderCreatedDate: Timestamp(p.CreatedAt), OrderCancelledDate: OrNull(p.CancelledAt), Extra: extra,
	}
}

// BundledOf renders the pass that was issued for a prebooking.
func BundledOf(p dragonpass.EPass) BundledEPass {
	return BundledEPass{
		OrderID: p.OrderID, EPassID: p.EPassID, AvailableUsages: p.Available(), UsedUsages: p.Used, ExpirationDate: Timestamp(p.ExpirationDate),
	}
}

// OrderOf renders an order. It and its extra go on as pointers, because what is in an interface is copied to be read.
func OrderOf(o *dragonpass.Order, extra any) *UsageOrder {
	return &UsageOrder{
		Status: int(o.Status), Module: int(o.Module), Category: int(o.Category), EPassID: o.Holder.EPassID,
		MembershipID: o.Holder.MembershipID, OrderID: o.OrderID,
		OrderCreatedDate: Timestamp(o.CreatedAt), OrderCancelledDate: OrNull(o.CancelledAt), Extra: extra,
	}
}

// UsageOf renders what was used.
func UsageOf(o *booking.Order) UsageExtra {
	r := &o.Resource
	extra := UsageExtra{
		UsedUsages: o.Persons(), ResourceID: r.ResourceID, ResourceName: r.Name, IATA: r.Hub.IATA, TransportHubName: r.Hub.Name,
		Terminal: r.Terminal, City: r.Hub.City, CountryOrRegion: r.Hub.CountryOrRegion,
	}
	if !o.UsedAt.IsZero() {
		extra.UsageDate = new(dragonpass.UsageDate(o.UsedAt, r.Zone))
	}
	return extra
}

// VouchersOf renders the vouchers of an order.
func VouchersOf(o *booking.Order) []Voucher {
	return Each(o.Vouchers, func(v dragonpass.Voucher) Voucher { return Voucher{v.Code, dragonpass.VoucherType} })
}

// PrebookingOf renders what was booked.
func PrebookingOf(o *booking.Order) PrebookingExtra {
	return PrebookingExtra{
		PrebookingDate: string(o.Date), UsageExtra: UsageOf(o),
		VouchersList: VouchersOf(o),
		PrebookingRequiredInfo: PassengerData{
			FirstName: Filled(o.Passenger.FirstName), LastName: Filled(o.Passenger.LastName), Email: Filled(o.Passenger.Email),
			PhoneNumber: Filled(o.Passenger.PhoneNumber), CallingCode: Filled(o.Passenger.CallingCode), TransportNumber: Filled(o.Passenger.TransportNumber),
		},
	}
}

func rowWire(o *booking.Order) usageOrderRow {
	r := &o.Resource
	return usageOrderRow{
		OrderID: o.OrderID, Status: int(o.Status), UsedUsages: o.Persons(), Module: int(o.Module), Category: int(o.Category),
		OrderCreatedDate: Timestamp(o.CreatedAt), ResourceID: o.ResourceID, ResourceName: r.Name, Image: r.Image,
		Extra: usageOrderRowExtra{TransportHubID: r.Hub.TransportHubID, TransportHubName: r.Hub.Name, City: r.Hub.City, CountryOrRegion: r.Hub.CountryOrRegion},
	}
}

// PassengerOf reads passenger data; a missing block is an empty one.
func PassengerOf(p *PassengerData) dragonpass.Passenger {
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

// EntitlementsOf renders what a membership has left, of modules that are not hidden; nil hides none.
func EntitlementsOf(m dragonpass.Membership, hides func(dragonpass.Module) bool) Entitlements {
	shown := m.Entitlements
	if hides != nil {
		shown = slices.DeleteFunc(slices.Clone(shown), func(e dragonpass.Entitlements) bool { return hides(e.Module) })
	}
	return Entitlements{Each(shown, func(e dragonpass.Entitlements) moduleEntitlements {
		return moduleEntitlements{Module: int(e.Module), Details: entitlementDetails{
			entitlementCounts: entitlementCounts{
				CardholderExclusiveEntitlements: e.Cardholder, GuestsExclusiveEntitlements: e.Guests,
				SharedEntitlements: e.Shared, AllowedGuestsPerUsage: e.AllowedGuestsPerUsage,
			},
			MaxGuestsNextUse: e.MaxGuestsNextUse(),
		}}
	})}
}
