package search

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/translation"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/world"
)

// everything is the page that holds a whole list.
var everything = booking.Page{Size: math.MaxInt, Number: 1}

// Hit is a hub or a resource that was found.
type Hit struct {
	Hub      dragonpass.TransportHub // zero: a resource was found
	Resource dragonpass.Resource
}

// Keyword finds what each word of a keyword begins a word of: hubs by their name, city and IATA code, resources by their
// name and those of their hub or city. Names have the same words in all languages, so it is all the same which of
// them the client may read; the mark of a language is no word. Capitals and accents do not matter. Hubs come first, then
// what is at hubs, then what is in cities, each by id. Errors: INVALID_REQUEST for a keyword without a letter or a digit.
func Keyword(tx *world.Tx, keyword string, page booking.Page) (booking.Paged[Hit], error) {
	sought := words(translation.Unmarked(keyword))
	if len(sought) == 0 {
		return booking.Paged[Hit]{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "keyword", "expected a letter or a digit").By("A-031")
	}
	var hits []Hit
	for _, h := range booking.TransportHubs(tx, booking.HubFilter{}, everything).Items {
		if found(sought, h.Name, h.City, h.IATA) {
			hits = append(hits, Hit{Hub: h})
		}
	}
	resources, err := booking.Resources(tx, dragonpass.ResourceFilter{}, everything)
	for _, r := range resources.Items {
		if found(sought, r.Name, r.Hub.Name, r.Hub.City, r.Hub.IATA) {
			hits = append(hits, Hit{Resource: r})
		}
	}
	return booking.Cut(hits, page), err
}

// found says whether each of the words begins one of the names' words.
func found(sought []string, names ...string) bool {
	there := " " + plain(strings.Join(names, " "))
	return !slices.ContainsFunc(sought, func(word string) bool { return !strings.Contains(there, " "+word) })
}

// words are the words of a text.
func words(text string) []string { return strings.Fields(plain(text)) }

// plain is a text in small letters and without accents, with spaces for all that is neither a letter nor a digit.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= utf8.RuneSelf && unicode.Is(unicode.Mn, r):
			return -1
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return ' '
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
}

// Modules counts the resources at a place by their module; a module that has none there is not in it. Errors: those of
// [booking.Resources].
func Modules(tx *world.Tx, place dragonpass.ResourceFilter) (map[dragonpass.Module]int, error) {
	resources, err := booking.Resources(tx, place, everything)
	there := map[dragonpass.Module]int{}
	for _, r := range resources.Items {
		there[r.Module]++
	}
	return there, err
}
