package dragonpass

import "time"

// Account is whose usages a use takes: an [EPass] or a [Membership].
type Account interface {
	Holder() Holder
	// Program is the programme it was issued in.
	Program() string
	// CheckModule refuses an account that is not for the module: MODULE_MISMATCH.
	CheckModule(Module) error
	// CheckUse refuses the account for a party at a resource. service equals now for a walk-in.
	CheckUse(r Resource, party Party, service, now time.Time) error
}

// Holder names an account: an E-pass or a membership, never both.
type Holder struct {
	EPassID, MembershipID string
}
