package booking_test

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
)

// The model that random stories are held against: what each call must be answered, and what the world is then. It is
// written anew, from the vendor's pages and the README, rather than taken from the rules, so that a rule that is wrong
// shows too. Ids are the world's to give.

// venue is a place of the stories. All are open all day in UTC, ask for no passenger data, and take six persons an order.
type venue struct {
	module   dragonpass.Module
	capacity int
	lost     bool          // the place has gone when it is booked
	supplier bool          // which does not confirm
	fixed    bool          // what is booked cannot be cancelled
	settles  time.Duration // until an order is confirmed, or fails; 0: it is at once; below 0: never
	fails    bool
}

var venues = map[string]venue{
	"N99902": {module: 1, capacity: 1000, lost: true},
	"N99903": {module: 1, capacity: 3, settles: 5 * time.Minute},
	"N99904": {module: 1, capacity: 1000, settles: -1},
	"N99905": {module: 1, capacity: 3, settles: 5 * time.Minute, fails: true},
	"N99906": {module: 1, capacity: 1000, supplier: true},
	"N99907": {module: 1, capacity: 1000, fixed: true},
	"N99910": {module: 1, capacity: 3},
	"N99912": {module: 1, capacity: 1},
	"C99903": {module: 2, capacity: 3, settles: 5 * time.Minute},
	"C99910": {module: 2, capacity: 3},
	"R00001": {module: 3},
}

// model is the world as it must be.
type model struct {
	rows
	now time.Time
}

func newModel(now time.Time) *model {
	return &model{now: now, rows: rows{
		users: map[string]savedUser{}, passes: map[string]savedPass{}, issues: map[string]string{}, memberships: map[string]savedMembership{},
		qrCodes: map[string]savedQRCode{}, tokens: map[string]savedToken{}, orders: map[string]savedOrder{}, slots: map[place]savedSlot{}, vouchers: map[string]string{},
	}}
}

// moveTo sets the clock. What is due by then happens; what has happened stays so.
func (m *model) moveTo(now time.Time) {
	m.now = now
	for token, t := range m.tokens {
		if t.Reserved && now.After(t.ValidUntil) {
			m.release(token)
		}
	}
	for id, o := range m.orders {
		if o.Status == dragonpass.Pending && !o.SettlesAt.IsZero() && !o.SettlesAt.After(now) {
			m.settle(id, !venues[o.ResourceID].fails)
		}
	}
}

// settle confirms a pending order, or has it fail.
func (m *model) settle(id string, confirmed bool) {
	o := m.orders[id]
	if confirmed {
		o.Status, o.Vouchers = dragonpass.Confirmed, vouchersFor(o)
		m.orders[id] = o
		return
	}
	o.Status = dragonpass.Failed
	m.orders[id] = o
	m.giveBack(o)
}

// vouchersFor are those of a confirmed order, without codes: one for a lounge, one a traveller for fast track.
func vouchersFor(o savedOrder) []savedVoucher {
	if o.Module == dragonpass.FastTrack {
		return make([]savedVoucher, o.Party.persons())
	}
	return make([]savedVoucher, 1)
}

// giveBack frees what an order took.
func (m *model) giveBack(o savedOrder) {
	if p, ok := m.passes[o.Holder.EPassID]; ok {
		p.Used -= o.Party.persons()
		m.passes[o.Holder.EPassID] = p
	} else {
		m.addVisits(o.Holder.MembershipID, o.Module, o.Spent, 1)
	}
	if o.Category == dragonpass.Prebooking {
		at := place{o.ResourceID, o.Date}
		s := m.slot(at)
		s.Left += o.Party.persons()
		m.putSlot(at, s)
	}
}

// addVisits gives or takes visits.
func (m *model) addVisits(id string, module dragonpass.Module, s savedSpent, sign int) {
	e := m.entitlements(id, module)
	e.Cardholder += sign * s.Cardholder
	e.Guests += sign * s.Guests
	e.Shared += sign * s.Shared
	m.setVisits(id, e)
}

func (m *model) entitlements(id string, module dragonpass.Module) savedVisits {
	for _, e := range m.memberships[id].Entitlements {
		if e.Module == module {
			return e
		}
	}
	return savedVisits{Module: module}
}

