package dispatch

import (
	"net/http"
	"net/url"
	"strings"

	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/injection"
)

// inject asks the fault rules of the world what becomes of the call, waits as long as they say, and answers what they
// answer. Nothing is asked where there are no rules.
func inject(x *Exchange) error {
	if x.World == nil || !x.World.Armed() {
		return nil
	}
	x.decision = injection.Decide(x.World, fault.Call{
		Version: x.surface.Name, Operation: x.Operation.ID, Method: x.Request.Method, Path: x.pathSent(), Query: x.Query, Header: x.Request.Header,
		Body: func() any {
			value, _ := contract.Decode(x.Body) // what is no JSON matches no body
			return value
		},
	})
	x.wait(x.decision.Delay)
	d, because := x.decision, "fault rule "+x.decision.Rule
	switch {
	case x.lost() && d.Drop != fault.After:
		x.End(Reply{reason: because})
	case d.Error != "":
		row := x.row(d.Error)
		r := Reply{
			Status: row.Status, Origin: envelope.Fault, Body: envelope.Failure(row.Code, d.Words(row.When)), symbol: d.Error, code: row.Code, reason: because,
		}
		if err := x.checkAnswer(row.Status, r.Body); err != nil {
			return err
		}
		if after := d.RetryAfterHeader(); after != "" {
			r.Header = http.Header{"Retry-After": {after}}
			if now, err := x.World.Clock(); err == nil && now.Mode == clock.Frozen {
				r.reason += "; the clock of the world stands, so Retry-After does not pass by itself: advance it"
			}
		}
		x.End(r)
	case d.Respond != nil: // in the words of the test author, who may want them to break the contract
		status, header, body := d.Respond.Render()
		x.End(Reply{Status: status, Origin: envelope.Fault, Body: body, Header: header, reason: because})
	}
	return nil
}

// pathSent is the path of the call as rules write it: without a base, and with what the client put in its parameters.
func (x *Exchange) pathSent() string {
	path := x.Operation.Path
	for name, values := range x.Path {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(values[0]))
	}
	return path
}
