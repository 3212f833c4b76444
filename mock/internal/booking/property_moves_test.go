package booking_test

import (
	"maps"
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// The moves of the machine: what clients, venues and authors do.

// pick draws one of a list; without any there is no such move now.
func pick[T any](m *machine, label string, list []T) T {
	if len(list) == 0 {
		m.SkipNow()
	}
	return rapid.SampledFrom(list).Draw(m.T, label)
}

func (m *machine) module() dragonpass.Module {
	return pick(m, "module", []dragonpass.Module{dragonpass.Lounge, dragonpass.Lounge, dragonpass.FastTrack, dragonpass.SetMeal})
}

func (m *machine) venue() (id string, module dragonpass.Module) {
	id = pick(m, "venue", m.venues)
	return id, map[byte]dragonpass.Module{'N': dragonpass.Lounge, 'C': dragonpass.FastTrack, 'R': dragonpass.SetMeal}[id[0]]
}

func (m *machine) party() dragonpass.Party {
	return pick(m, "party", []dragonpass.Party{{Adults: 1}, {Adults: 1}, {Adults: 1}, {Adults: 1, Children: 1}, {Adults: 2}, {Adults: 3}, {Children: 1}})
}

// date draws noon of a day soon, so that stories meet in few slots.
func (m *machine) date() string {
	day := pick(m, "day", []time.Duration{1, 1, 1, 2, 3})
	return mocktest.Now(m, m.w).Add(day*24*time.Hour).Format(time.DateOnly) + "T12:00"
}

// holder draws a pass or a membership, or nobody.
func (m *machine) holder(field string) string {
	return pick(m, "holder", map[string][]string{"": {""}, "ePassId": m.passes, "membershipId": m.memberships}[field])
}

func (m *machine) register() {
	body := obj{"clientUserId": pick(m, "user", []string{"u-1", "u-2"}), "firstName": "Ada", "lastName": pick(m, "name", []string{"Lovelace", "Lovelace", "Byron"})}
	if data, ok := m.send("POST", "/memberships", body); ok {
		id := data["membershipId"].(string)
		m.memberships = append(m.memberships, id)
		m.visits[visitsOf{id, dragonpass.Lounge}] = spent{Cardholder: 1, Guests: 1}
	}
}

func (m *machine) updateMembership() {
	body := obj{"membershipId": m.holder("membershipId")}
	if status := pick(m, "status", []int{-1, 1, 1, 1, 1, 0, 2, 3, 9}); status >= 0 {
		body["status"] = status
	}
	if date := pick(m, "date", []string{"", "2025-09-03T00:00:00+00:00", "2030-01-01T00:00:00+00:00"}); date != "" {
		body["expirationDate"] = date
	}
	m.send("POST", "/memberships/update", body)
}

func (m *machine) updateEntitlements() {
	few := rapid.IntRange(0, 3)
	id, module := m.holder("membershipId"), m.module()
	given := spent{few.Draw(m.T, "cardholder"), few.Draw(m.T, "guests"), few.Draw(m.T, "shared")}
	_, ok := m.send("POST", "/entitlements/update", obj{"membershipId": id, "module": module, "details": obj{
		"cardholderExclusiveEntitlements": given.Cardholder, "guestsExclusiveEntitlements": given.Guests, "sharedEntitlements": given.Shared,
		"allowedGuestsPerUsage": few.Draw(m.T, "allowed"),
	}})
	if ok { // it sets what is left from now on
		for _, o := range m.orders {
			if o.live() && o.Holder.MembershipID == id && o.Module == module {
				given = given.plus(o.Spent)
			}
		}
		m.visits[visitsOf{id, module}] = given
	}
}

func (m *machine) generateQRCode() {
	if data, ok := m.send("POST", "/memberships/qrCodes", obj{"membershipId": m.holder("membershipId")}); ok {
		m.qrCodes = append(m.qrCodes, data["qrCode"].(string))
	}
}

// pass is the request of a new pass.
func (m *machine) pass(module dragonpass.Module, usages int) obj {
	extra := obj{
		"firstName": "Ada", "lastName": pick(m, "name", []string{"Lovelace", "Lovelace", "Byron"}), "availableUsages": usages,
		"expirationDate": pick(m, "expiration", []string{"2030-12-31T23:59:59+00:00", "2030-12-31T23:59:59+00:00", "2025-09-05T00:00:00+00:00"}),
	}
	if scope := pick(m, "scope", []string{"", "", "", "N99912", "C99910"}); scope != "" {
		extra["allowedResources"] = obj{"resourceId": []string{scope}}
	}
	return obj{"module": module, "clientUserId": pick(m, "user", []string{"u-1", "u-2"}), "extra": extra}
}

func (m *machine) issued(id, orderID string, usages int) {
	m.passes, m.issueOrders = append(m.passes, id), append(m.issueOrders, orderID)
	m.granted[id] = usages
}

func (m *machine) issue(module dragonpass.Module, usages int) {
	if data, ok := m.send("POST", "/orders/"+module.Word()+"/ePasses", m.pass(module, usages)); ok {
		m.issued(mocktest.EPassID(data), data["orderId"].(string), usages)
	}
}

// promise is a prebooking token, and what it was asked for.
type promise struct {
	token         string
	module        dragonpass.Module
	field, holder string // empty: nobody's
}

func (m *machine) ask(field string) (promise, bool) {
	venue, module := m.venue()
	party := m.party()
	p := promise{module: module, field: field, holder: m.holder(field)}
	body := obj{"module": module, "resourceId": venue, "prebookingDate": m.date(), "adultCount": party.Adults, "childCount": party.Children}
	if field != "" {
		body[field] = p.holder
	}
	before := m.state
	data, ok := m.send("POST", "/resources/prebookings/availability", body)
	if !ok || data["available"] == false {
		require.Equal(m, before, m.state, "unavailable, but something has changed")
		return p, false
	}
	p.token = data["prebookingToken"].(string)
	m.tokens = append(m.tokens, p)
	return p, true
}

// promise draws one of the newest tokens.
func (m *machine) promise() promise {
	return pick(m, "token", m.tokens[max(len(m.tokens)-4, 0):])
}

var holderWords = map[string]string{"ePassId": "ePasses", "membershipId": "memberships"}

func prebooking(p promise) (path string, body obj) {
	return "/orders/" + p.module.Word() + "/" + holderWords[p.field] + "/prebooking", obj{"module": p.module, p.field: p.holder, "extra": obj{"prebookingToken": p.token}}
}

// book redeems a token: its own holder mostly, somebody else for one without, or to see it refused.
func (m *machine) book() {
	p := m.promise()
	if p.field == "" || rapid.IntRange(0, 3).Draw(m.T, "another") == 0 {
		p.field = pick(m, "field", []string{"ePassId", "membershipId"})
		p.holder = m.holder(p.field)
	}
	path, body := prebooking(p)
	m.send("POST", path, body)
}

// askAndBook does at once what a good client does.
func (m *machine) askAndBook(field string) {
	if p, ok := m.ask(field); ok {
		path, body := prebooking(p)
		m.send("POST", path, body)
	}
}

// bookTwice repeats a call with its request id: the second changes nothing.
func (m *machine) bookTwice() {
	p, ok := m.ask("ePassId")
	if !ok {
		return
	}
	path, body := prebooking(p)
	first, ok := m.send("POST", path, body, p.token)
	if !ok {
		return
	}
	before := m.state
	second, _ := m.send("POST", path, body, p.token)
	require.Equal(m, first, second)
	require.Equal(m, before, m.state)
}

func (m *machine) bundle() {
	p, usages := m.promise(), rapid.IntRange(1, 4).Draw(m.T, "usages")
	if p.field != "" && rapid.Bool().Draw(m.T, "ask first") {
		if asked, ok := m.ask(""); ok {
			p = asked
		}
	}
	body := m.pass(p.module, usages)
	body["extra"].(obj)["prebookingToken"] = p.token
	if data, ok := m.send("POST", "/orders/"+p.module.Word()+"/ePasses/bundle", body); ok {
		m.issued(data["ePassId"].(string), mocktest.Dig(data, "extra", "ePass", "orderId").(string), usages)
	}
}

// order draws an order, dead ones too.
func (m *machine) order() string { return pick(m, "order", slices.Sorted(maps.Keys(m.orders))) }

func (m *machine) cancel() {
	m.send("PATCH", "/orders", obj{"status": 3, "orderId": m.order()})
}

func (m *machine) cancelEPass() {
	m.send("PATCH", "/orders", obj{"status": 3, "orderId": pick(m, "issue order", m.issueOrders)})
}

// lookAtOrder reads as a client does: it must not change anything here, where no venue counts looks.
func (m *machine) lookAtOrder() {
	before := m.state
	m.send("POST", "/orders/ePasses/details", obj{"orderId": m.order()})
	m.send("POST", "/orders/memberships/details", obj{"orderId": m.order()})
	require.Equal(m, before, m.state)
}

func (m *machine) walkIn() {
	venue, _ := m.venue()
	shown := pick(m, "shown", slices.Concat(m.passes, m.memberships, m.qrCodes))
	_, err := m.w.WalkIn(shown, venue, m.party())
	m.happened(err == nil, err)
}

func (m *machine) redeem() {
	var vouchers []string
	for _, id := range slices.Sorted(maps.Keys(m.orders)) {
		for _, v := range m.orders[id].Vouchers {
			vouchers = append(vouchers, v.Code)
		}
	}
	_, err := m.w.Redeem(pick(m, "voucher", vouchers), m.party())
	m.happened(err == nil, err)
}

func (m *machine) reverse() {
	_, err := m.w.Reverse(m.order())
	m.happened(err == nil, err)
}

// fillSlot sets what is left beside those who have a place already.
func (m *machine) fillSlot() {
	venue, _ := m.venue()
	slot := place{venue, m.date()}
	free := rapid.IntRange(0, 4).Draw(m.T, "free")
	inside, _ := m.inSlots()
	_, err := m.w.FillSlot(slot.ResourceID, dragonpass.LocalTime(slot.Date), free)
	if err == nil {
		m.limits[slot] = inside[slot] + free
	}
	m.happened(err == nil, err)
}

func (m *machine) advance() {
	mocktest.Advance(m, m.w, pick(m, "by", propertyMoves))
	m.look()
}

func (m *machine) setClock(t time.Time) {
	_, err := m.w.SetClock(t)
	require.NoError(m, err)
}

func (m *machine) setBack() {
	m.setClock(mocktest.Now(m, m.w).Add(-pick(m, "by", propertyMoves)))
	m.look()
}

// goToService moves the clock to where a booked party can come, or just cannot.
func (m *machine) goToService() {
	service, err := time.Parse("2006-01-02T15:04", m.orders[m.order()].Date)
	if err != nil {
		m.SkipNow() // a walk-in
	}
	m.setClock(service.Add(pick(m, "by", []time.Duration{-time.Hour, 0, 3 * time.Hour, -24 * time.Hour, -time.Hour - time.Second, 3*time.Hour + time.Second})))
	m.look()
}
