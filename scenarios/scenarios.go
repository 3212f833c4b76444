// Package scenarios owns the scenario files that are shipped, ready to load by name, and the JSON Schema of scenario
// files.
package scenarios

import "embed"

// Files holds every shipped scenario by its file name.
//
//go:embed *.yaml
var Files embed.FS

// Schema is the JSON Schema that editors complete scenario files by, and that the loader refuses them by. The names in it
// come from the published documents.
//
//go:generate go run ../mock/internal/scenario/generate scenario.schema.json
//go:embed scenario.schema.json
var Schema []byte
