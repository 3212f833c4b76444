package packed_test

import (
	"reflect"
	"testing"
	"time"
	"unsafe"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/packed"
)

// fill gives every member of a value something of its own, so that one that is lost or takes another's place is seen.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(time.Duration(*n).String())
	case reflect.Int:
		v.SetInt(int64(*n) * -1_000_003)
	case reflect.Uint64:
		v.SetUint(1<<63 + uint64(*n))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(int64(*n)*1e9, 0).UTC()))
			return
		}
		for _, field := range v.Fields() {
			fill(field, n)
		}
	default:
		panic("a member of an order of a kind that nobody fills: " + v.Type().String())
	}
}

func TestOrder_EveryMember_IsKept(t *testing.T) {
	t.Parallel()
	full, n := dragonpass.Order{}, 0
	fill(reflect.ValueOf(&full).Elem(), &n)
	require.Greater(t, n, 30)
	for name, o := range map[string]dragonpass.Order{
		"all": full, "none": {},
		"no vouchers are less than an empty list": {OrderID: "a", Vouchers: []dragonpass.Voucher{}},
		"ends of what can be written": {
			OrderID: "a", CreatedAt: time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), UsedAt: time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
			Sequence: 1<<64 - 1, Polls: -1 << 63, Module: 1<<63 - 1,
		},
	} {
		assert.Equal(t, o, packed.Of(o).Order(), name)
	}
	assert.Equal(t, dragonpass.Order{}, packed.Order("").Order())
}

// TestOrder_Instants_AreOfWholeSecondsInUTC, as on paper.
func TestOrder_Instants_AreOfWholeSecondsInUTC(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 10, 1, 10, 30, 7, 5, time.FixedZone("", 3600))
	got := packed.Of(dragonpass.Order{ServiceAt: at}).Order().ServiceAt
	assert.Equal(t, time.Date(2025, 10, 1, 9, 30, 7, 0, time.UTC), got)
}

func TestOrder_OnPaper_IsTheOrder(t *testing.T) {
	t.Parallel()
	full, n := dragonpass.Order{}, 0
	fill(reflect.ValueOf(&full).Elem(), &n)
	options := []json.Options{json.Deterministic(true), json.OmitZeroStructFields(true), json.RejectUnknownMembers(true)}
	for _, o := range []dragonpass.Order{full, {OrderID: "a"}} {
		want, err := json.Marshal(o, options...)
		require.NoError(t, err)
		got, err := json.Marshal(packed.Of(o), options...)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got))
		var read packed.Order
		require.NoError(t, json.Unmarshal(got, &read, options...))
		assert.Equal(t, o, read.Order())
	}
	var read packed.Order
	require.ErrorContains(t, json.Unmarshal([]byte(`{"OrderID":"a","Nobody":1}`), &read, options...), "Nobody")
}

// TestOrder_ItsIDs_HoldNothingElse: rows and events that keep them would keep the packed order with them.
func TestOrder_ItsIDs_HoldNothingElse(t *testing.T) {
	t.Parallel()
	kept := packed.Of(dragonpass.Order{
		OrderID: "DP00000000000001", ProgramID: "P", Holder: dragonpass.Holder{EPassID: "1", MembershipID: "2"}, ResourceID: "N00001",
	})
	from := uintptr(unsafe.Pointer(unsafe.StringData(string(kept))))
	inside := func(s string) bool {
		at := uintptr(unsafe.Pointer(unsafe.StringData(s)))
		return at >= from && at < from+uintptr(len(kept))
	}
	o := kept.Order()
	assert.True(t, inside(o.ResourceID), "the others are parts of it, which costs nothing")
	for _, id := range []string{o.OrderID, o.ProgramID, o.Holder.EPassID, o.Holder.MembershipID} {
		assert.False(t, inside(id), id)
	}
}

func BenchmarkOrder(b *testing.B) {
	full, n := dragonpass.Order{}, 0
	fill(reflect.ValueOf(&full).Elem(), &n)
	b.Run("pack", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			packed.Of(full)
		}
	})
	b.Run("unpack", func(b *testing.B) {
		b.ReportAllocs()
		kept := packed.Of(full)
		for b.Loop() {
			_ = kept.Order()
		}
	})
}
