package contract

import "github.com/agnivade/levenshtein"

// Nearest is the word that was most likely meant; empty when there are none.
func Nearest(word string, words []string) string {
	best, least := "", 0
	for _, w := range words {
		if d := levenshtein.ComputeDistance(word, w); best == "" || d < least {
			best, least = w, d
		}
	}
	return best
}
