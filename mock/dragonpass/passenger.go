package dragonpass

// Passenger is the data of the lead passenger. An empty member reads back as null.
type Passenger struct {
	FirstName, LastName, Email, PhoneNumber, CallingCode, TransportNumber string
}

// RequiredInfo says which passenger data a resource asks for.
type RequiredInfo struct {
	FirstName, LastName, Email, PhoneNumber, CallingCode, TransportNumber bool
}
