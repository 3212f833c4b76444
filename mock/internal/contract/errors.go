package contract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"go.yaml.in/yaml/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/bom"
	"dragonmock/mock/internal/nearest"
)

// ErrorRow is one row of the error catalogue.
type ErrorRow struct {
	Symbol dragonpass.Code `yaml:"symbol"`
	Status int             `yaml:"status"`
	Code   string          `yaml:"code"`
	Reach  []string        `yaml:"reach"`
	When   string          `yaml:"when"`
}

// Check says what is wrong with a row, beginning with the member.
func (r ErrorRow) Check() error {
	switch {
	case r.Status < 400 || r.Status > 599:
		return fmt.Errorf("status: expected 400 to 599 for %s, got %d", r.Symbol, r.Status)
	case r.Code == "":
		return fmt.Errorf("code: %s has none", r.Symbol)
	}
	return nil
}

// Errors is the error catalogue: the one table that turns symbols into HTTP statuses and dotted codes. It is
// immutable.
type Errors struct {
	rows map[dragonpass.Code]ErrorRow
}

// LoadErrors reads an error catalogue.
func LoadErrors(data []byte) (*Errors, error) {
	rows, err := ReadErrors(data)
	return &Errors{rows}, err
}

// With is the catalogue with the rows of another file in place of its own. A symbol that it does not have is an error.
func (e *Errors) With(data []byte) (*Errors, error) {
	rows, err := ReadErrors(data)
	if err != nil {
		return nil, err
	}
	merged := maps.Clone(e.rows)
	for symbol, row := range rows {
		if _, ok := merged[symbol]; !ok {
			return nil, fmt.Errorf("errors: symbol %s is unknown%s", symbol, nearest.DidYouMean(string(symbol), e.Symbols()))
		}
		merged[symbol] = row
	}
	return &Errors{merged}, nil
}

// ReadErrors reads the rows of an error catalogue by their symbols.
func ReadErrors(data []byte) (map[dragonpass.Code]ErrorRow, error) {
	var file struct {
		Errors []ErrorRow `yaml:"errors"`
	}
	d := yaml.NewDecoder(bytes.NewReader(bom.Skip(data)))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("errors: %w", err)
	}
	if err := d.Decode(new(any)); !errors.Is(err, io.EOF) {
		return nil, errors.New("errors: expected one document, there is something behind it")
	}
	rows := map[dragonpass.Code]ErrorRow{}
	for i, row := range file.Errors {
		if _, twice := rows[row.Symbol]; twice {
			return nil, fmt.Errorf("errors/%d/symbol: %s is there twice", i, row.Symbol)
		}
		if err := row.Check(); err != nil {
			return nil, fmt.Errorf("errors/%d/%w", i, err)
		}
		rows[row.Symbol] = row
	}
	return rows, nil
}

// Row finds the row of a symbol; an unknown symbol is an INTERNAL_ERROR.
func (e *Errors) Row(symbol dragonpass.Code) ErrorRow {
	if row, ok := e.rows[symbol]; ok {
		return row
	}
	return e.rows[dragonpass.InternalError]
}

// Own is a reach: the symbol is the control plane's own. Its code is the symbol, and the vendor does not have it.
const Own = "control"

// VendorSymbols returns every symbol but the control plane's own, sorted.
func (e *Errors) VendorSymbols() []string {
	return slices.DeleteFunc(e.Symbols(), func(symbol string) bool {
		return slices.Contains(e.rows[dragonpass.Code(symbol)].Reach, Own)
	})
}

// Symbols returns every symbol, sorted.
func (e *Errors) Symbols() []string {
	var symbols []string
	for symbol := range e.rows {
		symbols = append(symbols, string(symbol))
	}
	slices.Sort(symbols)
	return symbols
}

// Rows returns every row, sorted by symbol.
func (e *Errors) Rows() []ErrorRow {
	var rows []ErrorRow
	for _, symbol := range e.Symbols() {
		rows = append(rows, e.rows[dragonpass.Code(symbol)])
	}
	return rows
}
