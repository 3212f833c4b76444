package author

import (
	"errors"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/injection"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/world"
)

// ListFaults lists the fault rules of a world, in their order.
func ListFaults(tx *world.Tx, _ struct{}) ([]fault.Status, error) { return injection.List(tx), nil }

// ReplaceFaults puts rules in the place of all that there are, and returns all. Errors: INVALID_REQUEST that names every
// member that is wrong.
func ReplaceFaults(tx *world.Tx, rules []fault.Rule) ([]fault.Status, error) {
	replaced, err := injection.Replace(tx, rules...)
	return replaced, RefuseFaults(err)
}

// AddFaults adds rules behind those that there are, and returns the new ones. Errors as [ReplaceFaults].
func AddFaults(tx *world.Tx, rules []fault.Rule) ([]fault.Status, error) {
	added, err := injection.Add(tx, rules...)
	return added, RefuseFaults(err)
}

// RemoveFault takes a rule away. Errors: VALUE_NOT_FOUND.
func RemoveFault(tx *world.Tx, id string) (struct{}, error) {
	if !injection.Remove(tx, id) {
		var ids []string
		for _, s := range injection.List(tx) {
			ids = append(ids, s.ID)
		}
		return struct{}{}, dragonpass.RefuseField(dragonpass.ValueNotFound, "faultId", "no fault rule %s%s", id, nearest.DidYouMean(id, ids))
	}
	return struct{}{}, nil
}

// RefuseFaults makes a refusal of what is wrong with rules: all of it.
func RefuseFaults(err error) error {
	wrong, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	complaints := make([]dragonpass.Complaint, len(wrong.Problems))
	for i, p := range wrong.Problems {
		complaints[i] = dragonpass.Complaint{Text: strings.TrimPrefix(string(p.Pointer)+": "+p.Message, ": ")}
	}
	return dragonpass.RefuseAll(dragonpass.InvalidRequest, complaints...)
}
