package fault

import (
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/duration"
)

// Duration is a duration of a rule.
type Duration = duration.Duration

// Engine holds the rules of one world behind a lock of its own, for worlds that do not have them as rows. It is safe for
// concurrent use.
type Engine struct {
	known Known
	rules atomic.Pointer[[]Armed] // nil when there are none; the list is never changed in place

	mu     sync.Mutex // guards what follows, and the swap of rules
	seed   uint64
	issued uint64
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

// Rules returns the rules in their order.
func (e *Engine) Rules() []Status { return e.Snapshot().Rules }

// Replace puts rules in the place of all that there are, and returns them. Errors: those of the function Add.
func (e *Engine) Replace(rules ...Rule) ([]Status, error) { return e.add(false, rules) }

// Add puts rules behind those that there are, and returns the new ones. Errors: those of the function Add.
func (e *Engine) Add(rules ...Rule) ([]Status, error) { return e.add(true, rules) }

func (e *Engine) add(behind bool, rules []Rule) ([]Status, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	var old []Armed
	var issued uint64
	if behind {
		old, issued = e.list(), e.issued
	}
	added, issued, err := Add(old, issued, e.known, rules...)
	if err != nil {
		return nil, err
	}
	e.issued = issued
	e.store(slices.Concat(old, added))
	return statuses(added), nil
}

// Remove takes a rule away, and says whether it was there.
func (e *Engine) Remove(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	old := e.list()
	i := slices.IndexFunc(old, func(a Armed) bool { return a.ID() == id })
	if i < 0 {
		return false
	}
	e.store(slices.Delete(slices.Clone(old), i, i+1))
	return true
}

// Snapshot returns the state of the engine: rules, counters, windows and the position of its random streams.
func (e *Engine) Snapshot() State {
	e.mu.Lock()
	defer e.mu.Unlock()
	return State{Seed: e.seed, Issued: int(e.issued), Rules: statuses(e.list())}
}

// Restore puts the engine into a state: from there the same calls meet the same faults. It fails like Replace.
func (e *Engine) Restore(s State) error {
	c := checker{known: e.known, ids: map[string]string{}}
	list := make([]Armed, len(s.Rules))
	for i, r := range s.Rules {
		at := jsontext.Pointer("/faults").AppendToken(strconv.Itoa(i))
		if c.status(r, at); len(c.Problems) == 0 {
			list[i], _ = arm(r)
		}
	}
	if s.Issued < 0 {
		c.Add("/issued", "expected a whole number of 0 or more")
	}
	if err := c.Err(); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seed, e.issued = s.Seed, uint64(s.Issued)
	e.store(list)
	return nil
}

// Decide looks for the rules that act on a call, and counts. Now is the time of the world.
func (e *Engine) Decide(c Call, now time.Time) Decision {
	list := e.rules.Load()
	if list == nil {
		return Decision{}
	}
	matched := Matching(*list, c)
	if matched.Empty() {
		return Decision{}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	d, changed := matched.Decide(e.list(), e.seed, now)
	next := slices.Clone(e.list())
	for _, c := range changed {
		next[c.Index] = c.Rule
	}
	e.store(next)
	return d
}

func (e *Engine) list() []Armed {
	if list := e.rules.Load(); list != nil {
		return *list
	}
	return nil
}

func (e *Engine) store(list []Armed) {
	if len(list) == 0 {
		e.rules.Store(nil)
		return
	}
	e.rules.Store(&list)
}

func statuses(list []Armed) []Status {
	all := make([]Status, len(list))
	for i, a := range list {
		all[i] = a.Status()
	}
	return all
}
