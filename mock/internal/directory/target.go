package directory

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/nearest"
)

// Target is which calls an author means. The zero Target is all calls.
type Target struct {
	version   string // empty: any
	operation string
	method    string
	path      string // without a base; empty: any
	prefix    bool   // the path may go on
	seen      *regexp.Regexp
}

// variable is a path parameter as the spec writes it, quoted.
var variable = regexp.MustCompile(`\\\{[^/{}]*\\\}`)

// maxTarget bounds what is compiled, and split into words. No path of an operation comes near it.
const maxTarget = 200 // letters

// Target reads "operationId", "POST /path", "/path", "/path*" or "*". A path may have parameters, as the spec writes them:
// "{orderId}" stands for one segment. A base of the surface is taken off. What no operation has is an error that names
// what comes nearest; a nil directory knows no operations and lets any name pass.
func (d *Directory) Target(text string) (Target, error) {
	t, err := d.read(text)
	if err == nil && d != nil {
		err = d.judge(t)
	}
	return t, err
}

// read reads a target as it is written.
func (d *Directory) read(text string) (t Target, err error) {
	method, path, spaced := strings.Cut(text, " ")
	switch n := utf8.RuneCountInString(text); {
	case n > maxTarget:
		return t, fmt.Errorf("expected at most %d letters, got %d", maxTarget, n)
	case text == "*":
		return t, nil
	case !spaced && strings.HasPrefix(text, "/"):
		path = text
	case !spaced && text != "" && !strings.Contains(text, "/"):
		return Target{operation: text}, nil
	case spaced && strings.HasPrefix(path, "/"):
		if err := CheckMethod(method); err != nil {
			return t, err
		}
		t.method = method
	default:
		return t, errors.New(`expected an operationId, "POST /path", "/path", "/path*" or "*"`)
	}
	path, t.prefix = strings.CutSuffix(path, "*")
	if strings.ContainsAny(path, "*?# ") {
		return t, errors.New("expected a path, with * at its end alone and no query")
	}
	s, rest := d.under(path)
	if t.path = rest; rest == "" {
		t.path = "/"
	}
	if rest != path {
		t.version = s.Version
	}
	expression := "^" + variable.ReplaceAllString(regexp.QuoteMeta(t.path), "[^/]+")
	if !t.prefix {
		expression += "$"
	}
	t.seen, err = regexp.Compile(expression)
	return t, err
}

// judge says what is wrong with a target that means nothing.
func (d *Directory) judge(t Target) error {
	switch {
	case t.operation != "":
		return d.CheckOperation(t.operation)
	case len(d.Meant(t)) > 0:
		return nil
	}
	anyMethod := t
	anyMethod.method = ""
	if known := d.Meant(anyMethod); t.method != "" && len(known) > 0 {
		var names []string
		for _, op := range known {
			for _, method := range methods {
				if answers(op, method) && !slices.Contains(names, method) {
					names = append(names, method)
				}
			}
		}
		return fmt.Errorf("%s is not allowed on %s, it knows %s", t.method, t.path, strings.Join(names, ", "))
	}
	asked := t.path
	if t.prefix {
		asked = strings.TrimSuffix(asked, "/") // what comes behind it may be anything
	}
	return fmt.Errorf("no operation has this path%s. Nearest: %s", Slip(asked, d.bases)+d.elsewhere(t), strings.Join(d.Nearest(t.method, t.path), ", "))
}

// Elsewhere ends a message about a path that a version does not have: "; v2 has it". It is empty when no other version has
// it either.
func (d *Directory) Elsewhere(version, method, path string) string {
	t, err := d.read(method + " " + path)
	if err != nil || strings.ContainsAny(path, "*{}") { // which mean more to an author than to a client
		return ""
	}
	t.version = version
	return d.elsewhere(t)
}

