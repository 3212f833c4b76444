package dragonpass

import "math"

// Party is who comes. The first adult is the cardholder.
type Party struct {
	Adults, Children int
}

// Persons counts the party; usages count persons (D/v1/338667m0). A party too large to count is the largest number.
func (p Party) Persons() int {
	if p.Adults > 0 && p.Children > math.MaxInt-p.Adults {
		return math.MaxInt
	}
	return p.Adults + p.Children
}
