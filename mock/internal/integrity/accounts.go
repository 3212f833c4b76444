package integrity

import (
	"fmt"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/dragonpass/user"
	"dragonmock/mock/internal/rowkey"
)

// The bounds of what answers show, as the contract has them.
const (
	maxID      = 64
	maxName    = 100
	maxContact = 320
	maxGranted = 2 * 10_000 // what `given` leaves, and what it says was used before
	maxAllowed = 1000
)

func (c *checker) ePass(key string, p dragonpass.EPass) {
	c.key(key, p.EPassID)
	c.digits("/value/EPassID", p.EPassID, 16)
	c.text("/value/OrderID", p.OrderID, 1, maxID)
	if id, _ := c.Issues.Get(p.OrderID); id != p.EPassID {
		c.wrong("/value/OrderID", "expected the order that issued it, but issues has no %q for it", p.OrderID)
	}
	c.text("/value/ProgramID", p.ProgramID, 1, dragonpass.MaxProgramID)
	c.modules(p)
	c.named(p.ClientUserID, p.FirstName, p.LastName)
	c.within("/value/Granted", p.Granted, 0, maxGranted)
	c.within("/value/Used", p.Used, 0, max(p.Granted, 0))
	if took := c.used[p.EPassID]; p.Used < took {
		c.wrong("/value/Used", "expected at least the %d that its standing orders took, got %d", took, p.Used)
	}
	c.instant("/value/ActivationDate", p.ActivationDate)
	c.instant("/value/ExpirationDate", p.ExpirationDate)
	c.instant("/value/CreatedAt", p.CreatedAt)
	c.maybe("/value/CancelledAt", p.CancelledAt)
	if !p.CancelledAt.IsZero() && p.Used != 0 {
		c.wrong("/value/CancelledAt", "expected none, since %d usages are taken", p.Used)
	}
	c.within("/value/AllowedResources", len(p.AllowedResources), 0, maxAllowed)
	for i, id := range p.AllowedResources {
		if r := c.resource(id); r == nil || !p.Covers(r.Module) {
			c.wrong(fmt.Sprintf("/value/AllowedResources/%d", i), "expected a resource of %s, got %q", p.ModuleWords(), id)
		}
	}
}

// modules holds that a pass is for one module, or as a cross-module pass for some.
func (c *checker) modules(p dragonpass.EPass) {
	if p.Module != dragonpass.CrossModule {
		c.module("/value/Module", p.Module)
		if len(p.AllowedModules) > 0 {
			c.wrong("/value/AllowedModules", "expected them of a pass of module 0, it is of %s", p.ModuleWords())
		}
		return
	}
	if len(p.AllowedModules) == 0 {
		c.wrong("/value/AllowedModules", "expected one module or more, since the pass has no Module")
	}
	if err := check.CrossModules(p.AllowedModules); err != nil {
		member, words, _ := strings.Cut(err.Error(), ": ")
		c.wrong("/value/AllowedModules"+member, "%s", words)
	}
}

func (c *checker) issue(key, ePassID string) {
	if p, ok := c.EPasses.Get(ePassID); !ok || p.OrderID != key {
		c.wrong("/value", "expected the pass that the order %q issued, got %q", key, ePassID)
	}
}

// named holds that a user has one name.
func (c *checker) named(id, first, last string) {
	if u, ok := c.Users.Get(id); !ok || !u.Named(first, last) {
		c.wrong("/value/ClientUserID", "expected one to whom users gives the name %q %q, got %q", first, last, id)
	}
}

func (c *checker) user(key string, u user.User) {
	c.key(key, u.ClientUserID)
	c.text("/value/ClientUserID", u.ClientUserID, 1, maxID)
	c.text("/value/FirstName", u.FirstName, 1, maxName)
	c.text("/value/LastName", u.LastName, 1, maxName)
	c.text("/value/PhoneNumber", u.PhoneNumber, 0, maxContact)
	c.text("/value/CallingCode", u.CallingCode, 0, maxContact)
	c.text("/value/Email", u.Email, 0, maxContact)
	if u.Deleted && (!c.names[u.ClientUserID] || u != u.Forgotten()) {
		c.wrong("/value/Deleted", "expected it of a user of whom nothing is left but the name on a pass or a membership")
	}
}

func (c *checker) membership(key string, m dragonpass.Membership) {
	c.key(key, m.MembershipID)
	c.digits("/value/MembershipID", m.MembershipID, 16)
	c.text("/value/ProgramID", m.ProgramID, 1, dragonpass.MaxProgramID)
	c.named(m.ClientUserID, m.FirstName, m.LastName)
	c.text("/value/PhoneNumber", m.PhoneNumber, 0, maxContact)
	c.text("/value/CallingCode", m.CallingCode, 0, maxContact)
	c.text("/value/Email", m.Email, 0, maxContact)
	c.within("/value/Status", int(m.Status), int(dragonpass.MembershipPending), int(dragonpass.MembershipCancelled))
	c.instant("/value/RegisteredAt", m.RegisteredAt)
	c.maybe("/value/ActivationDate", m.ActivationDate)
	if m.ActivationDate.After(m.ExpirationDate) {
		c.wrong("/value/ActivationDate", "expected an instant of its life, which ends later, got %s", m.ActivationDate.UTC())
	}
	c.instant("/value/ExpirationDate", m.ExpirationDate)
	c.age("/value/Sequence", m.Sequence)
	if id, _ := c.UserMemberships.Get(rowkey.User(m.ClientUserID) + rowkey.Age(m.Sequence)); id != m.MembershipID {
		c.wrong("/value/Sequence", "expected the age at which userMemberships has it, got %d", m.Sequence)
	}
	if err := check.Entitlements(m.Entitlements); err != nil {
		member, words, _ := strings.Cut(err.Error(), ": ")
		c.wrong("/value"+member, "%s", words)
	}
}

func (c *checker) userMembership(key, id string) {
	m, ok := c.Memberships.Get(id)
	if !ok {
		c.wrong("/value", "expected a membership, there is no %q", id)
		return
	}
	c.key(key, rowkey.User(m.ClientUserID)+rowkey.Age(m.Sequence))
}

func (c *checker) qrCode(key string, q dragonpass.QRCode) {
	c.key(key, q.Code)
	if digits, ok := strings.CutPrefix(q.Code, "DQ"); !ok || len(digits) != 32 || strings.Trim(digits, "0123456789abcdef") != "" {
		c.wrong("/value/Code", "expected DQ and 32 hex digits, got %q", q.Code)
	}
	if !c.Memberships.Has(q.MembershipID) {
		c.wrong("/value/MembershipID", "expected a membership, there is no %q", q.MembershipID)
	}
	c.instant("/value/ValidUntil", q.ValidUntil)
}
