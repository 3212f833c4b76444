package integrity

import (
	"errors"
	"fmt"
	"slices"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/store"
)

// Check says what is wrong with a state that no world can come to: where, as JSON pointers into its dump, and what was
// expected there. It looks at each row once or twice, and writes nothing.
func Check(s *store.State, terms Terms) error {
	if err := s.Clock.Check(terms.Wall); err != nil {
		return fmt.Errorf("/clock: %w", err)
	}
	c := &checker{State: s, terms: terms, resources: map[string]*dragonpass.Resource{}}
	c.counters()
	c.add()
	c.rows()
	for _, name := range store.TableNames() {
		if !slices.Contains(c.judged, name) { // a table that was added, and brought no rule
			c.table = name
			c.whole("expected a rule of package integrity that says what is true of its rows")
		}
	}
	if len(c.problems) == 0 {
		return nil
	}
	return errors.New(brief.JoinAll(c.problems, "; "))
}

// rows holds the rows of each table to its rule, in the order of the register.
func (c *checker) rows() {
	each(c, &c.EPasses, c.ePass)
	each(c, &c.Issues, c.issue)
	each(c, &c.Users, c.user)
	each(c, &c.Memberships, c.membership)
	each(c, &c.UserMemberships, c.userMembership)
	each(c, &c.QRCodes, c.qrCode)
	ages(c, &c.QRCodeAges, &c.QRCodes)
	each(c, &c.Orders, c.order)
	each(c, &c.Usage, c.usage)
	c.allVouchers()
	c.allOptions()
	each(c, &c.ESIMs, c.esim)
	each(c, &c.Transactions, c.transaction)
	each(c, &c.Tokens, c.token)
	ages(c, &c.TokenAges, &c.Tokens)
	each(c, &c.Holds, c.hold)
	c.allSlots()
	each(c, &c.Resources, c.changedResource)
	each(c, &c.Updates, c.update)
	each(c, &c.Answers, c.answer)
	ages(c, &c.AnswerAges, &c.Answers)
	c.allEvents()
	each(c, &c.Outbox, c.outbox)
	each(c, &c.Retries, c.retry)
	each(c, &c.Due, c.due)
	each(c, &c.KeySets, c.keySets)
	c.allFaults()
}
