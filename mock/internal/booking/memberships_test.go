package booking

import (
	"bytes"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/world"
)

func TestRegisterMembership_ProgrammeAndName(t *testing.T) {
	p := newTown(t, func(c *world.Config) {
		c.Programs = []dragonpass.Program{{ProgramID: "18943", Validity: time.Hour, Entitlements: []dragonpass.Entitlements{{Module: dragonpass.SetMeal, Shared: 3}}}}
	})
	m := p.register()
	assert.Equal(t, start.Add(time.Hour), m.ExpirationDate)
	assert.Equal(t, 3, m.EntitlementsFor(dragonpass.SetMeal).Shared)
	newest := p.register()
	assert.Equal(t, newest, run(p, func(tx *world.Tx) (dragonpass.Membership, error) { return NewestMembership(tx, "u-1") }))
	p.refused(dragonpass.MembershipNotFound, func(tx *world.Tx) error { _, err := NewestMembership(tx, "u-"); return err })
	p.refused(dragonpass.MembershipNotFound, func(tx *world.Tx) error { _, err := Membership(tx, "7"); return err })
	p.refused(dragonpass.ClientUserNameMismatch, func(tx *world.Tx) error {
		request := issueRequest(1)
		request.LastName = "Byron"
		_, err := IssueEPass(tx, request)
		return err
	})
}

func TestUpdateMembership_ExpiryMovesWithIt(t *testing.T) {
	p := newTown(t)
	m := p.register()
	expires := start.Add(time.Hour)
	updated := run(p, func(tx *world.Tx) (dragonpass.Membership, error) {
		return UpdateMembership(tx, m.MembershipID, nil, &expires)
	})
	assert.Equal(t, expires, updated.ExpirationDate)
	assert.Equal(t, 1, read(p, func(tx *world.Tx) int { return tx.Due.Len() }), "it expires once")
	cancelled := dragonpass.MembershipCancelled
	run(p, func(tx *world.Tx) (dragonpass.Membership, error) {
		return UpdateMembership(tx, m.MembershipID, &cancelled, nil)
	})
	assert.Equal(t, 0, read(p, func(tx *world.Tx) int { return tx.Due.Len() }), "a cancelled one does not")
	p.refused(dragonpass.MembershipTransitionRefused, func(tx *world.Tx) error {
		_, err := UpdateMembership(tx, m.MembershipID, new(dragonpass.MembershipActive), nil)
		return err
	})
	p.refused(dragonpass.MembershipNotFound, func(tx *world.Tx) error { _, err := UpdateMembership(tx, "7", &cancelled, nil); return err })
	p.refused(dragonpass.MembershipNotFound, func(tx *world.Tx) error {
		_, err := UpdateEntitlements(tx, "7", dragonpass.Entitlements{})
		return err
	})
}

func TestUpdateEntitlements_SetsOneModule(t *testing.T) {
	p := newTown(t)
	m := p.register()
	want := m.With(dragonpass.Entitlements{Module: dragonpass.SetMeal, Shared: 4})
	got := run(p, func(tx *world.Tx) (dragonpass.Membership, error) {
		return UpdateEntitlements(tx, m.MembershipID, dragonpass.Entitlements{Module: dragonpass.SetMeal, Shared: 4})
	})
	assert.Equal(t, want, got)
	assert.Equal(t, want, run(p, func(tx *world.Tx) (dragonpass.Membership, error) { return Membership(tx, m.MembershipID) }))
}

func TestQRCodes_BeyondTheBound_TheOldestIsForgotten(t *testing.T) {
	var log bytes.Buffer
	p := newTown(t, func(c *world.Config) { c.MaxTokens, c.Log = 1, slog.New(slog.NewTextHandler(&log, nil)) })
	m := p.register()
	generate := func(tx *world.Tx) (dragonpass.QRCode, error) { return GenerateQRCode(tx, m.MembershipID) }
	run(p, generate)
	p.advance(5*time.Minute + time.Second)
	first := run(p, generate)
	assert.Empty(t, log.String(), "what is no longer good is not missed")
	second := run(p, generate)
	assert.Contains(t, log.String(), "so much of qrCodeAges")
	for value, want := range map[string]bool{first.Code: false, second.Code: true, m.MembershipID: true, "7": false} {
		assert.Equal(t, want, read(p, func(tx *world.Tx) bool { return QRValue(tx, value) }), value)
	}
	p.refused(dragonpass.MembershipNotFound, func(tx *world.Tx) error { _, err := GenerateQRCode(tx, "7"); return err })
}

func TestUserKey_NoneBeginsLikeAnother(t *testing.T) {
	p := newTown(t)
	for _, id := range []string{"u", "u/", "1:u/", ""} {
		require.NoError(t, p.try(func(tx *world.Tx) error {
			AddMembership(tx, dragonpass.Membership{MembershipID: "m" + id, ClientUserID: id, ExpirationDate: start.Add(time.Hour)})
			return nil
		}))
	}
	for _, id := range []string{"u", "u/", "1:u/", ""} {
		assert.Equal(t, "m"+id, run(p, func(tx *world.Tx) (dragonpass.Membership, error) { return NewestMembership(tx, id) }).MembershipID)
	}
}

func TestEPasses_Lookups(t *testing.T) {
	p := newTown(t)
	pass := p.issue(1)
	assert.Equal(t, pass, run(p, func(tx *world.Tx) (dragonpass.EPass, error) { return EPassByOrder(tx, pass.OrderID) }))
	p.refused(dragonpass.OrderNotFound, func(tx *world.Tx) error { _, err := EPassByOrder(tx, "DP7"); return err })
	expired := run(p, func(tx *world.Tx) (dragonpass.EPass, error) { return ExpireEPass(tx, pass.EPassID) })
	assert.Equal(t, start.Add(-time.Second), expired.ExpirationDate)
	assert.Equal(t, 0, read(p, func(tx *world.Tx) int { return tx.Due.Len() }), "it expires no more")
	p.refused(dragonpass.EPassNotFound, func(tx *world.Tx) error { _, err := ExpireEPass(tx, "7"); return err })
	for id, want := range map[string]dragonpass.Code{"N77777": dragonpass.ResourceNotFound, "C00001": dragonpass.ModuleMismatch} {
		p.refused(want, func(tx *world.Tx) error {
			request := issueRequest(1)
			request.AllowedResources = []string{"N00001", id}
			_, err := IssueEPass(tx, request)
			return err
		})
	}
}
