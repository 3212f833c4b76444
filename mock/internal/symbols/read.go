package symbols

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/yamlfile"
)

// Read reads the rows of an error catalogue by their symbols, which must be known ones; nil: all are. Path is only for
// messages. The error is a [*yamlfile.Error] with all that is wrong, in the order of the file.
func Read(path string, data []byte, known []string) (map[dragonpass.Code]Row, error) {
	value, where, problem := yamlfile.Read(data, "catalogue of errors")
	if problem != nil {
		return nil, &yamlfile.Error{Path: path, Problems: []yamlfile.Problem{*problem}}
	}
	r := rowReader{where: where, known: known, rows: map[dragonpass.Code]Row{}}
	r.file(value)
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b yamlfile.Problem) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		return nil, &yamlfile.Error{Path: path, Problems: r.problems}
	}
	return r.rows, nil
}

// rowReader reads rows, and notes all that is wrong with them.
type rowReader struct {
	where    yamlfile.Places
	known    []string
	rows     map[dragonpass.Code]Row
	problems []yamlfile.Problem
}

// wrong notes a problem with a member; of one that is not there, with what it is missing from.
func (r *rowReader) wrong(pointer, format string, args ...any) {
	at, there := r.where[pointer]
	if !there {
		at = r.where[pointer[:max(strings.LastIndexByte(pointer, '/'), 0)]]
	}
	r.problems = append(r.problems, yamlfile.Problem{Line: at.Line, Column: at.Column, Pointer: pointer, Message: fmt.Sprintf(format, args...)})
}

// members takes an object that has no other members than these.
func (r *rowReader) members(v any, pointer string, names ...string) (object map[string]any, ok bool) {
	object, ok = v.(map[string]any)
	if !ok {
		r.wrong(pointer, "expected an object with %s, got %s", strings.Join(names, ", "), named(v))
		return nil, false
	}
	for name := range object {
		if !slices.Contains(names, name) {
			member := yamlfile.Below(pointer, name)
			at := r.where["key "+member]
			r.problems = append(r.problems, yamlfile.Problem{Line: at.Line, Column: at.Column, Pointer: member, Message: "unknown key" + nearest.DidYouMean(name, names)})
			ok = false
		}
	}
	return object, ok
}

func (r *rowReader) file(v any) {
	object, ok := r.members(v, "", "errors")
	if !ok {
		return
	}
	list, ok := object["errors"].([]any)
	if !ok {
		r.wrong("/errors", "expected a list of rows, got %s", named(object["errors"]))
		return
	}
	for i, row := range list {
		r.row(row, "/errors/"+strconv.Itoa(i))
	}
}

func (r *rowReader) row(v any, pointer string) {
	object, ok := r.members(v, pointer, "symbol", "status", "code", "reach", "when")
	if !ok {
		return
	}
	before := len(r.problems)
	row := Row{
		Symbol: dragonpass.Code(r.text(object, pointer, "symbol")), Code: r.text(object, pointer, "code"), When: r.text(object, pointer, "when"),
		Reach: r.texts(object, pointer, "reach"), Status: r.number(object, pointer, "status"),
	}
	if len(r.problems) > before {
		return
	}
	_, twice := r.rows[row.Symbol]
	switch symbol := pointer + "/symbol"; {
	case row.Symbol == "":
		r.wrong(symbol, "expected the symbol of an error")
	case r.known != nil && !slices.Contains(r.known, string(row.Symbol)):
		r.wrong(symbol, "no error %s%s", row.Symbol, nearest.DidYouMean(string(row.Symbol), r.known))
	case twice:
		r.wrong(symbol, "%s is there twice", row.Symbol)
	default:
		if err := row.Check(); err != nil {
			member, message, _ := strings.Cut(err.Error(), ": ")
			r.wrong(pointer+"/"+member, "%s", message)
		}
	}
	r.rows[row.Symbol] = row
}

// text reads a member that is text, or a plain number, which is text as it is written. One that is not there is empty.
func (r *rowReader) text(object map[string]any, pointer, name string) string {
	switch v := object[name].(type) {
	case nil:
		return ""
	case string:
		return v
	case json.Number:
		return r.where[pointer+"/"+name].Text
	default:
		r.wrong(pointer+"/"+name, "expected a string, got %s", named(v))
		return ""
	}
}

// texts reads a member that is a list of texts.
func (r *rowReader) texts(object map[string]any, pointer, name string) (texts []string) {
	at := pointer + "/" + name
	list, ok := object[name].([]any)
	if !ok && object[name] != nil {
		r.wrong(at, "expected a list of strings, got %s", named(object[name]))
	}
	for i, v := range list {
		text, ok := v.(string)
		if !ok {
			r.wrong(at+"/"+strconv.Itoa(i), "expected a string, got %s", named(v))
		}
		texts = append(texts, text)
	}
	return texts
}

// number reads a member that is an integer, and must be there.
func (r *rowReader) number(object map[string]any, pointer, name string) int {
	v, _ := object[name].(json.Number)
	n, err := strconv.Atoi(string(v))
	if err != nil {
		r.wrong(pointer+"/"+name, "expected an integer, got %s", named(object[name]))
	}
	return n
}

// named is what kind of value somebody wrote.
func named(v any) string {
	switch v.(type) {
	case nil:
		return "nothing"
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return "a number"
}
