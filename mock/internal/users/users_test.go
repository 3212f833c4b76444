package users_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/mocktest"
)

type obj = mocktest.Object

// whose asks over v2 about a user.
func whose(c *mocktest.Client, what, id string) mocktest.Answer {
	c.T.Helper()
	return c.Post("/api/v2/users"+what, obj{"clientUserId": id})
}

// TestUser_Repeated_IsDoneOnce: each of the three that change something answers a repeated request id from memory.
func TestUser_Repeated_IsDoneOnce(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	for i, call := range []struct {
		path    string
		body    obj
		refused string // under another request id
	}{
		{"/users", obj{"clientUserId": "u-1", "firstName": "Ada", "lastName": "Lovelace"}, "USER_EXISTS"},
		{"/users/update", obj{"clientUserId": "u-1", "lastName": "King"}, ""},
		{"/users/delete", obj{"clientUserId": "u-1"}, "USER_NOT_FOUND"},
	} {
		once := c.With("X-Request-ID", fmt.Sprint("once-", i))
		first := once.Post("/api/v2"+call.path, call.body)
		first.OK()
		before := mocktest.Snapshot(t, srv.World())
		assert.Equal(t, string(first.Raw), string(once.Post("/api/v2"+call.path, call.body).Raw))
		assert.Equal(t, before, mocktest.Snapshot(t, srv.World()))
		if call.refused != "" {
			c.Post("/api/v2"+call.path, call.body).Refused(call.refused)
			assert.Equal(t, before, mocktest.Snapshot(t, srv.World()))
		}
	}
}

// TestUser_OfBothVersions: what v1 and v2 issue belongs to one user, newest first, a page at a time.
func TestUser_OfBothVersions(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	over1 := c.Pass(2)
	mocktest.Advance(t, srv.World(), time.Second)
	over2 := mocktest.EPassID(c.Post("/api/v2/orders/fastTrack/ePasses", obj{"module": 2, "clientUserId": "u-1", "extra": obj{
		"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 1,
	}}).OK())
	c.Post("/api/v2/users", obj{"clientUserId": "u-10", "firstName": "Ada", "lastName": "Byron"}).OK()
	first, second := c.Register("u-1")["membershipId"], c.Register("u-1")["membershipId"]

	passes := func(edit obj) (ids []any, total any) {
		body := obj{"clientUserId": "u-1"}
		for name, value := range edit {
			body[name] = value
		}
		page := c.Post("/api/v2/users/ePasses", body).OK()
		for _, p := range page["ePasses"].([]any) {
			ids = append(ids, mocktest.EPassID(p.(obj)))
		}
		return ids, mocktest.Dig(page, "pagination", "totalNumber")
	}
	for name, row := range map[string]struct {
		edit  obj
		ids   []any
		total float64
	}{
		"all":              {nil, []any{over2, over1}, 2},
		"the first page":   {obj{"pageSize": 1}, []any{over2}, 2},
		"the second":       {obj{"pageSize": 1, "pageNumber": 2}, []any{over1}, 2},
		"one beyond":       {obj{"pageNumber": 2}, nil, 2},
		"lounges":          {obj{"module": 1}, []any{over1}, 1},
		"those that wait":  {obj{"ePassStatus": 0}, nil, 0},
		"those of a state": {obj{"ePassStatus": 1, "module": 2}, []any{over2}, 1},
	} {
		ids, total := passes(row.edit)
		assert.Equal(t, row.ids, ids, name)
		assert.Equal(t, row.total, total, name)
	}
	assert.Empty(t, whose(c, "/ePasses", "u-10").OK()["ePasses"])
	list := whose(c, "/memberships", "u-1").OK()["memberships"].([]any)
	assert.Equal(t, []any{second, first}, []any{mocktest.Dig(list[0].(obj), "membershipId"), mocktest.Dig(list[1].(obj), "membershipId")})
	assert.Equal(t, 0.0, mocktest.Dig(c.Post("/api/v2/users/memberships", obj{"clientUserId": "u-1", "status": 0}).OK(), "pagination", "totalNumber"))
}

