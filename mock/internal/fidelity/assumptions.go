package fidelity

import (
	"bytes"
	"fmt"
	"regexp"

	"go.yaml.in/yaml/v4"
)

// Assumption is one row of the register: what we hold to be so without having seen it.
type Assumption struct {
	Number  string           `yaml:"number"`
	Claim   string           `yaml:"claim"`
	Surface string           `yaml:"surface"` // v1, v2 or both
	Status  AssumptionStatus `yaml:"status"`
	Where   string           `yaml:"where"` // the file in which it would be changed; empty while planned
	Ask     string           `yaml:"ask"`   // how to ask the vendor's sandbox
}

// AssumptionStatus says how far an assumption has come.
type AssumptionStatus string

// The statuses.
const (
	Coded   AssumptionStatus = "coded"
	Planned AssumptionStatus = "planned" // for a surface that is not built yet
)

var assumptionNumber = regexp.MustCompile(`^A-\d{3}$`)

// LoadAssumptions reads the register of assumptions.
func LoadAssumptions(data []byte) ([]Assumption, error) {
	var file struct {
		Assumptions []Assumption `yaml:"assumptions"`
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("assumptions: %w", err)
	}
	seen := map[string]bool{}
	for i, row := range file.Assumptions {
		switch {
		case !assumptionNumber.MatchString(row.Number):
			return nil, fmt.Errorf("assumptions/%d/number: expected A and three digits, such as A-001, got %q", i, row.Number)
		case seen[row.Number]:
			return nil, fmt.Errorf("assumptions/%d/number: %s is there twice", i, row.Number)
		case row.Status != Coded && row.Status != Planned:
			return nil, fmt.Errorf("assumptions/%d/status: expected coded or planned for %s, got %q", i, row.Number, row.Status)
		}
		seen[row.Number] = true
	}
	return file.Assumptions, nil
}
