package integrity_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// hostile is a state whose rows can be edited.
type hostile struct {
	t    *testing.T
	tree object
}

func (h hostile) table(name string) list {
	rows, ok := h.tree["tables"].(object)[name].(list)
	require.True(h.t, ok, name)
	require.NotEmpty(h.t, rows, name)
	return rows
}

// value finds the first row of a table that has a member with a value.
func (h hostile) value(table, member string, want any) object {
	for _, row := range h.table(table) {
		value, _ := row.(object)["value"].(object)
		if value[member] == want || want == nil && value[member] != nil {
			return value
		}
	}
	require.Fail(h.t, "no such row", "%s: %s is %v", table, member, want)
	return nil
}

// row finds the row of a table that has a key.
func (h hostile) row(table, key string) object {
	for _, row := range h.table(table) {
		if row := row.(object); row["key"] == key {
			return row
		}
	}
	require.Fail(h.t, "no such row", "%s: %s", table, key)
	return nil
}

// bought is what was bought of an option with an order.
func (h hostile) bought(orderID string) object { return h.row("options", orderID)["value"].(object) }

// topUp is what was bought for an eSIM that was there.
func (h hostile) topUp() object { return h.value("options", "TopUpOf", "ESIM") }

func (h hostile) put(table string, rows list) { h.tree["tables"].(object)[table] = rows }

func number(n string) json.Number { return json.Number(n) }

