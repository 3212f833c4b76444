package v1

import (
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/dispatch"
)

// Version is the vendor's v1 API, as its document has it.
func Version(document *contract.Document) dispatch.Version {
	return dispatch.Version{
		Name:     "v1",
		Bases:    []string{"/api/v1", "/v1", ""},
		Document: document,
		Handlers: handlers(),
		Policy:   dispatch.Vendor(),
		Fields:   map[string]string{"allowedResources": "/extra/allowedResources/resourceId"},
		Order:    orderAnswer,
		Resource: resourceAnswer,
		Callback: callbackBody,
	}
}
