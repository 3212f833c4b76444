package logbook_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/logbook"
)

// heard is a world that was asked so often; every third call was refused.
func heard(id string, at time.Time, calls int) logbook.World {
	j := journal.New(journal.DefaultLimits(), nil)
	for i := range calls {
		x := journal.Exchange{Head: journal.Head{At: duration.Instant(at), Method: "GET", Path: fmt.Sprint("/resources/", i), Status: 200}}
		if i%3 == 2 {
			x.Status, x.Symbol = 404, "RESOURCE_NOT_FOUND"
			x.Response.Body = []byte(`{"code":"404.010.001","message":"no resource ` + fmt.Sprint(i) + `"}`)
		}
		j.Add(x)
	}
	return logbook.World{ID: id, Journal: j}
}

var monday = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)

func TestAccount_LastRequestsAndRefusals(t *testing.T) {
	assert.Empty(t, logbook.Account(nil))
	assert.Empty(t, logbook.Account([]logbook.World{heard("idle", monday, 0)}))
	assert.Equal(t, "world w: 3 requests, 1 of them refused or not answered\n"+
		"  #1 GET /resources/0: 200\n"+
		"  #2 GET /resources/1: 200\n"+
		"  #3 GET /resources/2: 404 RESOURCE_NOT_FOUND: no resource 2", logbook.Account([]logbook.World{heard("w", monday, 3)}))
	lines := strings.Split(logbook.Account([]logbook.World{heard("w", monday, 60)}), "\n")
	assert.Equal(t, "world w: 60 requests, 20 of them refused or not answered", lines[0])
	assert.Len(t, lines, 1+10+10-4, "the last ten, and the last ten refusals, of which the last ten have four")
	assert.Equal(t, "  #33 GET /resources/32: 404 RESOURCE_NOT_FOUND: no resource 32", lines[1], "the tenth refusal from the end")
}

func TestAccount_NotAnswered_FaultsAndUnread(t *testing.T) {
	j := journal.New(journal.DefaultLimits(), nil)
	j.Add(journal.Exchange{Head: journal.Head{Method: "POST", Path: "/a", Fault: "f1", Unread: []string{"/clientUserID"}}})
	assert.Contains(t, logbook.Account([]logbook.World{{ID: "w", Journal: j}}), "#1 POST /a: not answered (fault rule f1) (not read: /clientUserID)")
}

func TestAccount_ManyWorlds_ThoseUsedLast(t *testing.T) {
	var worlds []logbook.World
	for i := range 7 {
		worlds = append(worlds, heard(fmt.Sprint("w", i), monday.Add(time.Duration(i)*time.Second), 1))
	}
	said := logbook.Account(worlds)
	assert.True(t, strings.HasPrefix(said, "world w6: "), said)
	assert.NotContains(t, said, "world w1: ")
	assert.True(t, strings.HasSuffix(said, "\nand 2 more worlds that were used before"), said)
}

func TestAccount_HasNoSecretsAndIsBounded(t *testing.T) {
	j := journal.New(journal.DefaultLimits(), nil)
	for range 100 {
		x := journal.Exchange{Head: journal.Head{Method: strings.Repeat("M", 1e5), Path: "/" + strings.Repeat("p", 1e5), Query: "secret=hunter2", Status: 400, Symbol: "X"}}
		x.Request.Body, x.Response.Body = []byte(`{"secret":"hunter2"}`), []byte(`{"secret":"hunter2","message":"`+strings.Repeat("m", 1e4)+`"}`)
		j.Add(x)
	}
	said := logbook.Account([]logbook.World{{ID: "w", Journal: j}})
	assert.NotContains(t, said, "hunter2")
	assert.Less(t, len(said), 20*2048)
}
