// Package push owns callbacks on their way out: it delivers the events of worlds and tries again. It is the only place
// with timers, because the retries of a world whose clock runs come by themselves.
package push