func (m *model) setVisits(id string, e savedVisits) {
	member := m.memberships[id]
	others := slices.DeleteFunc(slices.Clone(member.Entitlements), func(old savedVisits) bool { return old.Module == e.Module })
	member.Entitlements = append(others, e)
	slices.SortFunc(member.Entitlements, func(a, b savedVisits) int { return cmp.Compare(a.Module, b.Module) })
	m.memberships[id] = member
}

func (m *model) slot(at place) savedSlot {
	if s, ok := m.slots[at]; ok {
		return s
	}
	return savedSlot{Left: venues[at.ResourceID].capacity}
}

// putSlot writes a slot down, unless it is as if nobody had touched it.
func (m *model) putSlot(at place, s savedSlot) {
	delete(m.slots, at)
	if s != m.slot(at) {
		m.slots[at] = s
	}
}

func (m *model) free(at place) int {
	s := m.slot(at)
	return max(s.Left-s.Reserved, 0)
}

// release ends what a token holds.
func (m *model) release(token string) {
	t := m.tokens[token]
	if t.Reserved && !t.Apart {
		at := place{t.ResourceID, t.Date}
		s := m.slot(at)
		s.Reserved -= t.Party.persons()
		m.putSlot(at, s)
	}
	t.Reserved, t.Apart = false, false
	m.tokens[token] = t
}

// heldBy is the token whose places a holder has.
func (m *model) heldBy(h savedHolder) string {
	for token, t := range m.tokens {
		if t.Reserved && t.Holder == h {
			return token
		}
	}
	return ""
}

// checkName refuses a second name for a user.
func (m *model) checkName(user string, name savedUser) string {
	if before, ok := m.users[user]; ok && !before.named(name) {
		return "CLIENT_USER_NAME_MISMATCH"
	}
	return ""
}

// bound is a user who is given a pass or a membership.
func (m *model) bound(user string, name savedUser) {
	if before, ok := m.users[user]; !ok || before.Deleted {
		m.users[user] = name
	}
}

// owns says whether any pass and any membership of a user is good still, or there at all.
func (m *model) owns(user string) (good, any bool) {
	theirs := map[savedHolder]bool{}
	for id, p := range m.passes {
		if p.ClientUserID == user {
			theirs[savedHolder{EPassID: id}] = true
			good = good || p.CancelledAt.IsZero() && !m.now.After(p.ExpirationDate)
		}
	}
	for id, member := range m.memberships {
		if member.ClientUserID == user {
			theirs[savedHolder{MembershipID: id}] = true
			good = good || m.status(id) != 3 && m.status(id) != 9
		}
	}
	for _, o := range m.orders {
		usable := (o.Status == dragonpass.Pending || o.Status == dragonpass.Confirmed) && !m.now.After(o.ServiceAt.Add(3*time.Hour))
		good = good || theirs[o.Holder] && usable // what was missed holds nobody
	}
	return good, len(theirs) > 0
}

// checkUser refuses a user who is not there.
func (m *model) checkUser(user string) string {
	if u, ok := m.users[user]; !ok || u.Deleted {
		return "USER_NOT_FOUND"
	}
	return ""
}

func (m *model) checkCreateUser(user string, name savedUser) string {
	if m.checkUser(user) == "" {
		return "USER_EXISTS"
	}
	return m.checkName(user, name)
}

func (m *model) checkUpdateUser(user string, name savedUser) string {
	if refusal := m.checkUser(user); refusal != "" {
		return refusal
	}
	if _, any := m.owns(user); any {
		return m.checkName(user, name)
	}
	return ""
}

func (m *model) checkDeleteUser(user string) string {
	if refusal := m.checkUser(user); refusal != "" {
		return refusal
	}
	if good, _ := m.owns(user); good {
		return "USER_IN_USE"
	}
	return ""
}

func (m *model) deletedUser(user string) {
	u := m.users[user]
	delete(m.users, user)
	if _, any := m.owns(user); any {
		m.users[user] = savedUser{FirstName: u.FirstName, LastName: u.LastName, Deleted: true}
	}
}

