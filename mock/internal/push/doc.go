// Package push owns callbacks on their way out: it delivers the events of worlds and tries again. Its timers start the
// retries of worlds whose clocks run; the retries of a frozen clock come when the test author moves it.
//
// Two locks meet here. The platform tells [Pusher.Forget] with its own lock held, so Forget takes the pusher's lock and
// nothing else: it must never call back into the platform or a world. The other way round, [Pusher.Deliver] asks a world
// whether it has ended while it holds the pusher's lock: that question takes no lock.
package push