// TestState_ThatNoWorldCanComeTo_IsRefused: each differs in one thing from a good one, and changes nothing.
func TestState_ThatNoWorldCanComeTo_IsRefused(t *testing.T) {
	t.Parallel()
	good, _ := lived(t)
	srv, err := mock.New(mock.WithClock(mocktest.Monday))
	require.NoError(t, err)
	w := srv.World()
	require.NoError(t, w.LoadSnapshot(good))
	before := mocktest.Snapshot(t, w)
	pending := func(h hostile) object { // of fast track
		for _, row := range h.table("orders") {
			if o := row.(object)["value"].(object); o["Module"] == number("2") && o["Status"] == nil {
				return o
			}
		}
		require.Fail(h.t, "no pending fast track")
		return nil
	}
	party := func(member, n string) func(hostile) {
		return func(h hostile) { pending(h)["Party"] = object{"Adults": number("1"), member: number(n)} }
	}
	told := func(event object) func(hostile) { // in place of a notice
		return func(h hostile) {
			e := h.value("events", "State", "waiting")
			delete(e, "Notice")
			e["News"] = event
		}
	}
	changed := func(member string, value any) func(hostile) {
		change := object{"OrderID": "CLASS", "Current": number("3"), "At": "2025-09-01T08:00:00Z", member: value}
		return told(object{"Kind": "prebooking.statusChanged", "Change": change})
	}
	batch := func(kind, member string, value any) func(hostile) {
		b := object{"ID": "20250901T080000Z", "Sequence": number("1"), "Total": number("1"), "At": "2025-09-01T08:00:00Z", "ProgramID": "18943", "IDs": list{"A00001"}, member: value}
		return told(object{"Kind": kind, "Batch": b})
	}
	const hubs, resources = "transportHub.metadata.updated", "resource.metadata.updated"
	keySets := func(event string, sets object) func(hostile) {
		return func(h hostile) { h.put("keySets", list{object{"key": event, "value": sets}}) }
	}
	without := func(table string) func(hostile) { return func(h hostile) { h.put(table, list{}) } }
	for _, row := range []struct {
		name string
		edit func(hostile)
		want []string // parts of the refusal
	}{
		{"a party of 2^40", party("Adults", "1099511627776"), []string{"/tables/orders/", "/value/Party/Adults: expected 1 to 100000, got 1099511627776"}},
		{"a party of -3", party("Adults", "-3"), []string{"/value/Party/Adults: expected 1 to 100000, got -3"}},
		{"children below none", party("Children", "-1"), []string{"/value/Party/Children: expected 0 to 100000, got -1"}},
		{"an outbox row without its event", func(h hostile) { h.put("outbox", list{object{"key": "00000000000000ff", "value": "00000000000000ff"}}) },
			[]string{"/tables/outbox/0/value: expected an event that is to be delivered"}},
		{"an unknown event state", func(h hostile) { h.value("events", "State", "waiting")["State"] = "lost" },
			[]string{"/value/State: expected recorded, pending, waiting, delivered or failed", `"lost"`}},
		{"an event that waits for nothing", func(h hostile) { h.value("events", "State", "waiting")["State"] = "failed" }, []string{"/value/RetryAt: expected none"}},
		{"an event of no order", func(h hostile) { h.value("events", "State", nil)["Notice"].(object)["OrderID"] = "DP1" }, []string{`/Notice/OrderID: expected an order, there is no "DP1"`}},
		{"news of no kind that there is", told(object{"Kind": "prebooking.lost"}), []string{`/value/News/Kind: expected the name of an event, got "prebooking.lost"`}},
		{"a notice beside a change", func(h hostile) {
			h.value("events", "State", "waiting")["News"] = object{"Kind": "prebooking.statusChanged"}
		}, []string{"/value/Notice: expected none of prebooking.statusChanged"}},
		{"a change of no prebooking", changed("OrderID", "DP1"), []string{`/value/News/Change/OrderID: expected a prebooking, there is no "DP1"`}},
		{"a change to a status that there is not", changed("Current", number("6")), []string{"/value/News/Change/Current: expected 0 to 5, got 6"}},
		{"a change in another programme", changed("ProgramID", "p2"), []string{"/value/News/Change: expected what the order CLASS says"}},
		{"a change in no year", changed("At", "0001-01-02T00:00:00Z"), []string{"/value/News/Change/At: expected an instant"}},
		{"remarks of 501 letters", changed("Remarks", strings.Repeat("x", 501)), []string{"/value/News/Change/Remarks: expected 0 to 500 letters, got 501"}},
		{"a change with a form of walk-ins", told(object{"Kind": "prebooking.statusChanged", "Local": true}), []string{"/value/News: expected no Local or Untyped"}},
		{"a change with a batch", told(object{"Kind": "prebooking.statusChanged", "Batch": object{"ID": "x"}}), []string{"/value/News/Batch: expected it of events in batches alone"}},
		{"a batch with a change", told(object{"Kind": hubs, "Change": object{"OrderID": "CLASS"}}), []string{"/value/News/Change: expected it of prebooking.statusChanged alone"}},
		{"a batch of nothing", batch(hubs, "IDs", list{}), []string{"/value/News/Batch/IDs: expected 1 to 100, got 0"}},
		{"a batch of too many", batch(hubs, "IDs", slices.Repeat(list{"A00001"}, 101)), []string{"/value/News/Batch/IDs: expected 1 to 100, got 101"}},
		{"a batch beyond the last", batch(hubs, "Sequence", number("2")), []string{"/value/News/Batch/Sequence: expected 1 to 1, got 2"}},
		{"a batch of no hub", batch(hubs, "IDs", list{"A00001", "N00001"}), []string{`/value/News/Batch/IDs/1: expected a transport hub, there is no "N00001"`}},
		{"a batch of hubs with a module", batch(hubs, "Module", number("1")), []string{"/value/News/Batch/Module: expected none of hubs, got 1"}},
		{"a batch of resources without module", batch(resources, "IDs", list{"N00001"}), []string{"/value/News/Batch/Module: expected", `/value/News/Batch/IDs/0: expected a resource of module 0, got "N00001"`}},
		{"keys of no event", keySets("prebooking.lost", object{"Newest": number("2")}), []string{`/tables/keySets/0/key: expected the name of an event, got "prebooking.lost"`}},
		{"keys that were never changed", keySets("walkin.redemption", object{"Newest": number("1")}), []string{"/value/Newest: expected 2 to", "got 1"}},
		{"keys that end in no year", keySets("walkin.redemption", object{"Newest": number("2"), "Until": "0001-01-02T00:00:00Z"}), []string{"/value/Until: expected an instant"}},
		{"more tries than there are", func(h hostile) { h.value("events", "State", "waiting")["Tries"] = number("5") }, []string{"/value/Tries: expected 0 to 4, got 5"}},
		{"no retries", without("retries"), []string{"/value/RetryAt: expected a row of retries for it"}},
		{"a resource that is not there", func(h hostile) { h.value("orders", "ResourceID", "N00001")["ResourceID"] = "N77777" }, []string{`/value/ResourceID: expected a resource, there is no "N77777"`}},
		{"a pass of no module", func(h hostile) { delete(h.value("ePasses", "Module", number("2")), "Module") }, []string{"/value/AllowedModules: expected one module or more"}},
		{"a pass of one module, for several", func(h hostile) {
			h.value("ePasses", "Module", number("1"))["AllowedModules"] = list{number("1")}
		}, []string{"/value/AllowedModules: expected them of a pass of module 0, it is of module 1"}},
		{"a pass for what no cross-module pass is for", func(h hostile) {
			p := h.value("ePasses", "Module", number("2"))
			delete(p, "Module")
			p["AllowedModules"] = list{number("2")}
		}, []string{"/value/AllowedModules/0: expected 1, 3 or 4"}},
		{"orders of what a cross-module pass is not for", func(h hostile) {
			p := h.value("ePasses", "Module", number("2"))
			delete(p, "Module")
			p["AllowedModules"] = list{number("1"), number("3")}
		}, []string{"/tables/orders/", "/value/Module: expected one that the pass is for, got 2"}},
		{"used 500 of 100", func(h hostile) {
			p := h.value("ePasses", "Module", number("1"))
			p["Granted"], p["Used"] = number("100"), number("500")
		}, []string{"/tables/ePasses/", "/value/Used: expected 0 to 100, got 500"}},
		{"a pass for more resources than a client may name", func(h hostile) {
			h.value("ePasses", "Module", number("1"))["AllowedResources"] = slices.Repeat(list{"N00001"}, 1001)
		}, []string{"/tables/ePasses/", "/value/AllowedResources: expected 0 to 1000, got 1001"}},
		{"less used than orders took", func(h hostile) { h.value("ePasses", "Module", number("2"))["Used"] = number("0") }, []string{"/value/Used: expected at least the"}},
		{"a slot below zero", func(h hostile) { h.value("slots", "Filled", true)["Left"] = number("-1099511627776") }, []string{"/tables/slots/", "/value/Left: expected -1000000000 to"}},
		{"a slot that does not add up", func(h hostile) { h.value("slots", "Filled", nil)["Left"] = number("59") }, []string{"/value/Left: expected", "the capacity without the standing orders, got 59"}},
		{"more reserved than tokens have", func(h hostile) { h.value("slots", "Filled", nil)["Reserved"] = number("7") }, []string{"which is what tokens have reserved, got 7"}},
		{"no slots", without("slots"), []string{"/tables/slots: expected a row", "of which places are taken"}},
		{"an order of status 99", func(h hostile) { h.value("orders", "Status", number("3"))["Status"] = number("99") }, []string{"/value/Status: expected 0 to 5, got 99"}},
		{"an order of status 5 that nobody moved", func(h hostile) { h.value("orders", "Status", number("1"))["Status"] = number("5") }, []string{"/value/ModifiedAt: expected"}},
		{"a confirmed order that was moved", func(h hostile) { h.value("orders", "Status", number("1"))["ModifiedAt"] = "2025-09-01T08:00:00Z" }, []string{"/value/ModifiedAt: expected none"}},
		{"a walk-in that was moved", func(h hostile) { h.value("orders", "Category", number("1"))["ModifiedAt"] = "2025-09-01T08:00:00Z" }, []string{"/value/ModifiedAt: expected none"}},
		{"a membership that begins after its end", func(h hostile) { h.value("memberships", "Status", nil)["ActivationDate"] = "2199-01-01T00:00:00Z" }, []string{"/value/ActivationDate: expected an instant of its life"}},
		{"a membership that begins in no year", func(h hostile) { h.value("memberships", "Status", nil)["ActivationDate"] = "0001-01-02T00:00:00Z" }, []string{"/value/ActivationDate: expected"}},
		{"a membership of status 99", func(h hostile) { h.value("memberships", "Status", nil)["Status"] = number("99") }, []string{"/value/Status: expected 0 to 3, got 99"}},
		{"visits below none", func(h hostile) {
			h.value("memberships", "Entitlements", nil)["Entitlements"] = list{object{"Module": number("1"), "Shared": number("-1")}}
		}, []string{"/value/Entitlements/0/Shared: expected 0 to 10000, got -1"}},
		{"no passes", without("ePasses"), []string{"/tables/issues/0/value: expected the pass", "/value/Holder/EPassID: expected a pass"}},
		{"no orders", without("orders"), []string{"/tables/usage/0/value/OrderID: expected an order"}},
		{"no users", without("users"), []string{"/value/ClientUserID: expected one to whom users gives the name"}},
		{"a user of another name", func(h hostile) { h.value("users", "FirstName", "Ada")["LastName"] = "Byron" }, []string{"/value/ClientUserID: expected one to whom users gives the name"}},
		{"a user with a long address", func(h hostile) { h.value("users", "FirstName", "Ada")["Email"] = strings.Repeat("x", 321) }, []string{"/value/Email: expected 0 to 320 letters, got 321"}},
		{"a deleted user who can be called", func(h hostile) {
			u := h.value("users", "FirstName", "Ada")
			u["Deleted"], u["PhoneNumber"] = true, "1"
		}, []string{"/value/Deleted: expected it of a user of whom nothing is left but the name"}},
		{"a deleted user whose name nothing bears", func(h hostile) {
			h.put("users", sorted(append(h.table("users"), object{"key": "zz", "value": object{"ClientUserID": "zz", "FirstName": "A", "LastName": "B", "Deleted": true}})))
		}, []string{"/value/Deleted: expected it of a user of whom nothing is left but the name"}},
		{"no vouchers", without("vouchers"), []string{"/Code: expected one that vouchers gives to the order", "/tables/vouchers: expected the"}},
		{"a transaction of no order", func(h hostile) { h.put("transactions", list{object{"key": "DPSL00001", "value": "DP1"}}) },
			[]string{`/tables/transactions/0/value: expected an order that was used, got "DP1"`}},
		{"a transaction without its id", func(h hostile) { h.table("transactions")[0].(object)["key"] = "T1" }, []string{`/tables/transactions/0/key: expected an id such as DPSL00001, got "T1"`}},
		{"no ages of tokens", without("tokenAges"), []string{"/tables/tokenAges: expected an age of each of the"}},
		{"nothing usual is due", func(h hostile) {
			h.put("due", list{object{"key": "001756800000/odd/x", "value": object{"At": "2025-09-02T08:00:00Z", "What": "odd", "ID": "x"}}})
		}, []string{`/tables/due/0/value/What: expected a kind of which something happens, got "odd"`}},
		{"due at another time", func(h hostile) {
			for _, row := range h.table("due") {
				row := row.(object)
				value := row["value"].(object)
				if value["What"] == "order.confirmed" {
					value["At"], row["key"] = "2025-09-02T08:00:00Z", "001756800000/order.confirmed/"+value["ID"].(string)
				}
			}
			h.put("due", sorted(h.table("due")))
		}, []string{"/value/At: expected 2025-09-04T08:00:00Z, got 2025-09-02T08:00:00Z"}},
		{"a key that is another's", func(h hostile) { h.table("orders")[0].(object)["key"] = "A" }, []string{"/tables/orders/0/key: expected"}},
		{"a long text", func(h hostile) { h.value("users", "FirstName", nil)["FirstName"] = strings.Repeat("x", 1<<20) }, []string{"/value/FirstName: expected 1 to 100 letters, got 1048576"}},
		{"a counter near its end", func(h hostile) { h.tree["counters"].(object)["Sequence"] = number("18446744073709551615") }, []string{"/counters/Sequence: expected at most"}},
		{"a sequence that goes back", func(h hostile) { h.tree["counters"].(object)["Sequence"] = number("1") }, []string{"which was given out last, got", "; and ", " more"}},
		{"a fault rule that has hit -1 times", func(h hostile) { h.table("faults")[0].(object)["value"].(object)["Hits"] = number("-1") }, []string{"/tables/faults/0/value"}},
		{"a rate limit that let through more than it does", func(h hostile) {
			h.table("faults")[1].(object)["value"].(object)["window"] = object{"began": "2025-09-01T09:00:00Z", "count": number("1001")}
		}, []string{"/tables/faults/1/value", "/window: expected at most as many calls as a rate limit lets through, got 1001"}},
		{"a window of no rate limit", func(h hostile) {
			h.table("faults")[0].(object)["value"].(object)["window"] = object{"began": "2025-09-01T09:00:00Z", "count": number("1")}
		}, []string{"/tables/faults/0/value", "/window: expected at most"}},
		{"an attempt of a number that no answer can show", func(h hostile) {
			h.value("events", "Attempts", nil)["Attempts"].(list)[0].(object)["Number"] = number("2147483647")
		}, []string{"/Attempts/0/Number: expected 1 to 1073741824, got 2147483647"}},
		{"more data used than there is", func(h hostile) { h.bought("ESIM")["Used"] = number("5368709121") }, []string{"/tables/options/", "/value/Used: expected 0 to 5368709120, got 5368709121"}},
		{"data used below none", func(h hostile) { h.bought("ESIM")["Used"] = number("-1") }, []string{"/value/Used: expected 0 to 5368709120, got -1"}},
		{"data used before the first use", func(h hostile) { h.bought("ESIM")["ActivatedAt"] = "0001-01-01T00:00:00Z" }, []string{"/value/ActivatedAt: expected"}},
		{"data used of an order that is not", func(h hostile) {
			b := h.bought("LATER")
			b["Used"], b["ActivatedAt"] = number("1"), "2025-09-01T08:00:00Z"
		}, []string{"/value/Used: expected 0, since the order is not used, got 1"}},
		{"an eSIM without profile", func(h hostile) { h.bought("ESIM")["ICCID"] = "" }, []string{"/value/ICCID: expected one, since the order is confirmed"}},
		{"a profile of another form", func(h hostile) { h.bought("ESIM")["ICCID"] = "1" }, []string{`/value/ICCID: expected 898600F and 13 digits, got "1"`}},
		{"a profile that no row has", without("esims"), []string{"/value/ICCID: expected a row", "of esims with the order"}},
		{"a profile of no order", func(h hostile) { h.table("esims")[0].(object)["value"] = "DP1" }, []string{`/tables/esims/0/value: expected an order of this profile, got "DP1"`}},
		{"a profile at another age", func(h hostile) { h.table("esims")[0].(object)["key"] = "898600F1234567890123/00000000000000ff" }, []string{"/tables/esims/", "/value: expected an order of this profile"}},
		{"a top-up of another eSIM", func(h hostile) { h.topUp()["TopUpOf"] = "LATER" }, []string{`/value/TopUpOf: expected the order of the same eSIM, got "LATER"`}},
		{"a top-up of a top-up", func(h hostile) { h.bought("ESIM")["TopUpOf"] = "ESIM" }, []string{"/value/TopUpOf: expected the order of the same eSIM"}},
		{"a top-up of nothing", func(h hostile) { h.topUp()["TopUpOf"] = "DP1" }, []string{`/value/TopUpOf: expected the order of the same eSIM, got "DP1"`}},
		{"a top-up without the profile", func(h hostile) { h.topUp()["ICCID"] = "" }, []string{`/value/TopUpOf: expected the order of the same eSIM, got "ESIM"`}},
		{"a top-up that is good for longer than its eSIM", func(h hostile) { h.topUp()["Until"] = "2030-01-01T00:00:00Z" }, []string{"/value/Until: expected", "as its eSIM has it, got 2030-01-01T00:00:00Z"}},
		{"a top-up that begins before its eSIM", func(h hostile) { h.topUp()["From"] = "2020-01-01T00:00:00Z" }, []string{"/value/From: expected", "as its eSIM has it, got 2020-01-01T00:00:00Z"}},
		{"a top-up of an eSIM that was cancelled", func(h hostile) {
			o := h.row("orders", "ESIM")["value"].(object)
			o["Status"], o["CancelledAt"] = number("3"), "2025-09-01T08:00:00Z"
		}, []string{`/value/TopUpOf: expected an eSIM that has not ended, since the top-up has not, got "ESIM"`}},
		{"a visit that used data", func(h hostile) { h.bought("DAY")["Used"] = number("1") }, []string{"/value: expected no ICCID, TopUpOf, ActivatedAt or Used, since it is no eSIM"}},
		{"a class on another day", func(h hostile) { h.bought("CLASS")["Option"].(object)["visit"].(object)["day"] = "2025-09-09" },
			[]string{`/value/Option/visit/day: expected the day that optionId has, got "2025-09-09"`}},
		{"a class on its other weekday", func(h hostile) { h.bought("CLASS")["Option"].(object)["visit"].(object)["dayOfWeek"] = number("2") }, []string{"/value/Option/visit/day: expected the day that optionId has"}},
		{"a day pass on a day of a class", func(h hostile) { h.bought("DAY")["Option"].(object)["visit"].(object)["day"] = "2025-09-02" }, []string{"/value/Option/visit/day: expected the day that optionId has"}},
		{"an offer that is no offer", func(h hostile) { delete(h.bought("MEAL")["Option"].(object), "offer") }, []string{"/tables/options/", "/value/Option/"}},
		{"what was bought of another option", func(h hostile) { h.bought("MEAL")["Option"].(object)["optionId"] = "L00001-02" }, []string{`/key: expected an order of option "L00001-02", got "MEAL"`}},
		{"what was bought with no order", func(h hostile) { h.row("options", "MEAL")["key"] = "MEAK" }, []string{`expected an order of option "L00001-01", got "MEAK"`}},
		{"a voucher that ends in no year", func(h hostile) { h.bought("MEAL")["Until"] = "0001-01-02T00:00:00Z" }, []string{"/value/Until: expected an instant"}},
		{"nothing was bought", without("options"), []string{"expected a row of each order of an option, 6 are missing"}},
		{"a lounge with options", func(h hostile) { h.value("orders", "ResourceID", "N00001")["OptionID"] = "x" }, []string{"/value/OptionID: expected none, since the module is 1"}},
		{"an eSIM without option", func(h hostile) { delete(h.row("orders", "ESIM")["value"].(object), "OptionID") }, []string{"/value/OptionID: expected 1 to 80 letters, got 0"}},
		{"a class with a place too many", func(h hostile) {
			h.row("slots", "F00001/2025-09-08T07:00/F00001-yoga-20250908")["value"].(object)["Left"] = number("11")
		}, []string{"/value/Left: expected 10"}},
		{"a class without places", func(h hostile) {
			h.row("slots", "F00001/2025-09-08T07:00/F00001-yoga-20250908")["value"].(object)["Places"] = number("0")
		}, []string{"/value/Places: expected 1 to 1000000, got 0"}},
		{"a lounge with places of an option", func(h hostile) { h.value("slots", "ResourceID", "N00001")["Places"] = number("3") }, []string{"/value/Places: expected none, since it is of no option, got 3"}},
		{"a resource of another quirk", func(h hostile) { h.table("resources")[0].(object)["value"].(object)["quirk"] = "nonsense" }, []string{"/tables/resources/0/value", "quirk"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			h := hostile{t, parse(t, good).(object)}
			row.edit(h)
			err := w.LoadSnapshot(write(t, h.tree))
			require.Error(t, err)
			held(t, err, row.name)
			for _, part := range row.want {
				assert.Contains(t, err.Error(), part)
			}
			assert.Less(t, len(err.Error()), 8<<10)
			assert.Equal(t, before, mocktest.Snapshot(t, w), "nothing has changed")
		})
	}
}

