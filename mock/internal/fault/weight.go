package fault

import "dragonmock/mock/internal/pattern"

// bytes is how long the texts of a rule are.
func (r Rule) bytes() int {
	n := len(r.ID) + len(r.On)
	texts := func(list map[string]string) {
		for name, text := range list {
			n += len(name) + len(text)
		}
	}
	if m := r.Match; m != nil {
		n += len(m.Body)
		texts(m.Query)
		texts(m.Headers)
	}
	if a := r.Respond; a != nil {
		n += len(a.Body)
		texts(a.Headers)
	}
	return n
}

// weight is what the rule takes, see [MaxWeight].
func (c *compiled) weight() int {
	steps := 0
	if c.body != nil {
		steps = c.body.Steps()
	}
	for _, list := range []map[string]*pattern.Pattern{c.query, c.headers} {
		for _, p := range list {
			steps += p.Steps()
		}
	}
	return c.rule.bytes() + stepWeight*steps
}
