package mocktest

import "sync"

// Parallel runs n calls at once and returns what came of each.
func Parallel(n int, call func(i int) Answer) []Answer {
	answers := make([]Answer, n)
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gate
			answers[i] = call(i)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
	return answers
}
