package control

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/journal"
)

// heartbeat is how often an idle stream shows that it lives.
const heartbeat = 15 * time.Second

// lastWrite is how long a watcher may take for the end of a stream: one that does not read would hold up a stop.
const lastWrite = 500 * time.Millisecond

// defaultWait is how long it waits unless told otherwise.
const defaultWait = 10 * time.Second

func (p *plane) listRequests(c *dispatch.Call) (dispatch.Reply, error) {
	filter := filterOf(c)
	if c.Query.Has("timeout") && !c.Query.Has("wait") {
		return dispatch.Reply{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "timeout", "expected it with wait")
	}
	n, err := strconv.Atoi(c.Query.Get("wait"))
	if err != nil { // absent, since what is there is legal
		found, err := author.ListRequests(c.World, filter)
		if err != nil {
			return dispatch.Reply{}, err
		}
		return c.Render(found)
	}
	timeout, err := timeoutOf(c, defaultWait)
	if err != nil {
		return dispatch.Reply{}, err
	}
	ctx, cancel := context.WithTimeout(c.Context(), timeout)
	defer cancel()
	found, err := author.AwaitRequests(ctx, c.World, filter, n)
	if err != nil && ctx.Err() == nil {
		return dispatch.Reply{}, err
	}
	return c.Render(found) // what there is when the time is over, or the server ends
}

// timeoutOf reads how long a call waits, or otherwise.
func timeoutOf(c *dispatch.Call, otherwise time.Duration) (time.Duration, error) {
	text := c.Query.Get("timeout")
	if text == "" {
		return otherwise, nil
	}
	timeout, err := duration.Parse(text)
	if err != nil || timeout < 0 || timeout > author.MaxWait {
		return 0, dragonpass.RefuseField(dragonpass.InvalidRequest, "timeout", "expected a duration of at most %s, such as 5s, got %q", author.MaxWait, text)
	}
	return timeout, nil
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
	return c.Done(func() error { return author.ClearRequests(c.World) })
}

func (p *plane) listUnread(c *dispatch.Call) (dispatch.Reply, error) {
	fields, err := author.ListUnread(c.World)
	if err != nil {
		return dispatch.Reply{}, err
	}
	return c.Render(fields)
}

// streamRequests sends each exchange as a server-sent event, until the watcher goes away or the server ends. Now and then
// it sends a comment, so that proxies do not take the stream for dead. With a timeout it ends by itself.
func (p *plane) streamRequests(c *dispatch.Call) (dispatch.Reply, error) {
	var since *uint64
	if last := c.Request.Header.Get("Last-Event-ID"); last != "" {
		n, err := strconv.ParseUint(last, 10, 64)
		if err != nil {
			return dispatch.Reply{}, dragonpass.Refuse(dragonpass.InvalidRequest, "header Last-Event-ID: expected the id of an entry")
		}
		since = &n
	}
	timeout, err := timeoutOf(c, 0)
	if err != nil {
		return dispatch.Reply{}, err
	}
	missing := "" // said on the stream: a refusal would end the watching of browsers that come back
	if newest := c.World.Journal().Last(); since != nil && *since > newest {
		missing = fmt.Sprintf(": no entry %d, the newest is %d; from the start\n\n", *since, newest)
		since = new(uint64(0))
	}
	notices, err := author.StreamRequests(c.Context(), c.World, since)
	if err != nil {
		return dispatch.Reply{}, err
	}
	return dispatch.Reply{ContentType: "text/event-stream", Stream: func(w http.ResponseWriter) error {
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusOK)
		_, _ = fmt.Fprint(w, missing)
		out := http.NewResponseController(w)
		beat := time.NewTicker(heartbeat)
		defer beat.Stop()
		var over <-chan time.Time // never, unless it is told when
		if c.Query.Has("timeout") {
			over = time.After(timeout)
		}
		limited := make(chan struct{})
		last := context.AfterFunc(c.Context(), func() {
			defer close(limited)
			_ = out.SetWriteDeadline(time.Now().Add(lastWrite))
		})
		defer func() {
			if !last() {
				<-limited // the response belongs to another exchange once this one has returned
			}
		}()
		for {
			if err := out.Flush(); err != nil {
				return nil // the watcher went away
			}
			select {
			case <-over:
				return nil
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
