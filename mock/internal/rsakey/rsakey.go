// Package rsakey owns the RSA public keys of clients: how they are read and written, and how small one may be.
package rsakey

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
)

// Least is the size of the smallest key that RS256 may be used with, in bits (RFC 7518, 3.3).
const Least = 2048

// block is the kind of PEM block that a key is written as; block1 is the older form, which is read too.
const (
	block  = "PUBLIC KEY"
	block1 = "RSA PUBLIC KEY"
)

// Read reads a public key in PEM, PKIX or PKCS #1, and nothing after it. Errors say what was expected.
func Read(text string) (*rsa.PublicKey, error) {
	found, rest := pem.Decode([]byte(text))
	if found == nil || found.Type != block && found.Type != block1 {
		return nil, errors.New("expected an RSA public key in PEM: -----BEGIN " + block + "-----")
	}
	if more, _ := pem.Decode(rest); more != nil {
		return nil, errors.New("expected one RSA public key in PEM, got more")
	}
	key := parse(found)
	if key == nil {
		return nil, errors.New("expected an RSA public key in PEM, there is another kind of key or none in the block")
	}
	if bits := key.N.BitLen(); bits < Least {
		return nil, fmt.Errorf("expected an RSA public key of at least %d bits, got %d", Least, bits)
	}
	return key, nil
}

// parse returns nil for what is no RSA key.
func parse(found *pem.Block) *rsa.PublicKey {
	if found.Type == block1 {
		key, _ := x509.ParsePKCS1PublicKey(found.Bytes)
		return key
	}
	any, _ := x509.ParsePKIXPublicKey(found.Bytes)
	key, _ := any.(*rsa.PublicKey)
	return key
}

// Write writes a key that [Read] has read. No key is an empty text.
func Write(key *rsa.PublicKey) (string, error) {
	if key == nil {
		return "", nil
	}
	der, err := x509.MarshalPKIXPublicKey(key)
	return string(pem.EncodeToMemory(&pem.Block{Type: block, Bytes: der})), err
}
