package control

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/journal"
)

// maxWait is the longest that a call waits for clients.
const maxWait = 5 * time.Minute

// heartbeat is how often an idle stream shows that it lives.
const heartbeat = 15 * time.Second

// defaultWait is how long it waits unless told otherwise.
const defaultWait = "10s"

func (p *plane) listRequests(c *dispatch.Call) (dispatch.Reply, error) {
	filter := filterOf(c)
	n, err := strconv.Atoi(c.Query.Get("wait"))
	if err != nil { // absent, since what is there is legal
		return c.Render(c.World.Journal().List(filter))
	}
	text := c.Query.Get("timeout")
	if text == "" {
		text = defaultWait
	}
	timeout, err := duration.Parse(text)
	if err != nil || timeout < 0 || timeout > maxWait {
		return dispatch.Reply{}, dragonpass.Refuse(dragonpass.InvalidRequest, "query timeout: expected a duration of at most %s, such as 5s", maxWait)
	}
	ctx, cancel := context.WithTimeout(c.Context(), timeout)
	defer cancel()
	found, err := c.World.Journal().Wait(ctx, filter, n)
	switch {
	case errors.Is(err, journal.ErrClosed):
		return dispatch.Reply{}, dragonpass.Refuse(dragonpass.WorldEnded, "world %s has ended", c.World.ID())
	case errors.Is(err, journal.ErrOff):
		return dispatch.Reply{}, dragonpass.Refuse(dragonpass.InvalidRequest, "query wait: %s", err)
	}
	return c.Render(found) // what there is when the time is over, or the server ends
}

// filterOf reads a legal query.
func filterOf(c *dispatch.Call) journal.Filter {
	number := func(name string) int {
		n, _ := strconv.Atoi(c.Query.Get(name))
		return n
	}
	since, _ := strconv.ParseUint(c.Query.Get("since"), 10, 64)
	f := journal.Filter{
		Operation: c.Query.Get("operation"), Status: number("status"), Symbol: c.Query.Get("symbol"), Origin: c.Query.Get("origin"),
		Method: c.Query.Get("method"), PathPrefix: c.Query.Get("path"), Unmatched: c.Query.Get("unmatched") == "true", Since: since, Limit: number("limit"),
	}
	f.Dropped = c.Query.Get("status") == "0" // what was dropped has no status
	return f
}

func (p *plane) clearRequests(c *dispatch.Call) (dispatch.Reply, error) {
	return c.Done(func() error { c.World.Journal().Clear(); return nil })
}

func (p *plane) listUnread(c *dispatch.Call) (dispatch.Reply, error) {
	return c.Render(c.World.Journal().Unread())
}

// streamRequests sends each exchange as a server-sent event, until the watcher goes away or the server ends. Now and then
// it sends a comment, so that proxies do not take the stream for dead.
func (p *plane) streamRequests(c *dispatch.Call) (dispatch.Reply, error) {
	j := c.World.Journal()
	since := j.Last()
	if last := c.Request.Header.Get("Last-Event-ID"); last != "" {
		n, err := strconv.ParseUint(last, 10, 64)
		if err != nil {
			return dispatch.Reply{}, dragonpass.Refuse(dragonpass.InvalidRequest, "header Last-Event-ID: expected the id of an entry")
		}
		since = n
	}
	notices := j.Subscribe(c.Context(), since)
	return dispatch.Reply{ContentType: "text/event-stream", Stream: func(w http.ResponseWriter) error {
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusOK)
		out := http.NewResponseController(w)
		beat := time.NewTicker(heartbeat)
		defer beat.Stop()
		for {
			if err := out.Flush(); err != nil {
				return nil // the watcher went away
			}
			select {
			case <-beat.C:
				_, _ = fmt.Fprint(w, ": still here\n\n")
			case n, more := <-notices:
				if !more {
					return nil
				}
				data, err := json.Marshal(n)
				if err != nil {
					return err
				}
				_, _ = fmt.Fprintf(w, "id: %d\ndata: %s\n\n", n.ID, data)
			}
		}
	}}, nil
}
