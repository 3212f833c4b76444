// Package offers owns the vendor's operations on the options of lifestyle resources, beyond booking one: what there is and
// what it costs, eSIMs and their data, checking in at a fitness club.
package offers
