package mock

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/pipe"
	"dragonmock/mock/internal/server"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/token"
	"dragonmock/mock/internal/world"
)

// World is everything that one client of the vendor has: its credentials, and the passes, orders, slots and clock behind
// them. Errors of its methods are [*dragonpass.Error]; nothing has changed when one is returned. A world that has ended
// refuses with WORLD_ENDED: one that was closed, that nobody used for its lifetime, or that a [Server.Reload] replaced.
type World struct {
	server *server.Server
	world  *world.World
}

// ID names the world on the control plane.
func (w *World) ID() string { return w.world.ID() }

// Close ends the world. The default world ends with its server.
func (w *World) Close() { w.server.Delete(w.world) }

// Credentials are what a client of this world calls with (D/v1/338386m0).
type Credentials struct {
	ClientID, Secret string // for POST /auth/token
	Issuer, Key      string // for JWTs that the client signs itself, HS256
	ProgramID        string // the default programme
}

// Credentials returns the world's credentials.
func (w *World) Credentials() Credentials {
	c := w.world.Client()
	return Credentials{c.ClientID, c.Secret, c.Issuer, c.Key, c.DefaultProgram()}
}

// Token makes an access token that is good for an hour, by the machine's clock.
func (w *World) Token() string {
	issued, err := token.Issue(w.world, w.world.Client().Secret)
	if err != nil {
		panic("mock: a world's own secret was refused: " + err.Error())
	}
	return issued
}

// SignedToken signs a JWT the way a client would, good until expires by the machine's clock.
func (w *World) SignedToken(expires time.Time) (string, error) {
	c := w.world.Client()
	claims := jwt.RegisteredClaims{Issuer: c.Issuer, ExpiresAt: jwt.NewNumericDate(expires)}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(c.Key))
}

// Client is an HTTP client of this world that needs no network: whatever the host of a URL, http://dragonmock by
// convention, the request goes to the world's server in memory. It adds the world's token where a request has none. It
// works inside testing/synctest.
func (w *World) Client() *http.Client {
	return &http.Client{Transport: pipe.WithToken(w.Token, pipe.Transport(w.server.HTTPServer))}
}

// Reset returns the world to how it was made. Errors: WORLD_ENDED.
func (w *World) Reset() error { return w.world.Reset() }

// Snapshot returns the world's whole state as JSON: equal states are equal bytes. Errors: WORLD_ENDED.
func (w *World) Snapshot() ([]byte, error) { return w.world.Dump() }

// LoadSnapshot puts the state of a snapshot in place of the world's own: clock, ids and fault rules included. Errors:
// INVALID_REQUEST with the place of what is wrong; WORLD_ENDED.
func (w *World) LoadSnapshot(snapshot []byte) error { return w.world.Load(snapshot) }

// Checkpoint keeps the world as it is under a name: state, clock, ids, random streams, fault counters and undelivered
// events together. It costs next to nothing. Errors: INVALID_REQUEST beyond 100 checkpoints, or 1 GiB of what has changed
// between them; WORLD_ENDED.
func (w *World) Checkpoint(name string) error { return w.world.Checkpoint(name) }

// Rewind returns the world to a checkpoint, which stays. Errors: CHECKPOINT_NOT_FOUND; WORLD_ENDED.
func (w *World) Rewind(name string) error { return w.world.Rewind(name) }

// Change is a row of the world's state that is not as it was.
type Change struct {
	Table, Key string
	Before     json.RawMessage // nil: it was not there
	After      json.RawMessage // nil: it is not there any more
}

// Changes lists what changed since a checkpoint, by table and key: nothing where all is as it was. A clock that was
// moved is a change of the table clock, a fault rule that came, went or counted one of the table faults. Errors:
// CHECKPOINT_NOT_FOUND; WORLD_ENDED.
func (w *World) Changes(since string) ([]Change, error) {
	found, err := w.world.Changes(since)
	list := make([]Change, len(found))
	for i, d := range found {
		list[i] = Change{d.Table, d.Key, json.RawMessage(d.Before), json.RawMessage(d.After)}
	}
	return list, err
}

