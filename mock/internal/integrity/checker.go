package integrity

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/packed"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/store"
)

// longest is how much of a text is quoted.
const longest = 200

// Terms are what a state is held to beside itself.
type Terms struct {
	Catalog *catalog.Catalog
	Faults  fault.Known            // what fault rules may name
	Due     func(kind string) bool // says whether anything happens when something of the kind becomes due
	Wall    time.Time              // what the machine's clock shows
}

// checker looks at one state.
type checker struct {
	*store.State
	terms     Terms
	resources map[string]*dragonpass.Resource // as the world has them; nil: there is none

	// What the rows of orders, tokens, passes and memberships add up to.
	used     map[string]int // persons of standing orders, by pass
	taken    map[place]int  // persons of standing prebookings
	reserved map[place]int  // persons of reservations, without those apart
	names    map[string]bool
	vouchers int

	judged   []string // the tables so far
	table    string   // the last of them
	row      int      // of it
	problems []string
}

// place is one time of a resource, or of an option of it.
type place struct {
	resourceID, optionID string
	date                 dragonpass.LocalTime
}

func (p place) key() string {
	return rowkey.Slot(dragonpass.Slot{ResourceID: p.resourceID, OptionID: p.optionID, Date: p.date})
}

// each holds each row of a table to a rule.
func each[V any](c *checker, t *store.Table[V], judge func(key string, v V)) {
	c.table, c.row = t.Name(), 0
	c.judged = append(c.judged, c.table)
	t.Each(func(key string, v V) bool {
		judge(key, v)
		c.row++
		return true
	})
}

// ages holds a table that has the ages of the rows of another: one of each.
func ages[V any](c *checker, t *store.Table[string], of *store.Table[V]) {
	seen := make(map[string]bool, of.Len())
	each(c, t, func(key, id string) {
		c.ageKey(key)
		switch {
		case !of.Has(id):
			c.wrong("/value", "expected a row of %s, there is no %q", of.Name(), id)
		case seen[id]:
			c.wrong("/value", "%q of %s has an age already", id, of.Name())
		}
		seen[id] = true
	})
	if len(seen) < of.Len() {
		c.whole("expected an age of each of the %d rows of %s, got %d", of.Len(), of.Name(), len(seen))
	}
}

// wrong notes what is wrong with a member of the row that is looked at.
func (c *checker) wrong(member, format string, args ...any) {
	c.problem(fmt.Sprintf("/tables/%s/%d%s", c.table, c.row, member), format, args)
}

// whole notes what is wrong with the table that is looked at.
func (c *checker) whole(format string, args ...any) { c.problem("/tables/"+c.table, format, args) }

func (c *checker) problem(at, format string, args []any) {
	if len(c.problems) >= brief.Enough {
		return
	}
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = brief.Clip(s, longest)
		}
	}
	c.problems = append(c.problems, at+": "+fmt.Sprintf(format, args...))
}

// key holds a key to the value that it is made of.
func (c *checker) key(is, expected string) {
	if is != expected {
		c.wrong("/key", "expected %q, as its value has it, got %q", expected, is)
	}
}

func (c *checker) within(member string, n, least, most int) {
	if n < least || n > most {
		c.wrong(member, "expected %d to %d, got %d", least, most, n)
	}
}

func (c *checker) text(member, s string, least, most int) {
	if err := check.Length(s, least, most); err != nil {
		c.wrong(member, "%s", err)
	}
}

// digits holds an id that answers show.
func (c *checker) digits(member, s string, n int) {
	if len(s) != n || strings.Trim(s, "0123456789") != "" {
		c.wrong(member, "expected %d digits, got %q", n, s)
	}
}

func (c *checker) instant(member string, t time.Time) {
	if err := dragonpass.CheckInstant(t); err != nil {
		c.wrong(member, "%s", err)
	}
}

// maybe is [checker.instant] where zero means that it has not happened.
func (c *checker) maybe(member string, t time.Time) {
	if !t.IsZero() {
		c.instant(member, t)
	}
}

// instantIf holds that there is an instant exactly when it is expected.
func (c *checker) instantIf(member string, t time.Time, expected bool) {
	switch {
	case expected:
		c.instant(member, t)
	case !t.IsZero():
		c.wrong(member, "expected none, got %s", t.UTC().Format(time.RFC3339))
	}
}

// age holds an age to the sequence that gave it out.
func (c *checker) age(member string, n uint64) {
	if n < 1 || n > c.Counters.Sequence {
		c.wrong(member, "expected an age of 1 to %d, which was given out last, got %d", c.Counters.Sequence, n)
	}
}

func (c *checker) module(member string, m dragonpass.Module) {
	if m.Word() == "" {
		c.wrong(member, "expected 1 to 4, 7, 8 or 11, got %d", m)
	}
}

