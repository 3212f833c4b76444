package author

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/directory"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/world"
)

// origins are all that an answer can have.
var origins = []string{envelope.Vendor, envelope.Fault, envelope.Contract, envelope.Mock}

// choose judges a filter, since one that names what there is not chooses nothing, and that looks as if nothing had been
// called. It returns the filter with a path as the journal compares it: without a base. Errors: INVALID_REQUEST that
// names every member that is wrong.
func choose(w *world.World, f journal.Filter) (journal.Filter, error) {
	known := w.FaultNames()
	var wrong []dragonpass.Complaint
	complain := func(field string, err error) {
		if err != nil {
			wrong = append(wrong, dragonpass.Complaint{Field: field, Text: err.Error()})
		}
	}
	among := func(field, word string, list []string) {
		if word != "" && list != nil && !slices.Contains(list, word) {
			complain(field, errors.New("unknown "+field+nearest.DidYouMean(word, list)))
		}
	}
	complain("operation", checkOperation(known, f))
	complain("path", checkPath(known.Operations, f))
	among("symbol", f.Symbol, known.Symbols())
	among("origin", f.Origin, origins)
	complain("method", checkMethod(known.Operations, f))
	complain("status", checkStatus(w, f))
	complain("origin", checkOrigin(f))
	if last := w.Journal().Last(); f.Since > last {
		complain("since", errors.New("the journal has no such entry, its newest is "+strconv.FormatUint(last, 10)))
	}
	if f.Limit < 0 {
		complain("limit", errors.New("expected 1 or more"))
	}
	if len(wrong) > 0 {
		return f, dragonpass.RefuseAll(dragonpass.InvalidRequest, wrong...)
	}
	f.PathPrefix, f.Bases = known.Operations.WithoutBase(f.PathPrefix)
	return f, nil
}

func checkOperation(known fault.Known, f journal.Filter) error {
	switch {
	case f.Operation == "" || known.Operations == nil:
		return nil
	case known.Sends(f.Operation):
		return errors.New("callbacks are not what clients sent: the events of the world tell of them")
	case f.Unmatched:
		return errors.New("expected it without unmatched: those calls have none")
	}
	return known.Operations.CheckOneOperation(f.Operation)
}

// checkMethod lets any token pass of calls that no operation matched, as [checkPath] does any path.
func checkMethod(known *directory.Directory, f journal.Filter) error {
	switch {
	case f.Method == "":
		return nil
	case f.Unmatched && directory.IsToken(f.Method):
		return nil
	case f.Unmatched:
		return errors.New("expected a method: letters, digits and none of the signs that divide")
	case known == nil || known.CheckOneOperation(f.Operation) != nil && f.Operation != "" || checkPath(known, f) != nil:
		return directory.CheckMethod(strings.ToUpper(f.Method)) // the rest is said of them
	}
	err := known.CheckMethod(f.Operation, strings.ToUpper(f.Method), f.PathPrefix)
	if err != nil && f.Operation == "" && directory.IsToken(f.Method) {
		return errors.New(err.Error() + "; with unmatched, any method may be looked for")
	}
	return err
}

// checkStatus says what is wrong with a status that no answer has, or none that the rest of the filter chooses.
func checkStatus(w *world.World, f journal.Filter) error {
	refusal := f.Status >= http.StatusBadRequest
	switch {
	case f.Dropped && f.Status != 0:
		return errors.New("what was dropped has none")
	case f.Dropped && f.Unmatched:
		return errors.New("expected it without unmatched: those calls are not dropped")
	case f.Status == 0:
		return nil
	case f.Status < http.StatusOK || f.Status > 599:
		return errors.New("expected a status from 200 to 599")
	case f.Unmatched && !refusal:
		return errors.New("expected one of a refusal, from 400: calls that no operation matched are refused")
	case (f.Origin == envelope.Contract || f.Origin == envelope.Mock) && !refusal:
		return errors.New("expected one of a refusal, from 400: " + f.Origin + " is the origin of refusals alone")
	case !slices.Contains(w.FaultNames().Symbols(), f.Symbol):
		return nil
	}
	if of := statusOf(w, f.Symbol); of != 0 && f.Status != of {
		return errors.New(f.Symbol + " has the status " + strconv.Itoa(of))
	}
	return nil
}

// statusOf is the status of a refusal, as the world has it; 0 when it has none such.
func statusOf(w *world.World, symbol string) int {
	if row, ok := w.Error(dragonpass.Code(symbol)); ok {
		return row.Status
	}
	if status := w.FaultNames().Status; status != nil {
		return status(symbol)
	}
	return 0
}

// checkOrigin says what is wrong with an origin that nothing has of what the rest of the filter chooses. A fault rule may
// refuse with any symbol, and what broke on our side has the origin contract when an answer was to blame.
func checkOrigin(f journal.Filter) error {
	if f.Origin == "" {
		return nil
	}
	of := envelope.OriginOf(dragonpass.Code(f.Symbol))
	switch {
	case f.Dropped && f.Origin != envelope.Fault:
		return errors.New("what was dropped has the origin fault")
	case f.Unmatched && (f.Origin == envelope.Vendor || f.Origin == envelope.Fault):
		return errors.New("calls that no operation matched have the origin mock, or contract")
	case f.Symbol != "" && f.Symbol != string(dragonpass.InternalError) && f.Origin != envelope.Fault && f.Origin != of:
		return errors.New(f.Symbol + " has the origin " + of + ", or fault")
	}
	return nil
}

// checkPath lets any path pass of calls that no operation matched: what they are looked for by is no name of ours.
func checkPath(known *directory.Directory, f journal.Filter) error {
	if f.PathPrefix == "" || f.Unmatched || known == nil {
		return nil
	}
	err := known.CheckPrefix(f.Operation, f.PathPrefix)
	if err != nil && f.Operation == "" {
		return errors.New(err.Error() + "; with unmatched, any path may be looked for")
	}
	return err
}
