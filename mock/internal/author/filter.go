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
	among("symbol", f.Symbol, known.Errors)
	among("origin", f.Origin, origins)
	complain("method", checkMethod(f))
	switch s := f.Status; {
	case s != 0 && f.Dropped:
		complain("status", errors.New("what was dropped has none"))
	case s != 0 && (s < http.StatusOK || s > 599):
		complain("status", errors.New("expected a status from 200 to 599"))
	}
	if last := w.Journal().Last(); f.Since > last {
		complain("since", errors.New("the journal has no such entry, its newest is "+strconv.FormatUint(last, 10)))
	}
	if f.Limit < 0 {
		complain("limit", errors.New("expected 1 or more"))
	}
	if len(wrong) > 0 {
		return f, dragonpass.RefuseAll(dragonpass.InvalidRequest, wrong...)
	}
	f.PathPrefix = known.Operations.WithoutBase(f.PathPrefix)
	return f, nil
}

func checkOperation(known fault.Known, f journal.Filter) error {
	switch {
	case f.Operation == "" || known.Operations == nil:
		return nil
	case f.Operation == known.Callback:
		return errors.New("callbacks are not what clients sent: the events of the world tell of them")
	case f.Unmatched:
		return errors.New("expected it without unmatched: those calls have none")
	}
	target, err := known.Operations.Target(f.Operation)
	if err != nil {
		return err
	}
	op := known.Operations.Meant(target)[0]
	if f.Method != "" && !strings.EqualFold(f.Method, op.Method) {
		return errors.New("its method is " + op.Method)
	}
	return nil
}

// checkMethod lets any token pass of calls that no operation matched, as [checkPath] does any path.
func checkMethod(f journal.Filter) error {
	switch {
	case f.Method == "":
		return nil
	case f.Unmatched && directory.IsToken(f.Method):
		return nil
	case f.Unmatched:
		return errors.New("expected a method: letters, digits and none of the signs that divide")
	}
	err := directory.CheckMethod(strings.ToUpper(f.Method))
	if err != nil && directory.IsToken(f.Method) {
		return errors.New(err.Error() + "; with unmatched, any method may be looked for")
	}
	return err
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
