package dragonpass

// Module is a kind of benefit (D/339381m0, D/3504481e0).
type Module int

// The modules: the first four are of v1 too, the others are of v2 alone (S).
const (
	Lounge     Module = 1
	FastTrack  Module = 2
	SetMeal    Module = 3
	Coupon     Module = 4
	Fitness    Module = 7
	ESIM       Module = 8
	LocalOffer Module = 11
)

// modules holds each module's path word, and whether it knows walk-in and prebooking at all (S).
var modules = map[Module]struct {
	word               string
	walkIn, prebooking bool
}{
	Lounge:     {"lounges", true, true},
	FastTrack:  {"fastTrack", false, true},
	SetMeal:    {"setMeals", true, false},
	Coupon:     {"coupons", true, false},
	Fitness:    {"fitness", false, true},
	ESIM:       {"esims", false, true},
	LocalOffer: {"localOffers", false, true},
}

// Word is the module as paths spell it; empty for an unknown module.
func (m Module) Word() string { return modules[m].word }

// WalkIn says whether the module can be used without a booking at all.
func (m Module) WalkIn() bool { return modules[m].walkIn }

// Prebooking says whether the module can be booked at all.
func (m Module) Prebooking() bool { return modules[m].prebooking }

// Lifestyle says whether resources of the module are in cities and booked by option; the others are at transport hubs (S).
func (m Module) Lifestyle() bool { return m >= Fitness }

// ModuleOf finds a module by its path word; 0 if there is none.
func ModuleOf(word string) Module {
	for m, row := range modules {
		if row.word == word {
			return m
		}
	}
	return 0
}

// Category is how a benefit is used (D/339352m0).
type Category int

// The categories. The issue order of an E-pass shows WalkIn (D/v1/338667m0).
const (
	WalkIn     Category = 1
	Prebooking Category = 2
)
