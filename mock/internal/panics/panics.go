// Package panics owns what becomes of a panic in what others were asked to do: it is an error, and stops nobody else.
package panics

import (
	"fmt"
	"runtime/debug"
)

// Caught calls what may panic. Then the error says how, with the stack; nil: it returned.
func Caught(call func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	call()
	return nil
}
