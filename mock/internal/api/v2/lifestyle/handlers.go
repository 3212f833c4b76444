package lifestyle

import (
	"maps"

	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/dispatch"
)

// Handlers are those of the operations on options and on what was bought of them, by operationId.
func Handlers(show api.Renders) map[string]dispatch.Handler {
	all := optionHandlers()
	maps.Copy(all, boughtHandlers(show))
	return all
}