// Fork makes a world that begins as this one is now, with credentials of its own. Errors: WORLDS_EXHAUSTED; WORLD_ENDED.
func (w *World) Fork() (*World, error) {
	fork, err := w.server.Fork(w.world)
	if err != nil {
		return nil, err
	}
	return &World{w.server, fork}, nil
}

// WalkIn lets a party in without a booking, on an E-pass id, a membership id or a dynamic QR string. Errors: what is
// wrong with it, such as EPASS_NOT_FOUND, WALK_IN_NOT_SUPPORTED, EPASS_USAGES_EXHAUSTED; WORLD_ENDED.
func (w *World) WalkIn(shown, resourceID string, party dragonpass.Party) (dragonpass.Order, error) {
	return orderOf(author.Run(w.world, "redeem", author.Redeem, author.Redemption{Shown: shown, ResourceID: resourceID, Party: party}))
}

// Redeem lets a party in on the voucher of a prebooking, from 1 h before to 3 h after its time (D/338945m0), or of a
// local offer while it is good. Errors: VOUCHER_INVALID, ORDER_ALREADY_USED, REDEMPTION_WINDOW_CLOSED,
// PASSENGERS_INVALID; WORLD_ENDED.
func (w *World) Redeem(voucher string, party dragonpass.Party) (dragonpass.Order, error) {
	return orderOf(author.Run(w.world, "redeem", author.Redeem, author.Redemption{Voucher: voucher, Party: party}))
}

// Reverse takes a use back at the venue's word, with full refund (D/339432m0). Errors: ORDER_NOT_FOUND,
// ORDER_ALREADY_CANCELLED, ORDER_NOT_CANCELLABLE; WORLD_ENDED.
func (w *World) Reverse(orderID string) (dragonpass.Order, error) {
	return orderOf(author.Run(w.world, "reverse", author.Reverse, orderID))
}

// Confirm confirms a pending order: the supplier says yes. Errors: ORDER_NOT_FOUND, ORDER_NOT_CANCELLABLE for one that is
// not pending; WORLD_ENDED.
func (w *World) Confirm(orderID string) (dragonpass.Order, error) {
	return orderOf(author.Run(w.world, "confirmOrder", author.ConfirmOrder, orderID))
}

// Fail fails a pending order, with refund: the supplier says no. Errors as [World.Confirm].
func (w *World) Fail(orderID string) (dragonpass.Order, error) {
	return orderOf(author.Run(w.world, "failOrder", author.FailOrder, orderID))
}

// UseData has the traveller use so many bytes, 1 to 2^50, of the package of an order of an eSIM, as far as there are
// any left, and returns how many are left then. The first use makes the order used, and begins the days of the package.
// Errors: ORDER_NOT_FOUND, MODULE_MISMATCH for an order of no eSIM, INVALID_REQUEST for fewer bytes or more,
// VOUCHER_INVALID for a package that is not good, REDEMPTION_WINDOW_CLOSED before the eSIM connects; WORLD_ENDED.
func (w *World) UseData(orderID string, bytes int64) (remaining int64, err error) {
	used, err := author.Run(w.world, "useData", author.UseData, author.DataUse{OrderID: orderID, Bytes: bytes})
	return used.Bought.Remaining(), err
}

// orderOf is an order without the resource it is a use of.
func orderOf(o booking.Order, err error) (dragonpass.Order, error) { return o.Order, err }

