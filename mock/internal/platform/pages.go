package platform

// Page says which part of a list is asked for: Size elements, Number counted from 1.
type Page struct {
	Size, Number int
}

// bounds are the positions of the page's first element and of the one after its last.
func (p Page) bounds() (from, to int) {
	from = (p.Number - 1) * p.Size
	return from, from + p.Size
}

// Paged is one page of a list, and how many elements all pages have.
type Paged[T any] struct {
	Page  Page
	Total int
	Items []T
}

// cut takes a page out of a whole list.
func cut[T any](all []T, p Page) Paged[T] {
	from, to := p.bounds()
	from, to = min(from, len(all)), min(to, len(all))
	return Paged[T]{Page: p, Total: len(all), Items: all[from:to]}
}