// checkRegister refuses a member who begins at an instant; zero: at once.
func (m *model) checkRegister(user string, name savedUser, begins time.Time) string {
	if refusal := m.checkName(user, name); refusal != "" {
		return refusal
	}
	if !begins.IsZero() && begins.Before(m.now) {
		return "ACTIVATION_IN_PAST"
	}
	return ""
}

func (m *model) registered(id, user string, name savedUser, begins time.Time) {
	m.bound(user, name)
	if begins.IsZero() {
		begins = m.now
	}
	status := 1
	if begins.After(m.now) {
		status = 0
	}
	m.memberships[id] = savedMembership{
		ClientUserID: user, Status: status, ActivationDate: begins, ExpirationDate: begins.AddDate(2, 0, 0),
		Entitlements: []savedVisits{{Module: 1, Cardholder: 1, Guests: 1, AllowedGuestsPerUsage: 1}},
	}
}

// status is that of a membership by the clock.
func (m *model) status(id string) int {
	member := m.memberships[id]
	if member.Status != 3 && m.now.After(member.ExpirationDate) {
		return 9
	}
	if member.Status == 0 && !member.ActivationDate.IsZero() && !m.now.Before(member.ActivationDate) {
		return 1
	}
	return member.Status
}

// begins is the first instant of a membership that has become another status; zero: it waits for an update.
func (m *model) begins(id string, from, to int) time.Time {
	began := m.memberships[id].ActivationDate
	switch {
	case to == from:
	case to == 0:
		return time.Time{}
	case to == 1 && began.After(m.now):
		return m.now
	}
	return began
}

// checkUpdate refuses a change of a membership. status is nil, and date zero, where it stays.
func (m *model) checkUpdate(id string, status *int, date time.Time) string {
	allowed := map[int][]int{0: {1, 2, 3}, 1: {2, 3}, 2: {0, 1, 3}, 3: {}, 9: {1, 3}}
	from := m.status(id)
	to := from
	if status != nil {
		to = *status
	}
	switch _, known := m.memberships[id]; {
	case status == nil && date.IsZero():
		return "INVALID_REQUEST"
	case !known:
		return "MEMBERSHIP_NOT_FOUND"
	case to != from && !slices.Contains(allowed[from], to):
		return "MEMBERSHIP_TRANSITION_REFUSED"
	case to == from && (from == 3 || from == 9) && !date.IsZero():
		return "MEMBERSHIP_TRANSITION_REFUSED"
	case !date.IsZero() && !date.After(m.now), date.IsZero() && from == 9 && to == 1, !date.IsZero() && date.Before(m.begins(id, from, to)):
		return "EXPIRATION_INVALID"
	}
	return ""
}

func (m *model) updated(id string, status *int, date time.Time) {
	member := m.memberships[id]
	from := m.status(id)
	if status != nil {
		member.ActivationDate = m.begins(id, from, *status)
		if *status != from {
			member.Status = *status
		}
	}
	if !date.IsZero() {
		member.ExpirationDate = date
	}
	m.memberships[id] = member
}

// checkQRCode refuses a dynamic string.
func (m *model) checkQRCode(id string) string {
	if _, ok := m.memberships[id]; !ok {
		return "MEMBERSHIP_NOT_FOUND"
	}
	if m.status(id) != 1 {
		return "MEMBERSHIP_NOT_ACTIVE"
	}
	return ""
}

// issue is what a client wants a pass for.
type issue struct {
	module dragonpass.Module
	user   string
	name   savedUser
	usages int
	begins time.Time // zero: at once
	until  time.Time
	scope  string // a venue; empty: all
}

// pass is the pass as it is when it is issued.
func (i issue) pass(now time.Time) savedPass {
	p := savedPass{ClientUserID: i.user, Module: i.module, Granted: i.usages, ActivationDate: now, ExpirationDate: i.until}
	if i.module == dragonpass.CrossModule {
		p.AllowedModules = []dragonpass.Module{1, 3, 4}
	}
	if !i.begins.IsZero() {
		p.ActivationDate = i.begins
	}
	if i.scope != "" {
		p.AllowedResources = []string{i.scope}
	}
	return p
}

