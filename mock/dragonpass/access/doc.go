// Package access owns what the vendor refuses of any call, whatever it asks for: its secret, operation, programme, language
// and request id.
//
// It is written as package rules is, see [dragonmock/mock/dragonpass/rules].
package access
