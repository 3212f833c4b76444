package passenger

import (
	"net/mail"
	"strings"

	"dragonmock/mock/dragonpass"
)

// Collect returns of p what a resource asks for and drops the rest: the vendor does not store it and shows null (D, seed).
// PASSENGER_INFO_REQUIRED names every member that is missing or malformed.
func Collect(p dragonpass.Passenger, asked dragonpass.RequiredInfo) (dragonpass.Passenger, error) {
	var data dragonpass.Passenger
	var wrong []dragonpass.Complaint
	for _, m := range [...]struct {
		asked    bool
		name     string
		value    string
		keep     *string
		ok       func(string) bool
		expected string
	}{
		{asked.FirstName, "firstName", p.FirstName, &data.FirstName, notBlank, "a name"},
		{asked.LastName, "lastName", p.LastName, &data.LastName, notBlank, "a name"},
		{asked.Email, "email", p.Email, &data.Email, isEmail, "an e-mail address"},
		{asked.PhoneNumber, "phoneNumber", p.PhoneNumber, &data.PhoneNumber, isDigits, "digits only"},
		{asked.CallingCode, "callingCode", p.CallingCode, &data.CallingCode, isDigits, "digits only, without a plus"},
		{asked.TransportNumber, "transportNumber", p.TransportNumber, &data.TransportNumber, isTransportNumber, "2 to 8 letters and digits"},
	} {
		switch {
		case !m.asked:
		case m.ok(m.value):
			*m.keep = m.value
		case m.value == "":
			wrong = append(wrong, complaint(m.name, "expected "+m.expected+", it is missing"))
		default:
			wrong = append(wrong, complaint(m.name, "expected "+m.expected))
		}
	}
	if len(wrong) > 0 {
		return dragonpass.Passenger{}, dragonpass.RefuseAll(dragonpass.PassengerInfoRequired, wrong...).By(dragonpass.SeedPage).
			Unless("what prebookingRequiredInfo of the resource asks for")
	}
	return data, nil
}

func complaint(name, text string) dragonpass.Complaint {
	return dragonpass.Complaint{Field: "prebookingRequiredInfo." + name, Text: text}
}

func notBlank(s string) bool { return strings.TrimSpace(s) != "" }

func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// isTransportNumber takes a flight or train number: 2 to 8 letters and digits.
func isTransportNumber(s string) bool {
	if len(s) < 2 || len(s) > 8 {
		return false
	}
	for _, c := range s {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}
