// Package control owns the test author's door: the control plane under /_mock, as openapi/control.yaml writes it. Its
// verbs are the handlers of a version of package dispatch, like the vendor's.
//
// It is bound to its document like the vendor's surface, but it is strict where that is lenient: what the document does
// not know is refused, with a suggestion. Verbs that are one transaction of a world are the methods that return what
// dispatch.Body or dispatch.Plain makes; the others render their answer before they commit.
package control