func (d *Directory) elsewhere(t Target) string {
	for _, s := range d.surfaces {
		other := t
		other.version = s.Version
		if t.version != "" && s.Version != t.version && len(d.Meant(other)) > 0 {
			return "; " + s.Version + " has it"
		}
	}
	return ""
}

// CheckOperation says what is wrong with an operationId that no operation has.
func (d *Directory) CheckOperation(id string) error {
	if known := d.ids(); !slices.Contains(known, id) {
		return errors.New("unknown operation" + nearest.DidYouMean(id, known))
	}
	return nil
}

// CheckOneOperation says what is wrong with a word that is no operationId where only one will do. A path is told whose
// it is.
func (d *Directory) CheckOneOperation(word string) error {
	t, err := d.Target(word)
	if err != nil || t.operation != "" {
		return err
	}
	meant := d.Meant(t)
	var ids []string
	for _, op := range meant {
		if !slices.Contains(ids, op.ID) {
			ids = append(ids, op.ID)
		}
	}
	more := ""
	if len(ids) > nearestCount {
		ids, more = ids[:nearestCount], ", ..."
	}
	return fmt.Errorf("expected an operationId: %s%s", strings.Join(ids, ", "), more)
}

// CheckMethod says what is wrong with a method, of requests to one operation unless id is empty, that no operation is
// called by at a path that begins so.
func (d *Directory) CheckMethod(id, method, path string) error {
	if err := CheckMethod(method); err != nil {
		return err
	}
	t := Target{operation: id, method: method}
	if id != "" {
		if known := d.Meant(Target{operation: id}); len(known) > 0 && !answers(known[0], method) {
			return errors.New("the method of " + id + " is " + known[0].Method)
		}
	}
	s, path := d.under(path)
	if strings.HasPrefix(path, "/") && !slices.ContainsFunc(d.bases, func(base string) bool { return strings.HasPrefix(base, path) }) {
		t.version, t.path, t.prefix = s.Version, path, true
	}
	if len(d.Meant(t)) == 0 {
		if t.path == "" {
			return errors.New("no operation has this method")
		}
		return d.judge(t)
	}
	return nil
}

// answers says whether an operation answers a method: HEAD where it is GET.
func answers(op *contract.Operation, method string) bool {
	return op.Method == method || op.Method == http.MethodGet && method == http.MethodHead
}

// CheckPrefix says what is wrong with the beginning of a path that no operation has; of one operation, unless id is empty.
func (d *Directory) CheckPrefix(id, path string) error {
	if !strings.HasPrefix(path, "/") {
		return errors.New("expected the beginning of a path, such as /orders")
	}
	if slices.ContainsFunc(d.bases, func(base string) bool { return strings.HasPrefix(base, path) }) {
		return nil
	}
	t, err := d.Target(path + "*")
	if err == nil && id != "" {
		if t.operation = id; len(d.Meant(t)) == 0 {
			err = fmt.Errorf("%s has no path that begins so", id)
		}
	}
	return err
}

func (d *Directory) ids() []string {
	var ids []string
	for _, e := range d.entries() {
		ids = append(ids, e.op.ID)
	}
	return ids
}

// Meant are the operations whose calls a target may mean.
func (d *Directory) Meant(t Target) Meant {
	var meant Meant
	for _, e := range d.entries() {
		if (t.version == "" || t.version == e.version) && (t.operation == "" || t.operation == e.op.ID) && (t.method == "" || answers(e.op, t.method)) && (t.path == "" || e.has(t.path, t.prefix)) {
			meant = append(meant, e.op)
		}
	}
	return meant
}

// CheckIDs says what is wrong with a target in whose path stands an id that nothing has. Ids are those that a path parameter
// may be; nil: any.
func (d *Directory) CheckIDs(t Target, ids func(parameter string) []string) (wrong error) {
	asked := strings.Split(t.path, "/")
	for _, op := range d.Meant(t) {
		own := strings.Split(op.Path, "/")
		var missing error
		for i := 0; t.path != "" && i < len(asked) && missing == nil; i++ {
			if name, parameter := parameterOf(own[i]); parameter {
				missing = checkID(name, asked[i], ids(name), t.prefix && i == len(asked)-1)
			}
		}
		if missing == nil {
			return nil
		}
		wrong = missing
	}
	return wrong
}

