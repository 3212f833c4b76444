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

// seldom is true now and then.
func (m *machine) seldom(label string) bool { return rapid.IntRange(0, 9).Draw(m.T, label) == 0 }

// some draws a key of a table that fits, or what is nobody's: now and then, and when there is none.
func some[V any](m *machine, label string, table map[string]V, fits func(V) bool) string {
	var list []string
	for _, id := range slices.Sorted(maps.Keys(table)) {
		if fits(table[id]) {
			list = append(list, id)
		}
	}
	if len(list) == 0 || m.seldom("nobody's "+label) {
		return "nobody"
	}
	return pick(m, label, list)
}

func anyone[V any](V) bool { return true }

func (m *machine) module() dragonpass.Module {
	return pick(m, "module", []dragonpass.Module{dragonpass.Lounge, dragonpass.Lounge, dragonpass.FastTrack, dragonpass.SetMeal})
}

func (m *machine) party() savedParty {
	return pick(m, "party", []savedParty{{1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 1}, {1, 1}, {2, 0}, {2, 0}, {3, 0}, {0, 1}, {6, 0}, {6, 1}})
}

func (m *machine) jump() time.Duration {
	return pick(m, "by", []time.Duration{
		time.Second, 5 * time.Minute, 10 * time.Minute, 10*time.Minute + time.Second, time.Hour, 24*time.Hour - time.Second, 24 * time.Hour, 3 * 24 * time.Hour,
	})
}

// place draws noon of a day soon, or today, so that stories meet in few slots.
func (m *machine) place() place {
	day := pick(m, "day", []time.Duration{0, 1, 1, 1, 1, 1, 1, 2, 2, 3})
	return place{pick(m, "venue", m.venues), m.now.Add(day*24*time.Hour).Format(time.DateOnly) + "T12:00"}
}

// pass draws one, mostly of a module; 0: any.
func (m *machine) pass(module dragonpass.Module) savedHolder {
	fitting := module != 0 && !m.seldom("any module")
	return savedHolder{EPassID: some(m, "pass", m.passes, func(p savedPass) bool { return !fitting || p.covers(module) })}
}

func (m *machine) member(dragonpass.Module) savedHolder { return m.membership() }

func (m *machine) membership() savedHolder {
	return savedHolder{MembershipID: some(m, "membership", m.memberships, anyone)}
}

// holder draws a pass of a module, or a membership.
func (m *machine) holder(module dragonpass.Module) savedHolder {
	if rapid.Bool().Draw(m.T, "a membership") {
		return m.membership()
	}
	return m.pass(module)
}

// order draws one, mostly of a status.
func (m *machine) order(status dragonpass.OrderStatus) string {
	fitting := !m.seldom("any status")
	return some(m, "order", m.orders, func(o savedOrder) bool { return !fitting || o.Status == status })
}

func (m *machine) anyOrder() string { return some(m, "order", m.orders, anyone) }

// named puts a holder into a body.
func (h savedHolder) named(body obj) obj {
	if h.EPassID != "" {
		body["ePassId"] = h.EPassID
	} else if h.MembershipID != "" {
		body["membershipId"] = h.MembershipID
	}
	return body
}

func (m *machine) user() (string, savedUser) {
	return pick(m, "user", []string{"u-1", "u-2"}), savedUser{FirstName: "Ada", LastName: pick(m, "name", []string{"Lovelace", "Lovelace", "Lovelace", "Lovelace", "Lovelace", "Byron"})}
}

func (m *machine) register() {
	user, name := m.user()
	over, body := m.over(), obj{"clientUserId": user, "firstName": name.FirstName, "lastName": name.LastName}
	var begins time.Time
	if day := pick(m, "begins", []int{0, 0, 0, 0, 1, 5, -1}); over == over2 && day != 0 {
		begins = m.now.Add(time.Duration(day) * 24 * time.Hour)
		body["activationDate"] = begins.Format(time.RFC3339)
	}
	m.send("POST", over+"/memberships", body, m.checkRegister(user, name, begins), func(data obj) {
		m.registered(data["membershipId"].(string), user, name, begins)
	})
}

func (m *machine) createUser() {
	user, name := m.user()
	name.Email = "ada@example.com"
	body := obj{"clientUserId": user, "firstName": name.FirstName, "lastName": name.LastName, "email": name.Email}
	m.send("POST", over2+"/users", body, m.checkCreateUser(user, name), func(obj) { m.users[user] = name })
}

