// Package v2 owns what is v2's alone of the vendor's API: the structs of its requests and answers,
// and the handlers that turn one into an operation of the platform and its result into the other.
package v2
