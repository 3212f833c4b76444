package api

import (
	"net/url"
	"strings"

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
		Operation: x.op.ID, Method: x.request.Method, Path: x.pathSent(), Query: x.request.URL.Query(), Header: x.request.Header,
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

// pathSent is the path of the call as rules write it: without a base, and with what the client put in its parameters.
func (x *exchange) pathSent() string {
	path := x.op.Path
	for name, values := range x.path {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(values[0]))
	}
	return path
}
