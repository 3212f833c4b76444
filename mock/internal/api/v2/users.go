package v2

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/user"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/users"
	"dragonmock/mock/internal/world"
)

// aboutUsers are the handlers of the operations about users. Their bodies are ours.
func aboutUsers() map[string]dispatch.Handler {
	return map[string]dispatch.Handler{
		"createUser":          dispatch.Body(writingUser(users.Create)),
		"updateUser":          dispatch.Body(writingUser(users.Update)),
		"retrieveUser":        dispatch.Body(retrieveUser),
		"listUserEPasses":     dispatch.Body(listUserEPasses),
		"listUserMemberships": dispatch.Body(listUserMemberships),
		"deleteUser":          dispatch.Body(deleteUser),
	}
}

func writingUser(write func(*world.Tx, user.User) (user.User, error)) func(*dispatch.Call, userRequest) (any, error) {
	return func(c *dispatch.Call, r userRequest) (any, error) {
		u, err := write(c.Tx, user.User{
			ClientUserID: r.ClientUserID, FirstName: r.FirstName, LastName: r.LastName, PhoneNumber: r.PhoneNumber, CallingCode: r.CallingCode, Email: r.Email,
		})
		return userOf(u), err
	}
}

func retrieveUser(c *dispatch.Call, r userSearch) (any, error) {
	u, err := users.Get(c.Tx, r.ClientUserID)
	return userOf(u), err
}

func listUserEPasses(c *dispatch.Call, r userEPassesRequest) (any, error) {
	passes, err := users.EPasses(c.Tx, r.ClientUserID, users.EPassesFilter{Module: r.Module, Status: r.EPassStatus}, api.PageAt(r.PageSize, r.PageNumber))
	return userEPassesPage{api.PageOf(passes), api.Each(passes.Items, func(p dragonpass.EPass) api.EPassOrder[ePass] { return ePassOf(c.Tx, p) })}, err
}

func listUserMemberships(c *dispatch.Call, r userMembershipsRequest) (any, error) {
	list, err := users.Memberships(c.Tx, r.ClientUserID, r.Status, api.PageAt(r.PageSize, r.PageNumber))
	return userMembershipsPage{api.PageOf(list), api.Each(list.Items, func(m dragonpass.Membership) membership { return membershipOf(c.Tx, m) })}, err
}

func deleteUser(c *dispatch.Call, r userSearch) (any, error) {
	return deletedUser(r), users.Delete(c.Tx, r.ClientUserID)
}