func (m *model) checkIssue(i issue) string {
	switch refusal := m.checkName(i.user, i.name); {
	case refusal != "":
		return refusal
	case !i.begins.IsZero() && i.begins.Before(m.now):
		return "ACTIVATION_IN_PAST"
	case !i.until.After(m.now), i.until.Before(i.begins):
		return "EXPIRATION_INVALID"
	case i.scope == "nobody":
		return "RESOURCE_NOT_FOUND"
	case i.scope != "" && !i.pass(m.now).covers(venues[i.scope].module):
		return "MODULE_MISMATCH"
	}
	return ""
}

func (m *model) issued(id, orderID string, i issue) {
	m.bound(i.user, i.name)
	m.issues[orderID] = id
	p := i.pass(m.now)
	p.OrderID = orderID
	m.passes[id] = p
}

// checkUse refuses an account for a party at a venue, or says what of a membership it takes.
func (m *model) checkUse(h savedHolder, venueID string, n savedParty, service time.Time) (savedSpent, string) {
	if p, ok := m.passes[h.EPassID]; ok {
		return savedSpent{}, m.checkPass(p, venueID, n, service)
	}
	member, ok := m.memberships[h.MembershipID]
	switch {
	case !ok && h.MembershipID != "":
		return savedSpent{}, "MEMBERSHIP_NOT_FOUND"
	case !ok:
		return savedSpent{}, "EPASS_NOT_FOUND"
	case m.status(h.MembershipID) != 1:
		return savedSpent{}, "MEMBERSHIP_NOT_ACTIVE"
	case service.After(member.ExpirationDate):
		return savedSpent{}, "EPASS_EXPIRED"
	}
	e := m.entitlements(h.MembershipID, venues[venueID].module)
	if n.persons()-1 > e.AllowedGuestsPerUsage {
		return savedSpent{}, "GUESTS_EXCEEDED"
	}
	var s savedSpent
	for person := range n.persons() {
		switch {
		case person == 0 && e.Cardholder > 0:
			s.Cardholder++
		case person > 0 && e.Guests > s.Guests:
			s.Guests++
		case e.Shared > s.Shared:
			s.Shared++
		default:
			return savedSpent{}, "ENTITLEMENTS_EXHAUSTED"
		}
	}
	return s, ""
}

func (m *model) checkPass(p savedPass, venueID string, n savedParty, service time.Time) string {
	switch {
	case !p.CancelledAt.IsZero():
		return "EPASS_CANCELLED"
	case m.now.After(p.ExpirationDate):
		return "EPASS_EXPIRED"
	case m.now.Before(p.ActivationDate):
		return "EPASS_NOT_ACTIVE"
	case service.After(p.ExpirationDate), service.Before(p.ActivationDate):
		return "EPASS_EXPIRED"
	case len(p.AllowedResources) > 0 && p.AllowedResources[0] != venueID:
		return "EPASS_OUT_OF_SCOPE"
	case p.Used+n.persons() > p.Granted:
		return "EPASS_USAGES_EXHAUSTED"
	}
	return ""
}

// otherModule says whether a holder is a pass for another module.
func (m *model) otherModule(h savedHolder, module dragonpass.Module) bool {
	p, ok := m.passes[h.EPassID]
	return ok && !p.covers(module)
}

// as is the model as a version sees it: v1 does not know passes for several modules.
func (m *model) as(over string) *model {
	if over != over1 {
		return m
	}
	seen := *m
	seen.passes, seen.issues = maps.Clone(m.passes), maps.Clone(m.issues)
	maps.DeleteFunc(seen.passes, func(_ string, p savedPass) bool { return p.Module == dragonpass.CrossModule })
	maps.DeleteFunc(seen.issues, func(_, pass string) bool { return m.passes[pass].Module == dragonpass.CrossModule })
	return &seen
}

// take has a party use an account.
func (m *model) take(o savedOrder) {
	if p, ok := m.passes[o.Holder.EPassID]; ok {
		p.Used += o.Party.persons()
		m.passes[o.Holder.EPassID] = p
		return
	}
	m.addVisits(o.Holder.MembershipID, o.Module, o.Spent, -1)
}

