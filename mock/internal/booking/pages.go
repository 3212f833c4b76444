package booking

import "math"

// Page says which part of a list is asked for. Both members are 1 or more.
type Page struct {
	Size   int // elements
	Number int // counted from 1
}

// bounds are the positions of the page's first element and of the one after its last. A page beyond what can be counted
// is empty.
func (p Page) bounds() (from, to int) {
	from, to = times(p.Number-1, p.Size), times(p.Number, p.Size)
	return from, to
}

// times multiplies; what cannot be counted is the largest number.
func times(n, size int) int {
	if n > 0 && size > math.MaxInt/n {
		return math.MaxInt
	}
	return n * size
}

// Paged is one page of a list, and how many elements all pages have.
type Paged[T any] struct {
	Page  Page
	Total int
	Items []T
}

// mostRoom is how many elements a page has room for before the first comes: more than most clients ask for.
const mostRoom = 16

// next counts one more element of the list, and says whether it is one of the page.
func (p *Paged[T]) next() bool {
	from, to := p.Page.bounds()
	p.Total++
	return from < p.Total && p.Total <= to
}

// keep takes an element onto the page.
func (p *Paged[T]) keep(item T) {
	if p.Items == nil {
		p.Items = make([]T, 0, min(p.Page.Size, mostRoom))
	}
	p.Items = append(p.Items, item)
}

// Cut takes a page out of a whole list.
func Cut[T any](all []T, p Page) Paged[T] {
	from, to := p.bounds()
	from, to = min(from, len(all)), min(to, len(all))
	return Paged[T]{Page: p, Total: len(all), Items: all[from:to]}
}
