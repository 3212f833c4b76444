package dragonpass_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

func TestCheckIssue(t *testing.T) {
	now := at(t, "2025-09-01T08:00:00Z")
	for _, row := range []struct {
		name              string
		activates, expiry time.Duration // from now
		want              dragonpass.Code
	}{
		{"a year", 0, 365 * 24 * time.Hour, ""},
		{"a second", 0, time.Second, ""},
		{"it ends now", 0, 0, dragonpass.ExpirationInvalid},
		{"it has ended", 0, -time.Second, dragonpass.ExpirationInvalid},
		{"it begins later", time.Hour, 2 * time.Hour, ""},
		{"it begins as it ends", time.Hour, time.Hour, ""},
		{"it ends before it begins", time.Hour, time.Hour - time.Second, dragonpass.ExpirationInvalid},
		{"it began a second ago", -time.Second, time.Hour, dragonpass.ActivationInPast},
	} {
		t.Run(row.name, func(t *testing.T) {
			refused(t, row.want, dragonpass.EPass{ActivationDate: now.Add(row.activates), ExpirationDate: now.Add(row.expiry)}.CheckIssue(now))
		})
	}
}

func TestCheckUse(t *testing.T) {
	from, to := at(t, "2025-09-01T08:00:00Z"), at(t, "2025-09-30T08:00:00Z")
	pass := dragonpass.EPass{Module: dragonpass.Lounge, Granted: 3, Used: 1, ActivationDate: from, ExpirationDate: to}
	change := func(edit func(*dragonpass.EPass)) dragonpass.EPass { p := pass; edit(&p); return p }
	two, three := dragonpass.Party{Adults: 1, Children: 1}, dragonpass.Party{Adults: 3}
	for _, row := range []struct {
		name         string
		pass         dragonpass.EPass
		party        dragonpass.Party
		service, now time.Time
		want         dragonpass.Code
	}{
		{"all it has", pass, two, to, from, ""},
		{"one too many", pass, three, to, from, dragonpass.EPassUsagesExhausted},
		{"a second before it is active", pass, two, to, from.Add(-time.Second), dragonpass.EPassNotActive},
		{"in its first second", pass, two, to, from, ""},
		{"in its last second", pass, two, to, to, ""},
		{"a second after", pass, two, to.Add(time.Second), to.Add(time.Second), dragonpass.EPassExpired},
		{"a service a second after", pass, two, to.Add(time.Second), from, dragonpass.EPassExpired},
		{"a service a second before", change(func(p *dragonpass.EPass) { p.ActivationDate = from.Add(time.Hour) }), two,
			from.Add(time.Hour - time.Second), from.Add(time.Hour), dragonpass.EPassExpired},
		{"cancelled, and expired too", change(func(p *dragonpass.EPass) { p.CancelledAt = from }), two, to, to.Add(time.Second), dragonpass.EPassCancelled},
		{"in scope", change(func(p *dragonpass.EPass) { p.AllowedResources = []string{"N00002", "N00001"} }), two, to, from, ""},
		{"out of scope, and short", change(func(p *dragonpass.EPass) { p.AllowedResources = []string{"N00002"} }), three, to, from, dragonpass.EPassOutOfScope},
	} {
		t.Run(row.name, func(t *testing.T) {
			refused(t, row.want, row.pass.CheckUse(lounge(t), row.party, row.service, row.now))
		})
	}
}

func TestTakeAndRefundKeepWhatWasGranted(t *testing.T) {
	pass := dragonpass.EPass{Granted: 5}
	taken := pass.Take(3)
	assert.Equal(t, []int{5, 2, 3}, []int{taken.Granted, taken.Available(), taken.Used})
	assert.Equal(t, pass, taken.Refund(3))
	assert.Equal(t, 0, pass.Used, "the pass itself is a value and has not changed")
}

func TestCancelEPass(t *testing.T) {
	now := at(t, "2025-09-01T08:00:00Z")
	unused := dragonpass.EPass{OrderID: "DP1", Granted: 1, ExpirationDate: now.Add(-time.Hour)}
	cancelled, err := unused.Cancel(now)
	require.NoError(t, err, "an expired one too")
	assert.Equal(t, dragonpass.Cancelled, cancelled.IssueStatus())
	_, err = cancelled.Cancel(now)
	refused(t, dragonpass.OrderAlreadyCancelled, err)
	_, err = unused.Take(1).Cancel(now)
	refused(t, dragonpass.EPassInUse, err)
	_, err = unused.Take(1).Refund(1).Cancel(now)
	refused(t, "", err)
}

func TestCheckName(t *testing.T) {
	ada := dragonpass.ClientUser{ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace"}
	refused(t, "", ada.CheckName("Ada", "Lovelace"))
	refused(t, dragonpass.ClientUserNameMismatch, ada.CheckName("ada", "Lovelace"))
	refused(t, dragonpass.ClientUserNameMismatch, ada.CheckName("Ada", "Byron"))
}