// question is what a client asks before it books.
type question struct {
	module dragonpass.Module
	at     place
	party  savedParty
	holder savedHolder
}

func (q question) service() time.Time {
	service, _ := time.Parse("2006-01-02T15:04", q.at.Date)
	return service
}

func (m *model) checkAsk(q question) string {
	v, known := venues[q.at.ResourceID]
	switch {
	case !known:
		return "RESOURCE_NOT_FOUND"
	case v.module != q.module, m.otherModule(q.holder, q.module):
		return "MODULE_MISMATCH"
	case v.module == dragonpass.SetMeal:
		return "PREBOOKING_NOT_SUPPORTED"
	case !q.service().After(m.now):
		return "PREBOOKING_DATE_INVALID"
	case q.party.Adults < 1, q.party.persons() > 6:
		return "PASSENGERS_INVALID"
	case q.holder == savedHolder{}:
		return ""
	}
	_, refusal := m.checkUse(q.holder, q.at.ResourceID, q.party, q.service())
	return refusal
}

// available says whether there is a place. What the holder has of the slot is free for it.
func (m *model) available(q question) bool {
	s := m.slot(q.at)
	if t := m.tokens[m.heldBy(q.holder)]; t.Reserved && !t.Apart && q.at == (place{t.ResourceID, t.Date}) {
		s.Reserved -= t.Party.persons()
	}
	return max(s.Left-s.Reserved, 0) >= q.party.persons()
}

func (m *model) promised(token string, q question) {
	t := savedToken{
		Module: q.module, ResourceID: q.at.ResourceID, Date: q.at.Date, ServiceAt: q.service(), Party: q.party, Holder: q.holder, ValidUntil: m.now.Add(10 * time.Minute),
	}
	if q.holder != (savedHolder{}) {
		if held := m.heldBy(q.holder); held != "" {
			m.release(held)
		}
		s := m.slot(q.at)
		s.Reserved += q.party.persons()
		m.putSlot(q.at, s)
		t.Reserved = true
	}
	m.tokens[token] = t
}

// checkBook refuses a booking, or says what of a membership it takes. expected is what the client says; nil: nothing.
func (m *model) checkBook(token string, module dragonpass.Module, h savedHolder, expected *savedSpent) (savedSpent, string) {
	t, known := m.tokens[token]
	switch {
	case !known:
		return savedSpent{}, "PREBOOKING_TOKEN_INVALID"
	case t.OrderID != "":
		return savedSpent{}, "PREBOOKING_TOKEN_USED"
	case m.now.After(t.ValidUntil):
		return savedSpent{}, "PREBOOKING_TOKEN_EXPIRED"
	case t.Module != module, t.Holder != (savedHolder{}) && t.Holder != h:
		return savedSpent{}, "PREBOOKING_TOKEN_MISMATCH"
	case m.otherModule(h, module):
		return savedSpent{}, "MODULE_MISMATCH"
	}
	s, refusal := m.checkUse(h, t.ResourceID, t.Party, t.ServiceAt)
	switch v := venues[t.ResourceID]; {
	case refusal != "":
		return s, refusal
	case expected != nil && *expected != s:
		return s, "ENTITLEMENTS_MISMATCH"
	case v.lost:
		return s, "SLOT_UNAVAILABLE"
	case v.supplier:
		return s, "PREBOOKING_FAILED"
	case !t.Reserved && m.free(place{t.ResourceID, t.Date}) < t.Party.persons():
		return s, "SLOT_UNAVAILABLE"
	}
	return s, ""
}

// checkBundle refuses a pass with a booking: both, or neither.
func (m *model) checkBundle(i issue, token string) string {
	if refusal := m.checkIssue(i); refusal != "" {
		return refusal
	}
	both := *m
	both.users, both.passes, both.issues = maps.Clone(m.users), maps.Clone(m.passes), maps.Clone(m.issues)
	both.issued("new", "new", i)
	_, refusal := both.checkBook(token, i.module, savedHolder{EPassID: "new"}, nil)
	return refusal
}

