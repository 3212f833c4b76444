package fault

// The rules of a world weigh at most so much: the bytes of their texts, and so many for each step of a regular expression.
const (
	MaxWeight  = 1 << 20
	stepWeight = 100
)

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
