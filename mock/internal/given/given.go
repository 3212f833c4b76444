package given

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/world"
)

// Given is the part of a scenario's `given` that is not clock, seed, callback URL or errors.
type Given struct {
	Programs         []Program        `json:"programs"`
	EPasses          []EPass          `json:"ePasses"`
	Memberships      []Membership     `json:"memberships"`
	Orders           []Order          `json:"orders"`
	Resources        []jsontext.Value `json:"resources"` // patches, see [booking.PatchResource]
	PrebookingTokens []Token          `json:"prebookingTokens"`
	Slots            []Slot           `json:"slots"`
}

// Token is a prebooking token that is there from the start. No policy is asked of it.
type Token struct {
	Token          string               `json:"token"`
	Module         dragonpass.Module    `json:"module"`
	ResourceID     string               `json:"resourceId"`
	OptionID       string               `json:"optionId"` // of a lifestyle resource
	TopUpOf        string               `json:"topUpOf"`  // the order of the eSIM that it is a top-up of
	PrebookingDate dragonpass.LocalTime `json:"prebookingDate"`
	AdultCount     *int                 `json:"adultCount"` // nil: 1
	ChildCount     int                  `json:"childCount"`
	EPassID        string               `json:"ePassId"`
	MembershipID   string               `json:"membershipId"`
	ValidUntil     string               `json:"validUntil"` // empty: ten minutes from the start
}

// Slot sets what is left of a slot.
type Slot struct {
	ResourceID     string               `json:"resourceId"`
	OptionID       string               `json:"optionId"` // of a lifestyle resource
	PrebookingDate dragonpass.LocalTime `json:"prebookingDate"`
	Free           int                  `json:"free"`
}

// Error is a member that cannot be given.
type Error struct {
	Pointer string // JSON pointer into the given
	Reason  string
}

func (e *Error) Error() string { return "given" + e.Pointer + ": " + e.Reason }

// wrong makes an error of a member; nil for no reason.
func wrong(pointer string, reason error) *Error {
	if reason == nil {
		return nil
	}
	return &Error{pointer, reason.Error()}
}

// giver is a world while it is given something.
type giver struct {
	*world.Tx
	named map[string]map[string]string
	slots map[string]bool // that were set, by their keys: once each
}

// Put puts all that is given into a new world: resources first, since the rest speaks of them. It returns the entities
// that have a name, with the members that steps speak of. An error is an [*Error].
func (g Given) Put(tx *world.Tx) (named map[string]map[string]string, err error) {
	to := giver{tx, map[string]map[string]string{}, map[string]bool{}}
	for _, put := range []func() *Error{
		func() *Error { return each("resources", g.Resources, to.resource) },
		func() *Error { return each("ePasses", g.EPasses, to.ePass) },
		func() *Error { return each("memberships", g.Memberships, to.membership) },
		func() *Error { return each("orders", g.Orders, to.order) },
		func() *Error { return each("prebookingTokens", g.PrebookingTokens, to.token) },
		func() *Error { return each("slots", g.Slots, to.slot) },
	} {
		if err := put(); err != nil {
			return nil, err
		}
	}
	return to.named, nil
}

// each gives the elements of a list, and says in which one something is wrong.
func each[T any](member string, list []T, give func(T, int) *Error) *Error {
	for i, element := range list {
		if err := give(element, i); err != nil {
			err.Pointer = fmt.Sprintf("/%s/%d%s", member, i, err.Pointer)
			return err
		}
	}
	return nil
}

func (g giver) resource(patch jsontext.Value, _ int) *Error {
	var named struct {
		ResourceID string `json:"resourceId"`
	}
	if err := json.Unmarshal(patch, &named); err != nil {
		return wrong("", err)
	}
	_, _, err := booking.PatchResource(g.Tx, named.ResourceID, patch)
	if refused, ok := errors.AsType[*dragonpass.Error](err); ok && strings.HasPrefix(refused.Message(), "/") {
		member, words, _ := strings.Cut(refused.Message(), ": ")
		return &Error{member, words}
	}
	return wrong("", err)
}

func (g giver) slot(s Slot, _ int) *Error {
	if _, ok := booking.FindResource(g.Tx, s.ResourceID); !ok {
		return g.noResource(s.ResourceID)
	}
	slot, err := booking.FillSlot(g.Tx, s.ResourceID, s.OptionID, s.PrebookingDate, s.Free)
	if err != nil {
		return wrong("", err)
	}
	key := rowkey.Slot(slot)
	if g.slots[key] {
		return &Error{"/prebookingDate", "this slot of " + s.ResourceID + " is there already"}
	}
	g.slots[key] = true
	return nil
}

