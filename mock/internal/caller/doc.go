// Package caller owns how this program calls others over HTTP: callbacks, and scenarios that are played against a server
// elsewhere. What net/http does unless told otherwise is not what either wants: it follows redirects, with a token to
// whatever host they name, asks for compressed answers, trusts headers of megabytes, and says it is Go.
package caller
