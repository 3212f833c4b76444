package client

import (
	"crypto/rsa"

	"dragonmock/mock/dragonpass/reading"
)

// Client is who may call into a world.
type Client struct {
	ClientID  string // for the token endpoint
	Secret    string
	Issuer    string         // `iss` of tokens, issued or signed by the client itself
	Key       string         // HS256 key of those tokens; its characters are the key bytes
	PublicKey *rsa.PublicKey // of RS256 tokens that the client signs; nil: it signs none
	Programs  []string       // the first is the default; none: the documentation's sample programmes

	Operations    []string    // that it may call; none: all
	Languages     []string    // that it may ask for beside the default one
	SandboxLimits bool        // simulations are held to what the vendor's sandbox lets clients simulate
	Readings      reading.Set // of pages that contradict themselves
}

// DefaultProgram is the programme of calls without X-Program-ID.
func (c Client) DefaultProgram() string { return c.Programs[0] }