func (c *checker) party(member string, p dragonpass.Party) {
	c.within(member+"/Adults", p.Adults, 1, dragonpass.MaxPersons)
	c.within(member+"/Children", p.Children, 0, dragonpass.MaxPersons)
}

// ageKey holds a key that is an age.
func (c *checker) ageKey(key string) {
	var n uint64
	if _, err := fmt.Sscanf(key, "%016x", &n); err != nil || rowkey.Age(n) != key {
		c.wrong("/key", "expected an age in 16 hex digits, got %q", key)
		return
	}
	c.age("/key", n)
}

// persons counts a party so that sums stay within a number, whatever it says.
func persons(p dragonpass.Party) int { return min(max(p.Persons(), 0), dragonpass.MaxPersons) }

// resource finds a resource as the world has it; nil: there is none.
func (c *checker) resource(id string) *dragonpass.Resource {
	if r, known := c.resources[id]; known {
		return r
	}
	var found *dragonpass.Resource
	r, ok := c.Resources.Get(id)
	if !ok {
		r, ok = c.terms.Catalog.Resource(id)
	}
	if ok {
		found = &r
	}
	c.resources[id] = found
	return found
}

// bookable finds the resource of something that is booked, and holds its time to it.
func (c *checker) bookable(id string, module dragonpass.Module, date dragonpass.LocalTime, at *time.Time) {
	r := c.resource(id)
	switch {
	case r == nil:
		c.wrong("/value/ResourceID", "expected a resource, there is no %q", id)
		return
	case module != r.Module:
		c.wrong("/value/Module", "expected %d, the module of resource %s, got %d", r.Module, id, module)
	case !r.Module.Prebooking():
		c.wrong("/value/ResourceID", "expected a resource of a module that can be booked, got %s", id)
	}
	service, err := date.In(r.Zone)
	switch {
	case err != nil:
		c.wrong("/value/Date", "%s", err)
	case at != nil && !service.Equal(*at):
		c.wrong("/value/ServiceAt", "expected %s, the instant of Date, got %s", service.UTC().Format(time.RFC3339), at.UTC().Format(time.RFC3339))
	}
}

// holder holds that there is the account that a holder names.
func (c *checker) holder(member string, h dragonpass.Holder) {
	switch {
	case (h.EPassID == "") == (h.MembershipID == ""):
		c.wrong(member, "expected EPassID or MembershipID, and not both")
	case h.EPassID != "" && !c.EPasses.Has(h.EPassID):
		c.wrong(member+"/EPassID", "expected a pass, there is no %q", h.EPassID)
	case h.MembershipID != "" && !c.Memberships.Has(h.MembershipID):
		c.wrong(member+"/MembershipID", "expected a membership, there is no %q", h.MembershipID)
	}
}

// maxCounter leaves so much room above it that no world counts to the end.
const maxCounter = 1 << 62

// counters holds the counters to their bound. What they gave out is held with the rows that have it; the next id is one
// that nothing has, wherever they stand.
func (c *checker) counters() {
	counters := reflect.ValueOf(c.Counters)
	for i := range counters.NumField() {
		name := counters.Type().Field(i).Name
		if n := counters.Field(i).Uint(); n > maxCounter && name != "Seed" {
			c.problem("/counters/"+name, "expected at most %d, got %d", []any{uint64(maxCounter), n})
		}
	}
	if all, missed := c.Counters.Dropped, c.Counters.Missed; missed > all {
		c.problem("/counters/Missed", "expected at most %d, which is Dropped, got %d", []any{all, missed})
	}
}

// add adds up what rows of other tables are held to.
func (c *checker) add() {
	c.used, c.taken, c.reserved, c.names = map[string]int{}, map[place]int{}, map[place]int{}, map[string]bool{}
	c.Orders.Each(func(_ string, kept packed.Order) bool {
		o := kept.Order()
		c.vouchers += len(o.Vouchers)
		if o.Dead() {
			return true
		}
		c.used[o.Holder.EPassID] += persons(o.Party)
		b, _ := c.Options.Get(o.OrderID)
		if o.Category == dragonpass.Prebooking && (o.OptionID == "" || b.Option.Visit.Places > 0) {
			c.taken[place{o.ResourceID, o.OptionID, o.Date}] += persons(o.Party)
		}
		return true
	})
	c.Tokens.Each(func(_ string, t dragonpass.PrebookingToken) bool {
		if t.Reserved && !t.Apart {
			c.reserved[place{t.ResourceID, t.OptionID, t.Date}] += persons(t.Party)
		}
		return true
	})
	c.EPasses.Each(func(_ string, p dragonpass.EPass) bool { c.names[p.ClientUserID] = true; return true })
	c.Memberships.Each(func(_ string, m dragonpass.Membership) bool { c.names[m.ClientUserID] = true; return true })
}
