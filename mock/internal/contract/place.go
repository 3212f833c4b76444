package contract

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Place returns where a request of this operation bears a field that a rule speaks of: the JSON pointer of the shallowest
// member of that name, "path orderId" or "query language" or "header X-Program-ID" for a parameter, and a field that the
// operation does not have as it is. Of a dotted field, such as "prebookingRequiredInfo.email" or "allowedResources.0", the
// first word is looked for and the rest is below it.
func (op *Operation) Place(field string) string {
	name, rest, dotted := strings.Cut(field, ".")
	place, known := op.places[name]
	switch {
	case !known:
		return field
	case dotted && place[0] == '/':
		return place + Pointer(rest)
	}
	return place
}

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

// placesOf finds the places of all fields once, so that refusals need not look for them. Members come before parameters,
// and the shallowest member before deeper ones; of two at one depth the first by its pointer, so that it is always the
// same.
func placesOf(params []parameter, body *shape) map[string]string {
	places := map[string]string{}
	for _, p := range params {
		places[p.name] = p.in + " " + p.name
	}
	deep := map[string]int{}
	for _, pointer := range body.fields() {
		depth, name := strings.Count(pointer, "/"), jsontext.Pointer(pointer).LastToken()
		if before, known := deep[name]; !strings.Contains(pointer, "/*/") && (!known || depth < before) {
			deep[name], places[name] = depth, pointer
		}
	}
	return places
}

var unescaper = strings.NewReplacer("~1", "/", "~0", "~")
