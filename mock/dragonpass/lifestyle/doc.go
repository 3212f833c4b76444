// Package lifestyle owns what the vendor refuses of eSIMs, fitness clubs and local offers, which are booked by option, and
// how long what was bought of them is good.
//
// It is written as package rules is, see [dragonmock/mock/dragonpass/rules].
package lifestyle
