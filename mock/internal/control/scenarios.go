package control

import (
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/dispatch"
)

// Report is what came of a scenario that was played.
type Report struct {
	Name    string       `json:"name"`
	Outcome string       `json:"outcome"`         // held, failed or skipped
	Reason  string       `json:"reason,omitzero"` // why it was skipped, or failed outside its steps
	Steps   []StepReport `json:"steps"`
}

// StepReport is what came of one step.
type StepReport struct {
	Name     string   `json:"name"`
	Outcome  string   `json:"outcome"`
	Problems []string `json:"problems"`
	Sent     string   `json:"sent,omitzero"`
	Came     string   `json:"came,omitzero"`
	Diff     string   `json:"diff,omitzero"`
}

// named is a scenario by its name, or whole.
type named struct {
	Scenario jsontext.Value `json:"scenario"`
}

// scenarioRow is a scenario that is known by its name.
type scenarioRow struct {
	Name        string `json:"name"`
	Shows       string `json:"shows"`
	Description string `json:"description,omitzero"`
	Steps       int    `json:"steps"`
	Shipped     bool   `json:"shipped"`
}

type scenarios struct {
	Scenarios []scenarioRow `json:"scenarios"`
}

func (p *plane) listScenarios(c *dispatch.Call) (dispatch.Reply, error) {
	known, err := p.Stage.List(p.Folder())
	if err != nil {
		return dispatch.Reply{}, err
	}
	answer := scenarios{[]scenarioRow{}}
	for _, s := range known {
		answer.Scenarios = append(answer.Scenarios, scenarioRow(s))
	}
	return c.Render(answer)
}

func (p *plane) playScenario(c *dispatch.Call) (dispatch.Reply, error) {
	var r named
	if err := c.Read(&r); err != nil {
		return dispatch.Reply{}, err
	}
	file, err := p.Stage.CheckValue(p.Folder(), r.Scenario)
	if err != nil {
		return dispatch.Reply{}, err
	}
	played := p.Play(c.Context(), file) // in a world of its own, which is gone by now
	report := Report{Name: played.Name, Outcome: string(played.Outcome), Reason: played.Reason, Steps: []StepReport{}}
	for _, step := range played.Steps {
		report.Steps = append(report.Steps, StepReport{
			Name: step.Name, Outcome: string(step.Outcome), Problems: append([]string{}, step.Problems...), Sent: step.Sent, Came: step.Came, Diff: step.Diff,
		})
	}
	return c.Render(report)
}

func (p *plane) validateScenario(c *dispatch.Call) (dispatch.Reply, error) {
	var r named
	if err := c.Read(&r); err != nil {
		return dispatch.Reply{}, err
	}
	return c.Done(func() error {
		_, err := p.Stage.CheckValue(p.Folder(), r.Scenario)
		return err
	})
}
