package lifestyle

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
)

// noTopUp says why an eSIM takes no top-up, by the order that it came with; empty: it does.
func noTopUp(o *dragonpass.Order, b option.Bought, now time.Time) string {
	switch ProfileOf(o, b, now) {
	case ProfilePending:
		return "the eSIM is not provisioned yet"
	case ProfileGood:
		return ""
	}
	return "the eSIM has ended"
}

// Profile is the state of the profile of an eSIM.
type Profile int

// The states of a profile; 1 is the one that the page shows (D/3511084e0), the others are guesses.
const (
	ProfilePending   Profile = 0
	ProfileGood      Profile = 1
	ProfileEnded     Profile = 2
	ProfileWithdrawn Profile = 3
)

// ProfileOf is the state of the profile of an eSIM, by the order that it came with: it is that of all its top-ups too
//
func ProfileOf(o *dragonpass.Order, b option.Bought, now time.Time) Profile {
	switch {
	case o.Dead():
		return ProfileWithdrawn
	case o.Status == dragonpass.Pending:
		return ProfilePending
	case now.After(b.Until):
		return ProfileEnded
	}
	return ProfileGood
}