func (g giver) token(t Token, _ int) *Error {
	r, ok := booking.FindResource(g.Tx, t.ResourceID)
	if !ok {
		return g.noResource(t.ResourceID)
	}
	if !r.Prebookable() || r.Module != t.Module {
		return &Error{"/resourceId", fmt.Sprintf("expected a resource of module %d that can be booked, got %s", t.Module, t.ResourceID)}
	}
	if err := chosen(&r, t.OptionID); err != nil {
		return err
	}
	if t.TopUpOf != "" {
		first, _ := g.Options.Get(t.TopUpOf)
		o, _ := g.Order(t.TopUpOf)
		switch {
		case first.ICCID == "" || first.TopUpOf != "":
			return &Error{"/topUpOf", "expected the order of an eSIM, there is no " + t.TopUpOf}
		case o.ResourceID != t.ResourceID:
			return &Error{"/topUpOf", "expected an eSIM of resource " + t.ResourceID + ", " + t.TopUpOf + " is of " + o.ResourceID}
		}
	}
	service, err := t.PrebookingDate.In(r.Zone)
	if err != nil {
		return wrong("/prebookingDate", err)
	}
	until, err := g.instant(t.ValidUntil, dragonpass.TokenLife.String())
	if err != nil {
		return wrong("/validUntil", err)
	}
	holder := dragonpass.Holder{EPassID: t.EPassID, MembershipID: t.MembershipID}
	if holder.Named() {
		if err := booking.FindAccount(g.Tx, holder).Require(holder); err != nil {
			return wrong("", err)
		}
	}
	if g.Tokens.Has(t.Token) {
		return &Error{"/token", "token " + t.Token + " is there already"}
	}
	adults := 1
	if t.AdultCount != nil {
		adults = *t.AdultCount
	}
	booking.AddToken(g.Tx, dragonpass.PrebookingToken{
		Token: t.Token, Module: t.Module, ResourceID: t.ResourceID, OptionID: t.OptionID, TopUpOf: t.TopUpOf, Date: t.PrebookingDate, ServiceAt: service,
		Party: dragonpass.Party{Adults: adults, Children: t.ChildCount}, Holder: holder, ValidUntil: until,
	})
	return nil
}

// chosen says what is wrong with an option of a resource: one that it does not have, or none where one is needed.
func chosen(r *dragonpass.Resource, optionID string) *Error {
	_, found := option.Find(r.Options, optionID)
	switch {
	case !r.Module.Lifestyle() && optionID != "":
		return &Error{"/optionId", "resource " + r.ResourceID + " has no options"}
	case r.Module.Lifestyle() && !found:
		var ids []string
		for _, o := range r.Options {
			ids = append(ids, o.OptionID)
		}
		return &Error{"/optionId", "expected an option of " + r.ResourceID + ", there is no " + optionID + nearest.DidYouMean(optionID, ids)}
	}
	return nil
}

// call gives what was put a name, with the members that steps speak of.
func (g giver) call(as string, members map[string]string) *Error {
	switch {
	case as == "":
		return nil
	case as == "client":
		return &Error{"/as", "client is the client itself: expected another name"}
	case g.named[as] != nil:
		return &Error{"/as", as + " is the name of something else already"}
	}
	g.named[as] = members
	return nil
}

// program is the programme of that id; the default one for none.
func (g giver) program(id string) (string, *Error) {
	all := g.Client().Programs
	if id != "" && !slices.Contains(all, id) {
		return "", &Error{"/programId", "no programme " + id + " of the client" + nearest.DidYouMean(id, all)}
	}
	return or(id, all[0]), nil
}

// noResource names the resource that was most likely meant.
func (g giver) noResource(id string) *Error {
	return &Error{"/resourceId", "no resource " + id + nearest.DidYouMean(id, g.Catalog().ResourceIDs())}
}

// expiry reads when something ends: at an instant, or in a time from now. Both are too much.
func (g giver) expiry(date, in string) (time.Time, *Error) {
	if date != "" && in != "" {
		return time.Time{}, &Error{"/expiresIn", "expected expirationDate or expiresIn, not both"}
	}
	t, err := g.instant(date, in)
	if date == "" {
		return t, wrong("/expiresIn", err)
	}
	return t, wrong("/expirationDate", err)
}

// instant reads an instant with offset, or when there is none a duration from now.
func (g giver) instant(at, in string) (time.Time, error) {
	var t time.Time
	var err error
	if at != "" {
		t, err = duration.ParseInstant(at)
	} else {
		var d time.Duration
		d, err = duration.Parse(in)
		t = g.Now().Add(d)
	}
	if err != nil {
		return t, err
	}
	return t, dragonpass.CheckInstant(t)
}

// or returns s, or what to take when there is none.
func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
