package platform

import (
	"time"

	"dragonmock/mock/dragonpass"
)

// answerLife is how long an answer is remembered, in world time.
const answerLife = 24 * time.Hour

// Call is a client's request as far as idempotency is concerned.
type Call struct {
	Version   string // of the API; the same operation of another version is another operation
	Operation string
	// RequestID is the X-Request-ID the client sent; empty when it sent none or the operation is not idempotent.
	RequestID string
	// Fingerprint is a digest of programme, path and body, the body compared as JSON.
	Fingerprint [32]byte
}

// storedAnswer is what a request id was answered with.
type storedAnswer struct {
	Version     string
	Operation   string
	Fingerprint [32]byte
	Body        []byte
	At          time.Time
	Age         uint64
}

// Do does one operation of a client and answers the bytes that do rendered. A repeated call with a request id gets the
// stored answer and does nothing; the same id with another operation, programme or body is REQUEST_ID_REUSED.
// Refusals are not stored. Concurrent calls with one id are one operation, because the world's lock is held from
// look-up to commit.
func (w *World) Do(call Call, do func(*Tx) ([]byte, error)) (answer []byte, err error) {
	err = w.transact(call.Operation, func(tx *Tx) error {
		if call.RequestID == "" {
			answer, err = do(tx)
			return err
		}
		if before, ok := tx.state.answers.get(call.RequestID); ok && tx.now.Sub(before.At) < answerLife {
			if before.Version != call.Version || before.Operation != call.Operation || before.Fingerprint != call.Fingerprint {
				return dragonpass.Refuse(dragonpass.RequestIDReused, "X-Request-ID: %s was used for another request (%s)", call.RequestID, before.Operation).
					By("A-048").Unless("a new X-Request-ID, or the same operation and body")
			}
			answer = before.Body
			return nil
		}
		answer, err = do(tx)
		if err == nil {
			tx.remember(call, answer)
		}
		return err
	})
	return answer, err
}

// remember stores an answer and forgets the oldest beyond the bound.
func (tx *Tx) remember(call Call, body []byte) {
	if before, ok := tx.state.answers.get(call.RequestID); ok {
		remove(tx, &tx.state.answerAge, ageKey(before.Age))
	}
	age := tx.remembered(&tx.state.answerAge, call.RequestID, tx.world.config.MaxAnswers, func(oldest string) {
		remove(tx, &tx.state.answers, oldest)
	})
	put(tx, &tx.state.answers, call.RequestID, storedAnswer{call.Version, call.Operation, call.Fingerprint, body, tx.now, age})
}

// remembered notes the age of something that is remembered only for so long: beyond most, the oldest are forgotten. It
// answers its age.
func (tx *Tx) remembered(ages *table[string], id string, most int, forget func(oldest string)) uint64 {
	age := tx.sequence()
	put(tx, ages, ageKey(age), id)
	for ages.len() > most {
		key, oldest, _ := ages.first()
		forget(oldest)
		remove(tx, ages, key)
	}
	return age
}
