package stage

import (
	"errors"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass/reading"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/given"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/injection"
	"dragonmock/mock/internal/scenario"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/symbols"
	"dragonmock/mock/internal/turns"
	"dragonmock/mock/internal/world"
	"dragonmock/mock/internal/yamlfile"
)

// SetScenario takes the `given` and the faults of a scenario: a name of the folder, a path, or the name of a shipped
// scenario. Errors name file, line, column and what was expected.
func (s *Settings) SetScenario(nameOrPath string) error {
	file, err := s.stage.Find(s.folder, nameOrPath)
	if err != nil {
		return err
	}
	_, err = s.setScenario(file)
	return err
}

// setScenario takes a scenario, and tries it out, so that what is wrong with it is said with its place in the file. It
// returns the file as it was read.
func (s *Settings) setScenario(file File) (*scenario.File, error) {
	defer turns.Take(len(file.Data))()
	parsed, err := s.stage.parse(file)
	if err != nil {
		return nil, err
	}
	if err := s.stage.Player().Check(parsed); err != nil {
		return nil, err
	}
	config := s.World
	if parsed.Given.Seed != store.DefaultSeed {
		config.Seed = parsed.Given.Seed
	}
	if parsed.Given.CallbackURL != "" {
		config.CallbackURL = parsed.Given.CallbackURL
	}
	if parsed.Given.Languages != nil {
		config.Client.Languages = parsed.Given.Languages
	}
	if urls := parsed.Given.EventURLs; urls != nil {
		with := Settings{World: config}
		if err := with.SetEventURLs(urls); err != nil {
			return nil, parsed.Wrong("/given/eventUrls", err.Error())
		}
		config.EventURLs = with.World.EventURLs
	}
	if parsed.Given.SandboxLimits {
		config.Client.SandboxLimits = true
	}
	if names := parsed.Given.Readings; names != nil {
		config.Client.Readings = reading.Of(names) // the schema knows them
	}
	var what given.Given
	if err := json.Unmarshal(parsed.Given.World, &what, json.RejectUnknownMembers(true)); err != nil {
		return nil, parsed.Wrong("/given", err.Error())
	}
	switch at := parsed.Given.Clock; at {
	case "":
	case "real":
		config.Clock = clock.Clock{}
	default:
		t, err := duration.ParseInstant(at)
		if err == nil {
			err = clock.CheckInstant(t)
		}
		if err != nil {
			return nil, parsed.Wrong("/given/clock", err.Error())
		}
		config.Clock = clock.FrozenAt(t)
	}
	if parsed.Given.Errors != nil {
		rows, err := symbols.Read(file.Path, parsed.Given.Errors, s.stage.Errors.Symbols())
		if wrong, ok := errors.AsType[*yamlfile.Error](err); ok {
			return nil, parsed.Wrong("/given"+wrong.Problems[0].Pointer, wrong.Problems[0].Message)
		}
		if err != nil {
			return nil, err
		}
		config.Errors = rows
	}
	rules, err := fault.Parse(parsed.Faults, s.stage.Names())
	if err != nil {
		return nil, wrongFaults(parsed, err)
	}
	if config.Programs, err = what.ReadPrograms(); err == nil && len(config.Programs) > 0 && s.programs {
		return nil, parsed.Wrong("/given/programs", errTwoPrograms.Error())
	}
	if err == nil {
		config.Give = func(tx *world.Tx) (map[string]map[string]string, error) {
			named, err := what.Put(tx)
			if err == nil {
				_, err = injection.Add(tx, rules...)
			}
			return named, err
		}
		var tried *world.World
		if tried, err = s.stage.tryOut(config); err == nil {
			err = judge(parsed, tried)
		}
	}
	if wrong, ok := errors.AsType[*given.Error](err); ok {
		return nil, parsed.Wrong("/given"+wrong.Pointer, wrong.Reason)
	}
	if err != nil {
		return nil, err
	}
	s.World, s.Scenario = config, parsed.World()
	return parsed, nil
}

// tryOut makes a world that nobody uses.
func (s *Stage) tryOut(config world.Config) (*world.World, error) {
	config.Shared = s.Shared
	config.Names = s.Names()
	h, err := host.New(s.Catalog, config, nil)
	if err != nil {
		return nil, err
	}
	return h.World(host.DefaultWorld), nil
}

// wrongFaults says what is wrong with fault rules with its place in the file.
func wrongFaults(file *scenario.File, err error) error {
	wrong, ok := errors.AsType[*fault.Error](err)
	if !ok || len(wrong.Problems) == 0 {
		return err
	}
	return file.Wrong(string(wrong.Problems[0].Pointer), wrong.Problems[0].Message)
}

// parse reads a scenario by the schema.
func (s *Stage) parse(file File) (*scenario.File, error) {
	l, err := s.loader()
	if err != nil {
		return nil, err
	}
	return l.Parse(file.Path, file.Data)
}
