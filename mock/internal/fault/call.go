package fault

import (
	"net/http"
	"net/url"
)

// Call is what rules look at.
type Call struct {
	Version   string // of the API
	Operation string // operationId
	Method    string
	Path      string // without a base
	Query     url.Values
	Header    http.Header
	Body      func() any // decodes the JSON body, nil when there is none; called at most once, and only when a rule asks
}
