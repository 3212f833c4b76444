package author

import (
	"context"
	"errors"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/world"
)

// MaxWait is the longest that a call waits for requests of clients.
const MaxWait = 5 * time.Minute

// ListRequests reads what clients sent and what they were answered, oldest first. Errors: WORLD_ENDED; INVALID_REQUEST
// for a filter that names what there is not.
func ListRequests(w *world.World, f journal.Filter) (journal.Result, error) {
	if err := w.CheckEnded(); err != nil {
		return journal.Result{}, err
	}
	f, err := choose(w, f)
	if err != nil {
		return journal.Result{}, err
	}
	return w.Journal().List(f), nil
}

// maxAwaited is how many requests can be waited for.
const maxAwaited = 1000

// AwaitRequests waits until n exchanges match, from 1 to 1,000, those that are there included. When ctx ends first it
// returns what there is, with the error of ctx. Errors: those of [ListRequests]; INVALID_REQUEST for another n, and for
// a world without a journal.
func AwaitRequests(ctx context.Context, w *world.World, f journal.Filter, n int) (journal.Result, error) {
	if err := w.CheckEnded(); err != nil {
		return journal.Result{}, err
	}
	f, err := choose(w, f)
	if err != nil {
		return journal.Result{}, err
	}
	if n < 1 || n > maxAwaited {
		return journal.Result{}, refuse("wait", "expected a number of requests from 1 to %d", maxAwaited)
	}
	found, err := w.Journal().Wait(ctx, f, n)
	switch {
	case errors.Is(err, journal.ErrClosed):
		return found, w.CheckEnded()
	case errors.Is(err, journal.ErrOff):
		return found, dragonpass.Refuse(dragonpass.InvalidRequest, "%s", err)
	}
	return found, err
}

// ClearRequests forgets what clients sent. Errors: WORLD_ENDED.
func ClearRequests(w *world.World) error {
	if err := w.CheckEnded(); err != nil {
		return err
	}
	w.Journal().Clear()
	return nil
}

// ListUnread lists the fields that clients sent and nothing read: most often misspelt names. Errors: WORLD_ENDED.
func ListUnread(w *world.World) (journal.Unread, error) {
	return w.Journal().Unread(), w.CheckEnded()
}

// StreamRequests tells of each exchange after one, by its id; nil since: of those to come. The channel is closed when ctx
// ends. Errors: WORLD_ENDED.
func StreamRequests(ctx context.Context, w *world.World, since *uint64) (<-chan journal.Entry, error) {
	if err := w.CheckEnded(); err != nil {
		return nil, err
	}
	last := w.Journal().Last()
	if since != nil {
		last = *since
	}
	return w.Journal().Subscribe(ctx, last), nil
}
