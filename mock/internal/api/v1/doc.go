// Package v1 owns what is v1's alone of the vendor's API: the structs of its requests and answers, and the handlers that
// turn one into an operation of the platform and its result into the other.
package v1
