// Package option owns what lifestyle resources offer to be booked, and what becomes of it once it is bought: data packages,
// visits of fitness clubs, local offers.
//
// An option is written in a catalogue, a patch and a saved state by the names of its tags.
package option
