package control

import "github.com/go-json-experiment/json/jsontext"

// Report is what came of a scenario that was played.
type Report struct {
	Name    string       `json:"name"`
	Outcome string       `json:"outcome"` // held, failed or skipped
	Reason  string       `json:"reason"`  // why it was skipped, or failed outside its steps
	Steps   []StepReport `json:"steps"`
}

// StepReport is what came of one step.
type StepReport struct {
	Name     string   `json:"name"`
	Outcome  string   `json:"outcome"`
	Problems []string `json:"problems"`
	Sent     string   `json:"sent"`
	Came     string   `json:"came"`
	Diff     string   `json:"diff"`
}

// named is a scenario by its name, or whole.
type named struct {
	Scenario jsontext.Value `json:"scenario"`
}

func playScenario(p *Plane, c *call, r named) (any, error) { return p.Play(c.ctx, r.Scenario) }

func validateScenario(p *Plane, _ *call, r named) (any, error) {
	return struct{}{}, p.Check(r.Scenario)
}
