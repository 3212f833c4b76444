// Package window owns when what was booked can be used, and whether a booking is still to be used.
package window
