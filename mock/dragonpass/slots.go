package dragonpass

import (
	"fmt"
	"time"
)

// Closed says why a resource takes no booking for a time, or is empty when it does. Capacity is not asked here.
// service is the instant of date. All limits include their own instant.
func (r Resource) Closed(date LocalTime, service, now time.Time) string {
	if ahead := service.Sub(now); ahead < time.Duration(r.Policy.AdvanceBookingHours)*time.Hour {
		return fmt.Sprintf("too late: it must be booked at least %d h ahead", r.Policy.AdvanceBookingHours)
	} else if ahead > time.Duration(r.Policy.MaxAdvanceDays)*24*time.Hour {
		return fmt.Sprintf("too early: it can be booked at most %d days ahead", r.Policy.MaxAdvanceDays)
	}
	weekday := int(service.In(r.Zone).Weekday()+6)%7 + 1
	minute := date.clock()
	open := false
	for _, h := range r.OpeningHours {
		from, to := parseClock(h.Open), parseClock(h.Close)
		if h.DayOfWeek != weekday || minute < from || minute >= to {
			continue
		}
		open = true
		// The last slot begins a slot's length before closing.
		if (minute-from)%r.Policy.SlotMinutes == 0 && minute+r.Policy.SlotMinutes <= to {
			return ""
		}
	}
	if open {
		return fmt.Sprintf("not on the slot grid: a slot begins every %d min from opening", r.Policy.SlotMinutes)
	}
	return "closed at that hour"
}

// Slot is what is left of one bookable time of a resource.
//
// Left counts persons that no order has taken. Reserved counts those of them that reservations hold. A reservation that
// was there when the test author set the slot holds places of its own instead, so that setting a slot to full takes
// nothing from those who reserved.
type Slot struct {
	ResourceID string
	Date       LocalTime
	Left       int
	Reserved   int
}

// Free is how many persons can still reserve or book.
func (s Slot) Free() int { return max(s.Left-s.Reserved, 0) }
