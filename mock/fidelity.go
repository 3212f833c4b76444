package mock

import (
	"cmp"
	"fmt"
	"slices"

	"dragonmock/mock/internal/contract"
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

// Common answers the assumptions that every operation rests on.
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

// Fidelity reads from the shipped OpenAPI document and register how sure each operation is.
func Fidelity() (FidelityReport, error) {
	var r FidelityReport
	parts, err := load()
	if err != nil {
		return r, err
	}
	for _, v := range parts.versions {
		for _, op := range v.Document.Operations() {
			if err := r.Totals.count(op.Fidelity); err != nil {
				return r, fmt.Errorf("%s: %s: %w", v.Name, op.ID, err)
			}
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
	register, err := contract.LoadAssumptions(data)
	if err != nil {
		return r, fmt.Errorf("%s: %w", openapi.Assumptions, err)
	}
	for _, row := range register {
		if row.Status == contract.Planned {
			r.Assumptions.Planned++
		} else {
			r.Assumptions.Coded++
		}
	}
	return r, nil
}

func (t *FidelityTotals) count(mark string) error {
	switch mark {
	case "documented":
		t.Documented++
	case "observed":
		t.Observed++
	case "second-hand":
		t.SecondHand++
	case "assumed":
		t.Assumed++
	default:
		return fmt.Errorf("x-fidelity: expected documented, observed, second-hand or assumed, got %q", mark)
	}
	return nil
}
