package rules

import (
	"strconv"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/user"
)

// Issue is a client who wants an E-pass.
type Issue struct {
	dragonpass.IssueRequest
	User    user.User           // the name that the clientUserId belongs to; zero: nobody's yet
	Modules []dragonpass.Module // of each allowed resource; 0: there is none such
	Agreed  []dragonpass.Module // that the programme's cross-module passes are for
}

// Decide returns the new pass, which lacks its ids, or refuses, in this order: another module in the path
// (MODULE_MISMATCH), a second name (CLIENT_USER_NAME_MISMATCH), its dates (ACTIVATION_IN_PAST, EXPIRATION_INVALID), the
// allowed resources (RESOURCE_NOT_FOUND, MODULE_MISMATCH).
func (i *Issue) Decide(now time.Time) (dragonpass.EPass, error) {
	pass := dragonpass.EPass{
		ProgramID: i.ProgramID, Module: i.Module, ClientUserID: i.ClientUserID, FirstName: i.FirstName, LastName: i.LastName, Granted: i.Usages,
		ActivationDate: activation(i.ActivationDate, now), ExpirationDate: wholeSecond(i.ExpirationDate), AllowedResources: i.AllowedResources, CreatedAt: now,
	}
	if i.Module == dragonpass.CrossModule {
		pass.AllowedModules = i.Agreed
	}
	if err := checkPath(i.Path, i.Module); err != nil {
		return dragonpass.EPass{}, err
	}
	if err := user.CheckName(i.User, i.FirstName, i.LastName); err != nil {
		return dragonpass.EPass{}, err
	}
	if err := CheckDates(pass.ActivationDate, pass.ExpirationDate, now); err != nil {
		return dragonpass.EPass{}, err
	}
	if err := i.checkScope(&pass); err != nil {
		return dragonpass.EPass{}, err
	}
	return pass, nil
}

// wholeSecond is an instant of any zone as entities have it: in UTC, cut to the second, as it is written down.
func wholeSecond(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// activation is the first instant of what begins at a date; zero: at once.
func activation(date, now time.Time) time.Time {
	if date.IsZero() {
		return now
	}
	return wholeSecond(date)
}

// checkPath refuses a body whose module is not the one of the path: MODULE_MISMATCH. 0: the path names none.
func checkPath(path, body dragonpass.Module) error {
	if path != 0 && path != body {
		return dragonpass.RefuseField(dragonpass.ModuleMismatch, "module", "the path is of module %d, not %d", path, body).
			By("D/v1/3499977e0").Unless("module %d", path)
	}
	return nil
}

// CheckDates refuses the life of a pass that is issued at now: ACTIVATION_IN_PAST when it would begin before now
// (D/338667m0), EXPIRATION_INVALID when it would end at or before now, or before it begins.
func CheckDates(activation, expiration, now time.Time) error {
	switch {
	case activation.Before(now.Truncate(time.Second)): // dates are written to the second
		return dragonpass.RefuseField(dragonpass.ActivationInPast, "activationDate", "expected now or later").By("D/338667m0").Unless("%s or later", now)
	case !expiration.After(now):
		return notAfterNow(now)
	case expiration.Before(activation):
		return notAfterActivation(activation)
	}
	return nil
}

// notAfterActivation is the refusal of an expiration date of what begins later.
func notAfterActivation(activation time.Time) error {
	return dragonpass.RefuseField(dragonpass.ExpirationInvalid, "expirationDate", "expected an instant after activationDate").By("A-042").
		Unless("an instant after %s", activation)
}

// notAfterNow is the refusal of an expiration date of a pass or membership.
func notAfterNow(now time.Time) error {
	return dragonpass.RefuseField(dragonpass.ExpirationInvalid, "expirationDate", "expected an instant after now").By("A-042").
		Unless("an instant after %s", now)
}

// checkScope refuses allowed resources that do not exist, or are of another module.
func (i *Issue) checkScope(pass *dragonpass.EPass) error {
	for n, id := range i.AllowedResources {
		field := "allowedResources." + strconv.Itoa(n)
		switch m := i.Modules[n]; {
		case m == 0:
			return dragonpass.RefuseField(dragonpass.ResourceNotFound, field, "no resource %s", id).By("D/v1/338667m0")
		case !pass.Covers(m):
			return dragonpass.RefuseField(dragonpass.ModuleMismatch, field, "resource %s is of module %d, the pass is of %s", id, m, pass.ModuleWords()).By("D/v1/338667m0")
		}
	}
	return nil
}
