package pattern

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
)

// Bounds of regular expressions, which are small to write and large to hold: x{1000} is a thousand steps.
const (
	maxExpression = 1000   // bytes
	Most          = 10_000 // steps of all expressions of a pattern
)

// Expression returns the regular expression of a string of the form /.../.
func Expression(s string) (string, bool) {
	if len(s) < 2 || s[0] != '/' || s[len(s)-1] != '/' {
		return "", false
	}
	return s[1 : len(s)-1], true
}

// CheckExpression says what is wrong with a regular expression by itself.
func CheckExpression(text string) error {
	_, _, err := compile(text, Most)
	return err
}

// compile reads a regular expression that takes at most so many steps, and returns how many it takes.
func compile(text string, most int) (*regexp.Regexp, int, error) {
	if len(text) > maxExpression {
		return nil, 0, fmt.Errorf("expected a regular expression of at most %d bytes, got %d", maxExpression, len(text))
	}
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil, 0, err
	}
	steps := stepsOf(tree)
	if steps > most {
		return nil, 0, errors.New("expected regular expressions that repeat less: together they take too many steps")
	}
	expression, err := regexp.Compile(text)
	return expression, steps, err
}

// stepsOf is about how many instructions an expression takes.
func stepsOf(tree *syntax.Regexp) int {
	if tree.Op == syntax.OpRepeat {
		return min(stepsOf(tree.Sub[0])*max(tree.Min, tree.Max, 1), Most+1)
	}
	steps := 1 + len(tree.Rune)/2
	for _, part := range tree.Sub {
		steps = min(steps+stepsOf(part), Most+1)
	}
	return steps
}
