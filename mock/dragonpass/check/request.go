package check

import (
	"fmt"
	"regexp"
	"time"

	"dragonmock/mock/dragonpass"
)

// What the contract takes of a person and of a pass.
const (
	maxClientUserID = 64
	maxPersonName   = 100
	maxEmail        = 320
	maxUsages       = 10_000
	maxAllowed      = 1000
)

var (
	phoneNumber = regexp.MustCompile(`^\d{1,20}$`)
	callingCode = regexp.MustCompile(`^\d{1,6}$`)
	email       = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
)

// Issue says what is wrong with the form of a request for a pass that came through Go, as the contract says it of one that
// came over HTTP.
func Issue(r dragonpass.IssueRequest, now time.Time) []dragonpass.Complaint {
	f := person(r.ClientUserID, r.FirstName, r.LastName)
	f.number("availableUsages", r.Usages, 1, maxUsages)
	f.number("allowedResources", len(r.AllowedResources), 0, maxAllowed)
	f.later("expirationDate", r.ExpirationDate, now)
	return f
}

// Register says what is wrong with the form of a registration that came through Go, as [Issue] does. What is optional may be
// empty.
func Register(r dragonpass.RegisterRequest, now time.Time) []dragonpass.Complaint {
	f := person(r.ClientUserID, r.FirstName, r.LastName)
	f.like("phoneNumber", r.PhoneNumber, phoneNumber, "1 to 20 digits")
	f.like("callingCode", r.CallingCode, callingCode, "1 to 6 digits")
	f.like("email", r.Email, email, "an e-mail address")
	if r.Email != "" {
		f.length("email", r.Email, maxEmail)
	}
	f.later("activationDate", r.ActivationDate, now)
	f.later("expirationDate", r.ExpirationDate, now)
	return f
}

// form is what is wrong with a request.
type form []dragonpass.Complaint

func person(clientUserID, first, last string) (f form) {
	f.length("clientUserId", clientUserID, maxClientUserID)
	f.length("firstName", first, maxPersonName)
	f.length("lastName", last, maxPersonName)
	return f
}

func (f *form) wrong(field string, err error) {
	if err != nil {
		*f = append(*f, dragonpass.Complaint{Field: field, Text: err.Error()})
	}
}

func (f *form) length(field, s string, most int) { f.wrong(field, Length(s, 1, most)) }

func (f *form) number(field string, n, least, most int) {
	if n < least || n > most {
		f.wrong(field, fmt.Errorf("expected %d to %d, got %d", least, most, n))
	}
}

func (f *form) like(field, s string, expected *regexp.Regexp, what string) {
	if s != "" && !expected.MatchString(s) {
		f.wrong(field, fmt.Errorf("expected %s", what))
	}
}

// later refuses an instant after now that no answer can show. One before now is for the rules.
func (f *form) later(field string, t, now time.Time) {
	if t.After(now) {
		f.wrong(field, dragonpass.CheckInstant(t))
	}
}
