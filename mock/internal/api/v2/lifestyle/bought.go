package lifestyle

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/lifestyle"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/offers"
	"dragonmock/mock/internal/world"
)

// What was bought of options (D/3511084e0 for eSIMs; S for the others).

// ePassOptionRequest turns a token into an order of a pass.
type ePassOptionRequest struct {
	EPassID      string `json:"ePassId"`
	optionToBook `json:",embed"`
}

// membershipOptionRequest turns a token into an order of a membership.
type membershipOptionRequest struct {
	MembershipID string `json:"membershipId"`
	optionToBook `json:",embed"`
}

// optionToBook is what both say. Options ask for no passenger data.
type optionToBook struct {
	Module int `json:"module"`
	Extra  struct {
		PrebookingToken string `json:"prebookingToken"`
	} `json:"extra"`
}

// OrderExtra is what an order of an option tells beyond what all orders do: of its module, one of the last four.
type OrderExtra struct {
	ClientUserID   string        `json:"clientUserId"`
	PrebookingDate string        `json:"prebookingDate"`
	UsageDate      *string       `json:"usageDate"`
	UsedUsages     int           `json:"usedUsages"`
	ResourceID     string        `json:"resourceId"`
	ResourceName   string        `json:"resourceName"`
	VouchersList   []api.Voucher `json:"vouchersList"`

	ESIM          *esim        `json:"esim,omitzero"`
	ESIMOptions   *esimOptions `json:"esimOptions,omitzero"`
	ESIMOrderType int          `json:"esimOrderType,omitzero"`

	FitnessOptions    *fitnessOptions    `json:"fitnessOptions,omitzero"`
	LocalOfferOptions *localOfferOptions `json:"localOfferOptions,omitzero"`
}

type esim struct {
	ICCID          *string `json:"iccid"`
	Status         int     `json:"status"`
	EffectiveDate  *string `json:"effectiveDate"`
	ExpirationDate *string `json:"expirationDate"`
}

type esimOptions struct {
	OptionID       string     `json:"optionId"`
	OptionName     string     `json:"optionName"`
	Status         int        `json:"status"`
	Duration       int        `json:"duration"`
	DataMode       int        `json:"dataMode"`
	Volume         volume     `json:"volume"`
	ActivationDate *string    `json:"activationDate"`
	ExpirationDate *string    `json:"expirationDate"`
	Speed          string     `json:"speed"`
	Providers      []provider `json:"providers"`
	Coverage       coverage   `json:"coverage"`
}

type volume struct {
	Total      int64  `json:"total"`
	Remaining  int64  `json:"remaining"`
	DailyLimit int64  `json:"dailyLimit"`
	Notes      string `json:"notes"`
}

type provider struct {
	Provider string `json:"provider"`
	Region   string `json:"region"`
}

type fitnessOptions struct {
	OptionID   string `json:"optionId"`
	OptionName string `json:"optionName"`
	OptionType int    `json:"optionType"`
	Date       string `json:"date"`
	StartTime  string `json:"startTime"`
	EndTime    string `json:"endTime"`
}

type localOfferOptions struct {
	OptionID          string  `json:"optionId"`
	OptionName        string  `json:"optionName"`
	RedemptionURL     *string `json:"redemptionUrl"`
	VoucherValidUntil string  `json:"voucherValidUntil"`
}

type esimPackagesRequest struct {
	ICCID   string `json:"iccid"`
	OrderID string `json:"orderId"`
}

type esimPackages struct {
	ICCID    *string       `json:"iccid"`
	ESIM     esim          `json:"esim"`
	Packages []esimPackage `json:"packages"`
}

type esimPackage struct {
	OrderID       string      `json:"orderId"`
	ESIMOrderType int         `json:"esimOrderType"`
	ESIMOptions   esimOptions `json:"esimOptions"`
}

type checkedIn struct {
	OrderID      string        `json:"orderId"`
	VouchersList []api.Voucher `json:"vouchersList"`
}

// The kinds of an eSIM's order (S).
const (
	newESIM = 1
	topUp   = 2
)

// boughtHandlers are those of the operations on what was bought, by operationId.
func boughtHandlers(show api.Renders) map[string]dispatch.Handler {
	book := func(c *dispatch.Call, m dragonpass.Module, topUp bool, holder dragonpass.Holder, r optionToBook) (any, error) {
		order, err := booking.Prebook(c.Tx, dragonpass.PrebookRequest{
			ProgramID: c.Program, Path: m, Module: dragonpass.Module(r.Module), Holder: holder, Token: r.Extra.PrebookingToken, TopUp: topUp,
		})
		if err != nil {
			return nil, err
		}
		return show.Order(c.Tx, order), nil
	}
	withEPass := func(m dragonpass.Module, topUp bool) dispatch.Handler {
		return dispatch.Body(func(c *dispatch.Call, r ePassOptionRequest) (any, error) {
			return book(c, m, topUp, dragonpass.Holder{EPassID: r.EPassID}, r.optionToBook)
		})
	}
	withMembership := func(m dragonpass.Module, topUp bool) dispatch.Handler {
		return dispatch.Body(func(c *dispatch.Call, r membershipOptionRequest) (any, error) {
			return book(c, m, topUp, dragonpass.Holder{MembershipID: r.MembershipID}, r.optionToBook)
		})
	}
	return map[string]dispatch.Handler{
		"createEPassESIMPrebooking":            withEPass(dragonpass.ESIM, false),
		"createMembershipESIMPrebooking":       withMembership(dragonpass.ESIM, false),
		"createEPassESIMTopUp":                 withEPass(dragonpass.ESIM, true),
		"createMembershipESIMTopUp":            withMembership(dragonpass.ESIM, true),
		"createEPassFitnessPrebooking":         withEPass(dragonpass.Fitness, false),
		"createMembershipFitnessPrebooking":    withMembership(dragonpass.Fitness, false),
		"createEPassLocalOfferPrebooking":      withEPass(dragonpass.LocalOffer, false),
		"createMembershipLocalOfferPrebooking": withMembership(dragonpass.LocalOffer, false),

		"retrieveESIMOrder": dispatch.Body(func(c *dispatch.Call, r api.OrderSearch) (any, error) {
			found, err := offers.ESIM(c.Tx, r.OrderID)
			if err != nil {
				return nil, err
			}
			return show.Order(c.Tx, found.Order), nil
		}),
		"listESIMPackages": dispatch.Body(listPackages),
		"checkInFitness":   dispatch.Body(checkIn),
	}
}

