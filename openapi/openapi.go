// Package openapi owns the published contracts: the OpenAPI documents, the error catalogue and the register of
// assumptions. It only embeds them; package contract reads them.
package openapi

import "embed"

// Files holds every published document by its file name.
//
//go:embed *.yaml
var Files embed.FS

// The names of the documents in [Files].
const (
	V1          = "dragonpass-v1.yaml" // the vendor's v1 surface, OpenAPI 3.0.3
	V2          = "dragonpass-v2.yaml" // its v2 surface, as far as it is built, OpenAPI 3.0.3
	Errors      = "errors.yaml"        // the error catalogue
	Assumptions = "assumptions.yaml"   // the register of assumptions
	Control     = "control.yaml"       // the control plane, OpenAPI 3.0.3
)