// FillSlot sets how many persons one time of a resource still takes, 0 to 1,000,000; 0 fills it. The date is a wall
// clock time of the resource, such as 2025-10-01T10:30: one of its slots, after the world's now. Reservations keep
// their places. Errors: RESOURCE_NOT_FOUND, PREBOOKING_NOT_SUPPORTED, PREBOOKING_DATE_INVALID, INVALID_REQUEST for
// fewer or more persons and for what is booked by option; WORLD_ENDED.
func (w *World) FillSlot(resourceID string, date dragonpass.LocalTime, free int) (dragonpass.Slot, error) {
	return author.Run(w.world, "setSlot", author.SetSlot, author.Slot{ResourceID: resourceID, Date: date, Free: free})
}

// FillOption is [World.FillSlot] for an option of a lifestyle resource that takes so many persons: a class has its day
// in its id, such as F00001-yoga-20251006, and the date is any time of the day. Errors: OPTION_NOT_FOUND too,
// INVALID_REQUEST for an option that takes whoever comes, and for none.
func (w *World) FillOption(resourceID, optionID string, date dragonpass.LocalTime, free int) (dragonpass.Slot, error) {
	return author.Run(w.world, "setSlot", author.SetSlot, author.Slot{ResourceID: resourceID, OptionID: optionID, Date: date, Free: free})
}

// PatchResource merges a JSON object in the shape of the vendor's resource details into a resource of this world:
// objects merge, lists and plain values replace. One that leaves all as it was changes nothing, and nobody is told.
// Errors: RESOURCE_NOT_FOUND, INVALID_REQUEST for what is no such object, names nothing, or would be no resource;
// WORLD_ENDED.
func (w *World) PatchResource(resourceID, patch string) (dragonpass.Resource, error) {
	return author.Run(w.world, "patchResource", author.PatchResource, author.Patch{ResourceID: resourceID, JSON: []byte(patch)})
}

// CloseResource closes a venue, as the vendor does by itself: it takes nobody any more, with a voucher neither, and its
// standing bookings, which are returned, oldest first, are cancelled with full refund; what was used or missed stays as
// it is. A patch of walkInAllowed or prebookingAllowed opens it again. Clients of v2 are told, with the
// remarks, which have 1 to 500 characters. Errors: RESOURCE_NOT_FOUND, INVALID_REQUEST for other remarks; WORLD_ENDED.
func (w *World) CloseResource(resourceID, remarks string) ([]dragonpass.Order, error) {
	return author.Run(w.world, "closeResource", author.CloseResource, author.Closing{ResourceID: resourceID, Remarks: remarks})
}

// MoveOrder moves a confirmed booking to another time of its resource, as the vendor does by itself: it is modified,
// status 5. The date is a wall clock time of the resource, such as 2025-10-01T10:30: another of its slots, after the
// world's now, with places for the party. Clients of v2 are told, with the remarks, which have 1 to 500 characters.
// Errors: ORDER_NOT_FOUND, INVALID_REQUEST for other remarks, ORDER_NOT_CANCELLABLE for what is no confirmed booking or
// was missed, PREBOOKING_NOT_SUPPORTED for what is booked by option, PREBOOKING_DATE_INVALID, SLOT_UNAVAILABLE;
// WORLD_ENDED.
func (w *World) MoveOrder(orderID string, date dragonpass.LocalTime, remarks string) (dragonpass.Order, error) {
	return orderOf(author.Run(w.world, "moveOrder", author.MoveOrder, author.BookingMove{OrderID: orderID, Date: date, Remarks: remarks}))
}

// EPassRequest asks for a pass.
type EPassRequest struct {
	ProgramID           string            // empty: the client's default programme
	Module              dragonpass.Module // 1 to 4, 7, 8 or 11
	CrossModule         bool              // in place of a module: for 1, 3 and 4, or which of them the programme has agreed
	ClientUserID        string
	FirstName, LastName string
	Usages              int       // persons, 1 to 10,000
	ExpirationDate      time.Time // the last instant, in any zone; after the world's now
	AllowedResources    []string  // ids; none: every resource of the module
}

