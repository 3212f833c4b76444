package intake

import (
	"net/http"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/nearest"
)

// Strangers is what of a request its operation does not know beside what its contract finds: the body where it takes
// none, and headers that are nearly one of its own, as "header X-Programme-ID". Of such a body its members are named, as
// JSON pointers. Null and an empty object say nothing, since many clients send them with every call; what is no object is
// "body".
func Strangers(op *contract.Operation, header http.Header, body []byte) (unread []string) {
	for name := range header {
		if likeHeader(op, name) != "" {
			unread = append(unread, "header "+name)
		}
	}
	if len(body) == 0 || op.TakesBody() {
		return unread
	}
	value, err := contract.Decode(body)
	members, object := value.(map[string]any)
	switch {
	case object:
		for name := range members {
			unread = append(unread, string(jsontext.Pointer("").AppendToken(name)))
		}
	case err != nil || value != nil:
		unread = append(unread, "body")
	}
	return unread
}

// likeHeader is the header of the operation that a client has most likely meant by one that is not known. Clients send
// many headers that are nobody's business; "" for them.
func likeHeader(op *contract.Operation, name string) string {
	if slices.Contains(single, name) || slices.Contains(usual, name) {
		return ""
	}
	return nearest.Header(name, op.Parameters("header"))
}

// usual are headers that most clients send, and that are far from all that a document has.
var usual = []string{"Content-Length", "User-Agent", "Accept", "Accept-Encoding", "Accept-Language", "Connection", "Cache-Control", "Traceparent"}

// Refused says that an operation does not know what was found unread, and what may have been meant.
func Refused(op *contract.Operation, unread string) contract.Violation {
	if unread == "body" {
		return contract.Violation{Where: "/", Expected: "expected no body"}
	}
	if unread[0] == '/' {
		return contract.Violation{Where: unread, Expected: "expected no such member" + nearest.DidYouMean(jsontext.Pointer(unread).LastToken(), op.Members())}
	}
	kind, name, _ := strings.Cut(unread, " ")
	return contract.Violation{Where: unread, Expected: "expected no such parameter" + nearest.DidYouMean(name, op.Parameters(kind))}
}