func (m *model) booked(id, token string, h savedHolder, s savedSpent) {
	t := m.tokens[token]
	at, apart := place{t.ResourceID, t.Date}, t.Apart
	m.release(token)
	t = m.tokens[token]
	t.OrderID = id
	m.tokens[token] = t
	if !apart {
		s := m.slot(at)
		s.Left -= t.Party.persons()
		m.putSlot(at, s)
	}
	o := savedOrder{
		Module: t.Module, Category: dragonpass.Prebooking, Holder: h, ResourceID: t.ResourceID, CreatedAt: m.now, Party: t.Party, Spent: s, Date: t.Date, ServiceAt: t.ServiceAt,
	}
	switch v := venues[t.ResourceID]; {
	case v.settles == 0:
		o.Status, o.Vouchers = dragonpass.Confirmed, vouchersFor(o)
	case v.settles > 0:
		o.SettlesAt = m.now.Add(v.settles)
	}
	m.orders[id] = o
	m.take(o)
}

// checkCancel refuses the cancellation of a usage order, or of a pass by its issue order.
func (m *model) checkCancel(id string) string {
	if pass, ok := m.issues[id]; ok {
		switch p := m.passes[pass]; {
		case !p.CancelledAt.IsZero():
			return "ORDER_ALREADY_CANCELLED"
		case p.Used > 0:
			return "EPASS_IN_USE"
		}
		return ""
	}
	o, ok := m.orders[id]
	switch {
	case !ok:
		return "ORDER_NOT_FOUND"
	case o.Status == dragonpass.Cancelled:
		return "ORDER_ALREADY_CANCELLED"
	case o.Category == dragonpass.WalkIn:
		return "ORDER_NOT_CANCELLABLE"
	case o.Status == dragonpass.Used:
		return "ORDER_ALREADY_USED"
	case o.Status == dragonpass.Failed, venues[o.ResourceID].fixed:
		return "ORDER_NOT_CANCELLABLE"
	case m.now.After(o.ServiceAt.Add(-24 * time.Hour)):
		return "CANCELLATION_WINDOW_CLOSED"
	}
	return ""
}

func (m *model) cancelled(id string) {
	if pass, ok := m.issues[id]; ok {
		p := m.passes[pass]
		p.CancelledAt = m.now
		m.passes[pass] = p
		return
	}
	o := m.orders[id]
	o.Status, o.CancelledAt = dragonpass.Cancelled, m.now
	m.orders[id] = o
	m.giveBack(o)
}

// holderShown is who shows a text at the door.
func (m *model) holderShown(shown string) savedHolder {
	if code, ok := m.qrCodes[shown]; ok {
		return savedHolder{MembershipID: code.MembershipID}
	}
	if _, ok := m.memberships[shown]; ok {
		return savedHolder{MembershipID: shown}
	}
	return savedHolder{EPassID: shown}
}

// checkWalkIn refuses a party at the door, or says what of a membership it takes.
func (m *model) checkWalkIn(shown, venueID string, n savedParty) (savedSpent, string) {
	h := m.holderShown(shown)
	v, isVenue := venues[venueID]
	_, isPass := m.passes[h.EPassID]
	switch code, isCode := m.qrCodes[shown]; {
	case isCode && m.now.After(code.ValidUntil):
		return savedSpent{}, "QR_CODE_EXPIRED"
	case !isVenue:
		return savedSpent{}, "RESOURCE_NOT_FOUND"
	case h.MembershipID == "" && !isPass:
		return savedSpent{}, "EPASS_NOT_FOUND"
	case m.otherModule(h, v.module):
		return savedSpent{}, "MODULE_MISMATCH"
	case v.module == dragonpass.FastTrack:
		return savedSpent{}, "WALK_IN_NOT_SUPPORTED"
	case n.Adults < 1:
		return savedSpent{}, "PASSENGERS_INVALID"
	}
	return m.checkUse(h, venueID, n, m.now)
}

func (m *model) walkedIn(id, shown, venueID string, n savedParty, s savedSpent) {
	o := savedOrder{
		Module: venues[venueID].module, Category: dragonpass.WalkIn, Status: dragonpass.Used, Holder: m.holderShown(shown), ResourceID: venueID,
		CreatedAt: m.now, UsedAt: m.now, Party: n, Spent: s,
	}
	m.orders[id] = o
	m.take(o)
	m.notices = append(m.notices, savedNotice{OrderID: id})
}

