// Package fidelity owns how sure the mock is of each operation, as people and programs read it: the documents and the
// register of assumptions, counted.
package fidelity

import (
	"cmp"
	"fmt"
	"slices"

	marks "dragonmock/mock/internal/fidelity"
	"dragonmock/mock/internal/server"
	"dragonmock/openapi"
)

// Report says how sure each operation of the vendor's surfaces is.
type Report struct {
	Operations  []Operation `json:"operations"` // by path, then method, then version
	Totals      Totals      `json:"totals"`
	Assumptions Assumptions `json:"assumptions"`
}

// Operation says how sure one operation is.
type Operation struct {
	ID       string `json:"id"`
	Version  string `json:"version"` // v1 or v2
	Method   string `json:"method"`
	Path     string `json:"path"`
	Fidelity string `json:"fidelity"`         // documented, observed, second-hand or assumed
	Source   string `json:"source,omitempty"` // the pages it was seen on
	// Assumptions are the numbers, in the register, of what the operation and its bodies and parameters rest on.
	Assumptions []string `json:"assumptions"`
}

// Totals counts operations by their mark, from the surest to the least sure.
type Totals struct {
	Documented int `json:"documented"`
	Observed   int `json:"observed"`
	SecondHand int `json:"second-hand"`
	Assumed    int `json:"assumed"`
}

// Assumptions counts the register of assumptions. Planned ones belong to surfaces that are not built yet.
type Assumptions struct {
	Coded   int `json:"coded"`
	Planned int `json:"planned"`
}

// Common returns the assumptions that every operation rests on.
func (r Report) Common() []string {
	if len(r.Operations) == 0 {
		return nil
	}
	common := slices.Clone(r.Operations[0].Assumptions)
	for _, op := range r.Operations[1:] {
		common = slices.DeleteFunc(common, func(number string) bool { return !slices.Contains(op.Assumptions, number) })
	}
	return common
}

// Read reads from the shipped OpenAPI documents and register how sure each operation is. Errors name the file and
// what is wrong in it.
func Read() (Report, error) {
	var r Report
	for _, v := range server.Load().Versions {
		counts, err := marks.CountMarks(v.Document.Operations())
		if err != nil {
			return r, fmt.Errorf("%s: %w", v.Name, err)
		}
		r.Totals.Documented += counts[marks.Documented]
		r.Totals.Observed += counts[marks.Observed]
		r.Totals.SecondHand += counts[marks.SecondHand]
		r.Totals.Assumed += counts[marks.Assumed]
		for _, op := range v.Document.Operations() {
			r.Operations = append(r.Operations, Operation{
				ID: op.ID, Version: v.Name, Method: op.Method, Path: op.Path, Fidelity: op.Fidelity, Source: op.Source,
				Assumptions: slices.Clone(op.Assumptions),
			})
		}
	}
	slices.SortFunc(r.Operations, func(a, b Operation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method), cmp.Compare(a.Version, b.Version))
	})
	data, err := openapi.Files.ReadFile(openapi.Assumptions)
	if err != nil {
		return r, err
	}
	register, err := marks.LoadAssumptions(data)
	if err != nil {
		return r, fmt.Errorf("%s: %w", openapi.Assumptions, err)
	}
	statuses := marks.CountStatuses(register)
	r.Assumptions = Assumptions{Coded: statuses[marks.Coded], Planned: statuses[marks.Planned]}
	return r, nil
}
