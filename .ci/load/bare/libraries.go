//go:build libraries

package main

// What a mock of this kind imports before it has a line of its own.
import (
	_ "github.com/brianvoe/gofakeit/v6"
	_ "github.com/getkin/kin-openapi/openapi3"
)
