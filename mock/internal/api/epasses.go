package api

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
)

// IssuingEPasses are the handlers of the operations that issue a pass, alone or with a prebooking, by operationId. A version
// reads its requests, R and B; the programme and the module of the path are not its business.
func IssuingEPasses[R, B any](show Renders, read func(R) (dragonpass.IssueRequest, error), readBundle func(B) (dragonpass.BundleRequest, error)) map[string]dispatch.Handler {
	withPrebooking := func(path dragonpass.Module) dispatch.Handler {
		return Body(show, func(c *dispatch.Call, r B) (any, error) {
			request, err := readBundle(r)
			if err != nil {
				return nil, err
			}
			request.Issue.ProgramID, request.Issue.Path = c.Program, path
			pass, order, err := booking.IssueAndPrebook(c.Tx, request)
			if err != nil {
				return nil, err
			}
			return show.Bundle(order, pass), nil
		})
	}
	return map[string]dispatch.Handler{
		"createEPass":                        issuing(show, read),
		"createEPassWithLoungePrebooking":    withPrebooking(dragonpass.Lounge),
		"createEPassWithFastTrackPrebooking": withPrebooking(dragonpass.FastTrack),
	}
}

// IssuingCrossModuleEPasses are the handlers of the operations that issue a cross-module pass, by operationId.
func IssuingCrossModuleEPasses[R any](show Renders, read func(R) (dragonpass.IssueRequest, error)) map[string]dispatch.Handler {
	return map[string]dispatch.Handler{"createCrossModuleEPass": issuing(show, read), "createMultiModuleEPass": issuing(show, read)}
}

// issuing is the handler of an operation that issues a pass of the module that the path names, or where it names none of
// the one that the body does.
func issuing[R any](show Renders, read func(R) (dragonpass.IssueRequest, error)) dispatch.Handler {
	return Body(show, func(c *dispatch.Call, r R) (any, error) {
		request, err := read(r)
		if err != nil {
			return nil, err
		}
		request.ProgramID, request.Path = c.Program, dragonpass.ModuleOf(c.Path.Get("module"))
		pass, err := booking.IssueEPass(c.Tx, request)
		return show.EPass(c.Tx, pass), err
	})
}
