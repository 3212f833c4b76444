package directory

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"github.com/kljensen/snowball/english"

	"dragonmock/mock/internal/contract"
)

// nearestCount is how many operations an unknown path is answered with.
const nearestCount = 3

// Surface is operations that answer under the same bases: a version of an API.
type Surface struct {
	Version    string // a path under a base that is not empty means this version alone
	Bases      []string
	Operations func() []*contract.Operation // asked for when the directory is first asked for one
}

// Directory knows the operations of surfaces. It never changes.
type Directory struct {
	surfaces []Surface
	bases    []string // of all of them
	entries  func() []entry
	words    func() [][]string // of path and operationId, by stem, of each entry; only who is lost asks for them
}

type entry struct {
	version string
	op      *contract.Operation
}

// New makes the directory of the operations of surfaces.
func New(surfaces ...Surface) *Directory {
	d := &Directory{surfaces: surfaces}
	for _, s := range surfaces {
		d.bases = append(d.bases, s.Bases...)
	}
	d.entries = sync.OnceValue(func() (all []entry) {
		for _, s := range surfaces {
			for _, op := range s.Operations() {
				all = append(all, entry{s.Version, op})
			}
		}
		return all
	})
	d.words = sync.OnceValue(func() [][]string {
		words := make([][]string, len(d.entries()))
		for i, e := range d.entries() {
			words[i] = stems(e.op.Path + " " + e.op.ID)
		}
		return words
	})
	return d
}

// Methods are those that a path of the document takes, as the Allow header writes them.
func (d *Directory) Methods(path string) string {
	allowed := []string{http.MethodOptions}
	for _, e := range d.entries() {
		if e.op.Path == path {
			allowed = append(allowed, e.op.Method)
			if e.op.Method == http.MethodGet {
				allowed = append(allowed, http.MethodHead)
			}
		}
	}
	slices.Sort(allowed[1:])
	return strings.Join(slices.Compact(allowed), ", ")
}

// Nearest names the three operations that share most with a request, the best first: "cancelOrder (PATCH /orders)".
func (d *Directory) Nearest(method, path string) []string {
	type scored struct {
		op    *contract.Operation
		score float64
	}
	asked := stems(withoutBase.ReplaceAllString(path, "/"))
	ranked, words := make([]scored, len(d.entries())), d.words()
	for i, e := range d.entries() {
		ranked[i] = scored{e.op, e.score(words[i], method, asked)}
	}
	slices.SortStableFunc(ranked, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var names []string
	for _, e := range ranked {
		name := fmt.Sprintf("%s (%s %s)", e.op.ID, e.op.Method, e.op.Path)
		if len(names) < nearestCount && !slices.Contains(names, name) { // versions share most of them
			names = append(names, name)
		}
	}
	return names
}

// score is how much of what was asked the operation has, whose words these are.
func (e entry) score(words []string, method string, asked []string) float64 {
	total := 0.0
	for _, word := range asked {
		best := 0.0
		for _, own := range words {
			best = max(best, likeness(word, own))
		}
		total += best
	}
	score := 2 * total / float64(len(asked)+len(words))
	if e.op.Method == method {
		score += 0.01 // only to break ties
	}
	return score
}

// withoutBase takes away what looks like a base, known or guessed: /api/v3, /v2/partners.
var withoutBase = regexp.MustCompile(`^/(api/)?(v\d+/)?(partners/)?`)

// Slip says what is often wrong with the path that a client makes of a base URL and the path of an operation: the end of
// a message; empty when it is nothing of that kind.
func Slip(path string, bases []string) string {
	switch guessed := strings.TrimSuffix(withoutBase.FindString(path+"/"), "/"); {
	case strings.Contains(path, "//"):
		return "; it has two slashes in a row"
	case slices.Contains(bases, strings.TrimSuffix(path, "/")):
		return "; it is a base, and operations are below it"
	case strings.HasSuffix(path, "/"):
		return "; no path has a slash at its end"
	case guessed != "" && !slices.Contains(bases, guessed):
		return "; there is no base " + guessed + ", the base is " + bases[0]
	}
	return ""
}

// likeness is 1 for the same word, less for a misspelt one, 0 for another.
func likeness(a, b string) float64 {
	if a == b {
		return 1
	}
	longer := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b)) // the distance counts runes
	if like := 1 - float64(levenshtein.ComputeDistance(a, b))/float64(longer); like >= 0.7 {
		return like
	}
	return 0
}

// stems splits a path or an operationId into the stems of its words, each once.
func stems(s string) []string {
	var words []string
	var word strings.Builder
	flush := func() {
		if stem := english.Stem(word.String(), false); stem != "" && !slices.Contains(words, stem) {
			words = append(words, stem)
		}
		word.Reset()
	}
	previous := ' '
	for _, c := range s {
		switch {
		case !unicode.IsLetter(c) && !unicode.IsDigit(c):
			flush()
		case unicode.IsUpper(c) && unicode.IsLower(previous):
			flush()
			word.WriteRune(unicode.ToLower(c))
		default:
			word.WriteRune(unicode.ToLower(c))
		}
		previous = c
	}
	flush()
	return words
}
