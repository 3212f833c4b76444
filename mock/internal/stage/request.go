package stage

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
)

// WorldRequest asks for a world over the control plane. Zero members ask nothing.
type WorldRequest struct {
	ID          string         `json:"id"`
	Scenario    jsontext.Value `json:"scenario"` // the name of one, or one whole
	Seed        *uint64        `json:"seed"`
	Clock       string         `json:"clock"`
	Lifetime    string         `json:"lifetime"`
	Programs    []string       `json:"programs"`
	Operations  []string       `json:"operations"`
	Languages   []string       `json:"languages"`
	PublicKey   string         `json:"publicKey"`
	CallbackURL string         `json:"callbackUrl"`

	EventURLs     map[string]string `json:"eventUrls"`
	SandboxLimits bool              `json:"sandboxLimits"`
	Readings      []string          `json:"readings"`
}

// Apply sets what the request asks for. Errors: INVALID_REQUEST that names the member.
func (r WorldRequest) Apply(s *Settings) error {
	s.World.ID = r.ID
	for _, member := range []struct {
		name  string
		asked bool
		set   func() error
	}{
		{"programs", r.Programs != nil, func() error { return s.SetPrograms(r.Programs...) }}, // of which the scenario may speak
		{"scenario", len(r.Scenario) > 0, func() error { return s.setScenarioValue(r.Scenario) }},
		{"seed", r.Seed != nil, func() error { return s.SetSeed(*r.Seed) }},
		{"clock", r.Clock != "", func() error { return s.SetClockText(r.Clock) }},
		{"lifetime", r.Lifetime != "", func() error { return s.SetLifetimeText(r.Lifetime) }},
		{"operations", r.Operations != nil, func() error { return s.SetOperations(r.Operations...) }},
		{"languages", r.Languages != nil, func() error { return s.SetLanguages(r.Languages...) }},
		{"publicKey", r.PublicKey != "", func() error { return s.SetPublicKey(r.PublicKey) }},
		{"callbackUrl", r.CallbackURL != "", func() error { return s.SetCallbackURL(r.CallbackURL) }},
		{"eventUrls", r.EventURLs != nil, func() error { return s.SetEventURLs(r.EventURLs) }},
		{"sandboxLimits", r.SandboxLimits, func() error { return s.SetSandboxLimits(true) }},
		{"readings", r.Readings != nil, func() error { return s.SetReadings(r.Readings...) }},
	} {
		if !member.asked {
			continue
		}
		if err := member.set(); err != nil {
			return dragonpass.RefuseField(dragonpass.InvalidRequest, member.name, "%s", err)
		}
	}
	return nil
}

// setScenarioValue takes a scenario as [Stage.fileOf] reads it.
func (s *Settings) setScenarioValue(v jsontext.Value) error {
	file, err := s.stage.fileOf(s.folder, v)
	if err != nil {
		return err
	}
	_, err = s.setScenario(file)
	return err
}

// fileOf is the scenario that came over HTTP: whole, as an object or as the text of a file, which has more lines than one,
// or by its name.
func (s *Stage) fileOf(folder *Folder, v jsontext.Value) (File, error) {
	const whole = "scenario"
	if v.Kind() != jsontext.KindString {
		return File{whole, bytes.TrimSpace(v)}, nil
	}
	var text string
	if err := json.Unmarshal(v, &text); err != nil {
		return File{}, err
	}
	if strings.ContainsAny(text, "\r\n") {
		return File{whole, []byte(text)}, nil
	}
	return s.Named(folder, text)
}
