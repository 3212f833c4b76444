package certain

import (
	"math"
	"regexp"
	"regexp/syntax"
	"unicode"
)

// pattern knows when a text matches a regular expression. Most expressions of a contract are letters one after the
// other, each of some kind and some so many times, such as ^[A-Z]{1,2}\d{5,}$: these are read here, in a tenth of the time.
type pattern struct {
	runs  []run // nil: only the expression knows
	whole *regexp.Regexp
}

// run is a number of bytes of one kind.
type run struct {
	of          [unicode.MaxASCII + 1]bool
	least, most int
}

func newPattern(expression string) (*pattern, error) {
	whole, err := regexp.Compile(expression)
	if err != nil {
		return nil, err
	}
	tree, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return nil, err
	}
	return &pattern{runsOf(tree), whole}, nil
}

// holds takes as much as it can of each run, and says no where the expression would go back: what it says no to is judged
// again, see [Schema].
func (p *pattern) holds(text []byte) bool {
	if p.runs == nil {
		return p.whole.Match(text)
	}
	for i := range p.runs {
		r, n := &p.runs[i], 0
		for n < len(text) && n < r.most && int(text[n]) < len(r.of) && r.of[text[n]] {
			n++
		}
		if n < r.least {
			return false
		}
		text = text[n:]
	}
	return len(text) == 0
}

// runsOf reads an expression of a whole text; nil if it is not made of runs alone.
func runsOf(tree *syntax.Regexp) []run {
	n := len(tree.Sub)
	if tree.Op != syntax.OpConcat || n < 3 || tree.Sub[0].Op != syntax.OpBeginText || tree.Sub[n-1].Op != syntax.OpEndText {
		return nil
	}
	var runs []run
	for _, part := range tree.Sub[1 : n-1] {
		more := runOf(part)
		if more == nil {
			return nil
		}
		runs = append(runs, more...)
	}
	return runs
}

func runOf(part *syntax.Regexp) []run {
	least, most := 1, 1
	switch part.Op {
	case syntax.OpQuest:
		least = 0
	case syntax.OpStar:
		least, most = 0, math.MaxInt
	case syntax.OpPlus:
		most = math.MaxInt
	case syntax.OpRepeat:
		if least, most = part.Min, part.Max; most < 0 {
			most = math.MaxInt
		}
	default:
		return each(part)
	}
	if one := each(part.Sub[0]); len(one) == 1 {
		one[0].least, one[0].most = least, most
		return one
	}
	return nil
}

// each is a run for each letter of a literal, or for the one of a class.
func each(part *syntax.Regexp) (runs []run) {
	if part.Flags&syntax.FoldCase != 0 {
		return nil
	}
	switch part.Op {
	case syntax.OpLiteral:
		for _, letter := range part.Rune {
			runs = append(runs, newRun(letter, letter))
		}
	case syntax.OpCharClass:
		runs = append(runs, newRun(part.Rune...))
	}
	for _, r := range runs {
		if r.most == 0 {
			return nil
		}
	}
	return runs
}

// newRun is one letter within bounds, two and two; of no length when not all of them are ASCII.
func newRun(bounds ...rune) run {
	r := run{least: 1, most: 1}
	for i := 0; i < len(bounds); i += 2 {
		if bounds[i+1] > unicode.MaxASCII {
			return run{}
		}
		for letter := bounds[i]; letter <= bounds[i+1]; letter++ {
			r.of[letter] = true
		}
	}
	return r
}
