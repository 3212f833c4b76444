package rules

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/user"
)

func issue(t *testing.T) Issue {
	return Issue{
		IssueRequest: dragonpass.IssueRequest{
			ProgramID: "18943", Path: dragonpass.Lounge, Module: dragonpass.Lounge, ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace",
			ExpirationDate: at(t, start).AddDate(1, 0, 0), Usages: 2, AllowedResources: []string{"N00001", "N00002"},
		},
		User:    user.User{ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace"},
		Modules: []dragonpass.Module{dragonpass.Lounge, dragonpass.Lounge},
	}
}

func TestIssue_OrderOfChecks(t *testing.T) {
	now := at(t, start)
	checkOrder(t, func() Issue { return issue(t) }, func(i Issue) error { _, err := i.Decide(now); return err }, []wrong[Issue]{
		{"another module in the path", func(i *Issue) { i.Path = dragonpass.FastTrack }, dragonpass.ModuleMismatch},
		{"another name", func(i *Issue) { i.LastName = "Byron" }, dragonpass.ClientUserNameMismatch},
		{"it begins in the past", func(i *Issue) { i.ActivationDate = now.Add(-time.Second) }, dragonpass.ActivationInPast},
		{"it ends now", func(i *Issue) { i.ExpirationDate = now }, dragonpass.ExpirationInvalid},
		{"an unknown resource", func(i *Issue) { i.Modules[0] = 0 }, dragonpass.ResourceNotFound},
		{"a resource of another module", func(i *Issue) { i.Modules[1] = dragonpass.SetMeal }, dragonpass.ModuleMismatch},
	})
}

func TestIssue_Decide_GivesAPass(t *testing.T) {
	now := at(t, start)
	i := issue(t)
	i.ExpirationDate = i.ExpirationDate.In(zone(t, "Asia/Tokyo"))
	got, err := i.Decide(now)
	require.NoError(t, err)
	assert.Equal(t, dragonpass.EPass{
		ProgramID: "18943", Module: dragonpass.Lounge, ClientUserID: "u-1", FirstName: "Ada", LastName: "Lovelace", Granted: 2,
		ActivationDate: now, CreatedAt: now, ExpirationDate: now.AddDate(1, 0, 0), AllowedResources: []string{"N00001", "N00002"},
	}, got)
	i.Path, i.User = 0, user.User{}
	_, err = i.Decide(now)
	refused(t, "", err)
	i.Modules[1] = 0
	_, err = i.Decide(now)
	assert.Equal(t, "allowedResources.1", refusal(t, err).Complaints[0].Field)
}

func TestCheckDates(t *testing.T) {
	now := at(t, start)
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
		{"it began a second ago, and has ended", -time.Second, -time.Second, dragonpass.ActivationInPast},
	} {
		t.Run(row.name, func(t *testing.T) {
			refused(t, row.want, CheckDates(now.Add(row.activates), now.Add(row.expiry), now))
		})
	}
}

func TestIssue_CrossModule_IsForWhatIsAgreed(t *testing.T) {
	now := at(t, start)
	for name, row := range map[string]struct {
		agreed, scope []dragonpass.Module
		want          dragonpass.Code
	}{
		"every resource":              {agreed: []dragonpass.Module{1, 3, 4}},
		"some of them":                {agreed: []dragonpass.Module{1, 3, 4}, scope: []dragonpass.Module{1, 4, 3}},
		"one of another module":       {agreed: []dragonpass.Module{1, 3, 4}, scope: []dragonpass.Module{1, 2}, want: dragonpass.ModuleMismatch},
		"one that there is not":       {agreed: []dragonpass.Module{1, 3, 4}, scope: []dragonpass.Module{0}, want: dragonpass.ResourceNotFound},
		"one of what is not agreed":   {agreed: []dragonpass.Module{1, 3}, scope: []dragonpass.Module{4}, want: dragonpass.ModuleMismatch},
		"one of the only one agreed":  {agreed: []dragonpass.Module{4}, scope: []dragonpass.Module{4}},
		"nothing that is not a scope": {agreed: []dragonpass.Module{4}},
	} {
		t.Run(name, func(t *testing.T) {
			i := issue(t)
			i.Path, i.Module, i.Agreed, i.Modules, i.AllowedResources = 0, dragonpass.CrossModule, row.agreed, row.scope, make([]string, len(row.scope))
			pass, err := i.Decide(now)
			refused(t, row.want, err)
			if err != nil {
				return
			}
			assert.Equal(t, row.agreed, pass.AllowedModules)
			account := Account{EPass: &pass}
			for m := dragonpass.Module(0); m <= 11; m++ {
				if slices.Contains(row.agreed, m) {
					refused(t, "", account.CheckModule(m))
				} else {
					refused(t, dragonpass.ModuleMismatch, account.CheckModule(m))
				}
			}
		})
	}
	i := issue(t)
	i.Agreed = []dragonpass.Module{1, 3, 4}
	pass, err := i.Decide(now)
	require.NoError(t, err)
	assert.Empty(t, pass.AllowedModules, "a pass of one module is for that one")
	refused(t, dragonpass.ModuleMismatch, (Account{EPass: &pass}).CheckModule(dragonpass.SetMeal))
}
