package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// certificate makes a certificate for 127.0.0.1 and returns its files, and the pool that trusts it.
func certificate(t *testing.T) (certFile, keyFile string, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(t, err)
	folder := t.TempDir()
	certFile, keyFile = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	for path, data := range map[string][]byte{certFile: cert, keyFile: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})} {
		write(t, path, string(data))
	}
	pool = x509.NewCertPool()
	pool.AppendCertsFromPEM(cert)
	return certFile, keyFile, pool
}

func TestTLS_BothPorts_SpeakIt(t *testing.T) {
	t.Parallel()
	cert, key, pool := certificate(t)
	s := listen(t, []string{"DRAGONMOCK_TLS_CERT=" + cert, "DRAGONMOCK_TLS_KEY=" + key}, "--control-addr", "127.0.0.1:0")
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
	for _, url := range []string{s.url + "/transportHubs", s.control + "/_mock/worlds"} {
		answer, err := client.Get(url)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		assert.NotNil(t, answer.TLS, url)
		assert.NotEqual(t, http.StatusNotFound, answer.StatusCode, url)
	}
	client.CloseIdleConnections()
	for _, by := range []struct{ env, args []string }{
		{nil, []string{"--tls"}}, {[]string{"DRAGONMOCK_TLS=true"}, nil}, {[]string{"DRAGONMOCK_TLS_CERT=" + cert}, nil},
	} {
		assert.Equal(t, result{}, execute(t, by.env, append([]string{"health", "--addr", s.addr}, by.args...)...), "health by %v", by)
	}
	assert.Equal(t, exitFailed, execute(t, nil, "health", "--addr", s.addr).code, "health without TLS")
	s.terminate(t)
}

// TestCA_IsTrusted: by play, of a target and its control plane, and by nobody who was not told.
func TestCA_IsTrusted(t *testing.T) {
	t.Parallel()
	cert, key, _ := certificate(t)
	s := listen(t, nil, "--tls-cert", cert, "--tls-key", key)
	args := []string{"play", "--target", s.url + "/api/v1", "--control", s.url + "/_mock", "portable-flow"}
	got := execute(t, nil, args...)
	assert.Equal(t, exitUnusable, got.code)
	assert.Contains(t, got.stderr, "certificate")
	assert.Zero(t, execute(t, nil, append(args, "--ca", cert)...).code)
	assert.Zero(t, execute(t, []string{"DRAGONMOCK_CA=" + cert}, args...).code, "by the environment")
	s.terminate(t)
}
