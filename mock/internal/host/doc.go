// Package host owns the worlds of a server: how they are made, found, forked, ended, saved and restored.
//
// A token's issuer, or a client id, chooses the world; nothing else does. World ids and credentials come from crypto/rand,
// never from a seed.
package host