func (m *machine) updateUser() {
	user, name := m.user()
	name.Email = pick(m, "email", []string{"ada@example.com", "a@example.com"})
	body := obj{"clientUserId": user, "lastName": name.LastName, "email": name.Email}
	m.send("POST", over2+"/users/update", body, m.checkUpdateUser(user, name), func(obj) { m.users[user] = name })
}

func (m *machine) deleteUser() {
	user, _ := m.user()
	m.send("POST", over2+"/users/delete", obj{"clientUserId": user}, m.checkDeleteUser(user), func(obj) { m.deletedUser(user) })
}

// lookAtUser reads a user, and how much is theirs.
func (m *machine) lookAtUser() {
	user, _ := m.user()
	refusal, passes, members := m.checkUser(user), 0, 0
	for _, p := range m.passes {
		if p.ClientUserID == user {
			passes++
		}
	}
	for _, member := range m.memberships {
		if member.ClientUserID == user {
			members++
		}
	}
	m.call("POST", over2+"/users/search", obj{"clientUserId": user}, refusal, func(data obj) {
		email, _ := data["email"].(string)
		require.Equal(m, m.users[user], savedUser{FirstName: data["firstName"].(string), LastName: data["lastName"].(string), Email: email})
		m.unchanged("looked at")
	})
	for what, n := range map[string]int{"ePasses": passes, "memberships": members} {
		m.call("POST", over2+"/users/"+what, obj{"clientUserId": user}, refusal, func(data obj) {
			require.EqualValues(m, n, mocktest.Dig(data, "pagination", "totalNumber"))
			require.Len(m, data[what], min(n, 10))
			m.unchanged("looked at")
		})
	}
}

func (m *machine) updateMembership() {
	id, body := m.membership().MembershipID, obj{}
	body["membershipId"] = id
	var status *int
	if drawn := pick(m, "status", []int{-1, 1, 1, 1, 1, 0, 2, 3, 9}); drawn >= 0 {
		status, body["status"] = &drawn, drawn
	}
	var date time.Time
	switch day := pick(m, "date", []int{-1, -1, 0, 2, 1000}); day {
	case -1: // as it is
	default:
		date = m.now.Add(time.Duration(day) * 24 * time.Hour)
		body["expirationDate"] = date.Format(time.RFC3339)
	}
	m.send("POST", "/memberships/update", body, m.checkUpdate(id, status, date), func(data obj) {
		m.updated(id, status, date)
		require.EqualValues(m, m.status(id), data["status"])
	})
}

func (m *machine) updateEntitlements() {
	few := rapid.IntRange(0, 3)
	id := m.membership().MembershipID
	e := savedVisits{m.module(), few.Draw(m.T, "cardholder"), few.Draw(m.T, "guests"), few.Draw(m.T, "shared"), few.Draw(m.T, "allowed")}
	refusal := ""
	if _, ok := m.memberships[id]; !ok {
		refusal = "MEMBERSHIP_NOT_FOUND"
	}
	m.send("POST", "/entitlements/update", obj{"membershipId": id, "module": e.Module, "details": obj{
		"cardholderExclusiveEntitlements": e.Cardholder, "guestsExclusiveEntitlements": e.Guests, "sharedEntitlements": e.Shared, "allowedGuestsPerUsage": e.AllowedGuestsPerUsage,
	}}, refusal, func(obj) { m.setVisits(id, e) })
}

func (m *machine) generateQRCode() {
	id := m.membership().MembershipID
	m.call("POST", "/memberships/qrCodes", obj{"membershipId": id}, m.checkQRCode(id), func(data obj) {
		m.qrCodes[data["qrCode"].(string)] = savedQRCode{id, m.now.Add(5 * time.Minute)}
	})
}

// wanted draws a pass that a client may want, and its body over a version.
func (m *machine) wanted(over string, module dragonpass.Module, usages int) (issue, obj) {
	user, name := m.user()
	i := issue{module: module, user: user, name: name, usages: usages, scope: pick(m, "scope", []string{"", "", "", "", "", "", "N99912", "C99910", "nobody"})}
	i.until = m.now.Add(pick(m, "days", []time.Duration{1000, 1000, 1000, 1000, 4, 4, 0}) * 24 * time.Hour)
	extra := obj{"firstName": name.FirstName, "lastName": name.LastName, "availableUsages": usages, "expirationDate": i.until.Format(time.RFC3339)}
	if i.scope != "" {
		extra["allowedResources"] = obj{map[string]string{over1: "resourceId", over2: "resourceIds"}[over]: []string{i.scope}}
	}
	if day := pick(m, "begins", []int{0, 0, 0, 0, 1, 5, -1}); over == over2 && day != 0 {
		i.begins = m.now.Add(time.Duration(day) * 24 * time.Hour)
		extra["activationDate"] = i.begins.Format(time.RFC3339)
	}
	return i, obj{"module": module, "clientUserId": user, "extra": extra}
}

