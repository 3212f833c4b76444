package v2

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/simulation"
)

// simulations are the handlers of the sandbox's simulation operations.
func simulations() map[string]dispatch.Handler {
	lounge, fastTrack, setMeal, coupon := dragonpass.Lounge, dragonpass.FastTrack, dragonpass.SetMeal, dragonpass.Coupon
	return map[string]dispatch.Handler{
		"simulateLoungeRedemption":              dispatch.Body(simulateWalkIn(lounge)),
		"simulateSetMealRedemption":             dispatch.Body(simulateWalkIn(setMeal)),
		"simulateCouponRedemption":              dispatch.Body(simulateWalkIn(coupon)),
		"simulateLoungePrebookingRedemption":    dispatch.Body(simulateRedemption(lounge)),
		"simulateFastTrackPrebookingRedemption": dispatch.Body(simulateRedemption(fastTrack)),
		"simulateLoungeCancellation":            dispatch.Body(simulateCancellation(lounge)),
		"simulateFastTrackCancellation":         dispatch.Body(simulateCancellation(fastTrack)),
		"simulateSetMealCancellation":           dispatch.Body(simulateCancellation(setMeal)),
		"simulateCouponCancellation":            dispatch.Body(simulateCancellation(coupon)),
	}
}

type walkInRequest struct {
	DPID       string `json:"dpId"`
	ResourceID string `json:"resourceId"`
	AdultCount int    `json:"adultCount"`
	ChildCount int    `json:"childCount"`
}

type transaction struct {
	DPID          string `json:"dpId"`
	TransactionID string `json:"transactionId"`
	Message       string `json:"message"`
}

// What the sandbox says of what it did (D/338945m0).
const (
	created   = "Order Created"
	cancelled = "Order Cancelled"
)

func simulateWalkIn(path dragonpass.Module) func(*dispatch.Call, walkInRequest) (any, error) {
	return func(c *dispatch.Call, r walkInRequest) (any, error) {
		id, err := simulation.WalkIn(c.Tx, simulation.Visit{
			Path: path, DPID: r.DPID, ResourceID: r.ResourceID, Party: dragonpass.Party{Adults: r.AdultCount, Children: r.ChildCount},
		})
		return transaction{r.DPID, id, created}, err
	}
}

type redemptionRequest struct {
	Voucher    string `json:"voucher"`
	AdultCount int    `json:"adultCount"`
	ChildCount int    `json:"childCount"`
}

type redemption struct {
	Voucher       string `json:"voucher"`
	TransactionID string `json:"transactionId"`
	Message       string `json:"message"`
}

func simulateRedemption(path dragonpass.Module) func(*dispatch.Call, redemptionRequest) (any, error) {
	return func(c *dispatch.Call, r redemptionRequest) (any, error) {
		id, err := simulation.Redeem(c.Tx, simulation.Redemption{
			Path: path, Voucher: r.Voucher, Party: dragonpass.Party{Adults: r.AdultCount, Children: r.ChildCount},
		})
		return redemption{r.Voucher, id, created}, err
	}
}

type cancellationRequest struct {
	DPID          string `json:"dpId"`
	TransactionID string `json:"transactionId"`
}

func simulateCancellation(path dragonpass.Module) func(*dispatch.Call, cancellationRequest) (any, error) {
	return func(c *dispatch.Call, r cancellationRequest) (any, error) {
		err := simulation.Cancel(c.Tx, simulation.Cancellation{Path: path, DPID: r.DPID, TransactionID: r.TransactionID})
		return transaction{r.DPID, r.TransactionID, cancelled}, err
	}
}
