package directory

import (
	"errors"
	"net/http"
	"regexp"
	"slices"

	"dragonmock/mock/internal/nearest"
)

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// CheckMethod says what is wrong with a word that is no method.
func CheckMethod(method string) error {
	if !slices.Contains(methods, method) {
		return errors.New("unknown method" + nearest.DidYouMean(method, methods))
	}
	return nil
}

// token is the token of RFC 9110: methods and the names of headers.
var token = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")

// IsToken says whether a word may be a method, or the name of a header.
func IsToken(word string) bool { return token.MatchString(word) }
