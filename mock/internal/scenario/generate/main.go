// Command generate puts the names that scenario files may use into their schema, so that editors complete them: it reads
// them where they are published.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/fidelity"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/scenario"
	"dragonmock/mock/internal/symbols"
	"dragonmock/openapi"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(path string) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	filled, err := fill(old)
	if err != nil || bytes.Equal(old, filled) {
		return err
	}
	return os.WriteFile(path, filled, 0o644)
}

// definition is a schema of names. Editors show what the names mean.
type definition struct {
	Description string   `json:"description"`
	Comment     string   `json:"$comment"`
	Type        string   `json:"type"`
	MinLength   int      `json:"minLength,omitempty"`
	MaxLength   int      `json:"maxLength,omitempty"`
	Pattern     string   `json:"pattern,omitempty"`
	Names       []string `json:"enum"`
	Meanings    []string `json:"enumDescriptions"`
}

// add adds a name, unless it is there: versions share most of them.
func (d *definition) add(name, meaning string) {
	if !slices.Contains(d.Names, name) {
		d.Names, d.Meanings = append(d.Names, name), append(d.Meanings, meaning)
	}
}

const made = "Made by go generate ./..."

// fill puts the definitions of names into the schema, in place of those that there are.
func fill(schema []byte) ([]byte, error) {
	all, err := definitions()
	if err != nil {
		return nil, err
	}
	for name, d := range all {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("    ", "  ")
		if err := e.Encode(d); err != nil {
			return nil, err
		}
		place := regexp.MustCompile(`(?s)\n    "` + name + `": \{(\}|.*?\n    \})`)
		if len(place.FindAll(schema, -1)) != 1 {
			return nil, fmt.Errorf("the schema has no place for $defs/%s", name)
		}
		schema = place.ReplaceAllLiteral(schema, fmt.Appendf(nil, "\n    %q: %s", name, bytes.TrimSpace(b.Bytes())))
	}
	return schema, nil
}

// definitions are the names that a file may use, by their definition.
func definitions() (map[string]*definition, error) {
	all := map[string]*definition{
		"operation":    {Description: "An operationId of the vendor's API.", Comment: scenario.NamesJudged, Pattern: `^[A-Za-z]\w*$`},
		"version":      {Description: "The version of the vendor's API that is called. A step speaks that of its file, and a file v1, unless they say otherwise.", Comment: scenario.NamesJudged},
		"target":       {Description: "An operationId, callback, an event of v2, or *.", Comment: scenario.NamesJudged, MinLength: 1, MaxLength: 200},
		"symbol":       {Description: "A symbol of the error catalogue.", Comment: scenario.NamesJudged, Pattern: `^[A-Z][A-Z0-9_]*$`},
		"vendorSymbol": {Description: "A symbol of the error catalogue that the vendor refuses with.", Comment: scenario.NamesJudged, Pattern: `^[A-Z][A-Z0-9_]*$`},
		"assumption":   {Description: "A number of the register of assumptions: A-046.", Comment: made},
		"venue":        {Description: "A test venue.", Comment: made},
	}
	all["target"].add("*", "every call")
	all["target"].add(outbox.Operation, "the sending of a callback")
	for _, event := range news.Kinds() {
		all["target"].add(string(event), "the sending of the event")
	}
	for _, version := range []struct{ name, file string }{{"v1", openapi.V1}, {"v2", openapi.V2}} {
		document, err := read(version.file, contract.Load)
		if err != nil {
			return nil, err
		}
		all["version"].add(version.name, version.file)
		for _, op := range document.Operations() {
			all["operation"].add(op.ID, op.Method+" "+op.Path)
			all["target"].add(op.ID, op.Method+" "+op.Path)
		}
	}
	table, err := read(openapi.Errors, symbols.Load)
	if err != nil {
		return nil, err
	}
	for _, row := range table.Rows() {
		all["symbol"].add(string(row.Symbol), fmt.Sprintf("%d: %s", row.Status, row.When))
	}
	for _, symbol := range table.VendorSymbols() {
		row := table.Row(dragonpass.Code(symbol))
		all["vendorSymbol"].add(string(row.Symbol), fmt.Sprintf("%d: %s", row.Status, row.When))
	}
	register, err := read(openapi.Assumptions, fidelity.LoadAssumptions)
	if err != nil {
		return nil, err
	}
	for _, a := range register {
		all["assumption"].add(a.Number, strings.Join(strings.Fields(a.Claim), " "))
	}
	venues, err := catalog.Load()
	if err != nil {
		return nil, err
	}
	for _, id := range venues.ResourceIDsOf(testHub) {
		venue, _ := venues.Resource(id)
		all["venue"].add(id, venue.Name)
	}
	for _, d := range all {
		d.Type = "string"
	}
	return all, nil
}

// testHub has the venues that always behave in one way.
const testHub = "A99999"

// read reads a published file.
func read[T any](name string, parse func([]byte) (T, error)) (T, error) {
	data, err := openapi.Files.ReadFile(name)
	if err != nil {
		var none T
		return none, err
	}
	return parse(data)
}
