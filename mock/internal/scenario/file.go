package scenario

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"dragonmock/mock/internal/pattern"
	"dragonmock/mock/internal/yamlfile"
)

// File is a scenario file that fits the schema.
type File struct {
	Path        string
	Name        string
	Description string
	Given       Given
	Faults      []byte // the fault rules, as a JSON list
	Steps       []Step

	api    string // the version of the vendor's API that its steps speak
	world  []byte // name, given and faults, as JSON: what a world is made of
	names  map[string]string
	needs  []string // what of it only a mock can give: given, faults
	root   map[string]any
	places yamlfile.Places
}

// Given is how the world is when the clients come.
type Given struct {
	Clock       string // an instant, "real", or empty
	Seed        uint64 // 0: the default seed
	CallbackURL string // empty: nobody is told
	Errors      []byte // rows of the error catalogue, as the catalogue's file has them; nil: none
	World       []byte // the rest, as JSON: the platform's to read

	Languages     []string          // that the client may ask for beside the default one
	EventURLs     map[string]string // where events of v2 go, by the event; nil: nowhere
	SandboxLimits bool              // simulations are held to what the vendor's sandbox lets clients simulate

	Readings []string // that it follows of pages that contradict themselves; nil: none
}

// What is wrong with a file, and where.
type (
	Problem = yamlfile.Problem
	Error   = yamlfile.Error
)

// Loader reads scenario files by a schema.
type Loader struct {
	schema *schema
}

// NewLoader makes a loader of the published JSON Schema.
func NewLoader(schema []byte) (*Loader, error) {
	s, err := compile(schema)
	return &Loader{s}, err
}

// Parse reads one file. Path is only for messages. The error is an [*Error].
func (l *Loader) Parse(path string, data []byte) (*File, error) {
	value, where, problem := yamlfile.Read(data, "scenario")
	if problem != nil {
		return nil, &Error{Path: path, Problems: []Problem{*problem}}
	}
	l.schema.readText(value, where)
	if problems := l.schema.check(value, where); len(problems) > 0 {
		return nil, &Error{Path: path, Problems: problems}
	}
	root := value.(map[string]any) // the schema says so
	f := &File{Path: path, Name: root["name"].(string), root: root, places: where}
	f.Description, _ = root["description"].(string)
	given, _ := root["given"].(map[string]any)
	world := map[string]any{}
	for key, v := range given {
		switch key {
		case "clock":
			f.Given.Clock = v.(string)
		case "seed":
			seed, err := toUint(v)
			if err != nil {
				return nil, f.Wrong("/given/seed", err.Error())
			}
			f.Given.Seed = seed
		case "callbackUrl":
			f.Given.CallbackURL = v.(string)
		case "languages":
			for _, tag := range v.([]any) {
				f.Given.Languages = append(f.Given.Languages, tag.(string))
			}
		case "eventUrls":
			f.Given.EventURLs = map[string]string{}
			for event, to := range v.(map[string]any) {
				f.Given.EventURLs[event] = to.(string)
			}
		case "sandboxLimits":
			f.Given.SandboxLimits = v.(bool)
		case "readings":
			f.Given.Readings = []string{}
			for _, name := range v.([]any) {
				f.Given.Readings = append(f.Given.Readings, name.(string))
			}
		case "errors":
			rows, err := json.Marshal(map[string]any{"errors": v})
			if err != nil {
				return nil, err
			}
			f.Given.Errors = rows
		default:
			world[key] = v
		}
	}
	var err error
	if f.Given.World, err = json.Marshal(world); err != nil {
		return nil, err
	}
	return f, f.readPlay()
}

// readPlay reads what a player needs: how to make the world, and the steps.
func (f *File) readPlay() error {
	world := map[string]any{"name": f.Name}
	for _, part := range []string{"given", "faults"} {
		if v, ok := f.root[part]; ok {
			world[part] = v
			f.needs = append(f.needs, part)
		}
	}
	faults, ok := f.root["faults"]
	if !ok {
		faults = []any{}
	}
	var err error
	if f.world, err = json.Marshal(world); err != nil {
		return err
	}
	if f.Faults, err = json.Marshal(faults); err != nil {
		return err
	}
	f.names = givenNames(f.root["given"])
	steps, _ := f.root["steps"].([]any)
	if f.api, _ = f.root["api"].(string); f.api == "" {
		f.api = defaultVersion
	}
	for i, v := range steps {
		s := readStep(v.(map[string]any), i, f.api)
		if s.Expect != nil {
			s.Expect = f.written(s.Expect, s.pointer+"/expect").(map[string]any)
		}
		if s.Kind == "expectWebhooks" {
			s.value = f.written(s.value, s.pointer+"/"+s.Kind)
		}
		f.Steps = append(f.Steps, s)
	}
	return nil
}

// written is an expectation in which long whole numbers without quotes are what they look like: [pattern.Digits]. To
// everything else they are text.
func (f *File) written(v any, pointer string) any {
	switch v := v.(type) {
	case map[string]any:
		members := make(map[string]any, len(v))
		for key, member := range v {
			members[key] = f.written(member, below(pointer, key))
		}
		return members
	case []any:
		list := make([]any, len(v))
		for i, element := range v {
			list[i] = f.written(element, below(pointer, strconv.Itoa(i)))
		}
		return list
	case string:
		if f.places[pointer].Plain && yamlfile.LooksLikeID(v) && v[0] != '0' {
			return pattern.Digits(v)
		}
	}
	return v
}

// World is what a world is made of by the file, as JSON: the name, the given and the faults. It says nothing of comments, of
// steps, or of how the file is written.
func (f *File) World() []byte { return f.world }

// Wrong makes the error for a member of the file that turned out wrong later: the place of the nearest member that the
// file has.
func (f *File) Wrong(pointer, message string) error {
	return &Error{Path: f.Path, Problems: []Problem{f.problem(pointer, message)}}
}

func (f *File) problem(pointer, message string) Problem {
	at := f.place(pointer)
	return Problem{Line: at.Line, Column: at.Column, Pointer: pointer, Message: message}
}

// place is where a member stands, or the nearest that the file has.
func (f *File) place(pointer string) yamlfile.Place {
	at := pointer
	for f.places[at] == (yamlfile.Place{}) && at != "" {
		at = at[:strings.LastIndexByte(at, '/')]
	}
	return f.places[at]
}

// toUint reads a number that the schema said is an integer.
func toUint(v any) (uint64, error) {
	n, err := strconv.ParseUint(fmt.Sprint(v), 10, 64)
	if err != nil {
		return 0, errors.New("expected an integer of 0 or more")
	}
	return n, nil
}
