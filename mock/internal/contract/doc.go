// Package contract owns the question whether an exchange is legal: it reads the published OpenAPI documents and the error
// catalogue, and checks requests and answers against them.
//
// It is the only importer of kin-openapi. The library's schemas do the checking; routing, parameters and messages are
// our own, because its router, its request filter and its messages do not fit (its messages quote what the client
// sent). Documents are OpenAPI 3.0.3: marked 3.1 they would be compiled anew at every call.
package contract