// IssueEPass issues a pass, as a client would. Errors: INVALID_REQUEST that names what the contract refuses, PROGRAM_NOT_ALLOWED,
// CLIENT_USER_NAME_MISMATCH, EXPIRATION_INVALID, RESOURCE_NOT_FOUND, MODULE_MISMATCH; WORLD_ENDED.
func (w *World) IssueEPass(r EPassRequest) (dragonpass.EPass, error) {
	return author.Run(w.world, "issueEPass", author.IssueEPass, author.EPass(r))
}

// IssueMembership registers a member, as a client would: of the client's default programme when ProgramID is empty. Errors:
// INVALID_REQUEST that names what the contract refuses, PROGRAM_NOT_ALLOWED, CLIENT_USER_NAME_MISMATCH, EXPIRATION_INVALID;
// WORLD_ENDED.
func (w *World) IssueMembership(r dragonpass.RegisterRequest) (dragonpass.Membership, error) {
	return author.Run(w.world, "issueMembership", author.IssueMembership, r)
}

// ExpireEPass ends a pass a second ago. Errors: EPASS_NOT_FOUND; WORLD_ENDED.
func (w *World) ExpireEPass(ePassID string) (dragonpass.EPass, error) {
	return author.Run(w.world, "expireEPass", author.ExpireEPass, ePassID)
}

// EPass looks at a pass as it stands now. Errors: EPASS_NOT_FOUND; WORLD_ENDED.
func (w *World) EPass(ePassID string) (dragonpass.EPass, error) {
	return author.Run(w.world, "readEPass", booking.EPass, ePassID)
}

// Membership looks at a membership as it stands now. Errors: MEMBERSHIP_NOT_FOUND; WORLD_ENDED.
func (w *World) Membership(id string) (dragonpass.Membership, error) {
	return author.Run(w.world, "readMembership", booking.Membership, id)
}

// Clock is what the world's clock shows.
type Clock struct {
	Now   time.Time // UTC, whole seconds
	Mode  string    // real, offset or frozen
	Fired []Fired   // what became due on the way, in order of its own time
}

// Fired is something that became due and happened: a confirmed or failed order, a released reservation, an expired pass.
type Fired struct {
	At   time.Time
	What string
	ID   string
}

func clockOf(r world.Reading, err error) (Clock, error) {
	c := Clock{Now: r.Now, Mode: string(r.Mode)}
	for _, f := range r.Fired {
		c.Fired = append(c.Fired, Fired(f))
	}
	return c, err
}

// Clock reads the clock. Errors: WORLD_ENDED.
func (w *World) Clock() (Clock, error) { return clockOf(w.world.Clock()) }

// Advance moves the clock forward by d. What is due in between happens on the way, and callbacks are delivered, before it
// returns. Errors: INVALID_REQUEST for a negative d, one that is not of whole seconds, as the clock is, or one that
// leaves the years 1970 to 2199; SERVICE_UNAVAILABLE when the world is reset, or its clock or state put elsewhere, before it
// has arrived: then that holds; WORLD_ENDED.
func (w *World) Advance(d time.Duration) (Clock, error) {
	return w.AdvanceContext(context.Background(), d)
}

// AdvanceContext is [World.Advance] until ctx ends: then the clock stays where it has come to, and the error is that of
// ctx. A callback URL that hangs can hold an advance up for 10 s an attempt.
func (w *World) AdvanceContext(ctx context.Context, d time.Duration) (Clock, error) {
	return clockOf(w.world.Advance(ctx, d, nil))
}

// SetClock moves the clock to t, forward or back; what has happened stays happened. A frozen clock stays frozen there.
// Errors: INVALID_REQUEST for a year outside 1970 to 2199; WORLD_ENDED.
func (w *World) SetClock(t time.Time) (Clock, error) {
	return clockOf(w.world.SetClock(context.Background(), t, nil))
}

// Freeze stops the clock where it stands. Errors: WORLD_ENDED.
func (w *World) Freeze() (Clock, error) { return clockOf(w.world.Freeze(context.Background(), nil)) }

