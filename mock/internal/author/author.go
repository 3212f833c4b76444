package author

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/world"
)

// Verb is something that the author does in one transaction of a world: it takes a request and returns what came of it.
type Verb[Request, Result any] func(tx *world.Tx, r Request) (Result, error)

// Run does a verb. The name is the one that write-sets tell. Errors: those of the verb; WORLD_ENDED.
func Run[Request, Result any](w *world.World, name string, do Verb[Request, Result], r Request) (Result, error) {
	return world.Run(w, name, func(tx *world.Tx) (Result, error) { return do(tx, r) })
}

// refuse refuses a member of a request.
func refuse(field, format string, args ...any) error {
	return dragonpass.RefuseField(dragonpass.InvalidRequest, field, format, args...)
}
