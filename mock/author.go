package mock

import (
	"context"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/platform"
)

// A Fault is a rule that says which call fails, when, and how: the `faults` of a scenario file. FaultStatus is one with
// how many calls it has seen and how often it acted. The others are parts of a rule.
//
// The operation "callback" is the sending of a callback: a delay, by the world's clock, makes it late, dropped before it
// is lost and sent again later, dropped after it comes twice.
type (
	Fault       = fault.Rule
	FaultStatus = fault.Status

	FaultMatch     = fault.Match
	FaultDelay     = fault.Delay
	FaultDuration  = duration.Duration
	FaultResponse  = fault.Response
	FaultRateLimit = fault.RateLimit
)

// When a connection is dropped: before anything has happened, or after it, so that the reply is lost.
const (
	DropBefore = fault.Before
	DropAfter  = fault.After
)

// Inject adds fault rules behind those that are there, and answers the new ones. A rule that names an unknown operation
// or error is refused, and then none is added.
func (w *World) Inject(rules ...Fault) ([]FaultStatus, error) { return w.world.Faults().Add(rules...) }

// Faults answers the fault rules, in their order.
func (w *World) Faults() []FaultStatus { return w.world.Faults().Rules() }

// ClearFaults takes all fault rules away.
func (w *World) ClearFaults() {
	_, _ = w.world.Faults().Replace() // no rule, nothing to refuse
}

// Request is an exchange as the journal tells it; RequestFilter chooses some, and Requests is what it chose.
type (
	Request       = journal.Entry
	RequestFilter = journal.Filter
	Requests      = journal.Result
	UnreadFields  = journal.Unread
)

// Requests reads what clients sent and what they were answered, oldest first.
func (w *World) Requests(f RequestFilter) Requests { return w.world.Journal().List(f) }

// AwaitRequests waits until n exchanges match, those that are there included. When ctx ends first it answers what there
// is, with the error of ctx.
func (w *World) AwaitRequests(ctx context.Context, f RequestFilter, n int) (Requests, error) {
	return w.world.Journal().Wait(ctx, f, n)
}

// Unread lists the fields that clients sent and nothing read: most often misspelt names.
func (w *World) Unread() UnreadFields { return w.world.Journal().Unread() }

// ClearRequests forgets what clients sent.
func (w *World) ClearRequests() { w.world.Journal().Clear() }

// Checkpoint keeps the world as it is under a name: state, clock, ids, random streams, fault counters and undelivered
// events together. It costs next to nothing.
func (w *World) Checkpoint(name string) error { return w.world.Checkpoint(name) }

// Rewind returns the world to a checkpoint, which stays.
func (w *World) Rewind(name string) error { return w.world.Restore(name) }

// Change is a row of the world's state that is not as it was.
type Change = platform.Difference

// Changes lists what changed since a checkpoint, by table and key.
func (w *World) Changes(since string) ([]Change, error) { return w.world.Changes(since) }

// Fork makes a world that begins as this one is now, with credentials of its own.
func (w *World) Fork() (*World, error) {
	fork, err := w.server.platform.Fork(w.world)
	if err != nil {
		return nil, err
	}
	return &World{w.server, fork}, nil
}

// Confirm confirms a pending order: the supplier says yes.
func (w *World) Confirm(orderID string) (dragonpass.Order, error) {
	return platform.Run(w.world, "confirmOrder", func(tx *platform.Tx) (dragonpass.Order, error) { return tx.ConfirmOrder(orderID) })
}

// Fail fails a pending order, with refund: the supplier says no.
func (w *World) Fail(orderID string) (dragonpass.Order, error) {
	return platform.Run(w.world, "failOrder", func(tx *platform.Tx) (dragonpass.Order, error) { return tx.FailOrder(orderID) })
}

// ExpireEPass ends a pass a second ago.
func (w *World) ExpireEPass(ePassID string) (dragonpass.EPass, error) {
	return platform.Run(w.world, "expireEPass", func(tx *platform.Tx) (dragonpass.EPass, error) { return tx.ExpireEPass(ePassID) })
}

// Replay sends a callback again, whatever became of it.
func (w *World) Replay(eventID string) error {
	_, err := platform.Run(w.world, "replayEvent", func(tx *platform.Tx) (struct{}, error) { return struct{}{}, tx.ReplayEvent(eventID) })
	return err
}

// IssueEPass issues a pass, as a client would: for so many persons, in the default programme.
func (w *World) IssueEPass(p dragonpass.EPass) (dragonpass.EPass, error) {
	if p.Module.Word() == "" || p.ClientUserID == "" || p.FirstName == "" || p.LastName == "" || p.Granted < 1 {
		return p, dragonpass.Refuse(dragonpass.InvalidRequest, "expected a Module, ClientUserID, FirstName, LastName and Granted usages of 1 or more")
	}
	return platform.Run(w.world, "issueEPass", func(tx *platform.Tx) (dragonpass.EPass, error) {
		return tx.IssueEPass(platform.IssueRequest{
			ProgramID: w.world.Client().DefaultProgram(), Path: p.Module, Module: p.Module, ClientUserID: p.ClientUserID, FirstName: p.FirstName,
			LastName: p.LastName, ExpirationDate: p.ExpirationDate, Usages: p.Granted, AllowedResources: p.AllowedResources,
		})
	})
}