func (m *machine) issue(module dragonpass.Module, usages int) {
	over, path := m.over(), module.Word()
	if module == dragonpass.CrossModule {
		over, path = over2, pick(m, "word", []string{"crossModule", "multiModule"})
	}
	i, body := m.wanted(over, module, usages)
	m.send("POST", over+"/orders/"+path+"/ePasses", body, m.checkIssue(i), func(data obj) {
		m.issued(mocktest.EPassID(data), data["orderId"].(string), i)
		require.EqualValues(m, usages, mocktest.Dig(data, "extra", "availableUsages"))
		require.EqualValues(m, module, data["module"])
		require.Equal(m, module == dragonpass.CrossModule, mocktest.Dig(data, "extra", "allowedModules") != nil)
	})
}

// ask asks for a place, for nobody, a pass or a membership, and returns its token; "nobody" when there is none.
func (m *machine) ask(holder func(dragonpass.Module) savedHolder) string {
	q := question{at: m.place(), party: m.party()}
	if q.module = venues[q.at.ResourceID].module; q.module == 0 || m.seldom("another module") {
		q.module = m.module()
	}
	if holder != nil {
		q.holder = holder(q.module)
	}
	over := m.over()
	token, refusal, available := "nobody", m.as(over).checkAsk(q), m.available(q)
	body := obj{"module": q.module, "resourceId": q.at.ResourceID, "prebookingDate": q.at.Date, "adultCount": q.party.Adults, "childCount": q.party.Children}
	m.call("POST", over+mocktest.AvailabilityPath, q.holder.named(body), refusal, func(data obj) {
		require.Equal(m, available, data["available"], "%+v", q)
		if !available {
			m.unchanged("there is no place")
			return
		}
		token = data["prebookingToken"].(string)
		m.promised(token, q)
		require.EqualValues(m, m.tokens[token].ValidUntil.Unix(), data["validUntil"])
		m.newest = append(m.newest, token)
	})
	return token
}

// token draws one of the newest.
func (m *machine) token() string {
	return pick(m, "token", append(slices.Clone(m.newest[max(len(m.newest)-4, 0):]), "nobody"))
}

// book redeems a token: for its own holder mostly, for anybody when it has none, or to see it refused.
func (m *machine) book(token string) {
	t := m.tokens[token]
	h, module := t.Holder, t.Module
	if module == 0 || m.seldom("another module") {
		module = pick(m, "module", []dragonpass.Module{dragonpass.Lounge, dragonpass.FastTrack})
	}
	if h == (savedHolder{}) || m.seldom("another holder") {
		h = m.holder(module)
	}
	over := m.over()
	path, extra := over+"/orders/"+module.Word()+"/ePasses/prebooking", obj{"prebookingToken": token}
	body := h.named(obj{"module": module, "extra": extra})
	var expected *savedSpent
	if h.MembershipID != "" {
		path = over + "/orders/" + module.Word() + "/memberships/prebooking"
		expected = m.preview(module, h, token)
	}
	if over == over1 {
		expected = nil
	}
	if expected != nil {
		extra["toUseEntitlementDetail"] = expected.wire()
	}
	s, refusal := m.as(over).checkBook(token, module, h, expected)
	m.send("POST", path, body, refusal, func(data obj) {
		id := data["orderId"].(string)
		m.booked(id, token, h, s)
		m.shown(id, data)
	})
}

// wire are visits as bodies have them.
func (s savedSpent) wire() obj {
	return obj{"cardholderExclusiveEntitlements": float64(s.Cardholder), "guestsExclusiveEntitlements": float64(s.Guests), "sharedEntitlements": float64(s.Shared)}
}

