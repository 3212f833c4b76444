package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

// inExtra places a field as the bodies of v1 do that have an extra.
func inExtra(field string) string {
	switch {
	case strings.HasPrefix(field, "allowedResources."):
		return "/extra/allowedResources/resourceId/" + strings.TrimPrefix(field, "allowedResources.")
	case field == "prebookingToken", field == "expirationDate", strings.HasPrefix(field, "prebookingRequiredInfo."):
		return "/extra/" + strings.ReplaceAll(field, ".", "/")
	}
	return "/" + field
}

// inBody places a field as flat bodies do.
func inBody(field string) string { return "/" + field }

// TestRefusals_AsV1ShowsThem holds whole sentences, sources and remedies: what a client of v1 reads, and a test author.
func TestRefusals_AsV1ShowsThem(t *testing.T) {
	now := at(t, start)
	decided := func(_ any, err error) error { return err }
	ask := func(edit func(*Availability)) error { a := availability(t); edit(&a); return decided(a.Decide(now)) }
	book := func(edit func(*Prebook)) error { p := prebook(t); edit(&p); return decided(p.Decide(now)) }
	give := func(edit func(*Issue)) error { i := issue(t); edit(&i); return decided(i.Decide(now)) }
	end := func(edit func(*Cancel)) error { c := cancel(t); edit(&c); return decided(c.Decide(now)) }
	enter := func(edit func(*WalkIn)) error { w := walkIn(t); edit(&w); return decided(w.Decide(now)) }
	redeem := func(edit func(*Redeem)) error {
		r := Redeem{Voucher: "v", Party: dragonpass.Party{Adults: 1}, Order: booked(t)}
		edit(&r)
		return decided(r.Decide(now))
	}
	update := func(u UpdateMembership) error { return decided(u.Decide(now)) }
	expired := dragonpass.Membership{MembershipID: "1", Status: dragonpass.MembershipActive, ExpirationDate: now.Add(-time.Second)}
	for _, row := range []struct {
		err                     error
		place                   func(string) string
		message, source, remedy string
	}{
		{ask(func(a *Availability) { a.Resource.ResourceID = "" }), inBody, "/resourceId: no resource N00001", "D/seed", ""},
		{ask(func(a *Availability) { a.Module = 2 }), inBody, "/module: resource N00001 is of module 1, not 2", "A-044", "module 1"},
		{ask(func(a *Availability) { a.Account.EPass.Module = 3 }), inBody, "/ePassId: E-pass 1 is of module 3, not 1", "A-044", "a pass of module 1"},
		{ask(func(a *Availability) { a.Resource.PrebookingAllowed = false }), inBody, "/resourceId: resource N00001 cannot be booked", "A-044", "a resource with prebookingAllowed"},
		{ask(func(a *Availability) { a.Date = "2025-02-30T10:30" }), inBody, "/prebookingDate: 2025-02-30T10:30 is not a date and time of the calendar, such as 2025-10-01T10:30", "A-021", ""},
		{ask(func(a *Availability) { a.Date = "2025-09-01T09:00" }), inBody, "/prebookingDate: expected a time in the future, by the wall clock of Europe/London", "A-044", "a time after 2025-09-01T08:00:00Z"},
		{ask(func(a *Availability) { a.Party.Adults = 0 }), inBody, "/adultCount: expected at least 1 adult, got 0", "A-044", "adultCount of 1 or more"},
		{ask(func(a *Availability) { a.Party.Children = -1 }), inBody, "/childCount: expected 0 children or more, got -1", "A-044", "childCount of 0 or more"},
		{ask(func(a *Availability) { a.Party.Adults = 7 }), inBody, "/adultCount: expected at most 6 persons in one order (adultCount + childCount), got 7", "A-044", "a party of at most 6"},
		{ask(func(a *Availability) { a.Account = Account{} }), inBody, "/ePassId: no E-pass 1", "D/v1/338667m0", ""},
		{ask(func(a *Availability) { a.Account, a.Holder = Account{}, dragonpass.Holder{MembershipID: "1"} }), inBody, "/membershipId: no membership 1", "D/v1/338664m0", ""},
		{ask(func(a *Availability) { a.Account.EPass.CancelledAt = now }), inBody, "E-pass 1 is cancelled", "A-043", "another pass: a cancelled one stays so"},
		{ask(func(a *Availability) { a.Account.EPass.ActivationDate = now.Add(time.Second) }), inBody, "E-pass 1 is not active yet", "A-041", "a time at or after 2025-09-01T08:00:01Z"},
		{ask(func(a *Availability) { a.Account.EPass.ExpirationDate = now.Add(-time.Second) }), inBody, "E-pass 1 has expired", "A-041", "a time at or before 2025-09-01T07:59:59Z"},
		{ask(func(a *Availability) { a.Account.EPass.ExpirationDate = now }), inBody, "E-pass 1 will have expired at the service time", "A-022", "a service time at or before 2025-09-01T08:00:00Z"},
		{ask(func(a *Availability) { a.Account.EPass.AllowedResources = []string{"N2", "N3"} }), inBody, "E-pass 1 is not good for resource N00001", "D/v1/338667m0", "one of N2, N3"},
		{ask(func(a *Availability) { a.Account.EPass.Granted = 0 }), inBody, "E-pass 1 has 0 usages left, the party has 1 persons", "D/v1/338667m0", "a party of at most 0"},
		{ask(func(a *Availability) {
			a.Account, a.Holder = Account{Membership: &expired}, dragonpass.Holder{MembershipID: "1"}
		}), inBody, "membership 1 is not active, its status is 9", "D/v1/338664m0", "status 1"},
		{ask(func(a *Availability) {
			a.Account, a.Holder, a.Party.Adults = Account{Membership: member(t)}, dragonpass.Holder{MembershipID: "1"}, 3
		}), inBody, "module 1: expected at most 1 guests, got 2", "A-047", "at most 1 guests"},

		{book(func(p *Prebook) { p.Path = 2 }), inExtra, "/module: the path is of module 2, not 1", "D/v1/3499977e0", "module 2"},
		{book(func(p *Prebook) { p.Promise.Token = "" }), inExtra, "/extra/prebookingToken: no such token", "A-045", "a token of an availability call"},
		{book(func(p *Prebook) { p.Promise.OrderID = "DP1" }), inExtra, "/extra/prebookingToken: it made order DP1 already", "A-045", "a new availability call"},
		{book(func(p *Prebook) { p.Promise.ValidUntil = now.Add(-time.Second) }), inExtra, "/extra/prebookingToken: it ended at 2025-09-01T07:59:59Z", "A-045", "a new availability call"},
		{book(func(p *Prebook) { p.Promise.Module = 2 }), inExtra, "/extra/prebookingToken: it was given for module 2", "A-045", "a token of module 1"},
		{book(func(p *Prebook) { p.Promise.Holder.EPassID = "2" }), inExtra, "/extra/prebookingToken: it was given for another E-pass or membership", "A-045", "the holder of the availability call, or an availability call without one"},
		{book(func(p *Prebook) {
			p.Resource.Policy.RequiredInfo = dragonpass.RequiredInfo{Email: true, CallingCode: true}
			p.Passenger.CallingCode = "+44"
		}), inExtra, "/extra/prebookingRequiredInfo/email: expected an e-mail address, it is missing; /extra/prebookingRequiredInfo/callingCode: expected digits only, without a plus", "D/seed", "what prebookingRequiredInfo of the resource asks for"},
		{book(func(p *Prebook) { p.Resource.Quirk = dragonpass.SlotLost }), inExtra, "resource N00001 has lost the place since the availability call", "test venue N00001", "another resource"},
		{book(func(p *Prebook) { p.Resource.Quirk = dragonpass.SupplierError }), inExtra, "the supplier of resource N00001 did not confirm", "test venue N00001", "another resource"},
		{book(func(p *Prebook) { p.Slot.Left = 1 }), inExtra, "resource N00001 has 1 places left at 2025-09-04T10:30, the party has 2 persons", "A-023", "a new availability call with a holder, which reserves"},

		{give(func(i *Issue) { i.LastName = "Byron" }), inExtra, "/clientUserId: u-1 belongs to another first and last name", "D/v1/338667m0", "the name Ada Lovelace"},
		{give(func(i *Issue) { i.ExpirationDate = now }), inExtra, "/extra/expirationDate: expected an instant after now", "A-042", "an instant after 2025-09-01T08:00:00Z"},
		{give(func(i *Issue) { i.Modules[1] = 0 }), inExtra, "/extra/allowedResources/resourceId/1: no resource N00002", "D/v1/338667m0", ""},
		{give(func(i *Issue) { i.Modules[0] = 2 }), inExtra, "/extra/allowedResources/resourceId/0: resource N00001 is of module 2, the pass is of module 1", "D/v1/338667m0", ""},

		{end(func(c *Cancel) { c.Order.OrderID = "" }), inBody, "/orderId: no order DP1", "D/seed", ""},
		{end(func(c *Cancel) { c.Order.Status = dragonpass.Cancelled }), inBody, "order DP1 is cancelled already", "D/seed", ""},
		{end(func(c *Cancel) { c.Order.Category = dragonpass.WalkIn }), inBody, "order DP1 is a walk-in", "A-046", "a prebooking"},
		{end(func(c *Cancel) { c.Order.Status = dragonpass.Used }), inBody, "order DP1 is used already", "A-046", ""},
		{end(func(c *Cancel) { c.Order.Status = dragonpass.Failed }), inBody, "order DP1 has failed", "A-005", "a confirmed or pending order"},
		{end(func(c *Cancel) { c.Resource.Policy.Cancellation.Cancellable = false }), inBody, "prebookings of resource N00001 cannot be cancelled", "D/seed", ""},
		{end(func(c *Cancel) { c.Order.ServiceAt = now }), inBody, "order DP1 could be cancelled until 2025-08-31T08:00:00Z", "A-046", "a time at or before 2025-08-31T08:00:00Z"},
		{end(func(c *Cancel) { c.EPass = dragonpass.EPass{EPassID: "1", Used: 2} }), inBody, "E-pass 1 cannot be cancelled: 2 usages are taken", "A-043", "its prebookings cancelled first"},

		{enter(func(w *WalkIn) { w.QR.Code = "" }), inBody, "/qrCode: it stands for no membership", "A-012", "a string of generateMembershipQRCode"},
		{enter(func(w *WalkIn) { w.QR.ValidUntil = now.Add(-time.Second) }), inBody, "/qrCode: it ended at 2025-09-01T07:59:59Z", "A-012", "a new QR code"},
		{enter(func(w *WalkIn) { w.Resource.WalkInAllowed = false }), inBody, "resource N00001 cannot be used without a booking", "S: the integration playground", "a resource with walkInAllowed"},
		{redeem(func(r *Redeem) { r.Order = dragonpass.Order{} }), inBody, "voucher v is not good for any order", "A-024", ""},
		{redeem(func(r *Redeem) { r.Order.Vouchers[0].RedeemedAt = now }), inBody, "voucher v is used already", "A-024", ""},
		{redeem(func(r *Redeem) { r.Order.ServiceAt = now.Add(-4 * time.Hour) }), inBody, "voucher v is good from 2025-09-01T03:00:00Z to 2025-09-01T07:00:00Z", "D/338945m0", "a time from 2025-09-01T03:00:00Z to 2025-09-01T07:00:00Z"},
		{redeem(func(r *Redeem) { r.Party.Adults = 3 }), inBody, "/adultCount: expected at most the 2 persons of the voucher (adultCount + childCount), got 3", "A-024", "a party of at most 2"},

		{update(UpdateMembership{MembershipID: "1", Membership: expired, Status: new(dragonpass.MembershipPending)}), inBody, "/status: a membership of status 9 cannot become 0", "D/v1/338664m0", "one of 1, 3"},
		{update(UpdateMembership{MembershipID: "1", Membership: expired, Expires: &now}), inBody, "/expirationDate: a membership of status 9 has ended", "A-025", "status 1 with a later date, from status 9"},
		{update(UpdateMembership{MembershipID: "1", Membership: expired, Status: new(dragonpass.MembershipActive)}), inBody, "/expirationDate: expected a later date, it is missing", "A-025", "an instant after 2025-09-01T08:00:00Z"},
		{update(UpdateMembership{MembershipID: "1", Membership: *member(t), Expires: &now}), inBody, "/expirationDate: expected an instant after now", "A-042", "an instant after 2025-09-01T08:00:00Z"},

		{RequireMember("u-1", false), inBody, "/clientUserId: no membership of u-1", "A-011", ""},
		{RequireIssueOrder("DP1", false), inBody, "/orderId: no order DP1 issued an E-pass", "D/v1/338667m0", ""},
		{RequireTransportHub("A7", false), inBody, "/transportHubId: no transport hub A7", "D/339140m0", ""},
	} {
		e := refusal(t, row.err)
		assert.Equal(t, []string{row.message, row.source, row.remedy}, []string{e.Render(row.place), e.Rule, e.Remedy})
	}
}

