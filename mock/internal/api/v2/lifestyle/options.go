package lifestyle

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/offers"
)

// What there is of options, and what it costs.

type optionAvailabilityRequest struct {
	EPassID        string `json:"ePassId"`
	MembershipID   string `json:"membershipId"`
	Module         int    `json:"module"`
	ResourceID     string `json:"resourceId"`
	OptionID       string `json:"optionId"`
	PrebookingDate string `json:"prebookingDate"`
	AdultCount     int    `json:"adultCount"`
	ChildCount     int    `json:"childCount"`
}

type topUpAvailabilityRequest struct {
	EPassID      string `json:"ePassId"`
	MembershipID string `json:"membershipId"`
	OrderID      string `json:"orderId"`
	OptionID     string `json:"optionId"`
}

type esimOptionList struct {
	ResourceID string       `json:"resourceId"`
	OptionList []esimOption `json:"optionList"`
}

type esimOption struct {
	OptionID    string `json:"optionId"`
	OptionName  string `json:"optionName"`
	Duration    int    `json:"duration"`
	DataMode    int    `json:"dataMode"`
	TotalVolume int64  `json:"totalVolume"`
	Unit        string `json:"unit"`
}

type schedule struct {
	ResourceID string        `json:"resourceId"`
	Schedules  []scheduleDay `json:"schedules"`
}

type scheduleDay struct {
	Date       string  `json:"date"`
	OptionList []visit `json:"optionList"`
}

type visit struct {
	OptionID   string    `json:"optionId"`
	OptionName string    `json:"optionName"`
	OptionType int       `json:"optionType"`
	StartTime  *string   `json:"startTime"`
	EndTime    *string   `json:"endTime"`
	Price      api.Price `json:"price"`
}

type visitDetails struct {
	ResourceID string `json:"resourceId"`
	visit      `json:",embed"`
	Date       *string `json:"date"`
	Places     *int    `json:"places"`
}

type offerList struct {
	ResourceID string  `json:"resourceId"`
	OptionList []offer `json:"optionList"`
}

type offer struct {
	OptionID     string    `json:"optionId"`
	OptionName   string    `json:"optionName"`
	MarketingTag int       `json:"marketingTag"`
	Validity     validity  `json:"validity"`
	Price        api.Price `json:"price"`
}

type validity struct {
	Type      int     `json:"type"`
	StartDate *string `json:"startDate"`
	EndDate   *string `json:"endDate"`
	Value     *int    `json:"value"`
	Unit      *string `json:"unit"`
}

type offerDetails struct {
	ResourceID string `json:"resourceId"`
	offer      `json:",embed"`
}

type resourcePricesRequest struct {
	Module      int      `json:"module"`
	ResourceIDs []string `json:"resourceIds"`
}

type resourcePrices struct {
	Prices []resourcePrice `json:"prices"`
}

type resourcePrice struct {
	ResourceID string    `json:"resourceId"`
	Price      api.Price `json:"price"`
}

type optionPricesRequest struct {
	Module     int      `json:"module"`
	ResourceID string   `json:"resourceId"`
	OptionIDs  []string `json:"optionIds"`
}

type optionPrices struct {
	ResourceID string        `json:"resourceId"`
	Prices     []optionPrice `json:"prices"`
}

type optionPrice struct {
	OptionID string    `json:"optionId"`
	Price    api.Price `json:"price"`
}

// optionHandlers are those of the operations on options, by operationId.
func optionHandlers() map[string]dispatch.Handler {
	return map[string]dispatch.Handler{
		"checkOptionPrebookingAvailability": dispatch.Body(checkOptionAvailability),
		"checkESIMTopUpAvailability":        dispatch.Body(checkTopUpAvailability),
		"listESIMOptions":                   dispatch.Plain(listESIMOptions),
		"retrieveFitnessSchedule":           dispatch.Plain(retrieveSchedule),
		"retrieveFitnessOption":             dispatch.Plain(retrieveVisit),
		"listLocalOfferOptions":             dispatch.Plain(listOffers),
		"retrieveLocalOfferOption":          dispatch.Plain(retrieveOffer),
		"retrieveResourcePrices":            dispatch.Body(retrieveResourcePrices),
		"retrieveOptionPrices":              dispatch.Body(retrieveOptionPrices),
	}
}

