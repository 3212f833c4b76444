package dragonpass

import (
	"net/mail"
	"strings"
)

// Passenger is the data of the lead passenger. An empty member reads back as null.
type Passenger struct {
	FirstName, LastName, Email, PhoneNumber, CallingCode, TransportNumber string
}

// RequiredInfo says which passenger data a resource asks for.
type RequiredInfo struct {
	FirstName, LastName, Email, PhoneNumber, CallingCode, TransportNumber bool
}

// Collect keeps of p what is asked for and drops the rest: the vendor does not store it and shows null (D, seed).
// PASSENGER_INFO_REQUIRED names every member that is missing or malformed.
func (r RequiredInfo) Collect(p Passenger) (Passenger, error) {
	var kept Passenger
	var wrong []string
	for _, m := range []struct {
		asked    bool
		name     string
		value    string
		keep     *string
		ok       func(string) bool
		expected string
	}{
		{r.FirstName, "firstName", p.FirstName, &kept.FirstName, notBlank, "a name"},
		{r.LastName, "lastName", p.LastName, &kept.LastName, notBlank, "a name"},
		{r.Email, "email", p.Email, &kept.Email, isEmail, "an e-mail address"},
		{r.PhoneNumber, "phoneNumber", p.PhoneNumber, &kept.PhoneNumber, isDigits, "digits only"},
		{r.CallingCode, "callingCode", p.CallingCode, &kept.CallingCode, isDigits, "digits only, without a plus"},
		{r.TransportNumber, "transportNumber", p.TransportNumber, &kept.TransportNumber, isTransportNumber, "at most 6 letters and digits"},
	} {
		switch {
		case !m.asked:
		case m.ok(m.value):
			*m.keep = m.value
		case m.value == "":
			wrong = append(wrong, "/extra/prebookingRequiredInfo/"+m.name+": expected "+m.expected+", it is missing")
		default:
			wrong = append(wrong, "/extra/prebookingRequiredInfo/"+m.name+": expected "+m.expected)
		}
	}
	if len(wrong) > 0 {
		return Passenger{}, Refuse(PassengerInfoRequired, "%s", strings.Join(wrong, "; ")).By("D (seed)").
			Unless("what prebookingRequiredInfo of the resource asks for")
	}
	return kept, nil
}

func notBlank(s string) bool { return strings.TrimSpace(s) != "" }

func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isTransportNumber takes a flight or train number: 1 to 6 letters and digits (C: the vendor's own front end).
func isTransportNumber(s string) bool {
	if s == "" || len(s) > 6 {
		return false
	}
	for _, c := range s {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}
