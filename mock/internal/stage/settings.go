package stage

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/dragonpass/reading"
	"dragonmock/mock/dragonpass/translation"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/rsakey"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/text"
	"dragonmock/mock/internal/world"
)

// Settings are what a world is made with: what a caller, or a scenario, says of it, in the order in which it is said. The
// zero Settings, made by [Stage.Settings], are those of a world that nobody says anything of.
type Settings struct {
	World world.Config
	// Scenario is what the world is made of by the last scenario that was set: equal ones make the same world. Nil: none.
	Scenario []byte

	stage    *Stage
	folder   *Folder
	programs bool // they were said, and the scenario may give none
}

// Settings begins the settings of a world, which may name the scenarios of a folder.
func (s *Stage) Settings(folder *Folder) *Settings { return &Settings{stage: s, folder: folder} }

// SetClock freezes the clock at t, cut to the second. An instant outside the years 1970 to 2199 is an error.
func (s *Settings) SetClock(t time.Time) error {
	s.World.Clock = clock.FrozenAt(t)
	return clock.CheckInstant(t)
}

// SetClockText takes a date and time with offset, where the clock is frozen, or "real".
func (s *Settings) SetClockText(text string) error {
	if text == "real" {
		s.World.Clock = clock.Clock{}
		return nil
	}
	t, err := duration.ParseInstant(text)
	if err != nil {
		return fmt.Errorf(`%w, or "real"`, err)
	}
	return s.SetClock(t)
}

// SetSeed makes ids, tokens and made-up values come from another seed.
func (s *Settings) SetSeed(seed uint64) error {
	s.World.Seed = seed
	return nil
}

// SetLifetime ends the world when nobody has used it for so long, by the wall clock.
func (s *Settings) SetLifetime(d time.Duration) error {
	if d <= 0 {
		return fmt.Errorf("expected a lifetime of more than 0, got %s", d)
	}
	s.World.Lifetime = d
	return nil
}

// SetLifetimeText takes a duration as scenario files write it: "90s", "2d".
func (s *Settings) SetLifetimeText(text string) error {
	d, err := duration.Parse(text)
	if err != nil {
		return err
	}
	return s.SetLifetime(d)
}

// errTwoPrograms is said when programmes are given in two ways, of which only one could be meant.
var errTwoPrograms = errors.New("the scenario gives the client's programmes itself (given: programs): expected one of the two")

// SetPrograms gives the client other programmes than the documentation's samples; the first is the default one.
func (s *Settings) SetPrograms(ids ...string) error {
	if len(ids) == 0 || slices.Contains(ids, "") {
		return errors.New("expected at least one programme, and none empty")
	}
	if err := text.Check(ids...); err != nil {
		return err
	}
	for _, id := range ids {
		if err := check.Length(id, 1, dragonpass.MaxProgramID); err != nil {
			return fmt.Errorf("a programme: %w", err)
		}
	}
	if len(s.World.Programs) > 0 {
		return errTwoPrograms
	}
	s.World.Client.Programs, s.programs = slices.Clone(ids), true
	return once(ids)
}

// once refuses a name that comes twice.
func once(names []string) error {
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			return fmt.Errorf("expected each once, %s comes twice", name)
		}
	}
	return nil
}

// SetOperations lets the client call these operations alone. An unknown operationId is an error.
func (s *Settings) SetOperations(ids ...string) error {
	if len(ids) == 0 {
		return errors.New("expected at least one operation")
	}
	known := s.stage.operationIDs()
	for _, id := range ids {
		if !slices.Contains(known, id) {
			return fmt.Errorf("no operation %s%s", cmp.Or(id, `""`), nearest.DidYouMean(id, known))
		}
	}
	s.World.Client.Operations = slices.Clone(ids)
	return once(ids)
}

// SetLanguages authorises the client for languages beside the default one: tags of [translation.Languages]. None takes back
// those that were said before.
func (s *Settings) SetLanguages(tags ...string) error {
	for _, tag := range tags {
		if known := translation.Languages(); !slices.Contains(known, tag) { // to the letter, as calls ask for it
			return fmt.Errorf("expected a language tag such as fr-FR, got %q%s", tag, nearest.DidYouMean(tag, known))
		}
	}
	s.World.Client.Languages = slices.Clone(tags)
	return once(tags)
}

// SetReadings says which readings the world follows of pages that contradict themselves: see [CheckReadings]. None
// takes back those that were said before.
func (s *Settings) SetReadings(names ...string) error {
	s.World.Client.Readings = reading.Of(names)
	return CheckReadings(names...)
}

// CheckReadings refuses what is no name of [reading.Known], and one that comes twice.
func CheckReadings(names ...string) error {
	var known []string
	for _, r := range reading.Known() {
		known = append(known, string(r))
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return fmt.Errorf("expected readings among %s, got %q%s", strings.Join(known, ", "), name, nearest.DidYouMean(name, known))
		}
	}
	return once(names)
}

// SetSandboxLimits holds simulations to what the vendor's sandbox lets clients simulate.
func (s *Settings) SetSandboxLimits(on bool) error {
	s.World.Client.SandboxLimits = on
	return nil
}

// SetPublicKey takes the client's RSA public key, PEM and of at least [rsakey.Least] bits, so that it can sign its
// tokens with RS256 too.
func (s *Settings) SetPublicKey(pem string) error {
	key, err := rsakey.Read(pem)
	s.World.Client.PublicKey = key
	return err
}

// SetCallbackURL has the world's order synchronisation POSTed there; [world.Sink]: taken by the world itself.
func (s *Settings) SetCallbackURL(to string) error {
	s.World.CallbackURL = to
	return saved.CheckURL(to)
}

// SetEventURL has an event of v2 POSTed there; [world.Sink]: taken by the world itself.
func (s *Settings) SetEventURL(event, to string) error {
	kind := news.Kind(event)
	if !kind.Known() {
		return fmt.Errorf("no event %s%s", event, nearest.DidYouMean(event, news.Names()))
	}
	urls := maps.Clone(s.World.EventURLs)
	if urls == nil {
		urls = map[news.Kind]string{}
	}
	urls[kind] = to
	s.World.EventURLs = urls
	return saved.CheckURL(to)
}

// SetEventURLs is [Settings.SetEventURL] for all events of a map.
func (s *Settings) SetEventURLs(urls map[string]string) error {
	for _, event := range slices.Sorted(maps.Keys(urls)) {
		if err := s.SetEventURL(event, urls[event]); err != nil {
			return fmt.Errorf("%s: %w", event, err)
		}
	}
	return nil
}