// checkRedeem refuses a voucher.
func (m *model) checkRedeem(voucher string, n savedParty) string {
	o := m.orders[m.vouchers[voucher]]
	at := slices.IndexFunc(o.Vouchers, func(v savedVoucher) bool { return v.Code == voucher })
	switch {
	case at < 0 || o.Status > dragonpass.Used:
		return "VOUCHER_INVALID"
	case !o.Vouchers[at].RedeemedAt.IsZero():
		return "ORDER_ALREADY_USED"
	case m.now.Before(o.ServiceAt.Add(-time.Hour)), m.now.After(o.ServiceAt.Add(3 * time.Hour)):
		return "REDEMPTION_WINDOW_CLOSED"
	case n.Adults < 1, n.persons() > o.Party.persons()/len(o.Vouchers):
		return "PASSENGERS_INVALID"
	}
	return ""
}

func (m *model) redeemed(voucher string) {
	id := m.vouchers[voucher]
	o := m.orders[id]
	o.Vouchers = slices.Clone(o.Vouchers)
	for i, v := range o.Vouchers {
		if v.Code == voucher {
			o.Vouchers[i].RedeemedAt = m.now
		}
	}
	if o.Status != dragonpass.Used {
		o.Status, o.UsedAt = dragonpass.Used, m.now
		m.notices = append(m.notices, savedNotice{OrderID: id})
	}
	m.orders[id] = o
}

func (m *model) checkReverse(id string) string {
	switch o, ok := m.orders[id]; {
	case !ok:
		return "ORDER_NOT_FOUND"
	case o.Status == dragonpass.Cancelled:
		return "ORDER_ALREADY_CANCELLED"
	case o.Status != dragonpass.Used:
		return "ORDER_NOT_CANCELLABLE"
	}
	return ""
}

func (m *model) reversed(id string) {
	m.cancelled(id)
	m.notices = append(m.notices, savedNotice{id, true})
}

// checkSettle refuses the author's word about an order.
func (m *model) checkSettle(id string) string {
	switch o, ok := m.orders[id]; {
	case !ok:
		return "ORDER_NOT_FOUND"
	case o.Status != dragonpass.Pending:
		return "ORDER_NOT_CANCELLABLE"
	}
	return ""
}

func (m *model) checkFill(at place, free int) string {
	service, _ := time.Parse("2006-01-02T15:04", at.Date)
	switch v, known := venues[at.ResourceID]; {
	case !known:
		return "RESOURCE_NOT_FOUND"
	case v.module == dragonpass.SetMeal:
		return "PREBOOKING_NOT_SUPPORTED"
	case !service.After(m.now):
		return "PREBOOKING_DATE_INVALID"
	case free < 0:
		return "INVALID_REQUEST"
	}
	return ""
}

// filled sets what is left of a slot. Whoever has a place there keeps it, apart.
func (m *model) filled(at place, free int) {
	for token, t := range m.tokens {
		if t.Reserved && at == (place{t.ResourceID, t.Date}) {
			t.Apart = true
			m.tokens[token] = t
		}
	}
	m.slots[at] = savedSlot{Left: free, Filled: true}
}

// expired ends a pass a second ago.
func (m *model) expired(id string) {
	p := m.passes[id]
	p.ExpirationDate = m.now.Add(-time.Second)
	m.passes[id] = p
}

// learn takes the codes of vouchers from the world, which gives them.
func (m *model) learn(is rows) {
	for id, o := range m.orders {
		given := is.orders[id].Vouchers
		if len(o.Vouchers) == 0 || o.Vouchers[0].Code != "" || len(given) != len(o.Vouchers) {
			continue
		}
		o.Vouchers = slices.Clone(o.Vouchers)
		for i, v := range given {
			if m.vouchers[v.Code] == "" { // of no other order
				o.Vouchers[i].Code, m.vouchers[v.Code] = v.Code, id
			}
		}
		m.orders[id] = o
	}
}