// CheckID says what is wrong with an id that nothing has; nil ids: any will do.
func CheckID(parameter, id string, ids []string) error { return checkID(parameter, id, ids, false) }

// checkID says what is wrong with the id that stands for a path parameter, or the beginning of one.
func checkID(parameter, id string, ids []string, begins bool) error {
	_, anything := parameterOf(id)
	if anything || ids == nil || slices.ContainsFunc(ids, func(known string) bool { return known == id || begins && strings.HasPrefix(known, id) }) {
		return nil
	}
	return fmt.Errorf("no %s is %s%s", parameter, id, nearest.DidYouMean(id, ids))
}

// has says whether the operation may be called at a path, or at one that begins so.
func (e entry) has(path string, prefix bool) bool {
	own, asked := strings.Split(e.op.Path, "/"), strings.Split(path, "/")
	if len(asked) > len(own) || !prefix && len(asked) < len(own) {
		return false
	}
	for i, word := range asked {
		if !e.fits(own[i], word, prefix && i == len(asked)-1) {
			return false
		}
	}
	return true
}

// fits says whether a segment of a path may be what an author wrote, or begin so.
func (e entry) fits(own, word string, begins bool) bool {
	name, parameter := parameterOf(own)
	if _, any := parameterOf(word); any || !parameter {
		return any || own == word || begins && strings.HasPrefix(own, word)
	}
	words := e.op.PathWords(name)
	return len(words) == 0 && (word != "" || begins) ||
		slices.ContainsFunc(words, func(w string) bool { return w == word || begins && strings.HasPrefix(w, word) })
}

// parameterOf is the name of a path parameter as the spec writes it.
func parameterOf(segment string) (name string, ok bool) {
	name, opens := strings.CutPrefix(segment, "{")
	name, closes := strings.CutSuffix(name, "}")
	return name, opens && closes
}

// WithoutBase takes off the longest base that a path lies under, and says which bases mean the same: none when it lies under
// none.
func (d *Directory) WithoutBase(path string) (rest string, bases []string) {
	s, rest := d.under(path)
	return rest, s.Bases
}

// canonical is the base under which a target is written that means one version alone.
var canonical = regexp.MustCompile(`^(/api/(v\d+))(?:/|$)`)

// under finds the surface whose base a path lies under, the longest one, and what comes behind it. The empty base is
// none. A nil directory knows canonical bases.
func (d *Directory) under(path string) (found Surface, rest string) {
	longest := 0
	if d == nil {
		if base := canonical.FindStringSubmatch(path); base != nil {
			return Surface{Version: base[2]}, path[len(base[1]):]
		}
		return found, path
	}
	for _, s := range d.surfaces {
		for _, base := range s.Bases {
			if rest, ok := strings.CutPrefix(path, base); ok && (rest == "" || rest[0] == '/') && len(base) > longest {
				found, longest = s, len(base)
			}
		}
	}
	return found, path[longest:]
}

// Matches says whether a call is meant; its path has no base.
func (t Target) Matches(version, operation, method, path string) bool {
	return (t.version == "" || t.version == version) && (t.operation == "" || t.operation == operation) && (t.method == "" || t.method == method) && (t.seen == nil || t.seen.MatchString(path))
}

// String writes the target as it is read, under its canonical base when it means one version alone.
func (t Target) String() string {
	switch {
	case t.operation != "":
		return t.operation
	case t.path == "":
		return "*"
	}
	text := t.path
	if t.version != "" {
		text = "/api/" + t.version + t.path
	}
	if t.prefix {
		text += "*"
	}
	return strings.TrimPrefix(t.method+" "+text, " ")
}
