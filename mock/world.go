package mock

import (
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/platform"
)

// World is everything that one client of the vendor has: its credentials, and the passes, orders, slots and clock behind
// them. Errors of its methods are [*dragonpass.Error]; nothing has changed when one is returned.
type World struct {
	server *Server
	world  *platform.World
}

// ID names the world on the control plane.
func (w *World) ID() string { return w.world.ID() }

// Close ends the world. The default world ends with its server.
func (w *World) Close() { w.server.platform.Delete(w.world.ID()) }

// Credentials are what a client of this world calls with (D/v1/338386m0).
type Credentials struct {
	ClientID, Secret string // for POST /auth/token
	Issuer, Key      string // for JWTs that the client signs itself, HS256
	ProgramID        string // the default programme
}

// Credentials answers the world's credentials.
func (w *World) Credentials() Credentials {
	c := w.world.Client()
	return Credentials{c.ClientID, c.Secret, c.Issuer, c.Key, c.DefaultProgram()}
}

// Token makes an access token that is good for an hour.
func (w *World) Token() string {
	token, err := dispatch.IssueToken(w.world, w.world.Client().Secret)
	if err != nil {
		panic("mock: a world's own secret was refused: " + err.Error())
	}
	return token
}

// Client is an HTTP client of this world that needs no network: whatever the host of a URL, http://dragonmock by
// convention, the request goes to the world's server in memory. It adds the world's token where a request has none. It
// works inside testing/synctest.
func (w *World) Client() *http.Client {
	return &http.Client{Transport: authorized{w, pipeTransport(w.server.HTTPServer)}}
}

// SignedToken signs a JWT the way a client would, good until expires by the machine's clock.
func (w *World) SignedToken(expires time.Time) (string, error) {
	c := w.world.Client()
	claims := jwt.RegisteredClaims{Issuer: c.Issuer, ExpiresAt: jwt.NewNumericDate(expires)}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(c.Key))
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

func clockOf(r platform.Reading) Clock {
	c := Clock{Now: r.Now, Mode: string(r.Mode)}
	for _, f := range r.Fired {
		c.Fired = append(c.Fired, Fired(f))
	}
	return c
}

// Clock reads the clock.
func (w *World) Clock() Clock { return clockOf(w.world.Clock()) }

// Advance moves the clock forward by d; a negative d is an error. What is due in between happens on the way.
func (w *World) Advance(d time.Duration) (Clock, error) {
	r, err := w.world.Advance(d)
	return clockOf(r), err
}

// SetClock moves the clock to t, forward or back; what has happened stays happened. A frozen clock stays frozen there. A
// year outside 1970 to 2199 is an error.
func (w *World) SetClock(t time.Time) (Clock, error) {
	r, err := w.world.SetClock(t)
	return clockOf(r), err
}

// Freeze stops the clock where it stands.
func (w *World) Freeze() Clock { return clockOf(w.world.Freeze()) }

// Follow lets the clock run on from where it stands.
func (w *World) Follow() Clock { return clockOf(w.world.Follow()) }

// FollowWall returns the clock to the wall clock.
func (w *World) FollowWall() Clock { return clockOf(w.world.FollowWall()) }

// Reset returns the world to how it was made.
func (w *World) Reset() { w.world.Reset() }

// Snapshot answers the world's whole state as JSON: equal states are equal bytes.
func (w *World) Snapshot() ([]byte, error) { return w.world.Dump() }

// Restore puts the state of a snapshot in place of the world's own, clock and ids included.
func (w *World) Restore(snapshot []byte) error { return w.world.Load(snapshot) }

// WalkIn lets a party in without a booking, on an E-pass id, a membership id or a dynamic QR string.
func (w *World) WalkIn(shown, resourceID string, party dragonpass.Party) (dragonpass.Order, error) {
	return platform.Run(w.world, "redeem", func(tx *platform.Tx) (dragonpass.Order, error) {
		return tx.WalkInShown(shown, resourceID, party)
	})
}

// Redeem lets a party in on the voucher of a prebooking, from 1 h before to 3 h after its time.
func (w *World) Redeem(voucher string, party dragonpass.Party) (dragonpass.Order, error) {
	return platform.Run(w.world, "redeem", func(tx *platform.Tx) (dragonpass.Order, error) {
		return tx.RedeemVoucher(voucher, party)
	})
}

// Reverse takes a use back at the venue's word, with full refund.
func (w *World) Reverse(orderID string) (dragonpass.Order, error) {
	return platform.Run(w.world, "reverse", func(tx *platform.Tx) (dragonpass.Order, error) { return tx.Reverse(orderID) })
}

// FillSlot sets how many persons one time of a resource still takes; 0 fills it. Reservations keep their places.
func (w *World) FillSlot(resourceID string, date dragonpass.LocalTime, free int) (dragonpass.Slot, error) {
	return platform.Run(w.world, "setSlot", func(tx *platform.Tx) (dragonpass.Slot, error) {
		return tx.FillSlot(resourceID, date, free)
	})
}

// Event is a callback of the world and its delivery log. It is recorded whether or not there is a URL to tell.
type Event struct {
	ID       string
	At       time.Time // world time
	State    string    // recorded, pending, waiting, delivered or failed
	Payload  []byte    // the JSON that is sent
	Attempts []Attempt
}

// Attempt is one try to deliver an event.
type Attempt struct {
	At     time.Time // world time
	Status int       // of the answer; 0: there was none
	Error  string    // why it was not acknowledged; empty: it was
}

// Events lists the callbacks of the world, oldest first.
func (w *World) Events() ([]Event, error) {
	events, err := platform.Run(w.world, "readEvents", func(tx *platform.Tx) ([]platform.Event, error) { return tx.Events(), nil })
	if err != nil {
		return nil, err
	}
	list := make([]Event, len(events))
	for i, e := range events {
		payload, err := w.server.parts.versions[0].Callback(e.Notice)
		if err != nil {
			return nil, err
		}
		list[i] = Event{ID: e.ID, At: e.At, State: string(e.State), Payload: payload}
		for _, a := range e.Attempts {
			list[i].Attempts = append(list[i].Attempts, Attempt(a))
		}
	}
	return list, nil
}

// PatchResource merges a JSON object in the shape of the vendor's resource details into a resource of this world.
func (w *World) PatchResource(resourceID, patch string) (dragonpass.Resource, error) {
	return platform.Run(w.world, "patchResource", func(tx *platform.Tx) (dragonpass.Resource, error) {
		return tx.PatchResource(resourceID, []byte(patch))
	})
}

// EPass looks at a pass as it stands now.
func (w *World) EPass(ePassID string) (dragonpass.EPass, error) {
	return platform.Run(w.world, "readEPass", func(tx *platform.Tx) (dragonpass.EPass, error) { return tx.EPass(ePassID) })
}

// Membership looks at a membership as it stands now.
func (w *World) Membership(id string) (dragonpass.Membership, error) {
	return platform.Run(w.world, "readMembership", func(tx *platform.Tx) (dragonpass.Membership, error) { return tx.Membership(id) })
}