func checkOptionAvailability(c *dispatch.Call, r optionAvailabilityRequest) (any, error) {
	found, err := booking.CheckAvailability(c.Tx, dragonpass.AvailabilityRequest{
		Holder: dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID}, Module: dragonpass.Module(r.Module), ResourceID: r.ResourceID,
		OptionID: r.OptionID, Date: dragonpass.LocalTime(r.PrebookingDate), Party: dragonpass.Party{Adults: r.AdultCount, Children: r.ChildCount},
	})
	return api.AvailabilityOf(c, found, err)
}

func checkTopUpAvailability(c *dispatch.Call, r topUpAvailabilityRequest) (any, error) {
	found, err := offers.CheckTopUp(c.Tx, offers.TopUp{
		Holder: dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID}, OrderID: r.OrderID, OptionID: r.OptionID,
	})
	return api.AvailabilityOf(c, found, err)
}

func listESIMOptions(c *dispatch.Call) (any, error) {
	r, options, err := offers.Options(c.Tx, dragonpass.ESIM, c.Path.Get("resourceId"))
	return esimOptionList{r.ResourceID, api.Each(options, esimOptionWire)}, err
}

// esimOptionWire tells a volume in whole gigabytes, where it is some.
func esimOptionWire(o offers.Priced) esimOption {
	p := o.Package
	wire := esimOption{OptionID: o.OptionID, OptionName: o.Name, Duration: p.Days, DataMode: p.DataMode, TotalVolume: p.Bytes / option.Gigabyte, Unit: "GB"}
	if p.Bytes%option.Gigabyte != 0 {
		wire.TotalVolume, wire.Unit = p.Bytes, "B"
	}
	return wire
}

func retrieveSchedule(c *dispatch.Call) (any, error) {
	r, days, err := offers.Schedule(c.Tx, c.Path.Get("resourceId"))
	return schedule{r.ResourceID, api.Each(days, func(d offers.Day) scheduleDay { return scheduleDay{d.Date, api.Each(d.Visits, visitWire)} })}, err
}

func visitWire(o offers.Priced) visit {
	return visit{
		OptionID: o.OptionID, OptionName: o.Name, OptionType: o.Visit.Type, StartTime: api.Filled(o.Visit.Start), EndTime: api.Filled(o.Visit.End), Price: api.PriceOf(o.Price),
	}
}

func retrieveVisit(c *dispatch.Call) (any, error) {
	r, o, err := offers.Option(c.Tx, dragonpass.Fitness, c.Path.Get("resourceId"), c.Path.Get("optionId"))
	details := visitDetails{ResourceID: r.ResourceID, visit: visitWire(o), Date: api.Filled(o.Visit.Day)}
	if o.Visit.Places > 0 {
		details.Places = &o.Visit.Places
	}
	return details, err
}

func listOffers(c *dispatch.Call) (any, error) {
	r, options, err := offers.Options(c.Tx, dragonpass.LocalOffer, c.Path.Get("resourceId"))
	return offerList{r.ResourceID, api.Each(options, offerWire)}, err
}

func offerWire(o offers.Priced) offer {
	v := o.Offer.Validity
	wire := validity{Type: v.Type, StartDate: api.Filled(v.StartDate), EndDate: api.Filled(v.EndDate)}
	if v.Type == option.Relative { // how long a dynamic one is, the merchant says when it is bought
		wire.Value, wire.Unit = &v.Value, &v.Unit
	}
	return offer{OptionID: o.OptionID, OptionName: o.Name, MarketingTag: o.Offer.MarketingTag, Validity: wire, Price: api.PriceOf(o.Price)}
}

func retrieveOffer(c *dispatch.Call) (any, error) {
	r, o, err := offers.Option(c.Tx, dragonpass.LocalOffer, c.Path.Get("resourceId"), c.Path.Get("optionId"))
	return offerDetails{r.ResourceID, offerWire(o)}, err
}

func retrieveResourcePrices(c *dispatch.Call, r resourcePricesRequest) (any, error) {
	list, err := offers.ResourcePrices(c.Tx, dragonpass.Module(r.Module), r.ResourceIDs)
	return resourcePrices{api.Each(list, func(r dragonpass.Resource) resourcePrice { return resourcePrice{r.ResourceID, api.PriceOf(r.Price)} })}, err
}

func retrieveOptionPrices(c *dispatch.Call, r optionPricesRequest) (any, error) {
	list, err := offers.OptionPrices(c.Tx, dragonpass.Module(r.Module), r.ResourceID, r.OptionIDs)
	return optionPrices{r.ResourceID, api.Each(list, func(o offers.Priced) optionPrice { return optionPrice{o.OptionID, api.PriceOf(o.Price)} })}, err
}
