package author

import (
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// DeleteWorld ends a world. Errors: INVALID_REQUEST for the default world, which does not end; WORLD_ENDED.
func DeleteWorld(h *host.Host, w *world.World) error {
	if w.ID() == host.DefaultWorld {
		return refuse("id", "the default world does not end; reset it")
	}
	if !h.Delete(w.ID()) {
		return w.CheckEnded()
	}
	return nil
}

// The verbs of a whole world are its methods: [world.World.Reset], [world.World.Checkpoint], [world.World.Rewind],
// [world.World.Changes], [world.World.Dump], [world.World.Load]; [host.Host.PrepareFork] makes a fork.

// ListEvents lists the callbacks of a world, oldest first.
func ListEvents(tx *world.Tx, _ struct{}) ([]store.Event, error) { return outbox.List(tx), nil }

// ListDeliveries lists the callbacks that reached the client, in the order in which they came, a row an attempt.
func ListDeliveries(tx *world.Tx, _ struct{}) ([]outbox.Delivery, error) {
	return outbox.Deliveries(tx), nil
}

// ReplayEvent sends a callback again, whatever became of it. Errors: those of [outbox.Replay].
func ReplayEvent(tx *world.Tx, eventID string) (struct{}, error) {
	return struct{}{}, outbox.Replay(tx, eventID)
}
