package outbox

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// Recovery asks for what a client of v2 may have missed. Zero members ask nothing; one of BatchID and From is there.
type Recovery struct {
	Kind    news.Kind
	BatchID string
	From    time.Time // inclusive
	To      time.Time // inclusive
}

// Check refuses what asks for everything, or for nothing: INVALID_REQUEST.
func (r Recovery) Check() error {
	switch {
	case r.BatchID == "" && r.From.IsZero():
		return dragonpass.RefuseField(dragonpass.InvalidRequest, "batchId", "expected batchId, or startTime").By("A-034").Unless("batchId or startTime")
	case !r.To.IsZero() && r.From.IsZero():
		return dragonpass.RefuseField(dragonpass.InvalidRequest, "endTime", "expected it with startTime alone").By("A-034").Unless("startTime")
	case !r.To.IsZero() && r.To.Before(r.From):
		return dragonpass.RefuseField(dragonpass.InvalidRequest, "endTime", "expected one at or after startTime").By("A-034").Unless("a later endTime")
	}
	return nil
}

// Recover lists what clients of v2 were told, oldest first: whether or not it arrived. What nobody had subscribed to when it
// happened is not there.
func Recover(tx *world.Tx, r Recovery) []store.Event {
	found := []store.Event{}
	tx.Events.Each(func(_ string, e store.Event) bool {
		if e.News.Kind != "" && (r.Kind == "" || r.Kind == e.News.Kind) && (r.BatchID == "" || r.BatchID == e.News.Batch.ID) &&
			!e.At.Before(r.From) && (r.To.IsZero() || !e.At.After(r.To)) {
			found = append(found, e)
		}
		return true
	})
	return found
}
