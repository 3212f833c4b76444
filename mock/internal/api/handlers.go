package api

import (
	"strconv"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/access"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/token"
	"dragonmock/mock/internal/world"
)

// Handlers are those of the operations that ask for the same in every version, by operationId.
func Handlers(show Renders) map[string]dispatch.Handler {
	return map[string]dispatch.Handler{
		"generateAccessToken": dispatch.Body(generateAccessToken),

		"updateMembership":         Body(show, show.updateMembership),
		"retrieveMembership":       Body(show, show.retrieveMembership),
		"generateMembershipQRCode": Body(show, generateMembershipQRCode),
		"updateEntitlements":       Body(show, show.updateEntitlements),
		"retrieveEntitlements":     Body(show, show.retrieveEntitlements),

		"listTransportHubs":           Plain(show, show.listTransportHubs),
		"retrieveTransportHub":        Plain(show, show.retrieveTransportHub),
		"checkPrebookingAvailability": Body(show, checkPrebookingAvailability),

		"createEPassLoungePrebooking":    Prebooking(show, dragonpass.Lounge, ePassPrebooking),
		"createEPassFastTrackPrebooking": Prebooking(show, dragonpass.FastTrack, ePassPrebooking),

		"listEPassUsageOrders":         Body(show, listEPassUsageOrders),
		"listMembershipUsageOrders":    Body(show, listMembershipUsageOrders),
		"retrieveEPass":                Body(show, show.retrieveEPass),
		"retrieveEPassUsageOrder":      Body(show, show.retrieveUsageOrder(booking.EPassUsageOrder)),
		"retrieveMembershipUsageOrder": Body(show, show.retrieveUsageOrder(booking.MembershipUsageOrder)),
		"cancelOrder":                  Body(show, show.cancelOrder),
	}
}

func generateAccessToken(c *dispatch.Call, r AccessTokenRequest) (any, error) {
	issued, err := token.Issue(c.World, r.Secret)
	return AccessToken{AccessToken: issued, TokenType: "Bearer", ExpiresIn: int(token.Life / time.Second)}, err
}

func (show Renders) listTransportHubs(c *dispatch.Call) (any, error) {
	language, err := LanguageOf(c)
	if err != nil {
		return nil, err
	}
	kind, _ := strconv.Atoi(c.Query.Get("type"))
	hubs := booking.TransportHubs(c.Tx, booking.HubFilter{IATA: c.Query.Get("iata"), CountryOrRegion: c.Query.Get("countryOrRegion"), Type: kind}, QueryPage(c))
	return TransportHubsPage{Pagination: PageOf(hubs), Language: language, TransportHubs: Each(hubs.Items, func(h dragonpass.TransportHub) TransportHub {
		h, _ = show.inLanguage(h, language, true) // no list leaves one out
		return TransportHubOf(h)
	})}, nil
}

func (show Renders) retrieveTransportHub(c *dispatch.Call) (any, error) {
	language, err := LanguageOf(c)
	if err != nil {
		return nil, err
	}
	hub, err := booking.TransportHub(c.Tx, c.Path.Get("transportHubId"))
	if err != nil {
		return nil, err
	}
	hub, there := show.inLanguage(hub, language, FallbackAllowed(c))
	if !there {
		return nil, access.RefuseUntranslated(dragonpass.TransportHubNotFound, "transportHubId", hub.TransportHubID, language)
	}
	return TransportHubDetails{Language: language, TransportHub: TransportHubOf(hub), ImagesList: Each(hub.Images, pictureWire)}, nil
}

func checkPrebookingAvailability(c *dispatch.Call, r AvailabilityRequest) (any, error) {
	found, err := booking.CheckAvailability(c.Tx, dragonpass.AvailabilityRequest{
		Holder: dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID}, Module: dragonpass.Module(r.Module), ResourceID: r.ResourceID,
		Date: dragonpass.LocalTime(r.PrebookingDate), Party: dragonpass.Party{Adults: r.AdultCount, Children: r.ChildCount},
	})
	return AvailabilityOf(c, found, err)
}

// AvailabilityOf renders what a client finds who asks for a place, or passes a refusal on.
func AvailabilityOf(c *dispatch.Call, found booking.Availability, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	if found.Reason != "" {
		c.Note = "not available: " + found.Reason
		return Availability{}, nil
	}
	return Availability{Available: true, PrebookingToken: found.Token.Token, ValidUntil: found.Token.ValidUntil.Unix(), Price: new(PriceOf(found.Price))}, nil
}

func listEPassUsageOrders(c *dispatch.Call, r EPassUsageOrdersRequest) (any, error) {
	return r.list(c, dragonpass.Holder{EPassID: r.EPassID})
}

func listMembershipUsageOrders(c *dispatch.Call, r MembershipUsageOrdersRequest) (any, error) {
	return r.list(c, dragonpass.Holder{MembershipID: r.MembershipID})
}

func (r UsageOrdersPart) list(c *dispatch.Call, of dragonpass.Holder) (any, error) {
	filter := booking.OrdersFilter{Module: dragonpass.Module(r.Module)}
	if r.Status != nil {
		filter.Status = new(dragonpass.OrderStatus(*r.Status))
	}
	orders, err := booking.UsageOrders(c.Tx, of, filter, PageAt(r.PageSize, r.PageNumber), rowWire)
	if err != nil {
		return nil, err
	}
	return UsageOrdersPage{Pagination: PageOf(orders), Orders: orders.Items}, nil
}

func (show Renders) retrieveEPass(c *dispatch.Call, r EPassSearch) (any, error) {
	find, id := booking.EPass, r.EPassID
	if r.OrderID != "" {
		find, id = booking.EPassByOrder, r.OrderID
	}
	pass, err := find(c.Tx, id)
	return show.EPass(c.Tx, pass), err
}

func (show Renders) retrieveUsageOrder(find func(*world.Tx, string) (booking.Order, error)) func(*dispatch.Call, OrderSearch) (any, error) {
	return func(c *dispatch.Call, r OrderSearch) (any, error) {
		order, err := find(c.Tx, r.OrderID)
		if err != nil {
			return nil, err
		}
		return show.Order(c.Tx, order), nil
	}
}

func (show Renders) cancelOrder(c *dispatch.Call, r Cancellation) (any, error) {
	cancelled, err := booking.CancelOrder(c.Tx, r.OrderID)
	switch {
	case err != nil:
		return nil, err
	case cancelled.EPass != nil:
		return show.EPass(c.Tx, *cancelled.EPass), nil
	}
	return show.Order(c.Tx, *cancelled.Order), nil
}

// LanguageOf is the language that the call asks for. Errors: LANGUAGE_NOT_ALLOWED.
func LanguageOf(c *dispatch.Call) (string, error) {
	return access.ChooseLanguage(c.Query.Get("language"), c.World.Client().Languages)
}

// FallbackAllowed says whether the call takes the default language for what is not translated.
func FallbackAllowed(c *dispatch.Call) bool { return c.Query.Get("fallbackAllowed") == "true" }

// The page of calls that name none.
const defaultPageSize = 10

// PageAt is the page that a body asks for; 0 is what it leaves out.
func PageAt(size, number int) booking.Page {
	if size == 0 {
		size = defaultPageSize
	}
	return booking.Page{Size: size, Number: max(number, 1)}
}

// QueryPage is the page that the query asks for.
func QueryPage(c *dispatch.Call) booking.Page {
	size, _ := strconv.Atoi(c.Query.Get("pageSize")) // legal, or absent
	number, _ := strconv.Atoi(c.Query.Get("pageNumber"))
	return PageAt(size, number)
}
