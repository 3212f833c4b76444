package scenario_test

import (
	"errors"
	"io/fs"
	"testing"

	"dragonmock/mock/internal/scenario"
	"dragonmock/scenarios"
)

// FuzzParse reads whatever there is: a file, or an error that says what is wrong with it.
func FuzzParse(f *testing.F) {
	loader, err := scenario.NewLoader(scenarios.Schema)
	if err != nil {
		f.Fatal(err)
	}
	shipped, err := fs.Glob(scenarios.Files, "*.yaml")
	if err != nil || len(shipped) == 0 {
		f.Fatal("no scenarios", err)
	}
	for _, name := range shipped {
		data, err := scenarios.Files.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	player := &scenario.Player{Operations: []scenario.Operation{{ID: "cancelOrder", Method: "PATCH", Path: "/orders", Version: "v1"}}}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := loader.Parse("file.yaml", data)
		says(t, err)
		if err != nil {
			return
		}
		if file.Name == "" || len(file.Given.World) == 0 || len(file.Faults) == 0 {
			t.Fatalf("read without an error, but not whole: %+v", file)
		}
		says(t, player.Check(file))
	})
}

// says holds that an error names what is wrong.
func says(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var wrong *scenario.Error
	if !errors.As(err, &wrong) || len(wrong.Problems) == 0 {
		t.Fatalf("%T says nothing of the file: %v", err, err)
	}
	for _, p := range wrong.Problems {
		if p.Message == "" || p.Line < 0 || p.Column < 0 {
			t.Fatalf("a problem without a message, or nowhere: %+v", p)
		}
	}
}
