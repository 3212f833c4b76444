package v1

import (
	"fmt"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/store"
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
		Callback: checkedCallback(document),
	}
}

// checkedCallback renders a notice and holds it against the document, as answers are.
func checkedCallback(document *contract.Document) func(store.Event) ([]byte, error) {
	return func(e store.Event) ([]byte, error) {
		body, err := callbackBody(e.Notice)
		if err != nil {
			return nil, err
		}
		for _, op := range document.Callbacks() {
			if violations := op.CheckSent(body); violations != nil {
				return nil, fmt.Errorf("callback %s breaks the contract: %s", op.ID, contract.Join(violations))
			}
		}
		return body, nil
	}
}
