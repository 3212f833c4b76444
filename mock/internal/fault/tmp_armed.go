package fault

import "time"

type Armed struct{ S Status }

func (a Armed) Status() Status { return a.S }

type Changed struct {
	Index int
	Rule  Armed
}
type Matched struct{ n []bool }

func (m Matched) None() bool { return len(m.n) == 0 }
func (m Matched) Decide(rules []Armed, seed uint64, now time.Time) (Decision, []Changed) {
	return Decision{}, nil
}
func Matching(rules []Armed, c Call) Matched { return Matched{} }
func Add(old []Armed, issued uint64, known Known, rules ...Rule) ([]Armed, uint64, error) {
	return nil, issued, nil
}
func CheckArmed(rules []Armed, known Known) error { return nil }
