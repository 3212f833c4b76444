package platform

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/duration"
)

// Given is what a world begins with: the part of a scenario's `given` that is not clock and seed. Members are the
// vendor's own, or their relative forms; what is left out is made up from the seed.
type Given struct {
	Programs         []GivenProgram    `json:"programs"`
	EPasses          []GivenEPass      `json:"ePasses"`
	Memberships      []GivenMembership `json:"memberships"`
	Orders           []GivenOrder      `json:"orders"`
	Resources        []jsontext.Value  `json:"resources"` // patches, see [Tx.PatchResource]
	PrebookingTokens []GivenToken      `json:"prebookingTokens"`
	Slots            []GivenSlot       `json:"slots"`
}

// GivenEPass is a pass that is there from the start.
type GivenEPass struct {
	As               string            `json:"as"` // the name that steps call it by
	EPassID          string            `json:"ePassId"`
	OrderID          string            `json:"orderId"`
	ProgramID        string            `json:"programId"`
	Module           dragonpass.Module `json:"module"`
	ClientUserID     string            `json:"clientUserId"`
	FirstName        string            `json:"firstName"`
	LastName         string            `json:"lastName"`
	AvailableUsages  *int              `json:"availableUsages"` // nil: 1
	UsedUsages       int               `json:"usedUsages"`
	ExpirationDate   string            `json:"expirationDate"`
	ExpiresIn        string            `json:"expiresIn"` // neither: 365d
	AllowedResources struct {
		ResourceID []string `json:"resourceId"`
	} `json:"allowedResources"`
}

// GivenToken is a prebooking token that is there from the start. No policy is asked of it.
type GivenToken struct {
	Token          string               `json:"token"`
	Module         dragonpass.Module    `json:"module"`
	ResourceID     string               `json:"resourceId"`
	PrebookingDate dragonpass.LocalTime `json:"prebookingDate"`
	AdultCount     *int                 `json:"adultCount"` // nil: 1
	ChildCount     int                  `json:"childCount"`
	EPassID        string               `json:"ePassId"`
	MembershipID   string               `json:"membershipId"`
	ValidUntil     string               `json:"validUntil"` // empty: ten minutes from the start
}

// GivenSlot sets what is left of a slot.
type GivenSlot struct {
	ResourceID     string               `json:"resourceId"`
	PrebookingDate dragonpass.LocalTime `json:"prebookingDate"`
	Free           int                  `json:"free"`
}

// GivenError is a member of Given that cannot be laid.
type GivenError struct {
	Pointer string // JSON pointer into the given
	Reason  string
}

func (e *GivenError) Error() string { return "given" + e.Pointer + ": " + e.Reason }

// lay puts a scenario's given into a new world: resources first, since the rest speaks of them.
func (tx *Tx) lay(g Given) error {
	for i, patch := range g.Resources {
		if err := tx.layResource(patch); err != nil {
			return &GivenError{fmt.Sprintf("/resources/%d", i), err.Error()}
		}
	}
	for i, p := range g.EPasses {
		if err := tx.layEPass(p, i); err != nil {
			err.Pointer = fmt.Sprintf("/ePasses/%d%s", i, err.Pointer)
			return err
		}
	}
	for i, m := range g.Memberships {
		if err := tx.layMembership(m, i); err != nil {
			err.Pointer = fmt.Sprintf("/memberships/%d%s", i, err.Pointer)
			return err
		}
	}
	for i, o := range g.Orders {
		if err := tx.layOrder(o); err != nil {
			err.Pointer = fmt.Sprintf("/orders/%d%s", i, err.Pointer)
			return err
		}
	}
	for i, t := range g.PrebookingTokens {
		if err := tx.layToken(t); err != nil {
			err.Pointer = fmt.Sprintf("/prebookingTokens/%d%s", i, err.Pointer)
			return err
		}
	}
	for i, s := range g.Slots {
		if _, err := tx.FillSlot(s.ResourceID, s.PrebookingDate, s.Free); err != nil {
			return &GivenError{fmt.Sprintf("/slots/%d", i), err.Error()}
		}
	}
	return nil
}

func (tx *Tx) layResource(patch jsontext.Value) error {
	var named struct {
		ResourceID string `json:"resourceId"`
	}
	if err := json.Unmarshal(patch, &named); err != nil {
		return err
	}
	_, err := tx.PatchResource(named.ResourceID, patch)
	return err
}