// TestUser_Deleted_ComesBackWithAPass: of who is deleted nothing is left but the name; a pass makes the user again.
func TestUser_Deleted_ComesBackWithAPass(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	c.Post("/api/v2/users", obj{"clientUserId": "u-1", "firstName": "Ada", "lastName": "Lovelace", "email": "ada@example.com"}).OK()
	pass := c.Pass(1)
	assert.Equal(t, "ada@example.com", whose(c, "/search", "u-1").OK()["email"], "a pass takes nothing away")
	order := c.Booked(pass, "N00001", mocktest.Thursday, 1)
	_, err := srv.World().ExpireEPass(pass)
	require.NoError(t, err)
	whose(c, "/delete", "u-1").Refused("USER_IN_USE") // the booking stands
	c.Cancel(order["orderId"]).OK()
	whose(c, "/delete", "u-1").OK()
	whose(c, "/delete", "u-1").Refused("USER_NOT_FOUND")
	for _, path := range []string{"/search", "/ePasses", "/memberships"} {
		whose(c, path, "u-1").Refused("USER_NOT_FOUND")
	}
	c.Post("/api/v2/users/update", obj{"clientUserId": "u-1", "email": "a@example.com"}).Refused("USER_NOT_FOUND")
	before := mocktest.Snapshot(t, srv.World())
	assert.NoError(t, srv.World().LoadSnapshot([]byte(before)))
	c.TryIssue(1, 1, obj{"lastName": "Byron"}).Refused("CLIENT_USER_NAME_MISMATCH")
	assert.Equal(t, before, mocktest.Snapshot(t, srv.World()))

	again := c.Pass(1)
	user := whose(c, "/search", "u-1").OK()
	assert.Equal(t, obj{"clientUserId": "u-1", "firstName": "Ada", "lastName": "Lovelace", "phoneNumber": nil, "callingCode": nil, "email": nil}, user)
	assert.Len(t, whose(c, "/ePasses", "u-1").OK()["ePasses"], 2)
	c.Cancel(mocktest.Dig(c.Post("/orders/ePasses/search", obj{"ePassId": again}).OK(), "orderId")).OK()

	c.Post("/api/v2/users", obj{"clientUserId": "u-2", "firstName": "Ada", "lastName": "Lovelace"}).OK()
	whose(c, "/delete", "u-2").OK()
	c.Post("/api/v2/users", obj{"clientUserId": "u-2", "firstName": "Lord", "lastName": "Byron"}).OK() // nothing bore the other name
}

// TestUser_Sent_IsJudged: what no user can be is refused, and names the field.
func TestUser_Sent_IsJudged(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	before := mocktest.Snapshot(t, srv.World())
	user := func(name string, value any) obj {
		body := obj{"clientUserId": "u-1", "firstName": "Ada", "lastName": "Lovelace"}
		if body[name] = value; value == nil {
			delete(body, name)
		}
		return body
	}
	for _, row := range []struct {
		path string
		body obj
		says string
	}{
		{"", user("clientUserId", nil), "/clientUserId"},
		{"", user("clientUserId", ""), "/clientUserId"},
		{"", user("lastName", nil), "/lastName"},
		{"", user("email", "nobody"), "/email"},
		{"", user("phoneNumber", "+44"), "/phoneNumber"},
		{"", user("callingCode", "1234567"), "/callingCode"},
		{"/update", obj{"clientUserId": "u-1"}, "email"},
		{"/update", obj{"clientUserId": "u-1", "email": nil}, "email"},
		{"/search", obj{"membershipId": "1"}, "/clientUserId"},
		{"/ePasses", obj{"clientUserId": "u-1", "ePassStatus": 2}, "/ePassStatus"},
		{"/memberships", obj{"clientUserId": "u-1", "pageSize": 101}, "/pageSize"},
		{"/delete", obj{}, "/clientUserId"},
	} {
		got := c.Post("/api/v2/users"+row.path, row.body)
		got.Refused("INVALID_REQUEST")
		assert.Contains(t, got.Body["message"], row.says)
	}
	assert.Equal(t, before, mocktest.Snapshot(t, srv.World()))
}