// TestSavedWorld_MadeWithWhatNobodyCanSay_IsRefused: what options and scenarios refuse, a state file cannot bring.
func TestSavedWorld_MadeWithWhatNobodyCanSay_IsRefused(t *testing.T) {
	t.Parallel()
	_, good := lived(t)
	config := func(w object) object { return w["config"].(object) }
	state := func(w object, i int) object { return w["states"].(list)[i].(object) }
	for _, row := range []struct {
		name string
		edit func(world object)
		want string
	}{
		{"nothing", func(object) {}, ""},
		{"an error of status 99", func(w object) { config(w)["errors"].(object)["SLOT_UNAVAILABLE"].(object)["Status"] = number("99") },
			"/worlds/0/config/errors/SLOT_UNAVAILABLE/status: expected 400 to 599 for SLOT_UNAVAILABLE, got 99"},
		{"an error that there is not", func(w object) {
			config(w)["errors"].(object)["NONE"] = object{"Symbol": "NONE", "Status": number("400"), "Code": "400"}
		},
			"/worlds/0/config/errors/NONE: expected the symbol of an error"},
		{"an event that there is not", func(w object) { config(w)["eventUrls"] = object{"walkin.redeemed": "sink"} }, "/worlds/0/config/eventUrls/walkin.redeemed: expected the name of an event, did you mean walkin.redemption?"},
		{"an event that goes nowhere", func(w object) { config(w)["eventUrls"] = object{"walkin.redemption": "nonsense"} }, "/worlds/0/config/eventUrls/walkin.redemption: expected an absolute http or https URL"},
		{"a callback URL that is none", func(w object) { config(w)["callbackUrl"] = "nonsense" }, "/worlds/0/config/callbackUrl: expected an absolute http or https URL"},
		{"a lifetime below none", func(w object) { config(w)["lifetime"] = "-1h0m0s" }, "/worlds/0/config/lifetime: expected 0s or more"},
		{"a validity below none", func(w object) { config(w)["programs"].(list)[0].(object)["Validity"] = "-1h0m0s" }, "/worlds/0/config/programs/0/Validity: expected a duration of 0 or more"},
		{"a validity in words", func(w object) { config(w)["programs"].(list)[0].(object)["Validity"] = "soon" }, "/worlds/0/config/programs/0/Validity: expected a duration such as"},
		{"visits below none", func(w object) {
			config(w)["programs"].(list)[0].(object)["Entitlements"] = list{object{"Module": number("1"), "Guests": number("-5")}}
		}, "/worlds/0/config/programs/0/Entitlements/0/Guests: expected 0 to 10000, got -5"},
		{"a reading that there is not", func(w object) { config(w)["client"].(object)["readings"] = list{"pendingAsActive", "none"} }, `/worlds/0/config/client/readings: expected readings that there are, each once, got "none"`},
		{"an empty reading", func(w object) { config(w)["client"].(object)["readings"] = list{""} }, `/worlds/0/config/client/readings: expected readings that there are, each once, got ""`},
		{"an operation that there is not", func(w object) { config(w)["client"].(object)["operations"] = list{"fly"} }, "/worlds/0/config/client/operations/0: "},
		{"a programme of 65 letters", func(w object) { config(w)["client"].(object)["programs"] = list{"18943", strings.Repeat("p", 65)} }, "/worlds/0/config/client/programs/1: expected 1 to 64 letters, got 65"},
		{"commits near their end", func(w object) { config(w)["commits"] = number("18446744073709551615") }, "/worlds/0/config/commits: expected at most"},
		{"commits below none", func(w object) { config(w)["commits"] = number("-1") }, "/worlds/0/config/commits: expected a number that fits"},
		{"no state for a reset", func(w object) { delete(state(w, 0), "of") }, `/worlds/0/states/0: expected one of "initial", one of "now"`},
		{"no state now", func(w object) { w["states"] = w["states"].(list)[:2] }, `/worlds/0/states: expected one of "initial" and one of "now"`},
		{"no states", func(w object) { delete(w, "states") }, `/worlds/0/states: expected one of "initial" and one of "now"`},
		{"no config", func(w object) { delete(w, "config") }, "/worlds/0/config: it is missing"},
		{"more than a world has", func(w object) { w["later"] = list{} }, "/worlds/0/later: unknown member"},
		{"two initial states", func(w object) { w["states"] = append(list{state(w, 0)}, w["states"].(list)...) }, `/worlds/0/states/1: expected one of "initial", one of "now"`},
		{"an initial state with a name", func(w object) { state(w, 0)["name"] = "early" }, `/worlds/0/states/0: expected one of "initial"`},
		{"a checkpoint twice", func(w object) { w["states"] = slices.Insert(w["states"].(list), 1, any(state(w, 1))) }, `/worlds/0/states/2/`},
		{"a checkpoint that nobody can call by its name", func(w object) { state(w, 1)["name"] = "ea rly" }, "/worlds/0/states/1/name: expected 1 to 64 letters"},
		{"a checkpoint without a state", func(w object) { delete(state(w, 1), "state") }, "/worlds/0/states/1/state: it is missing"},
		{"a checkpoint with more", func(w object) { state(w, 1)["names"] = "x" }, "/worlds/0/states/1/names: unknown member, did you mean name?"},
		{"a row that goes and is not there", func(w object) {
			state(w, 2)["state"].(object)["tables"].(object)["users"] = list{object{"key": "nobody"}}
		}, "/worlds/0/states/2/state/tables/users/0/value: it is missing"},
		{"a table less", func(w object) { delete(state(w, 1)["state"].(object)["tables"].(object), "users") }, "/worlds/0/states/1/state/tables/users: it is missing"},
		{"a checkpoint that is none", func(w object) { state(w, 1)["state"] = "x" }, "/worlds/0/states/1/state: expected an object"},
		{"a checkpoint that no world can come to", func(w object) {
			state(w, 1)["state"].(object)["tables"].(object)["users"] = list{}
		}, "/worlds/0/states/1/state/tables/ePasses/3/value/ClientUserID: expected one to whom users gives the name"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			tree := parse(t, good).(object)
			row.edit(tree["worlds"].(list)[0].(object))
			_, err := mock.New(mock.WithState(mocktest.WriteFile(t, t.TempDir(), "state.json", string(write(t, tree)))))
			if row.want == "" {
				require.NoError(t, err)
				return
			}
			if assert.ErrorContains(t, err, row.want) {
				held(t, err, row.name)
			}
		})
	}
}

