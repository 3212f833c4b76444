package scenario

import (
	"fmt"
	"slices"
	"time"
)

// Outcome says how a file or a step ended.
type Outcome string

// The outcomes.
const (
	Held    Outcome = "held"
	Failed  Outcome = "failed"
	Skipped Outcome = "skipped"
)

// Report is what came of playing files, in the order in which they were named.
type Report struct {
	Files    []FileReport
	Duration time.Duration
}

// FileReport is what came of one file.
type FileReport struct {
	Path, Name string
	Outcome    Outcome
	Reason     string // why it was skipped, or failed outside its steps
	Untried    error  // why it could not be tried: the server is not there, or lets nobody in; nil: it was
	Steps      []StepReport
	Duration   time.Duration
}

// StepReport is what came of one step.
type StepReport struct {
	Name         string
	Line, Column int
	Outcome      Outcome
	Problems     []string // what is not as expected, or why it was skipped
	Sent, Came   string
	Diff         string   // of what was expected and what came
	Asks         []string // the assumptions it asks about
	Duration     time.Duration

	unasked    bool // nothing was sent, so that nothing can be said of what it asks about
	pointer    string
	mismatches []mismatch
}

func (r *StepReport) fail(format string, args ...any) {
	r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
}

func (r *FileReport) add(s StepReport) {
	r.Steps = append(r.Steps, s)
	if s.Outcome == Failed {
		r.Outcome = Failed
	}
}

// Held says whether nothing failed.
func (r Report) Held() bool {
	return !slices.ContainsFunc(r.Files, func(f FileReport) bool { return f.Outcome == Failed })
}

// count counts files and steps by outcome.
func (r Report) count() (files, steps map[Outcome]int) {
	files, steps = map[Outcome]int{}, map[Outcome]int{}
	for _, f := range r.Files {
		files[f.Outcome]++
		for _, s := range f.Steps {
			steps[s.Outcome]++
		}
	}
	return files, steps
}

// Assumptions says of every assumption that was asked about whether it held: failed as soon as one step says so. A step
// that was not sent has asked nothing.
func (r Report) Assumptions() map[string]Outcome {
	asked := map[string]Outcome{}
	for _, f := range r.Files {
		for _, s := range f.Steps {
			for _, number := range s.Asks {
				outcome := s.Outcome
				if s.unasked {
					outcome = Skipped
				}
				switch before := asked[number]; {
				case before == "", outcome == Failed, before == Skipped:
					asked[number] = outcome
				}
			}
		}
	}
	return asked
}

// asked lists the assumptions with one outcome, sorted.
func (r Report) asked(outcome Outcome) []string {
	var numbers []string
	for number, o := range r.Assumptions() {
		if o == outcome {
			numbers = append(numbers, number)
		}
	}
	slices.Sort(numbers)
	return numbers
}
