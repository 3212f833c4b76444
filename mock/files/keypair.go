package files

import (
	"crypto/tls"

	"dragonmock/mock/internal/readfile"
)

// KeyPair reads a certificate with its chain, and its key (PEM), each from a regular file.
func KeyPair(certificate, key string) (tls.Certificate, error) {
	chain, err := readfile.Read(certificate, readfile.Certificates)
	if err != nil {
		return tls.Certificate{}, err
	}
	private, err := readfile.Read(key, readfile.Certificates)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.X509KeyPair(chain, private)
}
