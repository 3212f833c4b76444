package world

import (
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/store"
)

// Armed says whether there are fault rules, for callers that save themselves the making of a [fault.Call].
func (w *World) Armed() bool { return w.armed.Load() }

// faults are the fault rules in their order, and their keys.
func (tx *Tx) faults() (rules []fault.Armed, keys []string) {
	tx.Faults.Each(func(key string, r fault.Armed) bool {
		rules, keys = append(rules, r), append(keys, key)
		return true
	})
	return rules, keys
}

// addFaults puts rules behind those that there are, and returns the new ones.
func (tx *Tx) addFaults(rules []fault.Rule) ([]fault.Armed, error) {
	old, _ := tx.faults()
	added, issued, err := fault.Add(old, tx.Counters.Fault, tx.world.config.Names, rules...)
	if err != nil {
		return nil, err
	}
	tx.Counters.Fault = issued
	for _, r := range added {
		tx.Faults.Put(store.AgeKey(tx.Sequence()), r)
	}
	return added, nil
}

// Faults lists the fault rules of the world, in their order. Errors: WORLD_ENDED.
func (w *World) Faults() ([]fault.Status, error) {
	return Run(w, "listFaults", func(tx *Tx) ([]fault.Status, error) { return tx.FaultStatuses(), nil })
}

// FaultStatuses are the fault rules with their counters, in their order.
func (tx *Tx) FaultStatuses() []fault.Status {
	rules, _ := tx.faults()
	return statuses(rules)
}

func statuses(rules []fault.Armed) []fault.Status {
	list := make([]fault.Status, len(rules))
	for i, r := range rules {
		list[i] = r.Status()
	}
	return list
}

// AddFaults puts rules behind those that there are, and returns the new ones. When something is wrong with them the
// error is a [*fault.Error], and nothing has changed.
func (tx *Tx) AddFaults(rules ...fault.Rule) ([]fault.Status, error) {
	added, err := tx.addFaults(rules)
	return statuses(added), err
}

// ReplaceFaults puts rules in the place of all that there are, and returns them. Counters and ids begin anew. Errors as
// [Tx.AddFaults].
func (tx *Tx) ReplaceFaults(rules ...fault.Rule) ([]fault.Status, error) {
	_, keys := tx.faults()
	for _, key := range keys {
		tx.Faults.Remove(key)
	}
	tx.Counters.Fault = 0
	return tx.AddFaults(rules...)
}

// RemoveFault takes a rule away, and says whether it was there.
func (tx *Tx) RemoveFault(id string) bool {
	rules, keys := tx.faults()
	for i, r := range rules {
		if r.ID() == id {
			tx.Faults.Remove(keys[i])
			return true
		}
	}
	return false
}

// Decide asks the fault rules what happens to a call, and counts it. What they count is state of the world.
func (w *World) Decide(call fault.Call) fault.Decision {
	if !w.Armed() {
		return fault.Decision{}
	}
	w.mu.Lock()
	var rules []fault.Armed
	w.state.Faults.Each(func(_ string, r fault.Armed) bool { rules = append(rules, r); return true })
	w.mu.Unlock()
	// Bodies are decoded and compared outside the lock, since what a rule looks at does not change.
	matched := fault.Matching(rules, call)
	if matched.Empty() {
		return fault.Decision{}
	}
	decision, _ := Run(w, "decideFault", func(tx *Tx) (fault.Decision, error) {
		rules, keys := tx.faults()
		decision, changed := matched.Decide(rules, tx.Counters.Seed, tx.now)
		for _, c := range changed {
			tx.Faults.Put(keys[c.Index], c.Rule)
		}
		return decision, nil
	})
	return decision
}

// checkFaults holds the fault rules of a state that was loaded to what rules may say.
func (w *World) checkFaults(s *store.State) error {
	var rules []fault.Armed
	s.Faults.Each(func(_ string, r fault.Armed) bool { rules = append(rules, r); return true })
	return fault.CheckArmed(rules, w.config.Names)
}
