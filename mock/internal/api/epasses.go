package api

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
)

// EPassRequest asks for a pass. D is what a version knows of one.
type EPassRequest[D any] struct {
	Module       int    `json:"module"`
	ClientUserID string `json:"clientUserId"`
	Extra        D      `json:"extra"`
}

// BundleRequest asks for a pass and a prebooking with it.
type BundleRequest[D any] struct {
	Module       int    `json:"module"`
	ClientUserID string `json:"clientUserId"`
	Extra        struct {
		EPass              D `json:",embed"`
		PrebookingToRedeem `json:",embed"`
	} `json:"extra"`
}

// IssuingEPasses are the handlers of the operations that issue a pass, alone or with a prebooking, by operationId. A version
// reads its D; who asks, the programme and the modules are not its business.
func IssuingEPasses[D any](show Renders, read func(D) (dragonpass.IssueRequest, error)) map[string]dispatch.Handler {
	withPrebooking := func(path dragonpass.Module) dispatch.Handler {
		return Body(show, func(c *dispatch.Call, r BundleRequest[D]) (any, error) {
			issue, err := read(r.Extra.EPass)
			if err != nil {
				return nil, err
			}
			issue.ProgramID, issue.Path, issue.Module, issue.ClientUserID = c.Program, path, dragonpass.Module(r.Module), r.ClientUserID
			pass, order, err := booking.IssueAndPrebook(c.Tx, dragonpass.BundleRequest{
				Issue: issue, Token: r.Extra.PrebookingToken, Passenger: PassengerOf(r.Extra.PrebookingRequiredInfo),
			})
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
func IssuingCrossModuleEPasses[D any](show Renders, read func(D) (dragonpass.IssueRequest, error)) map[string]dispatch.Handler {
	return map[string]dispatch.Handler{"createCrossModuleEPass": issuing(show, read), "createMultiModuleEPass": issuing(show, read)}
}

// issuing is the handler of an operation that issues a pass of the module that the path names, or where it names none of
// the one that the body does.
func issuing[D any](show Renders, read func(D) (dragonpass.IssueRequest, error)) dispatch.Handler {
	return Body(show, func(c *dispatch.Call, r EPassRequest[D]) (any, error) {
		issue, err := read(r.Extra)
		if err != nil {
			return nil, err
		}
		issue.ProgramID, issue.Path, issue.Module, issue.ClientUserID = c.Program, dragonpass.ModuleOf(c.Path.Get("module")), dragonpass.Module(r.Module), r.ClientUserID
		pass, err := booking.IssueEPass(c.Tx, issue)
		return show.EPass(c.Tx, pass), err
	})
}
