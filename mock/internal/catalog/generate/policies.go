package main

import "dragonmock/mock/dragonpass"

// loungePolicy is how a lounge is booked.
func loungePolicy(d draw) dragonpass.PrebookingPolicy {
	p := policy(d)
	p.AdvanceBookingHours = pick(d, 2, 4, 6, 12, 24, 24, 24, 36, 48)
	p.MaxAdvanceDays = pick(d, 60, 90, 180, 365, 365)
	p.RequiredInfo = requiredInfo(d)
	return p
}

// lanePolicy is how a fast track lane is booked: at shorter notice, and more often against the flight.
func lanePolicy(d draw) dragonpass.PrebookingPolicy {
	p := policy(d)
	p.AdvanceBookingHours = pick(d, 2, 2, 2, 3, 4, 6, 12)
	p.MaxAdvanceDays = pick(d, 30, 90, 180, 365)
	p.RequiredInfo = requiredInfo(d)
	p.RequiredInfo.TransportNumber = p.RequiredInfo.TransportNumber || d.chance(40)
	return p
}

func policy(d draw) dragonpass.PrebookingPolicy {
	p := dragonpass.PrebookingPolicy{
		MaxPassengersPerOrder: pick(d, 0, 4, 6, 6, 6, 8),
		SlotMinutes:           pick(d, 15, 30, 30, 60),
		Cancellation:          dragonpass.CancellationPolicy{Cancellable: true, HoursBefore: pick(d, 24, 24, 24, 48, 48, 72)},
	}
	if d.chance(12) {
		p.Cancellation = dragonpass.CancellationPolicy{}
	}
	return p
}

// requiredInfo asks for the names nearly always. A number is asked for with its calling code.
func requiredInfo(d draw) dragonpass.RequiredInfo {
	if d.chance(4) {
		return dragonpass.RequiredInfo{}
	}
	phone := d.chance(25)
	return dragonpass.RequiredInfo{
		FirstName: true, LastName: true, Email: d.chance(50), PhoneNumber: phone, CallingCode: phone, TransportNumber: d.chance(25),
	}
}
