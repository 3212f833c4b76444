package rules

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

func TestSettle_OrderOfChecks(t *testing.T) {
	good := func() Settle {
		return Settle{OrderID: "DP1", Order: dragonpass.Order{OrderID: "DP1", Status: dragonpass.Pending}}
	}
	checkOrder(t, good, func(s Settle) error { return s.Check() }, []wrong[Settle]{
		{"no such order", func(s *Settle) { s.Order.OrderID = "" }, dragonpass.OrderNotFound},
		{"confirmed already", func(s *Settle) { s.Order.Status = dragonpass.Confirmed }, dragonpass.OrderNotCancellable},
	})
}

func TestFillSlot_OrderOfChecks(t *testing.T) {
	good := func() FillSlot { return FillSlot{ResourceID: "N00001", Date: date, Free: 0, Resource: lounge(t)} }
	checkOrder(t, good, func(f FillSlot) error { _, err := f.Decide(at(t, "2025-09-01T08:00:00Z")); return err }, []wrong[FillSlot]{
		{"no such resource", func(f *FillSlot) { f.Resource.ResourceID = "" }, dragonpass.ResourceNotFound},
		{"no prebooking", func(f *FillSlot) { f.Resource.PrebookingAllowed = false }, dragonpass.PrebookingNotSupported},
		{"no such date", func(f *FillSlot) { f.Date = "2025-02-30T10:30" }, dragonpass.PrebookingDateInvalid},
		{"beside the grid", func(f *FillSlot) { f.Date = "2025-09-04T10:31" }, dragonpass.PrebookingDateInvalid},
		{"before it opens", func(f *FillSlot) { f.Date = "2025-09-04T04:30" }, dragonpass.PrebookingDateInvalid},
		{"in the past", func(f *FillSlot) { f.Date = "2025-08-29T10:30" }, dragonpass.PrebookingDateInvalid},
		{"fewer than none", func(f *FillSlot) { f.Free = -1 }, dragonpass.InvalidRequest},
	})
	for free, want := range map[int]dragonpass.Code{0: "", dragonpass.MaxCapacity: "", dragonpass.MaxCapacity + 1: dragonpass.InvalidRequest} {
		f := good()
		f.Free = free
		_, err := f.Decide(at(t, "2025-09-01T08:00:00Z"))
		refused(t, want, err)
	}
	f := good()
	f.Free = 7
	got, err := f.Decide(at(t, "2025-09-01T08:00:00Z"))
	require.NoError(t, err)
	assert.Equal(t, dragonpass.Slot{ResourceID: "N00001", Date: date, Left: 7, Filled: true}, got)
}

func TestCheckPatch(t *testing.T) {
	bad := errors.New("capacity: -1 is negative")
	refused(t, "", CheckPatch("N00001", true, nil))
	refused(t, dragonpass.InvalidRequest, CheckPatch("N00001", true, bad))
	refused(t, dragonpass.ResourceNotFound, CheckPatch("N00001", false, bad))
}