// TestState_WithoutWhatWasDue_IsTaken: what is due and fails is dropped, and a state that was saved then must be readable.
func TestState_WithoutWhatWasDue_IsTaken(t *testing.T) {
	t.Parallel()
	good, _ := lived(t)
	h := hostile{t, parse(t, good).(object)}
	require.NotEmpty(t, h.table("retries"))
	h.put("due", list{})
	srv := mock.Start(t, mock.WithClock(mocktest.Monday))
	require.NoError(t, srv.World().LoadSnapshot(write(t, h.tree)))
	mocktest.Advance(t, srv.World(), 1000*time.Hour)
	require.NoError(t, srv.World().LoadSnapshot([]byte(mocktest.Snapshot(t, srv.World()))))
}

// TestWorld_AtItsBounds_ReadsWhatItWrites: a state is never held to more than what those are held to who bring it about.
func TestWorld_AtItsBounds_ReadsWhatItWrites(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ü", 100)
	scenario := mocktest.WriteScenario(t, `
name: bounds
given:
  clock: 1970-01-01T00:00:00Z
  resources: [{resourceId: N00001, capacity: 1000000, resourceName: `+strings.Repeat("ü", 200)+`}, {resourceId: N00012, confirm: {after: 3650d}}]
  ePasses:
    - {as: p, module: 1, availableUsages: 10000, usedUsages: 10000, expirationDate: "9999-12-31T23:59:59Z", firstName: `+long+`, lastName: `+long+`, orderId: `+strings.Repeat("o", 64)+`, clientUserId: `+strings.Repeat("u", 64)+`}
    - {as: over, module: 1, expirationDate: "1970-01-01T00:00:00Z"}
  memberships: [{as: m, status: 3, expirationDate: "9999-12-31T23:59:59Z", entitlements: {moduleExclusiveEntitlements: [{module: 1, details: {cardholderExclusiveEntitlements: 10000, guestsExclusiveEntitlements: 10000, sharedEntitlements: 10000, allowedGuestsPerUsage: 10000}}]}}]
  prebookingTokens: [{token: `+strings.Repeat("t", 128)+`, module: 1, resourceId: N00001, prebookingDate: 2025-09-05T10:30, adultCount: 1000, childCount: 1000}]
  slots: [{resourceId: N00001, prebookingDate: 2025-09-05T12:30, free: 1000000}]
`)
	srv, c := mocktest.Start(t, mock.WithScenario(scenario), mock.WithCallbackURL("sink"))
	w := srv.World()
	back := func() {
		t.Helper()
		before := mocktest.Snapshot(t, w)
		require.NoError(t, w.LoadSnapshot([]byte(before)))
		assert.Equal(t, before, mocktest.Snapshot(t, w))
	}
	back()
	mocktest.SetClock(t, w, mocktest.Monday)
	c.TryIssue(dragonpass.Lounge, 1, mocktest.Object{"expirationDate": "2030-12-31T23:59:59.999+00:00"}).OK()
	membership := c.Post("/memberships", mocktest.Object{"clientUserId": "ms", "firstName": "A", "lastName": "B", "expirationDate": "2030-12-31T23:59:59.001+00:00"}).OK()["membershipId"]
	back()
	assert.Equal(t, "2030-12-31T23:59:59+00:00", c.Post("/memberships/search", mocktest.Object{"membershipId": membership}).OK()["expirationDate"], "cut to the second (A-020)")
	c.Post("/memberships/update", mocktest.Object{"membershipId": membership, "expirationDate": "2031-12-31T23:59:59.5+00:00"}).OK()
	back()
	mocktest.PatchResource(t, w, "N00001", `{"capacity":3}`)
	pass := c.Pass(9)
	c.Booked(pass, "N00001", "2025-09-05T14:30", 3)
	mocktest.PatchResource(t, w, "N00001", `{"capacity":1}`)
	back()
	c.Ask(mocktest.Object{"ePassId": pass, "prebookingDate": "2025-09-05T14:30"}).OK()
	mocktest.SetClock(t, w, time.Date(2199, 12, 31, 23, 59, 59, 0, time.UTC))
	back()
	author := mocktest.Author(t, srv)
	answer := author.Get(mocktest.DefaultWorld + "/state")
	assert.Equal(t, http.StatusOK, answer.Status)
}