func listPackages(c *dispatch.Call, r esimPackagesRequest) (any, error) {
	iccid, list, err := offers.Packages(c.Tx, r.ICCID, r.OrderID)
	if err != nil {
		return nil, err
	}
	now := c.Tx.Now()
	return esimPackages{api.Filled(iccid), esimOf(c.Tx, list[0].OrderID), api.Each(list, func(p offers.Package) esimPackage {
		return esimPackage{p.OrderID, orderTypeOf(p.Bought), esimOptionsOf(&p.Order, p.Bought, now)}
	})}, nil
}

func checkIn(c *dispatch.Call, r api.OrderSearch) (any, error) {
	o, err := offers.CheckIn(c.Tx, r.OrderID)
	return checkedIn{o.OrderID, api.VouchersOf(&o)}, err
}

// OrderExtraOf renders what was bought with an order, as it stands now.
func OrderExtraOf(tx *world.Tx, o *booking.Order) *OrderExtra {
	b, _ := tx.Options.Get(o.OrderID)
	extra := OrderExtra{
		ClientUserID: booking.ClientUserIDOf(tx, o.Holder), PrebookingDate: string(o.Date), UsedUsages: o.Persons(), ResourceID: o.ResourceID,
		ResourceName: o.Resource.Name, VouchersList: api.VouchersOf(o),
	}
	if !o.UsedAt.IsZero() {
		extra.UsageDate = new(dragonpass.UsageDate(o.UsedAt, o.Resource.Zone))
	}
	switch o.Module {
	case dragonpass.ESIM:
		extra.ESIM, extra.ESIMOptions, extra.ESIMOrderType = new(esimOf(tx, o.OrderID)), new(esimOptionsOf(o, b, tx.Now())), orderTypeOf(b)
	case dragonpass.Fitness:
		extra.FitnessOptions = new(fitnessOptionsOf(o, b))
	default:
		extra.LocalOfferOptions = new(localOfferOptionsOf(o, b))
	}
	return &extra
}

func orderTypeOf(b option.Bought) int {
	if b.TopUpOf != "" {
		return topUp
	}
	return newESIM
}

// zulu writes an instant as the page has those of eSIMs, with Z (D/3511084e0); zero is null.
func zulu(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return new(t.UTC().Format("2006-01-02T15:04:05Z"))
}

// esimOf is the profile of the eSIM that an order is of.
func esimOf(tx *world.Tx, orderID string) esim {
	o, b := offers.Profile(tx, orderID)
	e := esim{Status: int(lifestyle.ProfileOf(&o, b, tx.Now()))}
	if b.ICCID != "" {
		e.ICCID, e.EffectiveDate, e.ExpirationDate = &b.ICCID, zulu(b.From), zulu(b.Until)
	}
	return e
}

func esimOptionsOf(o *booking.Order, b option.Bought, now time.Time) esimOptions {
	p := b.Option.Package
	options := esimOptions{
		OptionID: b.Option.OptionID, OptionName: b.Option.Name, Status: int(lifestyle.StateOf(&o.Order, b, now)), Duration: p.Days, DataMode: p.DataMode,
		Volume: volume{Total: p.Bytes, Remaining: b.Remaining(), DailyLimit: -1, Notes: p.Notes}, ActivationDate: zulu(b.ActivatedAt), Speed: p.Speed,
		Providers: api.Each(o.Resource.Coverage.Regions, func(region string) provider { return provider{"DragonPass", region} }), Coverage: coverage(o.Resource.Coverage),
	}
	if p.DailyBytes > 0 {
		options.Volume.DailyLimit = p.DailyBytes
	}
	if !b.ActivatedAt.IsZero() {
		options.ExpirationDate = zulu(b.Ends())
	}
	return options
}

func fitnessOptionsOf(o *booking.Order, b option.Bought) fitnessOptions {
	const clock = "15:04"
	v := b.Option.Visit
	options := fitnessOptions{
		OptionID: b.Option.OptionID, OptionName: b.Option.Name, OptionType: v.Type, Date: string(o.Date[:len(time.DateOnly)]), StartTime: v.Start, EndTime: v.End,
	}
	if v.Type == option.DayPass {
		options.StartTime, options.EndTime = b.From.In(o.Resource.Zone).Format(clock), b.Until.In(o.Resource.Zone).Format(clock)
		if options.EndTime == "00:00" {
			options.EndTime = "24:00" // as opening hours say it
		}
	}
	return options
}

// redemptionURL is where the voucher of a local offer is shown. The host is made up: no real one was seen.
const redemptionURL = "https://redeem.dragonpass.example/localOffers/"

func localOfferOptionsOf(o *booking.Order, b option.Bought) localOfferOptions {
	options := localOfferOptions{OptionID: b.Option.OptionID, OptionName: b.Option.Name, VoucherValidUntil: api.Timestamp(b.Until)}
	if len(o.Vouchers) > 0 {
		options.RedemptionURL = new(redemptionURL + o.Vouchers[0].Code)
	}
	return options
}