// preview looks at what a booking with a membership would take: it is refused as the booking would be, and changes nothing.
// It returns what a client may say with the booking: what it saw, seldom something else, or nothing.
func (m *machine) preview(module dragonpass.Module, h savedHolder, token string) *savedSpent {
	s, refusal := m.checkBook(token, module, h, nil)
	body := h.named(obj{"module": module, "extra": obj{"prebookingToken": token}})
	m.call("POST", over2+"/orders/"+module.Word()+"/memberships/prebooking/preview", body, refusal, func(data obj) {
		require.Equal(m, s.wire(), data["usedEntitlementDetails"])
		kinds, persons := map[any]float64{}, 0.0
		for _, row := range data["usedEntitlementBreakdown"].([]any) {
			kinds[row.(obj)["entitlementType"]] += row.(obj)["count"].(float64)
			persons += row.(obj)["count"].(float64)
		}
		require.Equal(m, []float64{float64(s.Cardholder), float64(s.Guests), float64(s.Shared)}, []float64{kinds[1.0], kinds[2.0], kinds[3.0]})
		require.EqualValues(m, m.tokens[token].Party.persons(), persons)
		m.unchanged("previewed")
	})
	switch pick(m, "said", []string{"nothing", "seen", "seen", "other"}) {
	case "seen":
		return &s
	case "other":
		s.Shared++
		return &s
	}
	return nil
}

// askAndBook does at once what a good client does.
func (m *machine) askAndBook(holder func(dragonpass.Module) savedHolder) {
	if token := m.ask(holder); token != "nobody" {
		m.book(token)
	}
}

// shown holds an order that is shown to the model.
func (m *machine) shown(id string, data obj) {
	o := m.orders[id]
	vouchers, _ := mocktest.Dig(data, "extra", "vouchersList").([]any)
	require.Equal(m, []any{float64(o.Status), float64(o.Module), float64(o.Category), len(o.Vouchers)}, []any{data["status"], data["module"], data["category"], len(vouchers)})
}

func (m *machine) bundle() {
	token := m.token()
	if m.tokens[token].Holder != (savedHolder{}) && !m.seldom("another's token") {
		token = m.ask(nil)
	}
	module := max(m.tokens[token].Module, dragonpass.Lounge)
	over := m.over()
	i, body := m.wanted(over, module, rapid.IntRange(1, 4).Draw(m.T, "usages"))
	body["extra"].(obj)["prebookingToken"] = token
	m.send("POST", over+"/orders/"+module.Word()+"/ePasses/bundle", body, m.checkBundle(i, token), func(data obj) {
		pass := data["ePassId"].(string)
		m.issued(pass, mocktest.Dig(data, "extra", "ePass", "orderId").(string), i)
		m.booked(data["orderId"].(string), token, savedHolder{EPassID: pass}, savedSpent{})
	})
}

// repeatOld repeats a call of before: within a day by the clock of the world it is the answer of then.
func (m *machine) repeatOld() {
	if a := pick(m, "call", m.answered[max(len(m.answered)-6, 0):]); m.now.Sub(a.at) < 24*time.Hour {
		m.repeat(a, "")
	}
}

func (m *machine) cancel(id string) {
	over := m.over()
	m.send("PATCH", over+"/orders", obj{"status": 3, "orderId": id}, m.as(over).checkCancel(id), func(data obj) {
		m.cancelled(id)
		require.EqualValues(m, dragonpass.Cancelled, data["status"])
	})
}

// lookAtAccounts reads as a client does: it changes nothing.
func (m *machine) lookAtAccounts() {
	pass, member := m.pass(0).EPassID, m.membership().MembershipID
	over := m.over()
	p, ok := m.as(over).passes[pass]
	refusals := map[bool]string{false: "EPASS_NOT_FOUND"}
	m.call("POST", over+"/orders/ePasses/search", obj{"ePassId": pass}, refusals[ok], func(data obj) {
		status := dragonpass.Confirmed
		if !p.CancelledAt.IsZero() {
			status = dragonpass.Cancelled
		}
		require.Equal(m, []any{float64(status), float64(p.Granted - p.Used), float64(p.Used)},
			[]any{data["status"], mocktest.Dig(data, "extra", "availableUsages"), mocktest.Dig(data, "extra", "usedUsages")})
		m.unchanged("looked at")
	})
	_, ok = m.memberships[member]
	refusals[false] = "MEMBERSHIP_NOT_FOUND"
	m.call("POST", "/memberships/search", obj{"membershipId": member}, refusals[ok], func(data obj) {
		require.EqualValues(m, m.status(member), data["status"])
		m.unchanged("looked at")
	})
}

