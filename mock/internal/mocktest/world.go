package mocktest

import (
	"time"

	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
)

// TB is what the helpers for worlds need of a test: a *testing.T, a *testing.B or a *rapid.T.
type TB interface {
	require.TestingT
	Helper()
}

// Clock reads a world's clock.
func Clock(t TB, w *mock.World) mock.Clock {
	t.Helper()
	got, err := w.Clock()
	require.NoError(t, err)
	return got
}

// Now returns the time of a world's clock.
func Now(t TB, w *mock.World) time.Time {
	t.Helper()
	return Clock(t, w).Now
}

// TryAdvance moves a world's clock and returns whatever came.
func TryAdvance(t TB, w *mock.World, d time.Duration) (mock.Clock, error) {
	t.Helper()
	return w.Advance(d)
}

// Advance moves a world's clock forward.
func Advance(t TB, w *mock.World, d time.Duration) mock.Clock {
	t.Helper()
	clock, err := TryAdvance(t, w, d)
	require.NoError(t, err)
	return clock
}

// SetClock moves a world's clock to an instant, forward or back.
func SetClock(t TB, w *mock.World, at time.Time) mock.Clock {
	t.Helper()
	clock, err := w.SetClock(at)
	require.NoError(t, err)
	return clock
}

// Freeze stops a world's clock where it stands.
func Freeze(t TB, w *mock.World) mock.Clock {
	t.Helper()
	got, err := w.Freeze()
	require.NoError(t, err)
	return got
}

// Follow lets a world's clock run on from where it stands.
func Follow(t TB, w *mock.World) mock.Clock {
	t.Helper()
	got, err := w.Follow()
	require.NoError(t, err)
	return got
}

// FollowWall returns a world's clock to the machine's.
func FollowWall(t TB, w *mock.World) mock.Clock {
	t.Helper()
	got, err := w.FollowWall()
	require.NoError(t, err)
	return got
}

// Reset returns a world to how it was made.
func Reset(t TB, w *mock.World) {
	t.Helper()
	require.NoError(t, w.Reset())
}

// NewWorld makes one more world.
func NewWorld(t TB, srv *mock.Server, opts ...mock.WorldOption) *mock.World {
	t.Helper()
	w, err := srv.NewWorld(opts...)
	require.NoError(t, err)
	return w
}

// TryIssueEPass issues a lounge pass in Go and returns whatever came.
func TryIssueEPass(t TB, w *mock.World, clientUserID string, usages int, expires time.Time) (dragonpass.EPass, error) {
	t.Helper()
	return w.IssueEPass(mock.EPassRequest{
		Module: dragonpass.Lounge, ClientUserID: clientUserID, FirstName: "A", LastName: "B", Usages: usages, ExpirationDate: expires,
	})
}

// IssueEPass issues a lounge pass in Go.
func IssueEPass(t TB, w *mock.World, clientUserID string, usages int, expires time.Time) dragonpass.EPass {
	t.Helper()
	pass, err := TryIssueEPass(t, w, clientUserID, usages, expires)
	require.NoError(t, err)
	return pass
}

// WalkIn lets so many adults in without a booking.
func WalkIn(t TB, w *mock.World, shown, resourceID string, adults int) dragonpass.Order {
	t.Helper()
	order, err := w.WalkIn(shown, resourceID, dragonpass.Party{Adults: adults})
	require.NoError(t, err)
	return order
}

// Redeem lets one adult in on a voucher.
func Redeem(t TB, w *mock.World, voucher string) dragonpass.Order {
	t.Helper()
	order, err := w.Redeem(voucher, dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	return order
}

// FillSlot sets how many persons one time of a resource still takes.
func FillSlot(t TB, w *mock.World, resourceID string, date dragonpass.LocalTime, free int) {
	t.Helper()
	_, err := w.FillSlot(resourceID, date, free)
	require.NoError(t, err)
}

// PatchResource changes a resource of a world.
func PatchResource(t TB, w *mock.World, resourceID, patch string) dragonpass.Resource {
	t.Helper()
	resource, err := w.PatchResource(resourceID, patch)
	require.NoError(t, err)
	return resource
}

// Inject adds fault rules to a world.
func Inject(t TB, w *mock.World, rules ...mock.Fault) {
	t.Helper()
	_, err := w.Inject(rules...)
	require.NoError(t, err)
}

// Faults reads a world's fault rules.
func Faults(t TB, w *mock.World) []mock.FaultStatus {
	t.Helper()
	got, err := w.Faults()
	require.NoError(t, err)
	return got
}

// ClearFaults takes a world's fault rules away.
func ClearFaults(t TB, w *mock.World) {
	t.Helper()
	require.NoError(t, w.ClearFaults())
}

// Requests reads what a world's clients sent.
func Requests(t TB, w *mock.World, filter mock.RequestFilter) mock.Requests {
	t.Helper()
	got, err := w.Requests(filter)
	require.NoError(t, err)
	return got
}

// Unread reads which fields a world's clients sent and nothing read.
func Unread(t TB, w *mock.World) mock.UnreadFields {
	t.Helper()
	got, err := w.Unread()
	require.NoError(t, err)
	return got
}

// Events reads the callbacks of a world.
func Events(t TB, w *mock.World) []mock.Event {
	t.Helper()
	events, err := w.Events()
	require.NoError(t, err)
	return events
}
