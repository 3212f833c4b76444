package author

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/text"
	"dragonmock/mock/internal/world"
)

// Verb is something that the author does in one transaction of a world: it takes a request and returns what came of it.
type Verb[Request, Result any] func(tx *world.Tx, r Request) (Result, error)

// Run does a verb. The name is the one that write-sets tell. Request and result share nothing with the world. Errors: INVALID_REQUEST for what is
// no text; those of the verb; WORLD_ENDED.
func Run[Request, Result any](w *world.World, name string, do Verb[Request, Result], r Request) (Result, error) {
	if where, found := text.Wrong(r); found { // it came through Go: what is JSON is text
		var none Result
		if where == "" {
			return none, dragonpass.Refuse(dragonpass.InvalidRequest, "%s", text.Err)
		}
		return none, refuse(where, "%s", text.Err)
	}
	r = own(r)
	result, err := world.Run(w, name, func(tx *world.Tx) (Result, error) { return do(tx, r) })
	return own(result), err
}

// refuse refuses a member of a request.
func refuse(field, format string, args ...any) error {
	return dragonpass.RefuseField(dragonpass.InvalidRequest, field, format, args...)
}