// Follow lets the clock run on from where it stands. Errors: WORLD_ENDED.
func (w *World) Follow() (Clock, error) { return clockOf(w.world.Follow(context.Background(), nil)) }

// FollowWall returns the clock to the wall clock. Errors: WORLD_ENDED.
func (w *World) FollowWall() (Clock, error) {
	return clockOf(w.world.FollowWall(context.Background(), nil))
}

// Event is a callback or an event of the world, and its delivery log. A callback of v1 is recorded whether or not there is a
// URL to tell, an event of v2 only where one was given when it happened.
type Event struct {
	ID       string
	Type     string    // of an event of v2, such as walkin.redemption; empty: it is a callback of v1
	At       time.Time // world time
	State    string    // recorded, pending, waiting, delivered or failed
	Payload  []byte    // the JSON that is sent
	Attempts []Attempt // the latest 100
}

// Attempt is one try to deliver an event.
type Attempt struct {
	At     time.Time // world time
	Status int       // of the answer; 0: there was none
	Error  string    // why it was not acknowledged; empty: it was
	Number int       // which one of its event, from 1
	KeyID  string    // of the key that signed it; empty: nobody did
}

func attemptOf(a store.Attempt) Attempt { return Attempt{a.At, a.Status, a.Error, a.Number, a.KeyID} }

// Events lists the callbacks of the world, oldest first. Errors: WORLD_ENDED.
func (w *World) Events() ([]Event, error) {
	events, err := author.Run(w.world, "listEvents", author.ListEvents, struct{}{})
	if err != nil {
		return nil, err
	}
	list := make([]Event, len(events))
	for i, e := range events {
		if list[i], err = w.eventOf(e); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// DroppedEvents counts the events that a world has forgotten, because it remembers 1,000, of 8 MiB at most.
type DroppedEvents struct {
	All    int
	Missed int // of those: not delivered
}

// DroppedEvents counts the events that no list has any more. Those leave first that were delivered, or that nobody is told
// of, and last those that are still to be delivered. Errors: WORLD_ENDED.
func (w *World) DroppedEvents() (DroppedEvents, error) {
	forgot, err := outbox.Forgot(w.world)
	return DroppedEvents{int(forgot.Dropped), int(forgot.Missed)}, err
}

func (w *World) eventOf(e store.Event) (Event, error) {
	payload, err := w.server.Callback(e)
	event := Event{ID: e.ID, Type: string(e.News.Kind), At: e.At, State: string(e.State), Payload: payload}
	for _, a := range e.Attempts {
		event.Attempts = append(event.Attempts, attemptOf(a))
	}
	return event, err
}

// Delivery is a callback that reached the client and was answered.
type Delivery struct {
	EventID string
	Type    string // of an event of v2, such as walkin.redemption; empty: it is a callback of v1
	Payload []byte // the JSON that was sent
	Attempt        // which one of its event it is
}

// Deliveries lists the callbacks that reached the client, in the order in which they came: one that is sent twice is there
// twice. With the callback URL "sink" they are there as soon as what causes them has returned. Errors: WORLD_ENDED.
func (w *World) Deliveries() ([]Delivery, error) {
	arrived, err := author.Run(w.world, "listDeliveries", author.ListDeliveries, struct{}{})
	list := make([]Delivery, len(arrived))
	for i, d := range arrived {
		payload, wrong := w.server.Callback(d.Event)
		if wrong != nil {
			return nil, wrong
		}
		list[i] = Delivery{d.Event.ID, string(d.Event.News.Kind), payload, attemptOf(d.Attempt)}
	}
	return list, err
}

// Replay sends a callback again, whatever became of it. Errors: EVENT_NOT_FOUND, INVALID_REQUEST for a world without a
// callback URL; WORLD_ENDED.
func (w *World) Replay(eventID string) error {
	_, err := author.Run(w.world, "replayEvent", author.ReplayEvent, eventID)
	return err
}
