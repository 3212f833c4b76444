package world

import (
	"crypto/rsa"
	"slices"
)

// DefaultLanguage is the language of answers unless another is asked for.
const DefaultLanguage = "en-US"

// Client is who may call into a world.
type Client struct {
	ClientID  string // for the token endpoint
	Secret    string
	Issuer    string         // `iss` of tokens, issued or signed by the client itself
	Key       string         // HS256 key of those tokens; its characters are the key bytes
	PublicKey *rsa.PublicKey // of RS256 tokens that the client signs; nil: it signs none
	Programs  []string       // the first is the default; none: the documentation's sample programmes

	Operations []string // that it may call; none: all
	Languages  []string // that it may ask for beside the default one
}

// DefaultProgram is the programme of calls without X-Program-ID.
func (c Client) DefaultProgram() string { return c.Programs[0] }

// HasProgram says whether a programme is the client's.
func (c Client) HasProgram(id string) bool { return slices.Contains(c.Programs, id) }

// Permits says whether the client may call an operation.
func (c Client) Permits(operation string) bool {
	return len(c.Operations) == 0 || slices.Contains(c.Operations, operation)
}

// Speaks says whether the client may ask for a language: the default one, or one it is authorised for (D/339140m0).
func (c Client) Speaks(language string) bool {
	return language == DefaultLanguage || slices.Contains(c.Languages, language)
}
