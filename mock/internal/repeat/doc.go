// Package repeat owns what a client is answered that sends a request again, under the same X-Request-ID: what it was
// answered before. The answer is part of the commit of which it speaks.
package repeat
