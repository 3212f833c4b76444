package fault

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Engine holds the rules of one world, and decides its calls. It is safe for concurrent use.
type Engine struct {
	known Known

	// rules is nil when there are none, so that a world without faults pays one load. The list is never changed in
	// place.
	rules atomic.Pointer[[]*armed]

	mu     sync.Mutex // guards what follows, the swap of rules, and their counters
	seed   uint64
	issued int // the number of the last id that was given to a rule
}

// Status is a rule with its counters.
type Status struct {
	Rule
	Seen   int     `json:"seen"`            // calls that it was tried on and that match
	Hits   int     `json:"hits"`            // calls on which it acted
	Window *Window `json:"window,omitzero"` // of a rate limit that has counted
}

// Window is what a rate limit has counted.
type Window struct {
	Began time.Time `json:"began"`
	Count int       `json:"count"` // the calls that it let through
}

// State is all of an engine, as a value.
type State struct {
	Seed   uint64   `json:"seed,string"` // a string, because other readers of JSON lose the last digits
	Issued int      `json:"issued"`
	Rules  []Status `json:"rules"`
}

// New makes an engine without rules. The seed decides what is left to chance.
func New(seed uint64, known Known) *Engine { return &Engine{seed: seed, known: known} }

// Armed says whether there are rules, for callers that save themselves the making of a [Call].
func (e *Engine) Armed() bool { return e.rules.Load() != nil }

// Rules are the rules in their order.
func (e *Engine) Rules() []Status { return e.Snapshot().Rules }

// Replace puts rules in the place of all that there are, and answers them. Counters begin anew, and so do ids. When
// something is wrong with them, the error is an [*Error] and nothing has changed.
func (e *Engine) Replace(rules ...Rule) ([]Status, error) {
	if err := Check(rules, e.known); err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.arm(nil, 0, rules), nil
}

// Add puts rules behind those that there are, and answers the new ones. It fails like Replace.
func (e *Engine) Add(rules ...Rule) ([]Status, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	c := checker{known: e.known, ids: map[string]string{}}
	for _, a := range e.list() {
		c.ids[a.rule.ID] = "a rule that is there already"
	}
	for i, r := range rules {
		c.rule(r, jsontext.Pointer(fmt.Sprintf("/faults/%d", i)), r.actions())
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	return e.arm(e.list(), e.issued, rules), nil
}

// Remove takes a rule away, and says whether it was there.
func (e *Engine) Remove(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	old := e.list()
	i := slices.IndexFunc(old, func(a *armed) bool { return a.rule.ID == id })
	if i < 0 {
		return false
	}
	e.store(slices.Delete(slices.Clone(old), i, i+1))
	return true
}

// Snapshot is the state of the engine: rules, counters, windows and the position of its random streams.
func (e *Engine) Snapshot() State {
	e.mu.Lock()
	defer e.mu.Unlock()
	return State{Seed: e.seed, Issued: e.issued, Rules: statuses(e.list())}
}

// Restore puts the engine into a state: from there the same calls meet the same faults. It fails like Replace.
func (e *Engine) Restore(s State) error {
	rules := make([]Rule, len(s.Rules))
	var found problems
	for i, r := range s.Rules {
		rules[i] = r.Rule
		at := fmt.Sprintf("/faults/%d", i)
		if r.ID == "" {
			found.add(jsontext.Pointer(at+"/id"), "it is missing")
		}
		if r.Seen < 0 || r.Hits < 0 || r.Window != nil && r.Window.Count < 0 {
			found.add(jsontext.Pointer(at), "expected no negative counter")
		}
	}
	if s.Issued < 0 {
		found.add("/issued", "expected a whole number of 0 or more")
	}
	if err := Check(rules, e.known); err != nil {
		found = append(found, err.(*Error).Problems...)
	}
	if err := found.err(); err != nil {
		return err
	}
	list := make([]*armed, len(rules))
	for i, r := range s.Rules {
		a := newArmed(r.Rule, s.Seed)
		a.seen, a.hits = r.Seen, r.Hits
		if r.Window != nil {
			a.window = *r.Window
		}
		list[i] = a
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seed, e.issued = s.Seed, s.Issued
	e.store(list)
	return nil
}

// arm puts lawful rules behind old ones.
func (e *Engine) arm(old []*armed, issued int, rules []Rule) []Status {
	taken := map[string]bool{}
	for _, a := range old {
		taken[a.rule.ID] = true
	}
	for _, r := range rules {
		taken[r.ID] = true
	}
	var added []*armed
	for _, r := range rules {
		r = r.clone()
		for r.ID == "" {
			issued++
			if id := fmt.Sprint("f", issued); !taken[id] {
				r.ID = id
			}
		}
		added = append(added, newArmed(r, e.seed))
	}
	e.issued = issued
	e.store(slices.Concat(old, added))
	return statuses(added)
}

func (e *Engine) list() []*armed {
	if list := e.rules.Load(); list != nil {
		return *list
	}
	return nil
}

func (e *Engine) store(list []*armed) {
	if len(list) == 0 {
		e.rules.Store(nil)
		return
	}
	e.rules.Store(&list)
}

func statuses(list []*armed) []Status {
	all := make([]Status, len(list))
	for i, a := range list {
		all[i] = Status{Rule: a.rule.clone(), Seen: a.seen, Hits: a.hits}
		if a.window != (Window{}) {
			all[i].Window = copied(&a.window)
		}
	}
	return all
}

// stream is the random stream of a rule at the nth call that it has seen. It is made when it is needed, which costs
// nothing, so that n is all there is to remember.
func (a *armed) stream() *rand.Rand { return rand.New(rand.NewPCG(a.key, uint64(a.seen))) }

// keyed makes the key of a rule's random stream.
func keyed(seed uint64, id string) uint64 {
	h := fnv.New64a()
	fmt.Fprint(h, "fault ", id)
	return rand.NewPCG(seed, h.Sum64()).Uint64()
}
