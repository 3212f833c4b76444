package signet

import (
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"math/big"
	"sync"

	"dragonmock/mock/internal/rsakey"
	"dragonmock/mock/internal/seed"
)

// Name is which key is meant: the nth of a purpose of a seed.
type Name struct {
	Seed    uint64
	Purpose string // the event that it signs
	N       uint64
}

// KeyID is the `kid` of the key. To know it no key need be made.
func (n Name) KeyID() string {
	r := seed.Nth(n.Seed, "key id "+n.Purpose, n.N)
	return fmt.Sprintf("dp-%016x", r.Uint64())
}

// remembered is how many keys a process remembers: each takes a while to make, and many worlds have the same.
const remembered = 256

var made struct {
	sync.Mutex
	keys map[Name]func() *rsa.PrivateKey
}

// Key makes the key, or remembers it.
func (n Name) Key() *rsa.PrivateKey {
	made.Lock()
	key := made.keys[n]
	if key == nil {
		if made.keys == nil || len(made.keys) >= remembered {
			made.keys = map[Name]func() *rsa.PrivateKey{}
		}
		key = sync.OnceValue(n.make)
		made.keys[n] = key
	}
	made.Unlock()
	return key()
}

// exponent is the public exponent of all keys.
const exponent = 65537

// make draws the two primes of the key from its stream. crypto/rsa leaves its keys to chance, whatever it is given to draw
// from.
func (n Name) make() *rsa.PrivateKey {
	one, e := big.NewInt(1), big.NewInt(exponent)
	stream := seed.Nth(n.Seed, "key "+n.Purpose, n.N)
	prime := func() *big.Int {
		bytes := make([]byte, rsakey.Least/16)
		for i := range bytes {
			bytes[i] = byte(stream.Uint64())
		}
		bytes[0] |= 0xc0 // so that the product has all its bits
		bytes[len(bytes)-1] |= 1
		p := new(big.Int).SetBytes(bytes)
		for two := big.NewInt(2); ; p.Add(p, two) {
			if p.ProbablyPrime(20) && new(big.Int).GCD(nil, nil, new(big.Int).Sub(p, one), e).Cmp(one) == 0 {
				return p
			}
		}
	}
	p, q := prime(), prime()
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: exponent}, D: new(big.Int).ModInverse(e, phi), Primes: []*big.Int{p, q}}
	key.Precompute()
	return key
}

// JWK is a public key as JOSE libraries read it (RFC 7517).
type JWK struct {
	KeyType   string `json:"kty"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	KeyID     string `json:"kid"`
	N         string `json:"n"`
	E         string `json:"e"`
}

// JWK publishes the key.
func (n Name) JWK() JWK {
	public := n.Key().PublicKey
	text := base64.RawURLEncoding.EncodeToString
	return JWK{"RSA", "sig", "RS256", n.KeyID(), text(public.N.Bytes()), text(big.NewInt(int64(public.E)).Bytes())}
}

// PEM publishes the key as PKIX.
func (n Name) PEM() (string, error) { return rsakey.Write(&n.Key().PublicKey) }
