package control

import (
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/platform"
)

// event is a callback and its delivery log on the wire.
type event struct {
	ID       string              `json:"id"`
	At       string              `json:"at"`
	State    platform.EventState `json:"state"`
	Payload  jsontext.Value      `json:"payload"`
	Attempts []attempt           `json:"attempts"`
}

type attempt struct {
	At     string `json:"at"`
	Status int    `json:"status"`
	Error  string `json:"error"`
}

func listEvents(p *Plane, c *call) (any, error) {
	events, err := platform.Run(c.world, "listEvents", func(tx *platform.Tx) ([]platform.Event, error) { return tx.Events(), nil })
	if err != nil {
		return nil, err
	}
	answer := struct {
		Events []event `json:"events"`
	}{[]event{}}
	for _, e := range events {
		payload, err := p.Callback(e.Notice)
		if err != nil {
			return nil, err
		}
		row := event{ID: e.ID, At: instant(e.At), State: e.State, Payload: payload, Attempts: []attempt{}}
		for _, a := range e.Attempts {
			row.Attempts = append(row.Attempts, attempt{instant(a.At), a.Status, a.Error})
		}
		answer.Events = append(answer.Events, row)
	}
	return answer, nil
}
