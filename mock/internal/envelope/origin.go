package envelope

import "dragonmock/mock/dragonpass"

// Who made an answer.
const (
	Vendor   = "vendor"   // the vendor's rules
	Fault    = "fault"    // a fault rule of the test author
	Contract = "contract" // the published contract
	Mock     = "mock"     // the mock itself: unknown paths, its own mistakes, the control plane
)

// OriginOf says who makes a refusal: the contract, the mock itself, or the vendor's rules.
func OriginOf(code dragonpass.Code) string {
	switch code {
	case dragonpass.InvalidRequest, dragonpass.MalformedJSON, dragonpass.UnsupportedMediaType, dragonpass.BodyTooLarge:
		return Contract
	case dragonpass.RouteNotFound, dragonpass.MethodNotAllowed, dragonpass.InternalError,
		dragonpass.HostNotAllowed, dragonpass.OriginNotAllowed, dragonpass.WorldNotFound, dragonpass.WorldEnded, dragonpass.WorldsExhausted,
		dragonpass.ValueNotFound, dragonpass.CheckpointNotFound, dragonpass.EventNotFound:
		return Mock
	}
	return Vendor
}
