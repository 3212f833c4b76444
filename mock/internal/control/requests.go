package control

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/journal"
)

// maxWait is the longest that a call waits for clients.
const maxWait = 5 * time.Minute

// defaultWait is how long it waits unless told otherwise.
const defaultWait = "10s"

func listRequests(_ *Plane, c *call) (any, error) {
	filter := filterOf(c)
	n, err := strconv.Atoi(c.query.Get("wait"))
	if err != nil { // absent, since what is there is lawful
		return c.world.Journal().List(filter), nil
	}
	text := c.query.Get("timeout")
	if text == "" {
		text = defaultWait
	}
	timeout, err := duration.Parse(text)
	if err != nil || timeout < 0 || timeout > maxWait {
		return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "query timeout: expected a duration of at most %s, such as 5s", maxWait)
	}
	ctx, cancel := context.WithTimeout(c.ctx, timeout)
	defer cancel()
	found, err := c.world.Journal().Wait(ctx, filter, n)
	if errors.Is(err, journal.ErrOff) || errors.Is(err, journal.ErrClosed) {
		return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "query wait: %s", err)
	}
	return found, nil // what there is when the time is over
}

// filterOf reads a lawful query.
func filterOf(c *call) journal.Filter {
	number := func(name string) int {
		n, _ := strconv.Atoi(c.query.Get(name))
		return n
	}
	since, _ := strconv.ParseUint(c.query.Get("since"), 10, 64)
	f := journal.Filter{
		Operation: c.query.Get("operation"), Status: number("status"), Symbol: c.query.Get("symbol"), Origin: c.query.Get("origin"),
		Method: c.query.Get("method"), PathPrefix: c.query.Get("path"), Unmatched: c.query.Get("unmatched") == "true", Since: since, Limit: number("limit"),
	}
	f.Dropped = c.query.Get("status") == "0" // what was dropped has no status
	return f
}

func clearRequests(_ *Plane, c *call) (any, error) {
	c.world.Journal().Clear()
	return struct{}{}, nil
}

func listUnread(_ *Plane, c *call) (any, error) { return c.world.Journal().Unread(), nil }

// stream is an answer that does not end by itself.
type stream func(echo.Context) error

// streamRequests sends each exchange as a server-sent event.
func streamRequests(_ *Plane, c *call) (any, error) {
	j := c.world.Journal()
	since := j.Last()
	if last := c.header.Get("Last-Event-ID"); last != "" {
		n, err := strconv.ParseUint(last, 10, 64)
		if err != nil {
			return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "header Last-Event-ID: expected the id of an entry")
		}
		since = n
	}
	notices := j.Subscribe(c.ctx, since)
	return stream(func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderContentType, "text/event-stream")
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		c.Response().WriteHeader(http.StatusOK)
		c.Response().Flush()
		for n := range notices {
			data, err := json.Marshal(n)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(c.Response(), "id: %d\ndata: %s\n\n", n.ID, data); err != nil {
				return nil // the watcher went away
			}
			c.Response().Flush()
		}
		return nil
	}), nil
}
