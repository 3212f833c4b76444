package scenario

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/yamlfile"
)

// NamesJudged marks lists of names in the schema that editors complete by. The loader leaves them to [Player.Check], which
// knows the server that is played on, and says which name was meant.
const NamesJudged = "Made by go generate ./...; check judges these names, and says which was meant."

// schema is the compiled JSON Schema, and its text for suggestions.
type schema struct {
	compiled *jsonschema.Schema
	doc      any
}

func compile(data []byte) (*schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("scenario schema: %w", err)
	}
	asLoaded(doc)
	c := jsonschema.NewCompiler()
	const url = "scenario.schema.json"
	if err := c.AddResource(url, doc); err != nil {
		return nil, fmt.Errorf("scenario schema: %w", err)
	}
	compiled, err := c.Compile(url)
	if err != nil {
		return nil, fmt.Errorf("scenario schema: %w", err)
	}
	return &schema{compiled, doc}, nil
}

// asLoaded makes the loader's schema of the one that editors have. Editors read a plain 1788000066668888 or 0044 as a
// number, and must let it pass where text is meant; the loader makes text of it, see [schema.readText].
func asLoaded(v any) {
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			asLoaded(element)
		}
	case map[string]any:
		if types, ok := v["type"].([]any); ok && slices.Equal(types, []any{"string", "number"}) {
			v["type"] = "string"
		}
		if v["$comment"] == NamesJudged {
			delete(v, "enum")
		}
		delete(v, "propertyNames") // the validator does not say where such a name stands; [Player.Check] does
		for _, member := range v {
			asLoaded(member)
		}
	}
}

// readText makes text of plain numbers that stand where the schema wants text, as they are written: nobody has to know
// that a phone number needs quotes. Where it wants a whole number, what was taken for an id is one after all.
func (s *schema) readText(value any, where yamlfile.Places) {
	var invalid *jsonschema.ValidationError
	for errors.As(s.compiled.Validate(value), &invalid) && s.textWanted(invalid, value, where) {
	}
}

// textWanted puts text in place of the numbers that a complaint is about, or the other way round, and says whether
// there were any.
func (s *schema) textWanted(e *jsonschema.ValidationError, root any, where yamlfile.Places) (found bool) {
	at := where[pointerTo(e.InstanceLocation)]
	switch k := e.ErrorKind.(type) {
	case *kind.Type:
		if k.Got == "number" && slices.Equal(k.Want, []string{"string"}) && len(e.InstanceLocation) > 0 {
			put(root, e.InstanceLocation, at.Text)
			found = true
		}
		if k.Got == "string" && slices.Equal(k.Want, []string{"integer"}) {
			found = putWhole(root, e.InstanceLocation, at)
		}
	case *kind.Pattern: // of a name, where a number may stand too
		if types, ok := s.at(e.SchemaURL)["type"].([]any); ok && slices.Contains(types, any("integer")) {
			found = putWhole(root, e.InstanceLocation, at)
		}
	}
	for _, cause := range e.Causes {
		found = s.textWanted(cause, root, where) || found
	}
	return found
}

// putWhole puts a whole number in place of what was taken for an id, however long it is, and says whether it was one.
func putWhole(root any, path []string, at yamlfile.Place) bool {
	if !at.Plain || !yamlfile.LooksLikeID(at.Text) {
		return false
	}
	put(root, path, json.Number(cmp.Or(strings.TrimLeft(at.Text, "0"), "0")))
	return true
}

// put puts a value where there is another.
func put(root any, path []string, value any) {
	for i, step := range path {
		last := i == len(path)-1
		switch at := root.(type) {
		case map[string]any:
			if last {
				at[step] = value
			}
			root = at[step]
		case []any:
			index, _ := strconv.Atoi(step) // the validator has been there
			if last {
				at[index] = value
			}
			root = at[index]
		}
	}
}

// check returns all that is wrong with a value, in the order of the file.
func (s *schema) check(value any, where yamlfile.Places) []Problem {
	err := s.compiled.Validate(value)
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return nil
	}
	problems := s.explain(invalid, where, nil)
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return problems
}

func (s *schema) explain(e *jsonschema.ValidationError, where yamlfile.Places, found []Problem) []Problem {
	if len(found) >= brief.Enough {
		return found
	}
	pointer := pointerTo(e.InstanceLocation)
	at := where[pointer]
	problem := Problem{Line: at.Line, Column: at.Column, Pointer: pointer}
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		known := s.properties(e.SchemaURL)
		for _, name := range k.Properties[:min(len(k.Properties), brief.Enough)] {
			member := below(pointer, name)
			at := where["key "+member]
			found = append(found, Problem{Line: at.Line, Column: at.Column, Pointer: member, Message: "unknown key" + nearest.DidYouMean(name, known)})
		}
		return found
	case *kind.Enum:
		problem.Message = "expected " + s.description(e.SchemaURL) + strange(k)
	case *kind.AnyOf, *kind.OneOf:
		if meant := onlyFit(e); meant != nil {
			return s.explain(meant, where, found)
		}
		// The branches' own complaints contradict one another; what the schema says of itself helps more.
		problem.Message = "expected " + s.description(e.SchemaURL)
		for _, branch := range e.Causes {
			if word, ok := inner(branch).ErrorKind.(*kind.Enum); ok && len(inner(branch).InstanceLocation) == len(e.InstanceLocation) {
				problem.Message += strange(word)
			}
		}
	case *kind.Const:
		problem.Message = "expected " + s.description(e.SchemaURL)
	case *kind.Required:
		problem.Message = "it lacks " + strings.Join(k.Missing, ", ")
	case *kind.UniqueItems:
		element := below(pointer, strconv.Itoa(k.Duplicates[1]))
		at := where[element]
		problem = Problem{Line: at.Line, Column: at.Column, Pointer: element, Message: "it is there twice"}
	case *kind.Type:
		if slices.Equal(k.Want, []string{"integer", "string"}) {
			problem.Message = "expected " + s.description(e.SchemaURL) + ", got " + k.Got
			break
		}
		problem.Message = fmt.Sprintf("expected %s, got %s", strings.Join(k.Want, " or "), k.Got)
		if slices.Contains(k.Want, "string") && k.Got == "boolean" {
			problem.Message += "; put it in quotes"
		}
	case *kind.Pattern:
		problem.Message = fmt.Sprintf("expected %s, got %q", s.description(e.SchemaURL), brief.Clip(k.Got, maxSaid))
	default:
		if len(e.Causes) > 0 {
			for _, cause := range e.Causes {
				found = s.explain(cause, where, found)
			}
			return found
		}
		problem.Message = bounded(e.ErrorKind)
	}
	return append(found, problem)
}

