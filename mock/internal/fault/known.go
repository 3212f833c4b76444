package fault

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/directory"
)

// Known are the names that rules may use. What is nil lets any name pass.
type Known struct {
	Operations *directory.Directory
	Callback   string   // the one of them that is the sending of a callback, which can be late or lost and nothing else
	Errors     []string // symbols of the error catalogue
}

// target judges which calls a rule means, and whether it can act on them: a rule that looks at what they never have would
// never act, and nobody would know.
func (c *checker) target(r Rule, at jsontext.Pointer, acts []string) {
	t, err := c.known.Operations.Target(r.On)
	if err != nil {
		c.Add(at.AppendToken("on"), "%s", err)
		return
	}
	if c.known.Operations == nil {
		return
	}
	meant := c.known.Operations.Meant(t)
	calledBack := slices.ContainsFunc(meant, func(op *contract.Operation) bool { return op.ID == c.known.Callback })
	switch {
	case calledBack && len(meant) == 1:
		for _, act := range acts {
			if act != actDelay && act != actDrop {
				c.Add(at.AppendToken(act), "a callback can be late or lost: expected delay or drop")
			}
		}
		if r.Match != nil && len(r.Match.Query)+len(r.Match.Headers) > 0 {
			c.Add(at.AppendToken("match"), "of a callback, expected body alone")
		}
	case r.Match != nil:
		at = at.AppendToken("match")
		meant.CheckQuery(&c.Problems, r.Match.Query, at.AppendToken("query"))
		if r.Match.Body != nil && !calledBack {
			meant.CheckBody(&c.Problems, r.Match.Body, at.AppendToken("body"))
		}
	}
}
