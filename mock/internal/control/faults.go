package control

import (
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/turns"
)

// faults are the rules of a world on the wire.
type faults struct {
	Faults []fault.Status `json:"faults"`
}

func (p *plane) listFaults(c *dispatch.Call) (any, error) {
	all, err := author.ListFaults(c.Tx, struct{}{})
	return faults{all}, err
}

func (p *plane) replaceFaults(c *dispatch.Call) (any, error) {
	defer turns.Take(len(c.Body))()
	rules, err := fault.Parse(c.Body, p.Stage.Names())
	if err != nil {
		return nil, author.RefuseFaults(err)
	}
	all, err := author.ReplaceFaults(c.Tx, rules)
	return faults{all}, err
}

func (p *plane) addFault(c *dispatch.Call) (any, error) {
	defer turns.Take(len(c.Body))()
	rule, err := fault.ParseRule(c.Body, p.Stage.Names())
	if err != nil {
		return nil, author.RefuseFaults(err)
	}
	if _, err = author.AddFaults(c.Tx, []fault.Rule{rule}); err != nil {
		return nil, err
	}
	return p.listFaults(c)
}

func (p *plane) removeFault(c *dispatch.Call) (any, error) {
	_, err := author.RemoveFault(c.Tx, c.Path.Get("faultId"))
	return done{}, err
}
