// Package scenario owns scenario files: how they are written, and what is wrong with one that is not.
//
// A file is YAML. It is read into JSON with the place of every member kept, and held against the published JSON Schema,
// so that editors and the loader can never disagree; what is refused is named with line, column and a suggestion. The
// package knows nothing of the rest of the project.
package scenario
