package control

import (
	"errors"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/fault"
)

// faults are the rules of a world on the wire.
type faults struct {
	Faults []fault.Status `json:"faults"`
}

// maxRules is how many fault rules a world may have, as the document says.
const maxRules = 1000

func rulesOf(c *dispatch.Call) faults {
	rules := c.World.Faults().Rules()
	if rules == nil {
		rules = []fault.Status{}
	}
	return faults{rules}
}

func (p *plane) listFaults(c *dispatch.Call) (dispatch.Reply, error) { return c.Render(rulesOf(c)) }

func (p *plane) replaceFaults(c *dispatch.Call) (dispatch.Reply, error) {
	rules, err := fault.Parse(c.Body, p.Names)
	if err != nil {
		return dispatch.Reply{}, wrongRules(err)
	}
	return c.Undoably(func() (any, error) {
		_, err := c.World.Faults().Replace(rules...)
		return rulesOf(c), wrongRules(err)
	})
}

func (p *plane) addFault(c *dispatch.Call) (dispatch.Reply, error) {
	rule, err := fault.ParseRule(c.Body, p.Names)
	if err != nil {
		return dispatch.Reply{}, wrongRules(err)
	}
	return c.Undoably(func() (any, error) {
		_, err := c.World.Faults().Add(rule)
		rules := rulesOf(c)
		if err == nil && len(rules.Faults) > maxRules {
			return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "expected at most %d fault rules", maxRules)
		}
		return rules, wrongRules(err)
	})
}

func (p *plane) removeFault(c *dispatch.Call) (dispatch.Reply, error) {
	return c.Done(func() error {
		if id := c.Path.Get("faultId"); !c.World.Faults().Remove(id) {
			return dragonpass.Refuse(dragonpass.ValueNotFound, "no fault rule %s", id)
		}
		return nil
	})
}

// wrongRules names all that is wrong with rules, as the other refusals do.
func wrongRules(err error) error {
	var wrong *fault.Error
	if !errors.As(err, &wrong) {
		return err
	}
	parts := make([]string, len(wrong.Problems))
	for i, p := range wrong.Problems {
		parts[i] = p.Pointer + ": " + p.Message
	}
	return dragonpass.Refuse(dragonpass.InvalidRequest, "%s", strings.Join(parts, "; "))
}
