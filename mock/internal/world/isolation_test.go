package world_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

func TestWorlds_DoNotSeeEachOther(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := mocktest.NewWorld(t, srv, mock.WithClock(mocktest.Monday.Add(24*time.Hour)))
	other := c.In(w)
	mine, theirs := c.Issue(2), other.Issue(3)
	assert.Equal(t, mine["orderId"], theirs["orderId"], "each begins with the first ids")
	assert.Equal(t, 2.0, mocktest.Dig(mine, "extra", "availableUsages"))
	assert.Equal(t, [2]float64{3, 0}, other.Usages(mocktest.EPassID(theirs)))
	order := c.Book(mocktest.EPassID(mine), c.Place(mocktest.EPassID(mine), "N00001", mocktest.Thursday, 1)).OK()
	other.Order(order["orderId"]).Refused("ORDER_NOT_FOUND")
	mocktest.PatchResource(t, w, "N00001", `{"resourceName":"Theirs"}`)
	assert.Equal(t, "DragonPass Lounge", c.Get("/resources/N00001").OK()["resourceName"])
	assert.Equal(t, "Theirs", other.Get("/resources/N00001").OK()["resourceName"])
	mocktest.Advance(t, w, time.Hour)
	assert.Equal(t, mocktest.Monday, mocktest.Now(t, srv.World()))

	who := w.Credentials()
	w.Close()
	other.Get("/resources/N00001").Refused("TOKEN_INVALID")
	c.Post("/auth/token", obj{"clientId": who.ClientID, "secret": who.Secret}).Refused("CREDENTIALS_INVALID")
	srv.World().Close()
	c.Get("/resources/N00001").OK() // the default world ends with its server
}

// TestWorlds_AThousandAtOnce_DoNotMix uses 1,000 worlds of one process in parallel: no cross-talk.
func TestWorlds_AThousandAtOnce_DoNotMix(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	const n, at = 1000, 16
	worlds := make(chan int)
	var done sync.WaitGroup
	for range at {
		done.Go(func() {
			for i := range worlds {
				w, err := srv.NewWorld(mock.WithClock(mocktest.Monday.Add(time.Duration(i) * time.Second)))
				if !assert.NoError(t, err) {
					return
				}
				mine := c.In(w)
				issued := mine.TryIssue(dragonpass.Lounge, 1+i%9, obj{"clientUserId": fmt.Sprint("u-", i)}).Body["data"].(obj)
				assert.Equal(t, "DP00000000000001", issued["orderId"])
				seen := mine.Post("/orders/ePasses/search", obj{"ePassId": mocktest.EPassID(issued)}).Body["data"].(obj)
				assert.Equal(t, fmt.Sprint("u-", i), seen["clientUserId"])
				assert.Equal(t, float64(1+i%9), mocktest.Dig(seen, "extra", "availableUsages"))
				assert.Equal(t, mocktest.Monday.Add(time.Duration(i)*time.Second).Format("2006-01-02T15:04:05+00:00"), seen["orderCreatedDate"])
			}
		})
	}
	for i := range n {
		worlds <- i
	}
	close(worlds)
	done.Wait()
	author := mocktest.Author(t, srv)
	assert.Equal(t, float64(n+1), author.Get("/_mock/health").Body["worlds"])
}

func TestWorlds_BeyondTheBound_AreRefused(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	for range 1999 {
		_, err := srv.NewWorld()
		require.NoError(t, err)
	}
	_, err := srv.NewWorld()
	assert.ErrorContains(t, err, "WORLDS_EXHAUSTED: there are 2000 worlds")
	author := mocktest.Author(t, srv)
	assert.Equal(t, 429, author.Post("/_mock/worlds", obj{}).Status)
}
