package logbook

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/journal"
)

// Bounds of an account: a test that failed is read by people.
const (
	maxWorlds   = 5  // those that were used last
	maxRefusals = 10 // of a world
	maxLast     = 10 // requests of a world
)

// World is one whose exchanges are told.
type World struct {
	ID      string
	Journal *journal.Journal
}

// Gone remembers what is told of worlds that have ended: of the last of those that were asked anything.
type Gone struct {
	mu   sync.Mutex // guards told
	told []string
}

// Keep remembers a world that ends.
func (g *Gone) Keep(w World) {
	w.ID += ", which has ended"
	account := Account([]World{w})
	if account == "" {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.told = append(g.told, account)
	if more := len(g.told) - maxWorlds; more > 0 {
		g.told = slices.Delete(g.told, 0, more)
	}
}

// Account tells of them, in the order in which they ended.
func (g *Gone) Account() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return strings.Join(g.told, "\n")
}

// used is a world and what its client did.
type used struct {
	id    string
	found journal.Result
}

// Account tells what the clients of worlds did: of each world, the last that was asked and the last that was refused. It is
// empty when nobody did anything.
func Account(worlds []World) string {
	var told []used
	for _, w := range worlds {
		if found := w.Journal.List(journal.Filter{Limit: journal.DefaultEntries}); len(found.Requests) > 0 {
			told = append(told, used{w.ID, found})
		}
	}
	slices.SortStableFunc(told, func(a, b used) int { return time.Time(b.last().At).Compare(time.Time(a.last().At)) })
	var b strings.Builder
	for _, u := range told[:min(len(told), maxWorlds)] {
		u.write(&b)
	}
	if more := len(told) - maxWorlds; more > 0 {
		fmt.Fprintf(&b, "and %d more worlds that were used before\n", more)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (u used) last() journal.Entry { return u.found.Requests[len(u.found.Requests)-1] }

// write tells of one world.
func (u used) write(b *strings.Builder) {
	requests := u.found.Requests
	kept, refusals := map[uint64]bool{}, 0
	for i, e := range slices.Backward(requests) {
		refused := e.Status >= http.StatusBadRequest || e.Status == 0
		if refused {
			refusals++
		}
		if len(requests)-i <= maxLast || refused && refusals <= maxRefusals {
			kept[e.ID] = true
		}
	}
	fmt.Fprintf(b, "world %s: %d requests, %d of them refused or not answered\n", u.id, u.found.Total+u.found.Dropped, refusals)
	for _, e := range requests {
		if kept[e.ID] {
			fmt.Fprintf(b, "  %s\n", line(e))
		}
	}
}

// line is an exchange to be read by people.
func line(e journal.Entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#%d %s %s", e.ID, brief.Clip(e.Method, maxWord), brief.Clip(e.Path, maxText))
	if e.Status == 0 {
		b.WriteString(": not answered")
	} else {
		fmt.Fprintf(&b, ": %d", e.Status)
	}
	if e.Symbol != "" {
		fmt.Fprintf(&b, " %s", brief.Clip(e.Symbol, maxWord))
	}
	if e.Status >= http.StatusBadRequest {
		var said struct {
			Message string `json:"message"`
		}
		_ = json.Unmarshal([]byte(e.Response.Body), &said) // what a fault rule answers may have none
		if said.Message != "" {
			fmt.Fprintf(&b, ": %s", brief.Clip(said.Message, maxText))
		}
	}
	if e.Fault != "" {
		fmt.Fprintf(&b, " (fault rule %s)", brief.Clip(e.Fault, maxWord))
	}
	if len(e.Unread) > 0 {
		fmt.Fprintf(&b, " (not read: %s)", brief.Clip(strings.Join(e.Unread, ", "), maxText))
	}
	return b.String()
}