// TestSources_AreOfTheLegend holds every mark in the code to the kinds that the legend explains, and every refusal to
// fields of the domain.
func TestSources_AreOfTheLegend(t *testing.T) {
	mark := regexp.MustCompile(`^"(D/(v1/)?\d+[em]0|A-\d{3})"$`)
	named := map[string]bool{"SeedPage": true, "Playground": true, "TestVenue": true}
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	marks := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if fun, ok := n.Fun.(*ast.SelectorExpr); ok && fun.Sel.Name == "By" {
					marks++
					switch source := n.Args[0].(type) {
					case *ast.BasicLit:
						assert.Regexp(t, mark, source.Value, f.Name())
					case *ast.SelectorExpr:
						assert.True(t, named[source.Sel.Name], "%s: %s", f.Name(), source.Sel.Name)
					case *ast.BinaryExpr: // test venue and its id
						assert.Equal(t, "TestVenue", leftmost(source).Sel.Name, f.Name())
					default:
						assert.Fail(t, "a source that cannot be read", f.Name())
					}
				}
			case *ast.BasicLit:
				assert.NotRegexp(t, `^"/`, n.Value, "%s: a rule names a field, not a place in a body", f.Name())
			}
			return true
		})
	}
	assert.Greater(t, marks, 40, "the files were not read")
}

func leftmost(e *ast.BinaryExpr) *ast.SelectorExpr {
	for {
		switch x := e.X.(type) {
		case *ast.BinaryExpr:
			e = x
		case *ast.SelectorExpr:
			return x
		default:
			return &ast.SelectorExpr{Sel: ast.NewIdent("nothing")}
		}
	}
}
