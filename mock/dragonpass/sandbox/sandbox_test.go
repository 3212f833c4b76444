package sandbox_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/sandbox"
)

func codeOf(t *testing.T, err error) dragonpass.Code {
	t.Helper()
	if err == nil {
		return ""
	}
	var refused *dragonpass.Error
	require.ErrorAs(t, err, &refused)
	assert.NotEmpty(t, refused.Rule)
	return refused.Code
}

func TestWalkIn_Choose(t *testing.T) {
	t.Parallel()
	scope := []string{"N00129", "N00001"}
	for _, row := range []struct {
		name string
		in   sandbox.WalkIn
		want string
		code dragonpass.Code
	}{
		{"the venue of lounges", sandbox.WalkIn{Path: dragonpass.Lounge}, "N00012", ""},
		{"the venue of set meals is ours", sandbox.WalkIn{Path: dragonpass.SetMeal}, "R00001", ""},
		{"the venue of coupons is ours", sandbox.WalkIn{Path: dragonpass.Coupon}, "K00521", ""},
		{"what is asked for", sandbox.WalkIn{Path: dragonpass.Lounge, ResourceID: "N00001", Scope: scope}, "N00001", ""},
		{"what the pass is for", sandbox.WalkIn{Path: dragonpass.Lounge, Scope: scope}, "N00129", ""},
		{"limited", sandbox.WalkIn{Path: dragonpass.Lounge, Limited: true}, "N00012", ""},
		{"limited, asked for", sandbox.WalkIn{Path: dragonpass.Lounge, Limited: true, ResourceID: "N00012"}, "N00012", ""},
		{"limited, whatever the pass is for", sandbox.WalkIn{Path: dragonpass.Lounge, Limited: true, Scope: scope}, "N00012", ""},
		{"limited, elsewhere", sandbox.WalkIn{Path: dragonpass.Lounge, Limited: true, ResourceID: "N00001"}, "", dragonpass.ResourceNotFound},
		{"limited, dining", sandbox.WalkIn{Path: dragonpass.SetMeal, Limited: true}, "", dragonpass.WalkInNotSupported},
		{"limited, dining, asked for", sandbox.WalkIn{Path: dragonpass.Coupon, Limited: true, ResourceID: "K00521"}, "", dragonpass.WalkInNotSupported},
	} {
		got, err := row.in.Choose()
		assert.Equal(t, row.want, got, row.name)
		assert.Equal(t, row.code, codeOf(t, err), row.name)
	}
}

func TestRedeem_Check(t *testing.T) {
	t.Parallel()
	order := func(m dragonpass.Module, at string) dragonpass.Order {
		return dragonpass.Order{OrderID: "o", Module: m, ResourceID: at}
	}
	for _, row := range []struct {
		name string
		in   sandbox.Redeem
		code dragonpass.Code
	}{
		{"of nobody", sandbox.Redeem{Path: dragonpass.Lounge}, dragonpass.VoucherInvalid},
		{"of another module", sandbox.Redeem{Path: dragonpass.Lounge, Order: order(dragonpass.FastTrack, "C10826")}, dragonpass.ModuleMismatch},
		{"anywhere", sandbox.Redeem{Path: dragonpass.FastTrack, Order: order(dragonpass.FastTrack, "C00001")}, ""},
		{"limited", sandbox.Redeem{Path: dragonpass.FastTrack, Limited: true, Order: order(dragonpass.FastTrack, "C10826")}, ""},
		{"limited, elsewhere", sandbox.Redeem{Path: dragonpass.Lounge, Limited: true, Order: order(dragonpass.Lounge, "N00001")}, dragonpass.VoucherInvalid},
	} {
		assert.Equal(t, row.code, codeOf(t, row.in.Check()), row.name)
	}
}

func TestCancel_Check(t *testing.T) {
	t.Parallel()
	order := dragonpass.Order{OrderID: "o", Module: dragonpass.Lounge, ResourceID: "N00012", Holder: dragonpass.Holder{EPassID: "p"}}
	elsewhere := order
	elsewhere.ResourceID = "N00001"
	for _, row := range []struct {
		name string
		in   sandbox.Cancel
		code dragonpass.Code
	}{
		{"no such", sandbox.Cancel{Path: dragonpass.Lounge, Holder: "p"}, dragonpass.OrderNotFound},
		{"another's", sandbox.Cancel{Path: dragonpass.Lounge, Holder: "q", Order: order}, dragonpass.OrderNotFound},
		{"of another module", sandbox.Cancel{Path: dragonpass.SetMeal, Holder: "p", Order: order}, dragonpass.ModuleMismatch},
		{"anywhere", sandbox.Cancel{Path: dragonpass.Lounge, Holder: "p", Order: elsewhere}, ""},
		{"limited", sandbox.Cancel{Path: dragonpass.Lounge, Limited: true, Holder: "p", Order: order}, ""},
		{"limited, elsewhere", sandbox.Cancel{Path: dragonpass.Lounge, Limited: true, Holder: "p", Order: elsewhere}, dragonpass.OrderNotCancellable},
	} {
		assert.Equal(t, row.code, codeOf(t, row.in.Check()), row.name)
	}
}
