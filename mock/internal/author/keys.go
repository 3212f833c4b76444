package author

import (
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/keyring"
	"dragonmock/mock/internal/world"
)

// ListEventKeys lists the key sets that sign an event now, or all events when it is empty. Errors: INVALID_REQUEST.
func ListEventKeys(tx *world.Tx, event news.Kind) ([]keyring.Set, error) {
	return keyring.List(tx, event)
}

// RotateEventKeys begins a new key set of an event, and returns those that sign now. Errors: those of [keyring.Rotate].
func RotateEventKeys(tx *world.Tx, r keyring.Rotation) ([]keyring.Set, error) {
	return keyring.Rotate(tx, r)
}
