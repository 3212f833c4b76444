package mock

import (
	"bytes"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/platform"
)

// create makes a world as the control plane asks for it. What is wrong is named by its member.
func (s *Server) create(r control.WorldRequest) (*platform.World, error) {
	var opts []Option
	add := func(pointer string, is bool, opt Option) {
		if is {
			opts = append(opts, func(o *options) error {
				if err := opt(o); err != nil {
					return dragonpass.Refuse(dragonpass.InvalidRequest, "%s: %s", pointer, err)
				}
				return nil
			})
		}
	}
	add("/scenario", len(r.Scenario) > 0, withScenarioValue(r.Scenario))
	add("/seed", r.Seed != nil, func(o *options) error { o.world.Seed = *r.Seed; return nil })
	add("/clock", r.Clock != "", withClockText(r.Clock))
	add("/lifetime", r.Lifetime != "", withLifetimeText(r.Lifetime))
	add("/programs", len(r.Programs) > 0, WithPrograms(r.Programs...))
	add("/operations", len(r.Operations) > 0, WithOperations(r.Operations...))
	add("/languages", len(r.Languages) > 0, WithLanguages(r.Languages...))
	add("/publicKey", r.PublicKey != "", WithPublicKey(r.PublicKey))
	add("/callbackUrl", r.CallbackURL != "", WithCallbackURL(r.CallbackURL))
	return s.newWorld(opts)
}

// withScenarioValue takes a scenario by its name, or whole.
func withScenarioValue(v jsontext.Value) Option {
	return func(o *options) error {
		if v.Kind() != jsontext.KindString {
			return o.loadScenario("scenario", bytes.TrimSpace(v))
		}
		var name string
		if err := json.Unmarshal(v, &name); err != nil {
			return err
		}
		return o.loadNamed(name)
	}
}

func withClockText(s string) Option {
	return func(o *options) error {
		if s == "real" {
			o.world.Clock = platform.Clock{}
			return nil
		}
		t, err := platform.ParseInstant(s)
		if err != nil {
			return fmt.Errorf(`%w, or "real"`, err)
		}
		return WithClock(t)(o)
	}
}

func withLifetimeText(s string) Option {
	return func(o *options) error {
		d, err := duration.Parse(s)
		if err != nil {
			return err
		}
		return WithLifetime(d)(o)
	}
}
