// Package author owns the verbs of a test author: what can be done to a world from behind the vendor's counter. Each is
// here once; the control plane and the Go API are two skins of it.
//
// A verb that is one transaction is a function of one, so that its caller can render the answer and hold it against a
// contract before anything is committed. [Run] runs one for those who have nothing to render. The verbs have the names
// of the operations in openapi/control.yaml.
package author
