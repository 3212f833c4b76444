package api

import (
	"cmp"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
	"github.com/kljensen/snowball/english"
	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
)

// nearestCount is how many operations an unknown path is answered with.
const nearestCount = 3

// directory finds the operation that was most likely meant.
type directory []entry

type entry struct {
	op    *contract.Operation
	words []string // of path and operationId, by stem
}

func newDirectory(operations []*contract.Operation) directory {
	var d directory
	for _, op := range operations {
		d = append(d, entry{op, stems(op.Path + " " + op.ID)})
	}
	return d
}

// maxPath is how much of an unknown path is looked at and quoted, in bytes: a path of a megabyte would take seconds.
const maxPath = 256

// asked is the path of a request, cut to what is bearable.
func asked(r *http.Request) string {
	if len(r.URL.Path) <= maxPath {
		return r.URL.Path
	}
	return r.URL.Path[:maxPath] + "..."
}

// unknown answers a path that no operation has (rules: Unknown paths).
func (s *Surface) unknown(c echo.Context) error {
	r := c.Request()
	path := asked(r)
	nearest := s.directory.nearest(r.Method, path)
	return s.refuse(c, dragonpass.Refuse(dragonpass.RouteNotFound, "%s %s is not known. Nearest: %s",
		r.Method, path, strings.Join(nearest, ", ")), nearest...)
}

// wrongMethod answers a known path with another method. Echo has set the Allow header.
func (s *Surface) wrongMethod(c echo.Context) error {
	r := c.Request()
	allowed := strings.TrimPrefix(c.Response().Header().Get(echo.HeaderAllow), http.MethodOptions+", ")
	path := asked(r)
	nearest := s.directory.nearest(r.Method, path)
	return s.refuse(c, dragonpass.Refuse(dragonpass.MethodNotAllowed, "%s is not allowed on %s, it knows %s. Nearest: %s",
		r.Method, path, allowed, strings.Join(nearest, ", ")), nearest...)
}

// nearest names the operations that share most with a request, the best first.
func (d directory) nearest(method, path string) []string {
	asked := stems(withoutBase.ReplaceAllString(path, "/"))
	score := func(e entry) float64 {
		total := 0.0
		for _, word := range asked {
			best := 0.0
			for _, own := range e.words {
				best = max(best, likeness(word, own))
			}
			total += best
		}
		score := 2 * total / float64(len(asked)+len(e.words))
		if e.op.Method == method {
			score += 0.01 // only to break ties
		}
		return score
	}
	ranked := slices.Clone(d)
	slices.SortStableFunc(ranked, func(a, b entry) int { return cmp.Compare(score(b), score(a)) })
	var names []string
	for _, e := range ranked[:min(nearestCount, len(ranked))] {
		names = append(names, fmt.Sprintf("%s (%s %s)", e.op.ID, e.op.Method, e.op.Path))
	}
	return names
}

// withoutBase takes away what looks like a base, known or guessed: /api/v3, /v2/partners.
var withoutBase = regexp.MustCompile(`^/(api/)?(v\d+/)?(partners/)?`)

// likeness is 1 for the same word, less for a misspelt one, 0 for another.
func likeness(a, b string) float64 {
	if a == b {
		return 1
	}
	if like := 1 - float64(levenshtein.ComputeDistance(a, b))/float64(max(len(a), len(b))); like >= 0.7 {
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
