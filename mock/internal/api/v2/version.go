package v2

import (
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/dispatch"
)

// Version is the vendor's v2 API, as its document has it.
func Version(document *contract.Document) dispatch.Version {
	callback := checkedEvent(document)
	return dispatch.Version{
		Name:     "v2",
		Bases:    []string{"/api/v2", "/v2"}, // D/3504481e0
		Document: document,
		Handlers: handlers(callback),
		Policy:   dispatch.Vendor(),
		Fields:   map[string]string{"allowedResources": "/extra/allowedResources/resourceIds"},
		Resource: resourceAnswer,
		Callback: callback,
	}
}
