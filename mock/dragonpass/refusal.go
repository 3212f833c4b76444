package dragonpass

import (
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Error is a refusal of the vendor. Nothing has changed when one is returned.
//
// A rule knows fields of the domain, not where a version of the API puts them into its bodies: see [Error.Render].
type Error struct {
	Code       Code
	Complaints []Complaint // for the client; one at least
	Rule       string      // the source of the rule, in a mark that [Sources] explains; empty: it has none
	Remedy     string      // what would satisfy the rule; for the test author, not for the client; empty: nothing would
}

// Complaint says what is wrong, and with what.
type Complaint struct {
	// Field is the field as the vendor spells it: "ePassId". The parts of a field inside another, and the place in a
	// list, counted from 0, stand behind dots: "prebookingRequiredInfo.email", "allowedResources.0". It is empty when no
	// one field is at fault.
	Field string
	Text  string // what was expected, or what is the matter
}

// Refuse makes a refusal that speaks of no field. Arguments that are a [time.Time] are written as RFC 3339 in UTC.
func Refuse(code Code, format string, args ...any) *Error {
	return RefuseField(code, "", format, args...)
}

// RefuseField makes a refusal of what a field holds, see [Complaint]. It writes arguments as [Refuse] does.
func RefuseField(code Code, field, format string, args ...any) *Error {
	return RefuseAll(code, Complaint{Field: field, Text: text(format, args)})
}

// RefuseAll makes one refusal of many complaints.
func RefuseAll(code Code, complaints ...Complaint) *Error {
	return &Error{Code: code, Complaints: complaints}
}

// By names the source of the rule that refused, in a mark that [Sources] explains. It changes and returns e.
func (e *Error) By(source string) *Error { e.Rule = source; return e }

// Unless says what would satisfy the rule. It changes and returns e, and writes arguments as [Refuse] does.
func (e *Error) Unless(format string, args ...any) *Error {
	e.Remedy = text(format, args)
	return e
}

// Message returns all complaints, with fields as the vendor spells them.
func (e *Error) Message() string {
	return e.Render(func(field string) string { return field })
}

// Render returns all complaints, with each field as place writes it: a version of the API turns "prebookingToken" into
// the place that it has in its own body.
func (e *Error) Render(place func(field string) string) string {
	return strings.Join(e.Texts(place), "; ")
}

// Texts are the complaints, each as [Error.Render] writes it.
func (e *Error) Texts(place func(field string) string) []string {
	texts := make([]string, len(e.Complaints))
	for i, c := range e.Complaints {
		if texts[i] = c.Text; c.Field != "" {
			texts[i] = place(c.Field) + ": " + c.Text
		}
	}
	return texts
}

// Error returns the symbol and the message.
func (e *Error) Error() string { return string(e.Code) + ": " + e.Message() }

// Explain says which rule refused and what would satisfy it. A note is added, if there is one.
func (e *Error) Explain(note string) string {
	parts := []string{string(e.Code)}
	if e.Rule != "" {
		parts = append(parts, "rule "+e.Rule)
	}
	if e.Remedy != "" {
		parts = append(parts, "satisfied by "+e.Remedy)
	}
	if note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, "; ")
}

// text formats as [fmt.Sprintf] does, but for instants, which are RFC 3339, and for lists, which are not written as Go
// does.
func text(format string, args []any) string {
	words := make([]any, len(args))
	for i, arg := range args {
		words[i] = arg
		if t, ok := arg.(time.Time); ok {
			words[i] = t.UTC().Format(time.RFC3339)
		} else if list := reflect.ValueOf(arg); list.Kind() == reflect.Slice {
			items := make([]string, list.Len())
			for n := range items {
				items[n] = fmt.Sprint(list.Index(n))
			}
			words[i] = strings.Join(items, ", ")
		}
	}
	return fmt.Sprintf(format, words...)
}
