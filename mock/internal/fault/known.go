package fault

import (
	"slices"

	"dragonmock/mock/internal/directory"
)

// Known are the names that rules may use. What is nil lets any name pass.
type Known struct {
	Operations *directory.Directory
	Callback   string                          // that of them that is the sending of a callback of v1, whose answer is the client's
	Events     []string                        // those of them that are the sending of an event of v2, which is signed
	Errors     func() []string                 // symbols of the error catalogue, see [Known.Symbols]
	Status     func(symbol string) int         // the HTTP status of a refusal, 0 for none such; nil: nobody knows
	IDs        func(parameter string) []string // what a path parameter may be; nil: anything
}

// Sends says whether an operation is the sending of a callback or of an event.
func (k Known) Sends(operation string) bool {
	return operation == k.Callback || slices.Contains(k.Events, operation)
}

// Symbols are those of the error catalogue; nil: any.
func (k Known) Symbols() []string {
	if k.Errors == nil {
		return nil
	}
	return k.Errors()
}
