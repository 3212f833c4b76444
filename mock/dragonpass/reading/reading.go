// Package reading owns where the vendor's pages contradict themselves, and which of their two readings a world follows.
package reading

import "slices"

// Reading is one that is not followed unless it is asked for.
type Reading string

// The readings.
const (
	PendingAsActive Reading = "pendingAsActive" // what is not active yet is shown with status 1, as in the examples (D/338667m0, D/338664m0)
	LocalUsageDate  Reading = "localUsageDate"  // usageDate of walkin.redemption has no offset, as in the text (D/339352m0)
	WithoutCategory Reading = "withoutCategory" // walkin.redemption has no category, as in the example (D/339352m0)
)

// Known are all readings.
func Known() []Reading { return []Reading{PendingAsActive, LocalUsageDate, WithoutCategory} }

// Set is the readings that a world follows.
type Set []Reading

// Has says whether a reading is followed.
func (s Set) Has(r Reading) bool { return slices.Contains(s, r) }

// Wrong is the first that is no reading, or that comes twice; false: none is.
func (s Set) Wrong() (Reading, bool) {
	for i, r := range s {
		if !slices.Contains(Known(), r) || slices.Contains(s[:i], r) {
			return r, true
		}
	}
	return "", false
}

// Of are readings by their names, whether there are such or not, see [Set.Wrong].
func Of(names []string) Set {
	set := make(Set, len(names))
	for i, name := range names {
		set[i] = Reading(name)
	}
	return set
}
