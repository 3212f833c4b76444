package main

import (
	"fmt"
	"math"
)

// limit is what a figure must keep: a bound of its ratio, or of its value alone. Nothing is asked where both are 0.
type limit struct {
	least, most float64
	value       bool // the value is meant, in the unit of the figure
}

// The budgets.
var (
	binaryBudget = limit{most: 20, value: true} // MB
	idleBudget   = limit{most: 20, value: true} // MB

	// The aim beside bare Echo is 1.6. Its libraries alone cost the mock more, before main runs: kin-openapi imports a JSON
	// Schema library that compiles the schemas of schemas in 8 ms. Beside an Echo that has them too the aim is held.
	readyBudget           = limit{most: 5.5}
	besideLibrariesBudget = limit{most: 1.6}

	throughputBudget = limit{least: 0.6}

	manyWorldsBudget = limit{least: 0.95}          // as much as one, but for what the same measure differs by
	pacedBudget      = limit{most: 5, value: true} // ms, the 99th percentile

	firstInProcessBudget = limit{most: 25, value: true} // ms
	laterInProcessBudget = limit{most: 1, value: true}  // ms

	afterMillionBudget = limit{most: 60, value: true}    // MB
	bytesAnOrderBudget = limit{most: 1_000, value: true} // bytes

	stateTimeBudget   = limit{most: 3, value: true}   // s
	stateMemoryBudget = limit{most: 400, value: true} // MB

	// The exponents of growth.
	wholeBudget = limit{most: 1.1, value: true} // of what goes over the whole world
	rowBudget   = limit{most: 0.2, value: true} // of what touches one row
)

func (l limit) none() bool { return l.least == 0 && l.most == 0 }

func (l limit) holds(v float64) bool {
	return !math.IsNaN(v) && (l.least == 0 || v >= l.least) && (l.most == 0 || v <= l.most)
}

// String is empty for a limit that asks nothing.
func (l limit) String() string {
	switch {
	case l.least > 0:
		return fmt.Sprintf("at least %g", l.least)
	case l.most > 0:
		return fmt.Sprintf("at most %g", l.most)
	}
	return ""
}
