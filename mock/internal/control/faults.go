package control

import (
	"errors"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/fault"
)

// faults are the rules of a world on the wire.
type faults struct {
	Faults []fault.Status `json:"faults"`
}

func rulesOf(c *call) faults {
	rules := c.world.Faults().Rules()
	if rules == nil {
		rules = []fault.Status{}
	}
	return faults{rules}
}

func listFaults(_ *Plane, c *call) (any, error) { return rulesOf(c), nil }

func replaceFaults(p *Plane, c *call) (any, error) {
	rules, err := fault.Parse(c.body, p.Names)
	if err == nil {
		_, err = c.world.Faults().Replace(rules...)
	}
	return rulesOf(c), wrongRules(err)
}

func addFault(p *Plane, c *call) (any, error) {
	rule, err := fault.ParseRule(c.body, p.Names)
	if err == nil {
		_, err = c.world.Faults().Add(rule)
	}
	return rulesOf(c), wrongRules(err)
}

func removeFault(_ *Plane, c *call) (any, error) {
	if id := c.path.Get("faultId"); !c.world.Faults().Remove(id) {
		return nil, dragonpass.Refuse(valueNotFound, "no fault rule %s", id)
	}
	return struct{}{}, nil
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
