package dragonpass

// Holder names whose usages a use takes: an E-pass or a membership, never both.
type Holder struct {
	EPassID, MembershipID string
}

// Named says whether it names anything at all.
func (h Holder) Named() bool { return h != (Holder{}) }