// maxSaid is how many bytes of a text that does not fit are said again.
const maxSaid = 100

// bounded says what a bound is, and what there is instead.
func bounded(k jsonschema.ErrorKind) string {
	switch k := k.(type) {
	case *kind.Minimum:
		return fmt.Sprintf("expected %s or more, got %s", digits(k.Want), digits(k.Got))
	case *kind.Maximum:
		return fmt.Sprintf("expected %s or less, got %s", digits(k.Want), digits(k.Got))
	case *kind.MinLength:
		return fmt.Sprintf("expected a text of %d characters or more, got %d", k.Want, k.Got)
	case *kind.MaxLength:
		return fmt.Sprintf("expected a text of %d characters or less, got %d", k.Want, k.Got)
	case *kind.MinItems:
		return fmt.Sprintf("expected a list of %d or more, got %d", k.Want, k.Got)
	case *kind.MaxItems:
		return fmt.Sprintf("expected a list of %d or less, got %d", k.Want, k.Got)
	case *kind.MinProperties:
		return fmt.Sprintf("expected %d members or more, got %d", k.Want, k.Got)
	}
	return k.LocalizedString(message.NewPrinter(language.English))
}

// digits writes a number with all its digits: no author counts in powers of ten.
func digits(n *big.Rat) string {
	if n.IsInt() {
		return n.Num().String()
	}
	f, _ := n.Float64()
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// strange ends what is said of a word that is none of a list: that it is none, and which was meant.
func strange(k *kind.Enum) string {
	word, ok := k.Got.(string)
	if !ok {
		return ""
	}
	var known []string
	for _, want := range k.Want {
		if name, ok := want.(string); ok {
			known = append(known, name)
		}
	}
	return fmt.Sprintf("; there is no %s%s", word, nearest.DidYouMean(word, known))
}

// inner is the complaint at the bottom of one that only leads to it.
func inner(e *jsonschema.ValidationError) *jsonschema.ValidationError {
	for len(e.Causes) == 1 {
		e = e.Causes[0]
	}
	return e
}

// onlyFit is the one branch of several that a value has the kind for; nil when none is alone in that.
func onlyFit(e *jsonschema.ValidationError) (meant *jsonschema.ValidationError) {
	for _, branch := range e.Causes {
		if !otherKind(branch, len(e.InstanceLocation)) {
			if meant != nil {
				return nil
			}
			meant = branch
		}
	}
	if len(e.Causes) == 1 || meant == nil || !ofMember(meant, len(e.InstanceLocation)) {
		return nil
	}
	return meant
}

// ofMember says whether a complaint is of a member of the value, which stands so deep.
func ofMember(e *jsonschema.ValidationError, depth int) bool {
	_, unknown := e.ErrorKind.(*kind.AdditionalProperties)
	return unknown || len(e.InstanceLocation) > depth ||
		slices.ContainsFunc(e.Causes, func(cause *jsonschema.ValidationError) bool { return ofMember(cause, depth) })
}

// otherKind says whether a complaint is that the value, which stands so deep, is of another kind altogether.
func otherKind(e *jsonschema.ValidationError, depth int) bool {
	if len(e.InstanceLocation) > depth {
		return false
	}
	switch e.ErrorKind.(type) {
	case *kind.Type, *kind.Const, *kind.Enum:
		return true
	}
	return slices.ContainsFunc(e.Causes, func(cause *jsonschema.ValidationError) bool { return otherKind(cause, depth) })
}

// properties are the keys that a schema, named by its URL, knows.
func (s *schema) properties(url string) []string {
	properties, _ := s.at(url)["properties"].(map[string]any)
	return slices.Sorted(maps.Keys(properties))
}

// description is what a schema says of itself, as the end of a sentence.
func (s *schema) description(url string) string {
	if text, _ := s.at(url)["description"].(string); text != "" {
		return strings.ToLower(text[:1]) + strings.TrimSuffix(text[1:], ".")
	}
	return "a value that fits the schema"
}

// at finds the part of the schema that a URL names.
func (s *schema) at(url string) map[string]any {
	_, fragment, _ := strings.Cut(url, "#")
	node := s.doc
	for step := range jsontext.Pointer(fragment).Tokens() {
		switch at := node.(type) {
		case map[string]any:
			node = at[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(at) {
				return nil
			}
			node = at[i]
		default:
			return nil
		}
	}
	object, _ := node.(map[string]any)
	return object
}

// pointerTo writes a path as a JSON pointer.
func pointerTo(path []string) string {
	pointer := ""
	for _, step := range path {
		pointer = below(pointer, step)
	}
	return pointer
}

// below is the pointer of a member.
func below(pointer, name string) string { return yamlfile.Below(pointer, name) }
