// Package openapi owns the published contracts: the OpenAPI documents, the error catalogue and the register of
// assumptions. It only embeds them, and their digests; package contract reads them.
package openapi

import "embed"

// Files holds every published document by its file name.
//
//go:embed *.yaml
var Files embed.FS

// The names of the documents in [Files].
const (
	V1          = "dragonpass-v1.yaml" // the vendor's v1 surface, OpenAPI 3.0.3
	V2          = "dragonpass-v2.yaml" // its v2 surface, OpenAPI 3.0.3
	Errors      = "errors.yaml"        // the error catalogue
	Assumptions = "assumptions.yaml"   // the register of assumptions
	Control     = "control.yaml"       // the control plane, OpenAPI 3.0.3
)

// The digests are worked out by the build, so that a server need not read documents before it is ready.
//
//go:generate go run ../mock/internal/contract/generate digest dragonpass-v1.yaml dragonpass-v2.yaml control.yaml
var (
	//go:embed digest/dragonpass-v1.jsonl
	digestOfV1 string
	//go:embed digest/dragonpass-v2.jsonl
	digestOfV2 string
	//go:embed digest/control.jsonl
	digestOfControl string
)

// Digests are those of the OpenAPI documents, by the names of these.
func Digests() map[string]string {
	return map[string]string{V1: digestOfV1, V2: digestOfV2, Control: digestOfControl}
}
