package repeat

import (
	"crypto/sha256"
	"net/url"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass/access"
	"dragonmock/mock/internal/bounds"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// answerLife is how long an answer is remembered, in world time.
const answerLife = 24 * time.Hour

// Call is a client's request as far as idempotency is concerned.
type Call struct {
	Operation string // with its version: "v1 createEPass"
	// RequestID is the X-Request-ID the client sent; empty when it sent none or the operation is not idempotent.
	RequestID string
	// Fingerprint is a digest of programme, path and body, the body compared as JSON.
	Fingerprint [32]byte
}

// Do does one operation of a client and returns the bytes that do rendered. A repeated call with a request id gets the
// stored answer and does nothing; the same id with another operation, programme or body is REQUEST_ID_REUSED. Refusals
// are not stored. Concurrent calls with one id are one operation, because the world's lock is held from look-up
// to commit. Errors: those of do; REQUEST_ID_REUSED; WORLD_ENDED.
func Do(w *world.World, call Call, do func(*world.Tx) ([]byte, error)) ([]byte, error) {
	return world.Run(w, call.Operation, func(tx *world.Tx) ([]byte, error) {
		if call.RequestID == "" {
			return do(tx)
		}
		if before, ok := tx.Answers.Get(call.RequestID); ok && tx.Now().Sub(before.At) < answerLife {
			same := before.Operation == call.Operation && before.Fingerprint == call.Fingerprint
			if err := access.CheckRepeat(call.RequestID, before.Operation, same); err != nil {
				return nil, err
			}
			return before.Body, nil
		}
		answer, err := do(tx)
		if err == nil {
			remember(tx, call, answer)
		}
		return answer, err
	})
}

// Fingerprint is a digest of what a request asks for: for which programme, its path words, and its body as JSON.
func Fingerprint(program string, path url.Values, body []byte) [32]byte {
	canonical := jsontext.Value(append([]byte(nil), body...))
	if err := canonical.Canonicalize(); err != nil {
		canonical = body // numbers too large for JSON's canonical form; the bytes will do
	}
	asked := append([]byte(url.QueryEscape(program)+"\n"+path.Encode()+"\n"), canonical...)
	return sha256.Sum256(asked)
}

// remember stores an answer, and forgets old ones.
func remember(tx *world.Tx, call Call, body []byte) {
	if before, ok := tx.Answers.Get(call.RequestID); ok {
		tx.AnswerAges.Remove(rowkey.Age(before.Age))
	}
	age := bounds.Remember(tx, &tx.AnswerAges, call.RequestID)
	tx.Answers.Put(call.RequestID, store.Answer{Operation: call.Operation, Fingerprint: call.Fingerprint, Body: body, At: tx.Now(), Age: age})
	bounds.Made(tx, answers(tx))
}

// Forget forgets the oldest answers.
func Forget(tx *world.Tx) { bounds.Forget(tx, answers(tx)) }

func answers(tx *world.Tx) bounds.Kind[store.Answer] {
	return bounds.Kind[store.Answer]{
		Rows: &tx.Answers, Ages: &tx.AnswerAges, Most: tx.MaxAnswers(), Bytes: bounds.AnswerBytes,
		Over: func(a store.Answer) bool { return tx.Now().Sub(a.At) >= answerLife },
	}
}
