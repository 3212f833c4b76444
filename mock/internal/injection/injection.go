package injection

import (
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/world"
)

// rulesOf are the fault rules in their order, and their keys.
func rulesOf(tx *world.Tx) (rules []fault.Armed, keys []string) {
	tx.Faults.Each(func(key string, r fault.Armed) bool {
		rules, keys = append(rules, r), append(keys, key)
		return true
	})
	return rules, keys
}

// List lists the fault rules of a world with their counters, in their order.
func List(tx *world.Tx) []fault.Status {
	rules, _ := rulesOf(tx)
	return statuses(rules)
}

func statuses(rules []fault.Armed) []fault.Status {
	list := make([]fault.Status, len(rules))
	for i, r := range rules {
		list[i] = r.Status()
	}
	return list
}

// Add puts rules behind those that there are, and returns the new ones. When something is wrong with them the error is a
// [*fault.Error], and nothing has changed.
func Add(tx *world.Tx, rules ...fault.Rule) ([]fault.Status, error) {
	old, _ := rulesOf(tx)
	added, issued, err := fault.Add(old, tx.Counters.Fault, tx.FaultNames(), rules...)
	if err != nil {
		return nil, err
	}
	tx.Counters.Fault = issued
	for _, r := range added {
		tx.Counters.FaultRow++ // a sequence of its own: a rule must not change the ids of anything else
		tx.Faults.Put(rowkey.Age(tx.Counters.FaultRow), r)
	}
	return statuses(added), nil
}

// Replace puts rules in the place of all that there are, and returns them. Counters and ids begin anew. Errors as [Add].
func Replace(tx *world.Tx, rules ...fault.Rule) ([]fault.Status, error) {
	_, keys := rulesOf(tx)
	for _, key := range keys {
		tx.Faults.Remove(key)
	}
	tx.Counters.Fault = 0
	return Add(tx, rules...)
}

// Remove takes a rule away, and says whether it was there.
func Remove(tx *world.Tx, id string) bool {
	rules, keys := rulesOf(tx)
	for i, r := range rules {
		if r.ID() == id {
			tx.Faults.Remove(keys[i])
			return true
		}
	}
	return false
}

// Decide asks the fault rules of a world what happens to a call, and counts it. A world that has ended has none.
func Decide(w *world.World, call fault.Call) fault.Decision {
	if !w.Armed() {
		return fault.Decision{}
	}
	rules, err := world.Run(w, "listFaults", func(tx *world.Tx) ([]fault.Armed, error) {
		rules, _ := rulesOf(tx)
		return rules, nil
	})
	if err != nil {
		return fault.Decision{}
	}
	// Bodies are decoded and compared outside the lock, since what a rule looks at does not change.
	matched := fault.Matching(rules, call)
	if matched.Empty() {
		return fault.Decision{}
	}
	decision, _ := world.Run(w, "decideFault", func(tx *world.Tx) (fault.Decision, error) { return count(tx, matched), nil })
	return decision
}

// DecideIn is [Decide] inside a transaction: what the rules count is part of it.
func DecideIn(tx *world.Tx, call fault.Call) fault.Decision {
	rules, _ := rulesOf(tx)
	if matched := fault.Matching(rules, call); !matched.Empty() {
		return count(tx, matched)
	}
	return fault.Decision{}
}

// count has rules decide on a call that they look at, and keeps what they count.
func count(tx *world.Tx, matched fault.Matched) fault.Decision {
	rules, keys := rulesOf(tx)
	decision, changed := matched.Decide(rules, tx.Seed(), tx.Now())
	for _, c := range changed {
		tx.Faults.Put(keys[c.Index], c.Rule)
	}
	return decision
}
