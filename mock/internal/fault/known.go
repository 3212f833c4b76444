package fault

import "dragonmock/mock/internal/directory"

// Known are the names that rules may use. What is nil lets any name pass.
type Known struct {
	Operations *directory.Directory
	Callbacks  []string                        // those of them that are the sending of an event, whose answer is the client's
	Errors     []string                        // symbols of the error catalogue
	Status     func(symbol string) int         // the HTTP status of a refusal, 0 for none such; nil: nobody knows
	IDs        func(parameter string) []string // what a path parameter may be; nil: anything
}
