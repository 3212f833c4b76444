package platform

import (
	"fmt"
	"time"

	"dragonmock/mock/dragonpass"
)

// RegisterRequest asks for a membership.
type RegisterRequest struct {
	ProgramID                       string
	ClientUserID                    string
	FirstName, LastName             string
	PhoneNumber, CallingCode, Email string
	ExpirationDate                  time.Time // zero: as the programme has it
}

// RegisterMembership registers a member of a programme, active at once, with the programme's validity and entitlements
// . Errors: CLIENT_USER_NAME_MISMATCH, EXPIRATION_INVALID.
func (tx *Tx) RegisterMembership(req RegisterRequest) (dragonpass.Membership, error) {
	if err := tx.checkName(req.ClientUserID, req.FirstName, req.LastName); err != nil {
		return dragonpass.Membership{}, err
	}
	program := tx.world.program(req.ProgramID)
	m := dragonpass.Membership{
		ProgramID: req.ProgramID, ClientUserID: req.ClientUserID, FirstName: req.FirstName, LastName: req.LastName,
		PhoneNumber: req.PhoneNumber, CallingCode: req.CallingCode, Email: req.Email, Status: dragonpass.MembershipActive,
		RegisteredAt: tx.now, ExpirationDate: req.ExpirationDate.UTC(), Entitlements: program.Entitlements,
	}
	switch {
	case req.ExpirationDate.IsZero():
		m.ExpirationDate = program.expiry(tx.now)
	case !req.ExpirationDate.After(tx.now):
		return dragonpass.Membership{}, dragonpass.Refuse(dragonpass.ExpirationInvalid, "/expirationDate: expected an instant after now").By("A-042").Unless("an instant after %s", tx.now)
	}
	m.MembershipID = tx.nextMembershipID()
	tx.addMembership(&m)
	return m, nil
}

// addMembership stores a new membership and binds the user to its name.
func (tx *Tx) addMembership(m *dragonpass.Membership) {
	m.Sequence = tx.sequence()
	tx.putMembership(dragonpass.Membership{}, *m)
	put(tx, &tx.state.userMemberships, userKey(m.ClientUserID)+ageKey(m.Sequence), m.MembershipID)
	tx.bindName(m.ClientUserID, m.FirstName, m.LastName)
}

// putMembership stores a membership, and when it expires.
func (tx *Tx) putMembership(before, m dragonpass.Membership) {
	put(tx, &tx.state.memberships, m.MembershipID, m)
	if before.ExpirationDate.Equal(m.ExpirationDate) && before.Status == m.Status {
		return
	}
	if !before.ExpirationDate.IsZero() {
		tx.unschedule(afterEnd(before.ExpirationDate), membershipExpired, m.MembershipID)
	}
	if m.Status != dragonpass.MembershipCancelled {
		tx.schedule(afterEnd(m.ExpirationDate), membershipExpired, m.MembershipID)
	}
}

// userKey begins the keys of what belongs to a user. The client chose the id and it may hold anything, so its length
// stands before it: no key of one user begins like another's.
func userKey(clientUserID string) string {
	return fmt.Sprintf("%d:%s/", len(clientUserID), clientUserID)
}

// Membership looks at a membership. Errors: MEMBERSHIP_NOT_FOUND.
func (tx *Tx) Membership(id string) (dragonpass.Membership, error) {
	m, ok := tx.state.memberships.get(id)
	if !ok {
		return m, dragonpass.Refuse(dragonpass.MembershipNotFound, "/membershipId: no membership %s", id).By("D/v1/338664m0")
	}
	return m, nil
}

// NewestMembership looks at the newest membership of a user. Errors: MEMBERSHIP_NOT_FOUND.
func (tx *Tx) NewestMembership(clientUserID string) (dragonpass.Membership, error) {
	id := ""
	tx.state.userMemberships.eachDown(userKey(clientUserID), func(_, membershipID string) bool {
		id = membershipID
		return false
	})
	if id == "" {
		return dragonpass.Membership{}, dragonpass.Refuse(dragonpass.MembershipNotFound, "/clientUserId: no membership of %s", clientUserID).By("A-011")
	}
	return tx.Membership(id)
}

// UpdateMembership sets status, expiration date or both; nil leaves it. Errors: MEMBERSHIP_NOT_FOUND and those of
// [dragonpass.Membership.Update].
func (tx *Tx) UpdateMembership(id string, status *dragonpass.MembershipStatus, expires *time.Time) (dragonpass.Membership, error) {
	before, err := tx.Membership(id)
	if err != nil {
		return before, err
	}
	m, err := before.Update(status, expires, tx.now)
	if err != nil {
		return before, err
	}
	tx.putMembership(before, m)
	return m, nil
}

// UpdateEntitlements sets what a membership has left of a module, from now on. Errors: MEMBERSHIP_NOT_FOUND.
func (tx *Tx) UpdateEntitlements(id string, e dragonpass.Entitlements) (dragonpass.Membership, error) {
	m, err := tx.Membership(id)
	if err != nil {
		return m, err
	}
	m = m.With(e)
	put(tx, &tx.state.memberships, id, m)
	return m, nil
}
