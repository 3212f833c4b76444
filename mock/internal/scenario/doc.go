// Package scenario owns scenario files: how they are written, what is wrong with one that is not, and how they are
// played.
//
// A file is YAML. It is read into JSON with the place of every member kept, and held against the published JSON Schema,
// so that editors and the loader can never disagree; what is refused is named with line, column and a suggestion. A
// [Player] checks it against the operations and errors that it is told of, makes a world over the control plane, does the
// steps over HTTP and reports what did not hold. Against a server without control plane it is a client and no more. The
// package knows nothing of the server: of the rest of the project it imports only the language of patterns and the like,
// which know nothing themselves.
package scenario