func (tx *Tx) layEPass(g GivenEPass, n int) *GivenError {
	fake := tx.faker("given ePass", n)
	pass := dragonpass.EPass{
		EPassID: g.EPassID, OrderID: g.OrderID, ProgramID: or(g.ProgramID, tx.world.config.Client.DefaultProgram()), Module: g.Module,
		ClientUserID: or(g.ClientUserID, strings.ToUpper(fake.UUID())), FirstName: or(g.FirstName, fake.FirstName()), LastName: or(g.LastName, fake.LastName()),
		Used: g.UsedUsages, ActivationDate: tx.now, AllowedResources: g.AllowedResources.ResourceID, CreatedAt: tx.now,
	}
	available := 1
	if g.AvailableUsages != nil {
		available = *g.AvailableUsages
	}
	pass.Granted = available + g.UsedUsages
	expires, err := tx.instant(g.ExpirationDate, or(g.ExpiresIn, "365d"))
	switch {
	case err != nil:
		return &GivenError{"/expirationDate", err.Error()}
	case g.ExpirationDate != "" && g.ExpiresIn != "":
		return &GivenError{"/expiresIn", "expected expirationDate or expiresIn, not both"}
	case tx.state.ePasses.has(pass.EPassID):
		return &GivenError{"/ePassId", "E-pass " + pass.EPassID + " is there already"}
	case tx.orderIDTaken(pass.OrderID):
		return &GivenError{"/orderId", "order " + pass.OrderID + " is there already"}
	}
	pass.ExpirationDate = expires
	if expires.Before(tx.now) {
		pass.ActivationDate, pass.CreatedAt = expires, expires // a pass that has expired was issued before that
	}
	if err := tx.checkName(pass.ClientUserID, pass.FirstName, pass.LastName); err != nil {
		return &GivenError{"/clientUserId", err.Error()}
	}
	for i, id := range pass.AllowedResources {
		if r, ok := tx.resource(id); !ok || r.Module != pass.Module {
			return &GivenError{fmt.Sprintf("/allowedResources/resourceId/%d", i), fmt.Sprintf("expected a resource of module %d, got %s", pass.Module, id)}
		}
	}
	if pass.OrderID == "" {
		pass.OrderID = tx.nextOrderID()
	}
	if pass.EPassID == "" {
		pass.EPassID = tx.nextEPassID()
	}
	tx.addEPass(pass)
	if g.As != "" {
		tx.world.named[g.As] = map[string]string{"ePassId": pass.EPassID, "orderId": pass.OrderID, "clientUserId": pass.ClientUserID,
			"firstName": pass.FirstName, "lastName": pass.LastName}
	}
	return nil
}

func (tx *Tx) layToken(g GivenToken) *GivenError {
	r, ok := tx.resource(g.ResourceID)
	if !ok {
		return &GivenError{"/resourceId", "no resource " + g.ResourceID}
	}
	if !r.Prebookable() || r.Module != g.Module {
		return &GivenError{"/resourceId", fmt.Sprintf("expected a resource of module %d that can be booked, got %s", g.Module, g.ResourceID)}
	}
	service, err := g.PrebookingDate.In(r.Zone)
	if err != nil {
		return &GivenError{"/prebookingDate", err.Error()}
	}
	until, err := tx.instant(g.ValidUntil, dragonpass.TokenLife.String())
	if err != nil {
		return &GivenError{"/validUntil", err.Error()}
	}
	holder := dragonpass.Holder{EPassID: g.EPassID, MembershipID: g.MembershipID}
	if holder != (dragonpass.Holder{}) {
		if _, err := tx.account(holder); err != nil {
			return &GivenError{"", err.Error()}
		}
	}
	if tx.state.tokens.has(g.Token) {
		return &GivenError{"/token", "token " + g.Token + " is there already"}
	}
	adults := 1
	if g.AdultCount != nil {
		adults = *g.AdultCount
	}
	token := g.Token
	if token == "" {
		token = tx.nextToken()
	}
	tx.addToken(dragonpass.PrebookingToken{
		Token: token, Module: g.Module, ResourceID: g.ResourceID, Date: g.PrebookingDate, ServiceAt: service,
		Party: dragonpass.Party{Adults: adults, Children: g.ChildCount}, Holder: holder, ValidUntil: until,
	})
	return nil
}

// instant reads an instant with offset, or when there is none a duration from now.
func (tx *Tx) instant(at, in string) (time.Time, error) {
	if at != "" {
		return ParseInstant(at)
	}
	d, err := duration.Parse(in)
	return tx.now.Add(d), err
}

// ParseInstant reads a date and time with an offset, as the vendor takes it, cut to the second.
func ParseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if t = t.UTC(); err != nil || t.Year() < 0 || t.Year() > 9999 { // an offset leads out of the years that can be written
		return t, fmt.Errorf("expected a date and time with offset, such as 2025-09-01T09:00:00+01:00, got %q", s)
	}
	return t.Truncate(time.Second), nil
}

// or answers s, or what to take when there is none.
func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
