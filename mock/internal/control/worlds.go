package control

import (
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/platform"
)

// WorldRequest asks for a world. Zero members ask nothing.
type WorldRequest struct {
	Scenario    jsontext.Value `json:"scenario"` // the name of one, or one whole
	Seed        *uint64        `json:"seed"`
	Clock       string         `json:"clock"`
	Lifetime    string         `json:"lifetime"`
	Programs    []string       `json:"programs"`
	Operations  []string       `json:"operations"`
	Languages   []string       `json:"languages"`
	PublicKey   string         `json:"publicKey"`
	CallbackURL string         `json:"callbackUrl"`
}

// world is a world on the wire.
type world struct {
	ID        string                       `json:"id"`
	ClientID  string                       `json:"clientId"`
	Secret    string                       `json:"secret"`
	Issuer    string                       `json:"issuer"`
	Key       string                       `json:"key"`
	ProgramID string                       `json:"programId"`
	Given     map[string]map[string]string `json:"given"`
}

func worldWire(w *platform.World) world {
	c := w.Client()
	return world{w.ID(), c.ClientID, c.Secret, c.Issuer, c.Key, c.DefaultProgram(), w.Named()}
}

func createWorld(p *Plane, _ *call, r WorldRequest) (any, error) {
	w, err := p.Create(r)
	if err != nil {
		return nil, err
	}
	return worldWire(w), nil
}

func listWorlds(p *Plane, _ *call) (any, error) {
	answer := struct {
		Worlds []world `json:"worlds"`
	}{[]world{}}
	for _, w := range p.Platform.Worlds() {
		answer.Worlds = append(answer.Worlds, worldWire(w))
	}
	return answer, nil
}

func deleteWorld(p *Plane, c *call) (any, error) {
	if !p.Platform.Delete(c.world.ID()) {
		return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "path id: the default world does not end; reset it")
	}
	return struct{}{}, nil
}

func resetWorld(_ *Plane, c *call) (any, error) {
	c.world.Reset()
	return struct{}{}, nil
}
