package journal

import (
	"slices"
	"strings"
)

// DefaultLimit is how many entries a list has when the filter does not say.
const DefaultLimit = 100

// Filter chooses entries. What is zero does not choose.
type Filter struct {
	Operation  string
	Status     int
	Symbol     string
	Origin     string
	Method     string   // in any case
	PathPrefix string   // with the base of the surface, or without; "{orderId}" stands for one segment
	Bases      []string // under which the call came; nil: any
	Unmatched  bool     // those that no operation matched
	Dropped    bool     // those that got no answer
	Since      uint64   // those after the entry of this id
	Limit      int      // how many to list: the oldest of what matches, so that Since pages on; 0 is DefaultLimit
}

// matches says whether the filter chooses a record, its place aside.
func (f *Filter) matches(r *record) bool {
	return (f.Operation == "" || f.Operation == r.Operation) &&
		(f.Status == 0 || f.Status == r.Status) &&
		(f.Symbol == "" || f.Symbol == r.Symbol) &&
		(f.Origin == "" || f.Origin == r.Origin) &&
		(f.Method == "" || strings.EqualFold(f.Method, r.Method)) &&
		(f.Bases == nil || slices.Contains(f.Bases, r.Path[:min(r.base, len(r.Path))])) &&
		(begins(r.Path, f.PathPrefix) || begins(r.Path[min(r.base, len(r.Path)):], f.PathPrefix)) &&
		(!f.Unmatched || r.Operation == "") &&
		(!f.Dropped || r.Status == 0)
}

// begins says whether a path begins with another one, in which "{orderId}" stands for one segment.
func begins(path, prefix string) bool {
	for {
		before, rest, opens := strings.Cut(prefix, "{")
		_, after, closes := strings.Cut(rest, "}")
		if !opens || !closes {
			return strings.HasPrefix(path, prefix)
		}
		path, opens = strings.CutPrefix(path, before)
		end := strings.IndexByte(path+"/", '/')
		if !opens || end == 0 {
			return false
		}
		path, prefix = path[end:], after
	}
}

// Result is what a filter chose, oldest first.
type Result struct {
	Requests []Entry `json:"requests"` // at most the filter's Limit, the oldest
	Total    int     `json:"total"`    // how many the filter matches, listed or not
	Dropped  int     `json:"dropped"`  // how many entries the journal has forgotten since it was cleared, matching or not
}

// List reads what the filter chooses. To read on, ask again with Since = the last id, until Total is what was listed.
func (j *Journal) List(f Filter) Result {
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	var found []*record
	result := Result{}
	j.mu.Lock()
	for i := j.ring.after(f.Since); i < j.ring.n; i++ {
		if rec := j.ring.at(i); f.matches(rec) {
			if result.Total++; result.Total <= limit {
				found = append(found, rec)
			}
		}
	}
	result.Dropped = j.dropped
	j.mu.Unlock()

	result.Requests = make([]Entry, len(found)) // rendered without the lock
	for i, rec := range found {
		result.Requests[i] = rec.entry()
	}
	return result
}

// countAfter counts what matches after an id.
func (j *Journal) countAfter(f Filter, id uint64) (n int) {
	for i := j.ring.after(id); i < j.ring.n; i++ {
		if f.matches(j.ring.at(i)) {
			n++
		}
	}
	return n
}
