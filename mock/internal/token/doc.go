// Package token owns access tokens: how they are issued, found in a request, and verified.
//
// They are the one thing that the machine's clock judges, because client machines sign by theirs.
package token
