package api

import (
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/fault"
)

// inject asks the fault rules of the world what befalls the call, waits as long as they say, and answers what they
// answer. Nothing is asked where there are no rules.
func (s *Surface) inject(x *exchange) (reply, bool) {
	if x.world == nil || !x.world.Faults().Armed() {
		return reply{}, false
	}
	x.decision = x.world.Faults().Decide(fault.Call{
		Operation: x.op.ID, Method: x.request.Method, Path: x.op.Path, Query: x.request.URL.Query(), Header: x.request.Header,
		Body: func() any {
			value, _ := contract.Decode(x.body) // what is no JSON matches no body
			return value
		},
	}, x.world.Now())
	x.wait(x.decision.Delay)
	if x.lost() && x.decision.Drop != fault.After {
		return reply{reason: "fault rule " + x.decision.Rule}, true
	}
	return s.injected(x)
}
