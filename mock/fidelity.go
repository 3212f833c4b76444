package mock

import (
	"cmp"
	"fmt"
	"slices"

	"dragonmock/mock/internal/fidelity"
	"dragonmock/mock/internal/server"
	"dragonmock/openapi"
)

// FidelityReport says how sure each operation of the vendor's surface is.
type FidelityReport struct {
	Operations  []OperationFidelity `json:"operations"` // by path, then method
	Totals      FidelityTotals      `json:"totals"`
	Assumptions AssumptionTotals    `json:"assumptions"`
}

// OperationFidelity says how sure one operation is.
type OperationFidelity struct {
	ID       string `json:"id"`
	Method   string `json:"method"`
	Path     string `json:"path"`
	Fidelity string `json:"fidelity"`         // documented, observed, second-hand or assumed
	Source   string `json:"source,omitempty"` // the pages it was seen on
	// Assumptions are the numbers, in the register, of what the operation and its bodies and parameters rest on.
	Assumptions []string `json:"assumptions"`
}

// FidelityTotals counts operations by their mark, from the surest to the least sure.
type FidelityTotals struct {
	Documented int `json:"documented"`
	Observed   int `json:"observed"`
	SecondHand int `json:"second-hand"`
	Assumed    int `json:"assumed"`
}

// AssumptionTotals counts the register of assumptions. Planned ones belong to surfaces that are not built yet.
type AssumptionTotals struct {
	Coded   int `json:"coded"`
	Planned int `json:"planned"`
}

// Common returns the assumptions that every operation rests on.
func (r FidelityReport) Common() []string {
	if len(r.Operations) == 0 {
		return nil
	}
	common := slices.Clone(r.Operations[0].Assumptions)
	for _, op := range r.Operations[1:] {
		common = slices.DeleteFunc(common, func(number string) bool { return !slices.Contains(op.Assumptions, number) })
	}
	return common
}

// Fidelity reads from the shipped OpenAPI documents and register how sure each operation is. Errors name the file and
// what is wrong in it.
func Fidelity() (FidelityReport, error) {
	var r FidelityReport
	shipped, err := server.Load()
	if err != nil {
		return r, err
	}
	for _, v := range shipped.Versions {
		marks, err := fidelity.CountMarks(v.Document.Operations())
		if err != nil {
			return r, fmt.Errorf("%s: %w", v.Name, err)
		}
		r.Totals.Documented += marks[fidelity.Documented]
		r.Totals.Observed += marks[fidelity.Observed]
		r.Totals.SecondHand += marks[fidelity.SecondHand]
		r.Totals.Assumed += marks[fidelity.Assumed]
		for _, op := range v.Document.Operations() {
			r.Operations = append(r.Operations, OperationFidelity{
				ID: op.ID, Method: op.Method, Path: op.Path, Fidelity: op.Fidelity, Source: op.Source,
				Assumptions: slices.Clone(op.Assumptions),
			})
		}
	}
	slices.SortFunc(r.Operations, func(a, b OperationFidelity) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	data, err := openapi.Files.ReadFile(openapi.Assumptions)
	if err != nil {
		return r, err
	}
	register, err := fidelity.LoadAssumptions(data)
	if err != nil {
		return r, fmt.Errorf("%s: %w", openapi.Assumptions, err)
	}
	statuses := fidelity.CountStatuses(register)
	r.Assumptions = AssumptionTotals{Coded: statuses[fidelity.Coded], Planned: statuses[fidelity.Planned]}
	return r, nil
}