// lookAtOrders reads as a client does. No venue of the stories counts looks.
func (m *machine) lookAtOrders() {
	id := m.anyOrder()
	o := m.orders[id]
	for _, of := range []struct {
		path string
		ok   bool
	}{{"/orders/ePasses/details", o.Holder.EPassID != ""}, {"/orders/memberships/details", o.Holder.MembershipID != ""}} {
		m.call("POST", of.path, obj{"orderId": id}, map[bool]string{false: "ORDER_NOT_FOUND"}[of.ok], func(data obj) {
			m.shown(id, data)
			m.unchanged("looked at")
		})
	}
	h := m.pass(0)
	over := m.over()
	_, ok := m.as(over).passes[h.EPassID]
	m.call("POST", over+"/orders/ePasses", h.named(obj{}), map[bool]string{false: "EPASS_NOT_FOUND"}[ok], func(data obj) {
		n := 0
		for o := range maps.Values(m.orders) {
			if o.Holder == h {
				n++
			}
		}
		require.EqualValues(m, n, mocktest.Dig(data, "pagination", "totalNumber"))
		m.unchanged("looked at")
	})
}

func (m *machine) walkIn() {
	venue := pick(m, "venue", m.venues)
	shown, n := "", m.party()
	switch h := m.holder(venues[venue].module); {
	case len(m.qrCodes) > 0 && rapid.Bool().Draw(m.T, "a dynamic string"):
		shown = some(m, "dynamic string", m.qrCodes, anyone)
	default:
		shown = h.EPassID + h.MembershipID
	}
	s, refusal := m.checkWalkIn(shown, venue, n)
	o, err := m.w.WalkIn(shown, venue, dragonpass.Party(n))
	if !m.refused(err, refusal) {
		m.walkedIn(o.OrderID, shown, venue, n, s)
		m.look()
	}
}

func (m *machine) redeem() {
	m.show(some(m, "voucher", m.vouchers, anyone), m.party())
}

// visit moves the clock to the service of an order, or about there, and shows a voucher of it.
func (m *machine) visit() {
	id := some(m, "order", m.orders, func(o savedOrder) bool { return o.Status == dragonpass.Confirmed })
	o := m.orders[id]
	if len(o.Vouchers) == 0 {
		m.SkipNow()
	}
	m.setClock(o.ServiceAt.Add(pick(m, "by", []time.Duration{-time.Hour, -time.Hour, 0, 0, 3 * time.Hour, -time.Hour - time.Second, 3*time.Hour + time.Second})))
	n := savedParty{Adults: o.Party.persons() / len(o.Vouchers)}
	if m.seldom("another party") {
		n = m.party()
	}
	m.show(pick(m, "voucher", o.Vouchers).Code, n)
}

func (m *machine) show(voucher string, n savedParty) {
	refusal := m.checkRedeem(voucher, n)
	_, err := m.w.Redeem(voucher, dragonpass.Party(n))
	if !m.refused(err, refusal) {
		m.redeemed(voucher)
		m.look()
	}
}

func (m *machine) reverse() {
	id := m.order(dragonpass.Used)
	refusal := m.checkReverse(id)
	_, err := m.w.Reverse(id)
	if !m.refused(err, refusal) {
		m.reversed(id)
		m.look()
	}
}

// decide is the author's word about an order that waits for its supplier.
func (m *machine) decide() {
	id := m.order(dragonpass.Pending)
	refusal, confirmed := m.checkSettle(id), rapid.Bool().Draw(m.T, "confirmed")
	do := m.w.Fail
	if confirmed {
		do = m.w.Confirm
	}
	_, err := do(id)
	if !m.refused(err, refusal) {
		m.settle(id, confirmed)
		m.look()
	}
}

func (m *machine) expire() {
	id := m.pass(0).EPassID
	_, known := m.passes[id]
	if !known || !m.seldom("at all") {
		id = "nobody"
	}
	_, err := m.w.ExpireEPass(id)
	if !m.refused(err, map[bool]string{true: "EPASS_NOT_FOUND"}[id == "nobody"]) {
		m.expired(id)
		m.look()
	}
}

func (m *machine) fillSlot() {
	at, free := m.place(), rapid.IntRange(-1, 4).Draw(m.T, "free")
	refusal := m.checkFill(at, free)
	_, err := m.w.FillSlot(at.ResourceID, dragonpass.LocalTime(at.Date), free)
	if !m.refused(err, refusal) {
		m.filled(at, free)
		m.look()
	}
}

