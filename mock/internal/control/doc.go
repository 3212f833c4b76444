// Package control owns the test author's door: the control plane under /_mock, as openapi/control.yaml writes it.
//
// It is bound to its document like the vendor's surface, but it is strict where that is lenient: what the document does
// not know is refused, with a suggestion.
package control
