package signet_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/rsakey"
	"dragonmock/mock/internal/signet"
)

// TestKey_OfASeed_IsAlwaysTheSame: worlds keep none.
func TestKey_OfASeed_IsAlwaysTheSame(t *testing.T) {
	t.Parallel()
	n := signet.Name{Seed: 0, Purpose: "walkin.redemption", N: 1}
	key := n.Key()
	require.NoError(t, key.Validate())
	assert.Equal(t, rsakey.Least, key.N.BitLen())
	digest := sha256.Sum256(key.N.Bytes())
	assert.Equal(t, "9e5eb07f81802375", hex.EncodeToString(digest[:8]), "users may have pinned it")
	assert.Equal(t, "dp-919133c5f61f5e9d", n.KeyID())
	other := n
	other.N = 2
	assert.NotEqual(t, n.KeyID(), other.KeyID())
	text, err := n.PEM()
	require.NoError(t, err)
	read, err := rsakey.Read(text)
	require.NoError(t, err)
	assert.True(t, read.Equal(&key.PublicKey))
}

func TestSign(t *testing.T) {
	t.Parallel()
	n := signet.Name{Seed: 0, Purpose: "walkin.redemption", N: 1}
	for _, expired := range []bool{false, true} {
		token, err := n.Sign("e1", []byte("{}"), expired)
		require.NoError(t, err)
		var claims jwt.MapClaims
		parsed, err := jwt.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return &n.Key().PublicKey, nil },
			jwt.WithValidMethods([]string{"RS256"}), jwt.WithIssuer("dragonpass"), jwt.WithExpirationRequired())
		if expired {
			assert.ErrorIs(t, err, jwt.ErrTokenExpired)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, n.KeyID(), parsed.Header["kid"])
		assert.Equal(t, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", claims["bodySha256"])
		until, err := claims.GetExpirationTime()
		require.NoError(t, err)
		assert.WithinDuration(t, time.Now().Add(signet.Life), until.Time, time.Minute)
	}
}
