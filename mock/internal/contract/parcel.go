package contract

import (
	"net/http"
	"net/url"

	"github.com/getkin/kin-openapi/openapi3"
)

// digest is what an operation knows of its request and its answers without kin-openapi. Its numbers are those of lines.
type digest struct {
	Body     *parcel        `json:"body,omitzero"` // nil: it takes none
	Params   []param        `json:"params,omitzero"`
	Answers  map[int]parcel `json:"answers,omitzero"`  // by status
	Failures *parcel        `json:"failures,omitzero"` // of other statuses; nil: nothing is said of them
}

// parcel is a body.
type parcel struct {
	Certain int `json:"certain,omitzero"` // what is certainly legal
	Fields  int `json:"fields,omitzero"`  // its members
}

// param is a parameter.
type param struct {
	Name     string   `json:"name"`
	In       string   `json:"in"`
	Required bool     `json:"required,omitzero"`
	Words    []string `json:"words,omitzero"`   // that it may be; none: any
	Certain  int      `json:"certain,omitzero"` // what is certainly legal

	key string // of a header: its name as net/http keeps it
}

// The places of parameters.
const (
	inPath   = openapi3.ParameterInPath
	inQuery  = openapi3.ParameterInQuery
	inHeader = openapi3.ParameterInHeader
)

// find reads a parameter's values as sent.
func (p *param) find(header http.Header, path, query url.Values) []string {
	switch p.In {
	case inHeader:
		return header[p.key]
	case inPath:
		return path[p.Name]
	default:
		return query[p.Name]
	}
}
