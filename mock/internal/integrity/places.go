package integrity

import (
	"cmp"
	"slices"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/store"
)

func (c *checker) token(key string, t dragonpass.PrebookingToken) {
	c.key(key, t.Token)
	c.text("/value/Token", t.Token, 1, 128)
	c.bookable(t.ResourceID, t.Module, t.Date, &t.ServiceAt)
	c.optionOf(t.Module, t.OptionID)
	if o, _ := c.Order(t.TopUpOf); t.TopUpOf != "" && (o.Module != dragonpass.ESIM || t.ResourceID != o.ResourceID) {
		c.wrong("/value/TopUpOf", "expected an order of an eSIM of the resource, got %q", t.TopUpOf)
	}
	c.party("/value/Party", t.Party)
	c.instant("/value/ValidUntil", t.ValidUntil)
	if t.Holder.Named() {
		c.holder("/value/Holder", t.Holder)
	}
	if t.OrderID != "" {
		o, ok := c.Order(t.OrderID)
		if !ok || o.Category != dragonpass.Prebooking || o.ResourceID != t.ResourceID || o.OptionID != t.OptionID || o.Date != t.Date && o.ModifiedAt.IsZero() || o.Party != t.Party {
			c.wrong("/value/OrderID", "expected the order of what the token promises, got %q", t.OrderID)
		}
	}
	if !t.Reserved {
		if t.Apart {
			c.wrong("/value/Apart", "expected no places apart, since it has reserved none")
		}
		return
	}
	if t.OrderID != "" || !t.Holder.Named() {
		c.wrong("/value/Reserved", "expected no places of a token that has an order, or no holder")
	}
	if token, _ := c.Holds.Get(rowkey.Holder(t.Holder)); token != t.Token {
		c.wrong("/value/Reserved", "expected no places of a token that holds does not have")
	}
	if s, _ := c.Slots.Get(place{t.ResourceID, t.OptionID, t.Date}.key()); t.Apart && !s.Filled {
		c.wrong("/value/Apart", "expected no places apart, since nobody has set the slot")
	}
}

func (c *checker) hold(key, token string) {
	t, ok := c.Tokens.Get(token)
	if !ok || !t.Reserved {
		c.wrong("/value", "expected a token that has reserved places, got %q", token)
		return
	}
	c.key(key, rowkey.Holder(t.Holder))
}

// maxLeft bounds what orders can take from a slot, or give back to it.
const maxLeft = 1_000_000_000

// allSlots holds slots to what orders and tokens have.
func (c *checker) allSlots() {
	each(c, &c.Slots, c.slot)
	var lost []string
	for _, sums := range []map[place]int{c.taken, c.reserved} {
		for at, n := range sums {
			if key := at.key(); n > 0 && !c.Slots.Has(key) {
				lost = append(lost, key)
			}
		}
	}
	slices.SortFunc(lost, cmp.Compare[string])
	for _, key := range slices.Compact(lost) {
		c.whole("expected a row %q, of which places are taken", key)
	}
}

// slot holds what is left to what orders and tokens have.
func (c *checker) slot(key string, s dragonpass.Slot) {
	c.key(key, rowkey.Slot(s))
	r := c.resource(s.ResourceID)
	if r == nil {
		c.wrong("/value/ResourceID", "expected a resource, there is no %q", s.ResourceID)
		return
	}
	c.bookable(s.ResourceID, r.Module, s.Date, nil)
	c.optionOf(r.Module, s.OptionID)
	capacity := r.Capacity
	if s.OptionID != "" {
		capacity = s.Places
		c.within("/value/Places", s.Places, 1, dragonpass.MaxCapacity)
	} else if s.Places != 0 {
		c.wrong("/value/Places", "expected none, since it is of no option, got %d", s.Places)
	}
	at := place{s.ResourceID, s.OptionID, s.Date}
	if reserved := c.reserved[at]; s.Reserved != reserved {
		c.wrong("/value/Reserved", "expected %d, which is what tokens have reserved, got %d", reserved, s.Reserved)
	}
	if left := capacity - c.taken[at]; !s.Filled && s.Left != left {
		c.wrong("/value/Left", "expected %d, which is the capacity without the standing orders, got %d", left, s.Left)
	}
	c.within("/value/Left", s.Left, -maxLeft, maxLeft)
}

func (c *checker) changedResource(key string, r dragonpass.Resource) {
	c.key(key, r.ResourceID)
	if err := check.Resource(r); err != nil {
		member, words, _ := strings.Cut(err.Error(), ": ")
		c.wrong("/value"+member, "%s", words)
	}
	if made, ok := c.terms.Catalog.Resource(key); !ok || made.Module != r.Module || made.Hub.TransportHubID != r.Hub.TransportHubID || made.Hub.CityID != r.Hub.CityID {
		c.wrong("/value/resourceId", "expected a resource of the catalogue, of its module and at its place, got %q", r.ResourceID)
	}
	if !c.Updates.Has(key) {
		c.wrong("/key", "expected a row of updates which says when it changed, there is no %q", key)
	}
}

func (c *checker) update(key string, u store.ResourceUpdate) {
	c.key(key, u.ResourceID)
	if r, ok := c.Resources.Get(u.ResourceID); !ok || r.Module != u.Module {
		c.wrong("/value/ResourceID", "expected a row of resources with its module, got %q", u.ResourceID)
	}
	c.instant("/value/UpdatedAt", u.UpdatedAt)
}
