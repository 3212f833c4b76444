// Package contract owns the question whether an exchange is legal: it reads the published OpenAPI documents and the error
// catalogue, and checks requests and answers against them.
//
// kin-openapi reads the documents. Routing and parameters are our own, because its router and its request filter do not
// fit; package schema holds the values. Documents are OpenAPI 3.0.3: marked 3.1 they would be compiled anew at every call.
package contract
