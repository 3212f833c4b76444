package symbols

import (
	"fmt"

	"dragonmock/mock/dragonpass"
)

// Row is one row of the error catalogue.
type Row struct {
	Symbol dragonpass.Code
	Status int
	Code   string
	Reach  []string
	When   string
}

// Check says what is wrong with a row, beginning with the member.
func (r Row) Check() error {
	switch {
	case r.Status < 400 || r.Status > 599:
		return fmt.Errorf("status: expected 400 to 599 for %s, got %d", r.Symbol, r.Status)
	case r.Code == "":
		return fmt.Errorf("code: %s has none", r.Symbol)
	}
	return nil
}
