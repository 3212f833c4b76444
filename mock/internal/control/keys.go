package control

import (
	"time"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/keyring"
	"dragonmock/mock/internal/signet"
)

// The keys by which the vendor signs the events of a world.

// keySet is a key set on the wire.
type keySet struct {
	Event     news.Kind         `json:"event"`
	KeyID     string            `json:"keyId"`
	PublicKey string            `json:"publicKey"` // PEM
	JWK       signet.JWK        `json:"jwk"`
	Until     *duration.Instant `json:"until"` // null: it is the newest
}

type keySets struct {
	KeySets []keySet `json:"keySets"`
}

func (p *plane) listEventKeys(c *dispatch.Call) (any, error) {
	return keySetsOf(author.ListEventKeys(c.Tx, news.Kind(c.Query.Get("event"))))
}

func keySetsOf(sets []keyring.Set, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	answer := keySets{[]keySet{}}
	for _, s := range sets {
		row := keySet{Event: s.Event, KeyID: s.Name.KeyID(), JWK: s.Name.JWK()}
		if !s.Until.IsZero() {
			row.Until = new(duration.Instant(s.Until))
		}
		if row.PublicKey, err = s.Name.PEM(); err != nil {
			return nil, err
		}
		answer.KeySets = append(answer.KeySets, row)
	}
	return answer, nil
}

// jwks is a set of keys as JOSE libraries read it, without an envelope.
type jwks struct {
	Keys []signet.JWK `json:"keys"`
}

func (p *plane) readJWKS(c *dispatch.Call) (dispatch.Reply, error) {
	sets, err := author.Run(c.World, "readJWKS", author.ListEventKeys, news.Kind(c.Query.Get("event")))
	if err != nil {
		return dispatch.Reply{}, err
	}
	answer := jwks{[]signet.JWK{}}
	for _, s := range sets {
		answer.Keys = append(answer.Keys, s.Name.JWK())
	}
	body, err := json.Marshal(answer)
	return dispatch.File("application/json", body), err
}

type rotation struct {
	Event   news.Kind `json:"event"`
	Overlap string    `json:"overlap"`
}

func (p *plane) rotateEventKeys(c *dispatch.Call, r rotation) (any, error) {
	asked := keyring.Rotation{Event: r.Event}
	if r.Overlap != "" {
		d, err := duration.Parse(r.Overlap)
		if err != nil {
			return nil, dragonpass.RefuseField(dragonpass.InvalidRequest, "overlap", "%s", err)
		}
		asked.Overlap = new(time.Duration(d))
	}
	return keySetsOf(author.RotateEventKeys(c.Tx, asked))
}
