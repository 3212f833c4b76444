package mock

import (
	"context"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/scenario"
)

// checkScenario says what is wrong with a scenario that came over HTTP, by its name or whole.
func (s *Server) checkScenario(v jsontext.Value) error {
	_, _, err := s.readScenario(v)
	return err
}

// playScenario plays one in a world of its own, which is gone afterwards.
func (s *Server) playScenario(ctx context.Context, v jsontext.Value) (control.Report, error) {
	player, file, err := s.readScenario(v)
	if err != nil {
		return control.Report{}, err
	}
	played := player.Play(ctx, file)
	report := control.Report{Name: played.Name, Outcome: string(played.Outcome), Reason: played.Reason, Steps: []control.StepReport{}}
	for _, step := range played.Steps {
		report.Steps = append(report.Steps, control.StepReport{
			Name: step.Name, Outcome: string(step.Outcome), Problems: append([]string{}, step.Problems...), Sent: step.Sent, Came: step.Came, Diff: step.Diff,
		})
	}
	return report, nil
}

func (s *Server) readScenario(v jsontext.Value) (*scenario.Player, *scenario.File, error) {
	wrong := func(err error) error {
		return dragonpass.Refuse(dragonpass.InvalidRequest, "/scenario: %s", err)
	}
	read := scenarioFile{"scenario", []byte(v)}
	if v.Kind() == jsontext.KindString {
		var name string
		if err := json.Unmarshal(v, &name); err != nil {
			return nil, nil, wrong(err)
		}
		var err error
		if read, err = s.shelf.Load().find(name); err != nil {
			return nil, nil, wrong(err)
		}
	}
	player, err := newPlayer()
	if err != nil {
		return nil, nil, err
	}
	playOn(player, s)
	file, err := checkData(player, read)
	if err != nil {
		return nil, nil, wrong(err)
	}
	return player, file, nil
}
