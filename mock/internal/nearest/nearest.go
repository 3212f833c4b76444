// Package nearest owns the guess which name was meant by one that is not known.
//
// There is one threshold for the whole project: a name is near when at most half of the letters would have to change. When
// none is, one is near that begins so, with four letters at least.
// The case of letters does not count.
package nearest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Bounds of a guess, which costs the product of both. No name is longer, no list of names that people know is either.
const (
	maxWord  = 100  // bytes
	maxKnown = 1000 // names
)

// minBegin is how many bytes say which name begins so.
const minBegin = 4

// Word returns the known name that is nearest to a word, the first of several; "" when none is near.
func Word(word string, known []string) string {
	if len(word) > maxWord {
		return ""
	}
	best, least := "", utf8.RuneCountInString(word)/2+1
	word = strings.ToLower(word)
	for _, k := range known[:min(len(known), maxKnown)] {
		if d := levenshtein.ComputeDistance(word, strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	for _, k := range known[:min(len(known), maxKnown)] {
		if best == "" && len(word) >= minBegin && strings.HasPrefix(strings.ToLower(k), word) {
			best = k
		}
	}
	return best
}

// DidYouMean returns the end of a message about a word that is not known: ", did you mean order?"; "" when no known name
// is near.
func DidYouMean(word string, known []string) string {
	best := Word(word, known)
	if best == "" {
		return ""
	}
	return ", did you mean " + best + "?"
}

// nearHeader is how many letters the names of two headers may be apart for one to be meant by the other: clients send many
// headers that are nobody's business.
const nearHeader = 2

// Header returns the known header that is most likely meant by one that is not known; "" when none is.
func Header(name string, known []string) string {
	best, least := "", nearHeader+1
	for _, k := range known {
		if d := Letters(name, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// Letters is how many letters and digits two names are apart, whatever case they have and whatever else stands between.
func Letters(a, b string) int {
	return levenshtein.ComputeDistance(bare(a), bare(b))
}

// bare is the beginning of a name without what is no letter or digit.
func bare(name string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return -1
		}
		return unicode.ToLower(c)
	}, name[:min(len(name), maxWord)])
}
