package certain

import (
	"math"
	"regexp"
	"regexp/syntax"
	"slices"
	"unicode"
)

// pattern knows when a text matches a regular expression. Most expressions of a contract are letters one after the
// other, each of some kind and some so many times, such as ^[A-Z]{1,2}\d{5,}$, in one way or in a few: these are read here,
// in a tenth of the time.
type pattern struct {
	ways  [][]run // one of them will do; nil: only the expression knows
	end   bool    // they are ways of a text to end, whose length does not vary
	whole *regexp.Regexp
}

// run is a number of bytes of one kind.
type run struct {
	of          *[unicode.MaxASCII + 1]bool
	least, most int
}

// mostWays is how many ways a pattern may have, since they are tried one after the other.
const mostWays = 8

func newPattern(expression string) (*pattern, error) {
	whole, err := regexp.Compile(expression)
	if err != nil {
		return nil, err
	}
	tree, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		return nil, err
	}
	p := &pattern{whole: whole}
	if n := len(tree.Sub); tree.Op == syntax.OpConcat && n >= 2 && tree.Sub[n-1].Op == syntax.OpEndText {
		if p.end = tree.Sub[0].Op != syntax.OpBeginText; p.end {
			p.ways = waysOfAll(tree.Sub[:n-1])
		} else {
			p.ways = waysOfAll(tree.Sub[1 : n-1])
		}
	}
	if p.end && slices.ContainsFunc(p.ways, func(way []run) bool { return slices.ContainsFunc(way, func(r run) bool { return r.least < r.most }) }) {
		p.ways = nil
	}
	return p, nil
}

// holds takes as much as it can of each run, and says no where the expression would go back: what it says no to is judged
// again, see [Schema].
func (p *pattern) holds(text []byte) bool {
	if p.ways == nil {
		return p.whole.Match(text)
	}
	for _, way := range p.ways {
		if from := p.from(way, text); from >= 0 && matches(way, text[from:]) {
			return true
		}
	}
	return false
}

// from is where a way begins in a text; negative when the text is too short for it.
func (p *pattern) from(way []run, text []byte) int {
	if !p.end {
		return 0
	}
	from := len(text)
	for _, r := range way {
		from -= r.least
	}
	return from
}

func matches(way []run, text []byte) bool {
	for i := range way {
		r, n := &way[i], 0
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

// waysOfAll are the ways of parts one after the other; nil if there are too many, or if one is not made of runs.
func waysOfAll(parts []*syntax.Regexp) [][]run {
	all := [][]run{{}}
	for _, part := range parts {
		var longer [][]run
		for _, more := range waysOf(part) {
			for _, way := range all {
				longer = append(longer, slices.Concat(way, more))
			}
		}
		if all = longer; len(all) > mostWays {
			return nil
		}
	}
	return all
}

// waysOf are the ways of one part; nil as in [waysOfAll].
func waysOf(part *syntax.Regexp) [][]run {
	least, most := 0, math.MaxInt
	switch part.Op {
	case syntax.OpEmptyMatch:
		return [][]run{{}}
	case syntax.OpCapture, syntax.OpConcat:
		return waysOfAll(part.Sub)
	case syntax.OpAlternate:
		var ways [][]run
		for _, sub := range part.Sub {
			more := waysOf(sub)
			if more == nil {
				return nil
			}
			ways = append(ways, more...)
		}
		return ways
	case syntax.OpQuest:
		if more := waysOf(part.Sub[0]); more != nil {
			return append(more, []run{})
		}
		return nil
	case syntax.OpStar:
	case syntax.OpPlus:
		least = 1
	case syntax.OpRepeat:
		if least, most = part.Min, part.Max; most < 0 {
			most = math.MaxInt
		}
	default:
		if letters := lettersOf(part); letters != nil {
			return [][]run{letters}
		}
		return nil
	}
	if one := lettersOf(part.Sub[0]); len(one) == 1 {
		one[0].least, one[0].most = least, most
		return [][]run{one}
	}
	return nil
}

// lettersOf is a run for each letter of a literal, or for the one of a class.
func lettersOf(part *syntax.Regexp) (runs []run) {
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
	if slices.ContainsFunc(runs, func(r run) bool { return r.most == 0 }) {
		return nil
	}
	return runs
}

// newRun is one letter within bounds, two and two; of no length when not all of them are ASCII.
func newRun(bounds ...rune) run {
	r := run{of: new([unicode.MaxASCII + 1]bool), least: 1, most: 1}
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
