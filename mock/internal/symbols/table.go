package symbols

import (
	"maps"
	"slices"
	"sync"

	"dragonmock/mock/dragonpass"
)

// Table is the error catalogue: the one table that turns symbols into HTTP statuses and dotted codes. It is
// immutable.
type Table struct {
	rows func() map[dragonpass.Code]Row
}

// Load reads an error catalogue. Errors are those of [Read].
func Load(data []byte) (*Table, error) {
	rows, err := Read("errors.yaml", data, nil)
	if err != nil {
		return nil, err
	}
	return of(rows), nil
}

// Open is an error catalogue that is read when it is first asked for a row. What is wrong with it is a panic: a test says that
// nothing is.
func Open(data func() ([]byte, error)) *Table {
	return &Table{sync.OnceValue(func() map[dragonpass.Code]Row {
		text, err := data()
		if err != nil {
			panic(err)
		}
		table, err := Load(text)
		if err != nil {
			panic(err)
		}
		return table.rows()
	})}
}

func of(rows map[dragonpass.Code]Row) *Table {
	return &Table{func() map[dragonpass.Code]Row { return rows }}
}

// With is the catalogue with the rows of another file in place of its own. A symbol that it does not have is an error.
func (e *Table) With(path string, data []byte) (*Table, error) {
	rows, err := Read(path, data, e.Symbols())
	if err != nil {
		return nil, err
	}
	merged := maps.Clone(e.rows())
	maps.Copy(merged, rows)
	return of(merged), nil
}

// Row finds the row of a symbol; an unknown symbol is an INTERNAL_ERROR.
func (e *Table) Row(symbol dragonpass.Code) Row {
	if row, ok := e.rows()[symbol]; ok {
		return row
	}
	return e.rows()[dragonpass.InternalError]
}

// Own is a reach: the symbol is the control plane's own. Its code is the symbol, and the vendor does not have it.
const Own = "control"

// VendorSymbols returns every symbol but the control plane's own, sorted.
func (e *Table) VendorSymbols() []string {
	return slices.DeleteFunc(e.Symbols(), func(symbol string) bool {
		return slices.Contains(e.rows()[dragonpass.Code(symbol)].Reach, Own)
	})
}

// Symbols returns every symbol, sorted.
func (e *Table) Symbols() []string {
	var symbols []string
	for symbol := range e.rows() {
		symbols = append(symbols, string(symbol))
	}
	slices.Sort(symbols)
	return symbols
}

// Rows returns every row, sorted by symbol.
func (e *Table) Rows() []Row {
	var rows []Row
	for _, symbol := range e.Symbols() {
		rows = append(rows, e.rows()[dragonpass.Code(symbol)])
	}
	return rows
}
