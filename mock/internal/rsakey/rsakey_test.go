package rsakey_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/mocktest"
	"dragonmock/mock/internal/rsakey"
)

func TestRead(t *testing.T) {
	t.Parallel()
	key := mocktest.NewKey(t)
	public := mocktest.PublicPEM(t, key)
	block := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	for _, text := range []string{public, "\n" + public + "\n", block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(&key.PublicKey))} {
		read, err := rsakey.Read(text)
		require.NoError(t, err)
		assert.True(t, key.PublicKey.Equal(read))
		written, err := rsakey.Write(read)
		require.NoError(t, err)
		assert.Equal(t, public, written)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	other, err := x509.MarshalPKIXPublicKey(&curve.PublicKey)
	require.NoError(t, err)
	for text, want := range map[string]string{
		"":                           "expected an RSA public key in PEM: -----BEGIN PUBLIC KEY-----",
		"x":                          "expected an RSA public key in PEM",
		block("CERTIFICATE", nil):    "expected an RSA public key in PEM",
		block("PUBLIC KEY", nil):     "another kind of key or none",
		block("PUBLIC KEY", other):   "another kind of key or none",
		block("RSA PUBLIC KEY", nil): "another kind of key or none",
		public + public:              "expected one RSA public key in PEM, got more",
		mocktest.ShortPEM(t, 2047):   "expected an RSA public key of at least 2048 bits, got 2047",
		mocktest.ShortPEM(t, 512):    "at least 2048 bits, got 512",
	} {
		key, err := rsakey.Read(text)
		assert.ErrorContains(t, err, want)
		assert.Nil(t, key, want)
	}
}
