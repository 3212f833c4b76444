package booking

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// RegisterMembership registers a member of a programme. Errors: those of [rules.Register].
func RegisterMembership(tx *world.Tx, request dragonpass.RegisterRequest) (dragonpass.Membership, error) {
	register := rules.Register{RegisterRequest: request, User: FindUser(tx, request.ClientUserID), Program: tx.Program(request.ProgramID)}
	m, err := register.Decide(tx.Now())
	if err != nil {
		return dragonpass.Membership{}, err
	}
	m.MembershipID = tx.NextMembershipID()
	return AddMembership(tx, m), nil
}

// AddMembership stores a new membership with its id, and binds the user to its name. No rule is asked. It returns the
// membership with its age.
func AddMembership(tx *world.Tx, m dragonpass.Membership) dragonpass.Membership {
	m.Sequence = tx.Sequence()
	putMembership(tx, dragonpass.Membership{}, m)
	tx.UserMemberships.Put(rowkey.User(m.ClientUserID)+rowkey.Age(m.Sequence), m.MembershipID)
	bindName(tx, m.ClientUserID, m.FirstName, m.LastName)
	return m
}

// putMembership stores a membership, and when it expires.
func putMembership(tx *world.Tx, before, m dragonpass.Membership) {
	tx.Memberships.Put(m.MembershipID, m)
	if before.ExpirationDate.Equal(m.ExpirationDate) && before.Status == m.Status {
		return
	}
	if !before.ExpirationDate.IsZero() {
		tx.Unschedule(store.AfterEnd(before.ExpirationDate), store.MembershipExpired, m.MembershipID)
	}
	if m.Status != dragonpass.MembershipCancelled {
		tx.Schedule(store.AfterEnd(m.ExpirationDate), store.MembershipExpired, m.MembershipID)
	}
}

// Membership returns a membership. Errors: MEMBERSHIP_NOT_FOUND.
func Membership(tx *world.Tx, id string) (dragonpass.Membership, error) {
	m, ok := tx.Memberships.Get(id)
	return m, rules.RequireMembership(id, ok)
}

// NewestMembership returns the newest membership of a user. Errors: MEMBERSHIP_NOT_FOUND.
func NewestMembership(tx *world.Tx, clientUserID string) (dragonpass.Membership, error) {
	id := ""
	tx.UserMemberships.EachDown(rowkey.User(clientUserID), func(_, membershipID string) bool {
		id = membershipID
		return false
	})
	if err := rules.RequireMember(clientUserID, id != ""); err != nil {
		return dragonpass.Membership{}, err
	}
	return Membership(tx, id)
}

// UpdateMembership sets status, expiration date or both; nil leaves one as it is. Errors: those of
// [rules.UpdateMembership].
func UpdateMembership(tx *world.Tx, id string, status *dragonpass.MembershipStatus, expires *time.Time) (dragonpass.Membership, error) {
	update := rules.UpdateMembership{MembershipID: id, Status: status, Expires: expires}
	update.Membership, _ = tx.Memberships.Get(id)
	m, err := update.Decide(tx.Now())
	if err != nil {
		return dragonpass.Membership{}, err
	}
	putMembership(tx, update.Membership, m)
	return m, nil
}

// UpdateEntitlements sets what a membership has left of a module, from now on. Errors: MEMBERSHIP_NOT_FOUND.
func UpdateEntitlements(tx *world.Tx, id string, e dragonpass.Entitlements) (dragonpass.Membership, error) {
	m, err := Membership(tx, id)
	if err != nil {
		return dragonpass.Membership{}, err
	}
	m = m.With(e)
	tx.Memberships.Put(id, m)
	return m, nil
}
