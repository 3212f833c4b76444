package control

import (
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/scenario"
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

// Bounds of playing: how many scenarios a server plays at the same time, since a scenario can have itself played, and
// how much of a text is reported, in bytes.
const (
	maxPlaying = 16
	maxShown   = 16 << 10
)

func problemsOf(step scenario.StepReport) []string {
	problems := []string{}
	for _, problem := range step.Problems[:min(len(step.Problems), brief.Enough)] {
		problems = append(problems, brief.Clip(problem, maxShown))
	}
	return problems
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
	if p.playing.Add(1) > maxPlaying {
		p.playing.Add(-1)
		return dispatch.Reply{}, dragonpass.Refuse(dragonpass.InvalidRequest, "%d scenarios are being played, and more are not at the same time; one that plays itself has no end", maxPlaying)
	}
	defer p.playing.Add(-1)
	played := p.Play(c.Context(), file) // in a world of its own, which is gone by now
	report := Report{Name: played.Name, Outcome: string(played.Outcome), Reason: played.Reason, Steps: []StepReport{}}
	for _, step := range played.Steps {
		report.Steps = append(report.Steps, StepReport{
			Name: step.Name, Outcome: string(step.Outcome), Problems: problemsOf(step), Sent: brief.Clip(step.Sent, maxShown), Came: brief.Clip(step.Came, maxShown), Diff: brief.Clip(step.Diff, maxShown),
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
