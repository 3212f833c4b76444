package booking

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

func (p *town) events() []store.Event {
	p.Helper()
	return read(p, outbox.List)
}

func TestWalkIn_WhateverIsShown(t *testing.T) {
	p := newTown(t)
	pass, m := p.issue(2), p.register()
	q := run(p, func(tx *world.Tx) (dragonpass.QRCode, error) { return GenerateQRCode(tx, m.MembershipID) })
	for _, row := range []struct {
		shown  string
		holder dragonpass.Holder
	}{{pass.EPassID, pass.Holder()}, {q.Code, m.Holder()}} {
		order := run(p, func(tx *world.Tx) (Order, error) {
			return WalkInShown(tx, row.shown, "N00001", dragonpass.Party{Adults: 1})
		})
		assert.Equal(t, row.holder, order.Holder)
		assert.Equal(t, dragonpass.Used, order.Status)
		assert.Equal(t, order.Order, p.order(order.OrderID))
	}
	assert.Equal(t, 1, p.pass(pass.EPassID).Used)
	assert.Equal(t, dragonpass.Entitlements{Module: dragonpass.Lounge, Guests: 1, AllowedGuestsPerUsage: 1},
		run(p, func(tx *world.Tx) (dragonpass.Membership, error) { return Membership(tx, m.MembershipID) }).EntitlementsFor(dragonpass.Lounge))
	for shown, want := range map[string]dragonpass.Code{m.MembershipID: dragonpass.EntitlementsExhausted, "7": dragonpass.EPassNotFound} {
		p.refused(want, func(tx *world.Tx) error {
			_, err := WalkInShown(tx, shown, "N00001", dragonpass.Party{Adults: 1})
			return err
		})
	}
	p.refused(dragonpass.QRCodeExpired, func(tx *world.Tx) error {
		_, err := WalkInQRCode(tx, "DQ7", "N00001", dragonpass.Party{Adults: 1})
		return err
	})
	p.advance(dragonpass.QRCodeLife + time.Second)
	p.refused(dragonpass.QRCodeExpired, func(tx *world.Tx) error {
		_, err := WalkInShown(tx, q.Code, "N00001", dragonpass.Party{Adults: 1})
		return err
	})
	assert.Len(t, p.events(), 2)
}

func TestRedeemVoucher_TellsOnce(t *testing.T) {
	p := newTown(t)
	pass := run(p, func(tx *world.Tx) (dragonpass.EPass, error) {
		request := issueRequest(2)
		request.Module = dragonpass.FastTrack
		return IssueEPass(tx, request)
	})
	token := run(p, func(tx *world.Tx) (Availability, error) {
		request := asked(pass.Holder(), "C00001", date, 2)
		request.Module = dragonpass.FastTrack
		return CheckAvailability(tx, request)
	}).Token
	order := run(p, func(tx *world.Tx) (Order, error) {
		request := booking(pass.Holder(), token.Token)
		request.Module = dragonpass.FastTrack
		return Prebook(tx, request)
	})
	redeem := func(tx *world.Tx, n int) (Order, error) {
		return RedeemVoucher(tx, order.Vouchers[n].Code, dragonpass.Party{Adults: 1})
	}
	p.refused(dragonpass.RedemptionWindowClosed, func(tx *world.Tx) error { _, err := redeem(tx, 0); return err })
	p.advance(order.ServiceAt.Sub(start))
	used := run(p, func(tx *world.Tx) (Order, error) { return redeem(tx, 0) })
	assert.Equal(t, dragonpass.Used, used.Status)
	assert.Equal(t, used.Order, p.order(order.OrderID))
	run(p, func(tx *world.Tx) (Order, error) { return redeem(tx, 1) })
	assert.Len(t, p.events(), 1, "the second voucher is no news")
	assert.Equal(t, order.OrderID, p.events()[0].Notice.OrderID)
	p.refused(dragonpass.OrderAlreadyUsed, func(tx *world.Tx) error { _, err := redeem(tx, 1); return err })
	p.refused(dragonpass.VoucherInvalid, func(tx *world.Tx) error { _, err := RedeemVoucher(tx, "7", dragonpass.Party{Adults: 1}); return err })

	reversed := run(p, func(tx *world.Tx) (Order, error) { return Reverse(tx, order.OrderID) })
	assert.Equal(t, dragonpass.Cancelled, reversed.Status)
	assert.Equal(t, 0, p.pass(pass.EPassID).Used)
	assert.Equal(t, 60, p.slot("C00001", date).Left)
	assert.Len(t, p.events(), 2)
	assert.True(t, p.events()[1].Notice.Cancelled)
	p.refused(dragonpass.OrderNotFound, func(tx *world.Tx) error { _, err := Reverse(tx, "DP7"); return err })
	p.refused(dragonpass.VoucherInvalid, func(tx *world.Tx) error { _, err := redeem(tx, 0); return err })
}
