package host_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/injection"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/repeat"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// life is a host, one of its worlds, and what was seen in it.
type life struct {
	*rapid.T
	*ledger
	host        *host.Host
	world       *world.World
	dump        []byte
	checkpoints []string
	passes, memberships, orders, tokens, vouchers, qrCodes,
	events []string
}

// pick draws one of a list, or now and then what is not there.
func (l *life) pick(label string, list []string) string {
	return rapid.SampledFrom(append(list, "nobody")).Draw(l.T, label)
}

var (
	venues  = []string{"N00001", "N00001", "N00012", "N00129", "N99901", "N99902", "N99903", "N99904", "N99913", "N99913", "C00001", "R00001"}
	parties = []dragonpass.Party{{Adults: 1}, {Adults: 1}, {Adults: 1, Children: 1}, {Adults: 2}}
	modules = []dragonpass.Module{1, 1, 1, 2, 3}
	paths   = []time.Duration{0, time.Second, 90 * time.Second, time.Hour, 11 * time.Hour, 25 * time.Hour, 50 * time.Hour}
)

// client does an operation of a client under a request id, which may be one that was used before.
func (l *life) client(name string, do func(*world.Tx) (any, error)) {
	call := repeat.Call{Operation: "v1 " + name}
	if n := rapid.IntRange(-20, 8).Draw(l.T, "request id"); n > 0 {
		call.RequestID, call.Fingerprint = fmt.Sprint("id-", n), [32]byte{byte(n % 3)}
	}
	_, err := repeat.Do(l.world, call, func(tx *world.Tx) ([]byte, error) {
		answer, err := do(tx)
		tx.Slow()
		if err != nil {
			return nil, err
		}
		return json.Marshal(fmt.Sprint(answer))
	})
	l.refusal(err)
}

// verb does a verb of the author.
func verb[R, A any](l *life, name string, do author.Verb[R, A], r R) {
	_, err := author.Run(l.world, name, do, r)
	l.refusal(err)
}

// refusal holds that whatever is wrong was said by a rule.
func (l *life) refusal(err error) {
	var refusal *dragonpass.Error
	if err != nil && !errors.As(err, &refusal) {
		require.NoError(l.T, err)
	}
}

func (l *life) holder() dragonpass.Holder {
	switch rapid.IntRange(0, 3).Draw(l.T, "holder") {
	case 0:
		return dragonpass.Holder{}
	case 1:
		return dragonpass.Holder{MembershipID: l.pick("membership", l.memberships)}
	}
	return dragonpass.Holder{EPassID: l.pick("pass", l.passes)}
}

func (l *life) issueRequest() dragonpass.IssueRequest {
	return dragonpass.IssueRequest{
		ProgramID: "18943", Module: rapid.SampledFrom(modules).Draw(l.T, "module"), ClientUserID: rapid.SampledFrom([]string{"u-1", "ü/\x00\u2028"}).Draw(l.T, "user"),
		FirstName: "Ada", LastName: rapid.SampledFrom([]string{"Lovelace", "Lovelace", "Byron"}).Draw(l.T, "name"), Usages: rapid.IntRange(1, 9).Draw(l.T, "usages"),
		ExpirationDate:   l.world.Now().Add(rapid.SampledFrom([]time.Duration{time.Hour + time.Millisecond, 72 * time.Hour, 1e5 * time.Hour}).Draw(l.T, "expires")),
		AllowedResources: rapid.SampledFrom([][]string{nil, nil, {"N00001"}}).Draw(l.T, "scope"),
	}
}

func (l *life) date() dragonpass.LocalTime {
	days := time.Duration(rapid.IntRange(1, 3).Draw(l.T, "days"))
	return dragonpass.LocalTime(l.world.Now().Add(days*24*time.Hour).Format(time.DateOnly) + "T12:00")
}