// nonsense calls with what nobody can mean, on both surfaces: it is refused, and changes nothing.
func (m *machine) nonsense() {
	const world = "/_mock/worlds/default"
	call := pick(m, "call", []struct{ method, path, body string }{
		{"POST", "/orders/lounges/ePasses", `{`},
		{"POST", "/orders/lounges/ePasses", `{"module":1,"module":1}`},
		{"POST", "/orders/lounges/ePasses", `{"module":"1"}`},
		{"POST", "/orders/spas/ePasses", `{}`},
		{"POST", "/memberships", `[]`},
		{"POST", "/memberships/update", `{}`},
		{"POST", mocktest.AvailabilityPath, `{"module":1,"resourceId":"N99910","prebookingDate":"soon","adultCount":1,"childCount":0}`},
		{"POST", mocktest.PrebookingPath, `{"module":1,"ePassId":"1","extra":{}}`},
		{"PATCH", "/orders", `{"status":4,"orderId":"DP00000000000001"}`},
		{"DELETE", "/orders", ``},
		{"POST", "/nowhere", `{}`},
		{"POST", world + "/clock", `{"advance":"-1s"}`},
		{"POST", world + "/clock", `{"advance":"1s","set":"2026-01-01T00:00:00Z"}`},
		{"POST", world + "/clock", `{"set":"2300-01-01T00:00:00Z"}`},
		{"POST", world + "/redemptions", `{"voucher":"nobody","adultCount":1}`},
		{"POST", world + "/redemptions", `{"voucher":"1","ePassId":"2","adultCount":1}`},
		{"POST", world + "/reversals", `{"orderId":"nobody"}`},
		{"PUT", world + "/slots", `{"resourceId":"N99910","prebookingDate":"2199-09-04T12:00","free":1000001}`},
		{"PUT", world + "/slots", `{"resourceId":"N99910","prebookingDate":"2199-09-04T12:01","free":1}`},
		{"PATCH", world + "/resources/N99910", `{"capacity":-1}`},
		{"PATCH", world + "/resources/N99910", `{"capacity":5,"quirk":"nonsense"}`},
		{"PATCH", world + "/resources/N77777", `{"capacity":5}`},
		{"POST", world + "/orders/nobody/confirm", ``},
		{"POST", world + "/orders/nobody/fail", ``},
		{"POST", world + "/ePasses/nobody/expire", ``},
		{"POST", world + "/events/nobody/replay", ``},
		{"PUT", world + "/faults", `{"faults":[{"on":"*","malformed":true},{"on":"nothing","malformed":true}]}`},
		{"POST", world + "/faults", `{"on":"createEPass"}`},
		{"DELETE", world + "/faults/nobody", ``},
		{"POST", world + "/restore", `{"name":"nobody"}`},
		{"POST", world + "/checkpoints/" + "%ff", ``},
		{"PUT", world + "/state", `{"version":2,"tables":{"nobody":[]}}`},
		{"POST", world + "/reset", `{"really":true}`},
		{"POST", world + "/fork", `{"really":true}`},
	})
	var id []string
	if m.seldom("with a request id") {
		id = []string{"nonsense"}
	}
	got := m.Direct.Call(call.method, call.path, []byte(call.body), id...)
	require.GreaterOrEqual(m, got.Code, 400, "%+v", call)
	require.Less(m, got.Code, 500, "%+v: %s", call, got.Body)
	m.unchanged("%+v", call)
}

func (m *machine) advance() {
	by := m.jump()
	mocktest.Advance(m, m.w, by)
	m.moveTo(m.now.Add(by))
	m.look()
}

func (m *machine) setClock(t time.Time) {
	_, err := m.w.SetClock(t)
	require.NoError(m, err)
	m.moveTo(t)
	m.look()
}

// goToService moves the clock to where a booked party can come or cancel, or just cannot.
func (m *machine) goToService() {
	o := m.orders[m.anyOrder()]
	if o.ServiceAt.IsZero() {
		m.SkipNow() // a walk-in
	}
	m.setClock(o.ServiceAt.Add(pick(m, "by", []time.Duration{
		-time.Hour, 0, 3 * time.Hour, -24 * time.Hour, -time.Hour - time.Second, 3*time.Hour + time.Second, -24*time.Hour + time.Second,
	})))
}

// restore puts the world's own snapshot back: a world that came from one is as good as any.
func (m *machine) restore() {
	require.NoError(m, m.w.LoadSnapshot([]byte(m.state)))
	m.unchanged("its own snapshot was put back")
}
