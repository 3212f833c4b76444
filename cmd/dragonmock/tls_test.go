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
	"os"
	"path/filepath"
	"testing"
	"time"
)

// certificate makes a certificate for 127.0.0.1 and answers its files, and the pool that trusts it.
func certificate(t *testing.T) (certFile, keyFile string, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	certFile, keyFile = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	for path, data := range map[string][]byte{certFile: cert, keyFile: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pool = x509.NewCertPool()
	pool.AppendCertsFromPEM(cert)
	return certFile, keyFile, pool
}

func (b built) testTLS(t *testing.T) {
	t.Parallel()
	cert, key, pool := certificate(t)
	s := b.serve(t, []string{"DRAGONMOCK_TLS_CERT=" + cert, "DRAGONMOCK_TLS_KEY=" + key}, "--addr", "127.0.0.1:0", "--control-addr", "127.0.0.1:0", "--log-format", "json")
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
	for _, url := range []string{s.url + "/transportHubs", s.control + "/_mock/worlds"} {
		answer, err := client.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.TLS == nil || answer.StatusCode == http.StatusNotFound {
			t.Errorf("%s: %s, want an answer over TLS", url, answer.Status)
		}
	}
	client.CloseIdleConnections()
	for _, by := range []struct{ env, args []string }{
		{nil, []string{"--tls"}}, {[]string{"DRAGONMOCK_TLS=true"}, nil}, {[]string{"DRAGONMOCK_TLS_CERT=" + cert}, nil},
	} {
		if got := b.run(t, by.env, append([]string{"health", "--addr", s.addr}, by.args...)...); got != (result{}) {
			t.Errorf("health %v: %+v, want silence and exit 0", by, got)
		}
	}
	if got := b.run(t, nil, "health", "--addr", s.addr); got.code != exitFailed {
		t.Errorf("health without TLS: %+v, want exit 1", got)
	}
	s.terminate(t)
}
