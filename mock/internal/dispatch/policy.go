package dispatch

import "dragonmock/mock/internal/intake"

// Vendor is the policy of the vendor's surface, with the order of checks that A-049 assumes: the size of the body before
// the route; then authentication, which chooses the world; permission, which chooses the programme; the form of query and
// headers; fault rules; the contract; and last idempotency with the rules of business, which are one transaction.
func Vendor() Policy {
	return Policy{
		Door: []Gate{
			{"open", open},
			{"readBody", readBody},
		},
		Gates: []Gate{
			{"authenticate", authenticate},
			{"permit", permit},
			{"readHead", readHead},
			{"inject", inject},
			{"checkRequest", checkRequest},
			{"perform", perform},
		},
		MaxBody: intake.Limit{Bytes: 1 << 20, Values: 50_000}, Record: true,
	}
}

// Control is the policy of the control plane, which stands behind a guard of its own: package guard. What the document
// does not know is refused, with a suggestion.
func Control() Policy {
	return Policy{
		Gates: []Gate{
			{"findWorld", findWorld},
			{"readHead", readHead},
			{"readBody", readBody},
			{"checkRequest", checkRequestStrictly},
			{"perform", perform},
		},
		MaxBody: intake.Limit{Bytes: 1 << 20, Values: 50_000, Large: 512 << 20}, Strict: true, Own: true,
		Hint: "openapi/control.yaml beside it has what is",
	}
}
