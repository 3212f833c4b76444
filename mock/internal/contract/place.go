package contract

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Pointer writes a dotted field as a JSON pointer (RFC 6901); none is the empty pointer.
func Pointer(field string) string {
	if field == "" {
		return ""
	}
	var pointer jsontext.Pointer
	for part := range strings.SplitSeq(field, ".") {
		pointer = pointer.AppendToken(part)
	}
	return string(pointer)
}

// placesOf finds the places of all fields. Members come before parameters,
// and the shallowest member before deeper ones; of two at one depth the first by its pointer, so that it is always the
// same.
func placesOf(params []param, fields []string) map[string]string {
	places := map[string]string{}
	for _, p := range params {
		places[p.Name] = p.In + " " + p.Name
	}
	deep := map[string]int{}
	for _, pointer := range fields {
		depth, name := strings.Count(pointer, "/"), jsontext.Pointer(pointer).LastToken()
		if before, known := deep[name]; !strings.Contains(pointer, "/*/") && (!known || depth < before) {
			deep[name], places[name] = depth, pointer
		}
	}
	return places
}
