package clock

import (
	"errors"
	"fmt"
	"time"
)

// Mode is how a clock runs.
type Mode string

// The modes. Real follows the wall clock, Offset follows it at a distance, Frozen stands still.
const (
	Real   Mode = "real"
	Offset Mode = "offset"
	Frozen Mode = "frozen"
)

// Clock is the time of a world, as a value. The zero Clock is real.
type Clock struct {
	At    time.Time     // where a frozen clock stands; zero: it is not frozen
	Ahead time.Duration // how far a running clock is ahead of the wall
}

// The first and the last second that clocks show. A running clock is a distance from the wall as a duration, which ends at
// 292 years.
var (
	firstSecond = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	lastSecond  = time.Date(2199, 12, 31, 23, 59, 59, 0, time.UTC)
)

// FrozenAt is a clock that stands at t, cut to the second.
func FrozenAt(t time.Time) Clock { return Clock{At: t.UTC().Truncate(time.Second)} }

// RunningFrom is a clock that shows t when the wall shows wall, and runs on.
func RunningFrom(t, wall time.Time) Clock { return Clock{Ahead: t.Sub(wall.Truncate(time.Second))} }

// Mode says how the clock runs.
func (c Clock) Mode() Mode {
	switch {
	case !c.At.IsZero():
		return Frozen
	case c.Ahead != 0:
		return Offset
	}
	return Real
}

// Now reads the clock when the wall shows wall: UTC, whole seconds, because that is how fine the vendor's times are. A
// running clock stops at the end of the years that clocks show, and does not go back beyond their beginning with a wall
// clock that is set back: what a clock shows can always be kept.
func (c Clock) Now(wall time.Time) time.Time {
	if !c.At.IsZero() {
		return c.At
	}
	return within(wall.Add(c.Ahead).UTC().Truncate(time.Second))
}

func within(t time.Time) time.Time {
	switch {
	case t.Before(firstSecond):
		return firstSecond
	case t.After(lastSecond):
		return lastSecond
	}
	return t
}

// MovedTo is the clock at t, or at the end of its years: a frozen one stays frozen there, a running one runs on from there.
func (c Clock) MovedTo(t, wall time.Time) Clock {
	t = within(t)
	if c.Mode() == Frozen {
		return FrozenAt(t)
	}
	return RunningFrom(t, wall)
}

// Check refuses clocks that none can have been made to be when the wall shows wall: a frozen one outside the years that
// clocks show, a running one whose distance leads before them. The end may be behind it: it stands there.
func (c Clock) Check(wall time.Time) error {
	if c.Mode() == Frozen {
		if c.Ahead != 0 {
			return errors.New("expected At or Ahead, and not both")
		}
		return CheckInstant(c.At)
	}
	span := lastSecond.Sub(firstSecond)
	if c.Ahead > span || c.Ahead < -span {
		return fmt.Errorf("expected a distance from the wall clock of at most %s, got %s", span, c.Ahead)
	}
	at := wall.Add(c.Ahead)
	if setBack := 24 * time.Hour; at.Before(firstSecond.Add(-setBack)) { // the wall clock, since it was kept
		return CheckInstant(at)
	}
	return nil
}

// CheckMove refuses to move a clock back, and by what it does not show: it would seem to have moved, and adding up would lead
// nowhere.
func CheckMove(d time.Duration) error {
	switch {
	case d < 0:
		return fmt.Errorf("expected a duration of 0 or more, got %s", d)
	case d%time.Second != 0:
		return fmt.Errorf("expected whole seconds, which is how fine the clock of a world is, got %s", d)
	}
	return nil
}

// CheckInstant refuses instants that no clock shows, outside the years 1970 to 2199.
func CheckInstant(t time.Time) error {
	if t.Before(firstSecond) || !t.Before(lastSecond.Add(time.Second)) {
		return fmt.Errorf("expected an instant in the years 1970 to 2199, got %s", t.UTC().Format(time.RFC3339))
	}
	return nil
}