var passenger = dragonpass.Passenger{FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com", PhoneNumber: "8081966002", CallingCode: "44", TransportNumber: "EK001"}

// look reads the ids that there are.
func (l *life) look() {
	_, err := world.Run(l.world, "look", func(tx *world.Tx) (struct{}, error) {
		l.passes, l.memberships, l.orders = keys(&tx.EPasses), keys(&tx.Memberships), append(keys(&tx.Orders), keys(&tx.Issues)...)
		l.tokens, l.vouchers, l.qrCodes, l.events = keys(&tx.Tokens), keys(&tx.Vouchers), keys(&tx.QRCodes), keys(&tx.Events)
		return struct{}{}, nil
	})
	require.NoError(l.T, err)
	require.NoError(l.T, l.world.Check())
}

func keys[V any](t *store.Table[V]) (list []string) {
	t.Each(func(key string, _ V) bool {
		list = append(list, key)
		return true
	})
	return list
}

// clients are the moves of clients.
func (l *life) clients() map[string]func() {
	return map[string]func(){
		"issue": func() {
			r := l.issueRequest()
			l.client("createEPass", func(tx *world.Tx) (any, error) { return booking.IssueEPass(tx, r) })
		},
		"register": func() {
			r := dragonpass.RegisterRequest{ProgramID: rapid.SampledFrom([]string{"18943", "p2"}).Draw(l.T, "program"), ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace"}
			l.client("createMembership", func(tx *world.Tx) (any, error) { return booking.RegisterMembership(tx, r) })
		},
		"updateMembership": func() {
			id, status := l.pick("membership", l.memberships), dragonpass.MembershipStatus(rapid.IntRange(0, 3).Draw(l.T, "status"))
			expires := l.world.Now().Add(rapid.SampledFrom([]time.Duration{-time.Hour, 36 * time.Hour}).Draw(l.T, "expires"))
			l.client("updateMembership", func(tx *world.Tx) (any, error) { return booking.UpdateMembership(tx, id, &status, &expires) })
		},
		"updateEntitlements": func() {
			id, n := l.pick("membership", l.memberships), rapid.IntRange(0, 5).Draw(l.T, "visits")
			l.client("updateEntitlements", func(tx *world.Tx) (any, error) {
				return booking.UpdateEntitlements(tx, id, dragonpass.Entitlements{Module: 1, Cardholder: n, Shared: n, AllowedGuestsPerUsage: n})
			})
		},
		"qrCode": func() {
			id := l.pick("membership", l.memberships)
			l.client("generateQRCode", func(tx *world.Tx) (any, error) { return booking.GenerateQRCode(tx, id) })
		},
		"ask": func() {
			r := dragonpass.AvailabilityRequest{
				Holder: l.holder(), Module: rapid.SampledFrom(modules).Draw(l.T, "module"), ResourceID: rapid.SampledFrom(venues).Draw(l.T, "venue"),
				Date: l.date(), Party: rapid.SampledFrom(parties).Draw(l.T, "party"),
			}
			l.client("availability", func(tx *world.Tx) (any, error) { return booking.CheckAvailability(tx, r) })
		},
		"prebook": func() { l.prebook(l.pick("token", l.tokens)) },
		"prebookNewest": func() { // asked for and booked, so that orders there are
			pass, venue := l.pick("pass", l.passes), rapid.SampledFrom([]string{"N00001", "N00012", "N00129"}).Draw(l.T, "venue")
			date := l.date()
			token := ""
			l.client("availability", func(tx *world.Tx) (any, error) {
				a, err := booking.CheckAvailability(tx, dragonpass.AvailabilityRequest{Holder: dragonpass.Holder{EPassID: pass}, Module: 1, ResourceID: venue, Date: date, Party: dragonpass.Party{Adults: 1}})
				token = a.Token.Token
				return a, err
			})
			l.prebook(token)
		},
		"bundle": func() {
			r := dragonpass.BundleRequest{Issue: l.issueRequest(), Token: l.pick("token", l.tokens), Passenger: passenger}
			l.client("bundle", func(tx *world.Tx) (any, error) {
				_, order, err := booking.IssueAndPrebook(tx, r)
				return order, err
			})
		},
		"cancel": func() {
			id := l.pick("order", l.orders)
			l.client("cancelOrder", func(tx *world.Tx) (any, error) { return booking.CancelOrder(tx, id) })
		},
		"readOrder": func() {
			id := l.pick("order", l.orders)
			l.client("order", func(tx *world.Tx) (any, error) { return booking.EPassUsageOrder(tx, id) })
			l.client("order", func(tx *world.Tx) (any, error) { return booking.MembershipUsageOrder(tx, id) })
		},
		"listOrders": func() {
			holder := l.holder()
			l.client("orders", func(tx *world.Tx) (any, error) {
				return booking.UsageOrders(tx, holder, booking.OrdersFilter{}, booking.Page{Size: 5, Number: 1}, func(o *booking.Order) booking.Order { return *o })
			})
		},
		"readResource": func() {
			id := rapid.SampledFrom(venues).Draw(l.T, "venue")
			l.client("resource", func(tx *world.Tx) (any, error) { return booking.ShowResource(tx, id) })
		},
	}
}

func (l *life) prebook(token string) {
	r := dragonpass.PrebookRequest{ProgramID: "18943", Module: 1, Holder: l.holder(), Token: token, Passenger: passenger}
	l.client("prebook", func(tx *world.Tx) (any, error) {
		if t, ok := tx.Tokens.Get(token); ok && t.Holder.Named() {
			r.Holder = t.Holder
		}
		return booking.Prebook(tx, r)
	})
}

// authors are the moves of the test author inside a world, and of what delivers its callbacks.
func (l *life) authors() map[string]func() {
	return map[string]func(){
		"walkIn": func() {
			verb(l, "redeem", author.Redeem, author.Redemption{
				Shown: l.pick("shown", append(append(l.passes, l.memberships...), l.qrCodes...)), ResourceID: rapid.SampledFrom(venues).Draw(l.T, "venue"),
				Party: rapid.SampledFrom(parties).Draw(l.T, "party"),
			})
		},
		"redeem": func() {
			verb(l, "redeem", author.Redeem, author.Redemption{Voucher: l.pick("voucher", l.vouchers), Party: rapid.SampledFrom(parties).Draw(l.T, "party")})
		},
		"visit": func() { // at its time, and perhaps taken back
			voucher := l.pick("voucher", l.vouchers)
			var order dragonpass.Order
			_, err := world.Run(l.world, "look", func(tx *world.Tx) (struct{}, error) {
				id, _ := tx.Vouchers.Get(voucher)
				order, _ = tx.Order(id)
				return struct{}{}, nil
			})
			require.NoError(l.T, err)
			if at, err := time.Parse("2006-01-02T15:04", string(order.Date)); err == nil {
				_, err := l.world.SetClock(context.Background(), at.Add(-time.Hour), nil) // London's summer
				require.NoError(l.T, err)
			}
			verb(l, "redeem", author.Redeem, author.Redemption{Voucher: voucher, Party: dragonpass.Party{Adults: 1}})
			if rapid.Bool().Draw(l.T, "reversed") {
				verb(l, "reverse", author.Reverse, order.OrderID)
			}
		},
		"reverse": func() { verb(l, "reverse", author.Reverse, l.pick("order", l.orders)) },
		"confirm": func() { verb(l, "confirmOrder", author.ConfirmOrder, l.pick("order", l.orders)) },
		"fail":    func() { verb(l, "failOrder", author.FailOrder, l.pick("order", l.orders)) },
		"expire":  func() { verb(l, "expireEPass", author.ExpireEPass, l.pick("pass", l.passes)) },
		"setSlot": func() {
			verb(l, "setSlot", author.SetSlot, author.Slot{ResourceID: rapid.SampledFrom(venues).Draw(l.T, "venue"), Date: l.date(), Free: rapid.IntRange(-1, 2).Draw(l.T, "free")})
		},
		"close": func() {
			verb(l, "closeResource", author.CloseResource, author.Closing{ResourceID: rapid.SampledFrom(venues).Draw(l.T, "venue"), Remarks: rapid.SampledFrom([]string{"", "Closed"}).Draw(l.T, "remarks")})
		},
		"open": func() {
			verb(l, "patchResource", author.PatchResource, author.Patch{ResourceID: rapid.SampledFrom(venues).Draw(l.T, "venue"), JSON: []byte(`{"walkInAllowed":true,"prebookingAllowed":true}`)})
		},
		"move": func() {
			verb(l, "moveOrder", author.MoveOrder, author.BookingMove{OrderID: l.pick("order", l.orders), Date: l.date(), Remarks: "Moved"})
		},
		"announce": func() {
			verb(l, "announce", author.Announce, author.Announcement{Type: news.ResourcesUpdated, IDs: slices.Compact(slices.Clone(venues))})
		},
		"patch": func() {
			patch := rapid.SampledFrom([]string{
				`{"confirm":{"after":"5m"}}`, `{"confirm":{"polls":2}}`, `{"confirm":"fail"}`, `{"confirm":"now"}`, `{"capacity":2}`, `{"name":"Ünï <&> \u2028"}`, `{"none":1}`, `[]`,
			}).Draw(l.T, "patch")
			verb(l, "patchResource", author.PatchResource, author.Patch{ResourceID: rapid.SampledFrom(venues).Draw(l.T, "venue"), JSON: []byte(patch)})
		},
		"issueEPass": func() {
			r := l.issueRequest()
			verb(l, "issueEPass", author.IssueEPass, author.EPass{Module: r.Module, ClientUserID: r.ClientUserID, FirstName: r.FirstName, LastName: r.LastName, Usages: r.Usages, ExpirationDate: r.ExpirationDate})
		},
		"addFaults":     func() { verb(l, "addFault", author.AddFaults, l.rules()) },
		"replaceFaults": func() { verb(l, "replaceFaults", author.ReplaceFaults, l.rules()) },
		"removeFault": func() {
			verb(l, "removeFault", author.RemoveFault, fmt.Sprint("f", rapid.IntRange(1, 4).Draw(l.T, "fault")))
		},
		"decide": func() { l.decide("createEPass") },
		"take":   func() { l.deliver(outbox.GiveBack) },
		"deliver": func() {
			problem := rapid.SampledFrom([]string{"", "refused", "refused"}).Draw(l.T, "problem")
			l.deliver(func(tx *world.Tx, id string) { outbox.Attempted(tx, id, store.Attempt{Status: 500, Error: problem}) })
		},
		"postpone": func() { l.deliver(func(tx *world.Tx, id string) { outbox.Postpone(tx, id, 90*time.Second) }) },
		"onItsWay": func() { l.deliver(func(*world.Tx, string) {}) },
		"replay":   func() { verb(l, "replayEvent", author.ReplayEvent, l.pick("event", l.events)) },
		"clock": func() {
			move := rapid.SampledFrom([]author.Move{{Freeze: true}, {Follow: true}, {Real: true}, {Set: "2025-09-02T10:00:00+01:00"}, {Set: "2025-09-04T11:30:00Z"}, {Advance: "-1s"}, {Advance: "3d"}}).Draw(l.T, "move")
			_, err := author.MoveClock(context.Background(), l.world, move, nil)
			l.refusal(err)
		},
		"advance": func() {
			_, err := l.world.Advance(context.Background(), rapid.SampledFrom(paths).Draw(l.T, "by"), nil)
			l.refusal(err)
		},
		"cutShort": func() { // the last step is refused
			_, err := l.world.Advance(context.Background(), rapid.SampledFrom(paths).Draw(l.T, "by"), func(world.Reading) error {
				if rapid.Bool().Draw(l.T, "sealed") {
					return nil
				}
				return dragonpass.Refuse(dragonpass.InvalidRequest, "no")
			})
			l.refusal(err)
		},
		"panic": func() {
			assert.Panics(l.T, func() {
				_, _ = world.Run(l.world, "panic", func(tx *world.Tx) (struct{}, error) {
					tx.Orders.Put(tx.NextOrderID(), "")
					panic("test")
				})
			})
		},
	}
}

func (l *life) rules() []fault.Rule {
	all := []fault.Rule{
		{On: "createEPass", Error: "SLOT_UNAVAILABLE", After: 1, Times: 2},
		{On: "*", Delay: &fault.Delay{Mean: duration.Duration(time.Second), P95: duration.Duration(2 * time.Second)}, Probability: new(0.5)},
		{On: "createEPass", RateLimit: &fault.RateLimit{Requests: 1, Per: duration.Duration(time.Minute)}},
		{ID: "same", On: "callback", Drop: fault.After}, {On: "nothing", Malformed: true},
		{On: "createEPass", Match: &fault.Match{Body: jsontext.Value(`{"a":"/x<&>/"}`)}, Respond: &fault.Response{Status: 299, Body: jsontext.Value(`{"b":[1,null]}`)}},
	}
	return rapid.SliceOfN(rapid.SampledFrom(all), 0, 3).Draw(l.T, "rules")
}

func (l *life) decide(operation string) {
	injection.Decide(l.world, fault.Call{Operation: operation, Method: "POST", Path: "/x", Body: func() any { return map[string]any{"a": "x<&>"} }})
}

// deliver takes the next callback, and says what became of it.
func (l *life) deliver(settle func(tx *world.Tx, id string)) {
	_, err := world.Run(l.world, "callback", func(tx *world.Tx) (struct{}, error) {
		id := ""
		if e, ok := outbox.Take(tx, false); ok {
			id = e.ID
		} else if len(l.events) > 0 {
			id = l.events[len(l.events)-1] // one that is on its way, or is not
		}
		settle(tx, id)
		return struct{}{}, nil
	})
	require.NoError(l.T, err)
}

// stories are moves that come far enough to have something settled, used or sent.
func (l *life) stories() map[string]func() {
	all := map[string]func(){}
	for name, move := range l.clients() {
		if name == "prebookNewest" || name == "ask" {
			all[name] = move
		}
	}
	for name, move := range l.authors() {
		if slices.Contains([]string{"visit", "advance", "deliver", "walkIn", "decide"}, name) {
			all[name] = move
		}
	}
	return all
}

// whole are the moves of the world as a whole, and of its host.
func (l *life) whole() map[string]func() {
	return map[string]func(){
		"checkpoint": func() {
			name := rapid.SampledFrom([]string{"a", "b"}).Draw(l.T, "checkpoint")
			require.NoError(l.T, l.world.Checkpoint(name))
			l.checkpoints = append(l.checkpoints, name)
		},
		"rewind": func() { l.refusal(l.world.Rewind(l.pick("checkpoint", l.checkpoints))) },
		"reset":  func() { require.NoError(l.T, l.world.Reset()) },
		"dump": func() {
			var err error
			l.dump, err = l.world.Dump()
			require.NoError(l.T, err)
		},
		"load": func() {
			if l.dump != nil {
				require.NoError(l.T, l.world.Load(l.dump))
			}
			l.refusal(l.world.Load([]byte(`{"version":2}`)))
		},
	}
}

// others are the moves that come to another world, or to another life of the same. Most often nothing is moved: worlds
// that end early see little.
func (l *life) others() map[string]func() {
	nothing := func() {}
	return map[string]func(){
		"stay": nothing, "stay on": nothing, "stay still": nothing, "stay here": nothing, "stay now": nothing, "stay so": nothing,
		"fork": func() {
			fork, err := l.host.PrepareFork(l.world)
			require.NoError(l.T, err)
			require.NoError(l.T, l.host.Enter(fork))
			l.check(l.world)
			l.world, l.checkpoints = fork, nil // its stream is its own
		},
		"more": func() {
			w, err := l.host.Prepare(l.config())
			require.NoError(l.T, err)
			require.NoError(l.T, l.host.Enter(w))
			l.world, l.checkpoints = w, nil
		},
		"delete": func() {
			if l.host.Delete(l.world.ID()) {
				assert.ErrorContains(l.T, l.copies[l.world.ID()].CheckEnded(), "WORLD_ENDED")
				l.world, l.checkpoints = l.host.World(host.DefaultWorld), nil
			}
		},
		"renew": func() {
			require.NoError(l.T, l.host.Renew(l.config()))
			l.world, l.checkpoints = l.host.World(host.DefaultWorld), nil
		},
		"restart": func() {
			var before memory
			lost, err := l.host.Save(&before)
			require.NoError(l.t, lost)
			require.NoError(l.T, err)
			restored, err := host.Restore(l.catalog, &before, world.Config{Shared: l.observed()}, nil)
			require.NoError(l.T, err)
			l.host, l.world = restored, restored.World(l.world.ID())
		},
	}
}
