package scenario

import (
	"encoding/json"
	"fmt"
	"strings"
)

// File is a scenario file that fits the schema.
type File struct {
	Path        string
	Name        string
	Description string
	Given       Given

	places places
}

// Given is how the world is when the clients come.
type Given struct {
	Clock string // an instant, "real", or empty
	Seed  uint64 // 0: the default seed
	World []byte // the rest, as JSON: the platform's to read
}

// Problem is one thing that is wrong with a file.
type Problem struct {
	Line, Column int    // from 1; 0 when it is not known
	Pointer      string // JSON pointer of the member
	Message      string
}

// Error is all that is wrong with a file.
type Error struct {
	Path     string
	Problems []Problem
}

func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		at := e.Path
		if p.Line > 0 {
			at = fmt.Sprintf("%s:%d:%d", e.Path, p.Line, p.Column)
		}
		if p.Pointer != "" {
			at += ": " + p.Pointer
		}
		lines[i] = at + ": " + p.Message
	}
	return strings.Join(lines, "\n")
}

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
	value, where, problem := read(data)
	if problem != nil {
		return nil, &Error{path, []Problem{*problem}}
	}
	if problems := l.schema.check(value, where); len(problems) > 0 {
		return nil, &Error{path, problems}
	}
	root := value.(map[string]any) // the schema says so
	f := &File{Path: path, Name: root["name"].(string), places: where}
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
		default:
			world[key] = v
		}
	}
	var err error
	f.Given.World, err = json.Marshal(world)
	return f, err
}

// Wrong makes the error for a member of the file that turned out wrong later: the place of the nearest member that the
// file has.
func (f *File) Wrong(pointer, message string) error {
	at := pointer
	for f.places[at] == (place{}) && at != "" {
		at = at[:strings.LastIndexByte(at, '/')]
	}
	return &Error{f.Path, []Problem{{f.places[at].line, f.places[at].column, pointer, message}}}
}
