package main

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/cmd/dragonmock/internal/commandline"
	"dragonmock/mock/files"
)

// scenarios lists the shipped scenarios, a line each.
type scenarios struct {
	JSON bool `help:"For programs."`
}

// scenario is a scenario for programs, with the members that the control plane has.
type scenario struct {
	Name        string `json:"name"`
	Shows       string `json:"shows"`
	Description string `json:"description,omitzero"`
	Steps       int    `json:"steps"`
}

func (s scenarios) Run(*commandline.Line) error { return s.write(os.Stdout) }

func (s scenarios) write(w io.Writer) error {
	shipped, err := files.Shipped()
	if err != nil {
		return err
	}
	if s.JSON {
		list := make([]scenario, len(shipped))
		for i, one := range shipped {
			list[i] = scenario(one)
		}
		if err := json.MarshalWrite(w, map[string]any{"scenarios": list}, jsontext.WithIndent("  ")); err != nil {
			return err
		}
		_, err = fmt.Fprintln(w)
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, one := range shipped {
		fmt.Fprintf(table, "%s\t%s\n", one.Name, one.Shows)
	}
	return table.Flush()
}

// schema prints the JSON Schema of scenario files, for editors.
type schema struct{}

func (schema) Run(*commandline.Line) error {
	_, err := os.Stdout.Write(files.Schema())
	return err
}
