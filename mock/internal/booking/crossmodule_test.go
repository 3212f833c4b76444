package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// crossModule is the body of a pass for several modules; edit changes its extra.
func crossModule(usages int, edit obj) obj {
	extra := obj{"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": usages}
	for name, value := range edit {
		extra[name] = value
	}
	return obj{"module": 0, "clientUserId": "u-1", "extra": extra}
}

// TestCrossModule_SpendsOnAnyAgreedModule: one pass, a lounge booked, a set meal and a lounge used; each order shows what
// it was, and the usages are those of one pass.
func TestCrossModule_SpendsOnAnyAgreedModule(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	for _, word := range []string{"crossModule", "multiModule"} {
		once := c.With("X-Request-ID", word)
		first := once.Post("/api/v2/orders/"+word+"/ePasses", crossModule(5, nil))
		issued := first.OK()
		assert.Equal(t, first.Raw, once.Post("/api/v2/orders/"+word+"/ePasses", crossModule(5, nil)).Raw, "repeated")
		assert.Equal(t, 0.0, issued["module"])
		assert.Equal(t, []any{1.0, 3.0, 4.0}, mocktest.Dig(issued, "extra", "allowedModules"))
		pass := mocktest.EPassID(issued)
		usages := func() [2]any {
			p := c.Post("/api/v2/orders/ePasses/search", obj{"ePassId": pass}).OK()
			return [2]any{mocktest.Dig(p, "extra", "availableUsages"), mocktest.Dig(p, "extra", "usedUsages")}
		}
		ask := obj{"ePassId": pass, "module": 1, "resourceId": "N99910", "prebookingDate": mocktest.Thursday, "adultCount": 2, "childCount": 0}
		token := c.Post("/api/v2"+mocktest.AvailabilityPath, ask).OK()["prebookingToken"]
		booked := c.Post("/api/v2"+mocktest.PrebookingPath, obj{"module": 1, "ePassId": pass, "extra": obj{"prebookingToken": token}}).OK()
		assert.Equal(t, []any{1.0, 2.0}, []any{booked["module"], mocktest.Dig(booked, "extra", "usedUsages")})
		meal := mocktest.WalkIn(t, w, pass, "R00001", 2)
		assert.Equal(t, dragonpass.SetMeal, meal.Module)
		lounge := mocktest.WalkIn(t, w, pass, "N99910", 1)
		assert.Equal(t, dragonpass.Lounge, lounge.Module)
		assert.Equal(t, [2]any{0.0, 5.0}, usages())
		_, err := w.WalkIn(pass, "R00001", dragonpass.Party{Adults: 1})
		assert.ErrorContains(t, err, "EPASS_USAGES_EXHAUSTED")
		for module, n := range map[int]float64{1: 2, 2: 0, 3: 1} {
			list := c.Post("/api/v2/orders/ePasses", obj{"ePassId": pass, "module": module}).OK()
			assert.Equal(t, n, mocktest.Dig(list, "pagination", "totalNumber"), "module %d", module)
		}
		c.Call("PATCH", "/api/v2/orders", obj{"status": 3, "orderId": issued["orderId"]}).Refused("EPASS_IN_USE")
		_, err = w.Reverse(meal.OrderID)
		require.NoError(t, err)
		c.Cancel(booked["orderId"]).OK()
		assert.Equal(t, [2]any{4.0, 1.0}, usages())
		before := mocktest.Snapshot(t, w)
		require.NoError(t, w.LoadSnapshot([]byte(before)))
		assert.Equal(t, before, mocktest.Snapshot(t, w))
	}
	assert.Equal(t, 2.0, mocktest.Dig(c.Post("/api/v2/users/ePasses", obj{"clientUserId": "u-1", "module": 0}).OK(), "pagination", "totalNumber"))
}

// TestCrossModule_Refused: what is not agreed, and what would widen or narrow a scope in silence.
func TestCrossModule_Refused(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	before := mocktest.Snapshot(t, srv.World())
	for _, row := range []struct {
		path    string
		body    obj
		symbol  string
		message string
	}{
		{"crossModule", crossModule(1, obj{"allowedResources": obj{"resourceIds": []string{"N00001", "C00001"}}}), "MODULE_MISMATCH",
			"/extra/allowedResources/resourceIds/1: resource C00001 is of module 2, the pass is of modules [1 3 4]"},
		{"crossModule", crossModule(1, obj{"allowedResources": obj{"resourceIds": []string{"N77777"}}}), "RESOURCE_NOT_FOUND", "/extra/allowedResources/resourceIds/0: no resource N77777"},
		{"crossModule", crossModule(1, obj{"allowedResources": obj{"resourceId": []string{"N00001"}}}), "INVALID_REQUEST", "/extra/allowedResources"},
		{"multiModule", crossModule(1, obj{"allowedModules": []int{1}}), "INVALID_REQUEST", "/extra/allowedModules"},
		{"crossModule", obj{"module": 1, "clientUserId": "u-1", "extra": crossModule(1, nil)["extra"]}, "INVALID_REQUEST", "/module"},
		{"lounges", crossModule(1, nil), "INVALID_REQUEST", "/module"},
	} {
		got := c.Post("/api/v2/orders/"+row.path+"/ePasses", row.body)
		assert.Contains(t, got.Refused(row.symbol), row.message)
	}
	for _, over := range []string{"/api/v1", "/api/v2"} {
		c.Post(over+"/orders/crossModules/ePasses", crossModule(1, nil)).Refused("ROUTE_NOT_FOUND")
	}
	c.Post("/api/v1/orders/crossModule/ePasses", crossModule(1, nil)).Refused("ROUTE_NOT_FOUND")
	assert.Equal(t, before, mocktest.Snapshot(t, srv.World()))

	pass := mocktest.EPassID(c.Post("/api/v2/orders/crossModule/ePasses", crossModule(1, nil)).OK())
	fast := obj{"ePassId": pass, "module": 2, "resourceId": "C99910", "prebookingDate": mocktest.Thursday, "adultCount": 1, "childCount": 0}
	assert.Equal(t, "/ePassId: E-pass "+pass+" is of modules [1 3 4], not 2", c.Post("/api/v2"+mocktest.AvailabilityPath, fast).Refused("MODULE_MISMATCH"))
}

// TestCrossModule_V1_DoesNotKnowIt: v1 has no module 0. What was used or booked with the pass it shows, since that is of a
// module that it has.
func TestCrossModule_V1_DoesNotKnowIt(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	issued := c.Post("/api/v2/orders/crossModule/ePasses", crossModule(2, nil)).OK()
	pass := mocktest.EPassID(issued)
	meal := mocktest.WalkIn(t, srv.World(), pass, "R00001", 1)
	before := mocktest.Snapshot(t, srv.World())
	c.Post("/orders/ePasses/search", obj{"ePassId": pass}).Refused("EPASS_NOT_FOUND")
	c.Post("/orders/ePasses/search", obj{"orderId": issued["orderId"]}).Refused("ORDER_NOT_FOUND")
	c.Post("/orders/ePasses", obj{"ePassId": pass}).Refused("EPASS_NOT_FOUND")
	c.Ask(obj{"ePassId": pass}).Refused("EPASS_NOT_FOUND")
	c.Cancel(issued["orderId"]).Refused("ORDER_NOT_FOUND")
	assert.Equal(t, 3.0, c.Order(meal.OrderID).OK()["module"])
	assert.Equal(t, before, mocktest.Snapshot(t, srv.World()))
}

// TestCrossModule_Agreed_IsOfTheProgramme: by the author, in Go and in a scenario file.
func TestCrossModule_Agreed_IsOfTheProgramme(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t, mock.WithScenario(mocktest.WriteScenario(t, `
name: what is agreed
given:
  programs: [{programId: "18943", crossModules: [4, 1]}, {programId: p2}]
  ePasses: [{as: meals, module: 0, ePassId: "1788000000000001", allowedModules: [3], allowedResources: {resourceId: [R00001]}}, {as: agreed, module: 0, ePassId: "1788000000000002", programId: p2}]
`)))
	w := srv.World()
	agreed := func(c *mocktest.Client) any {
		return mocktest.Dig(c.Post("/api/v2/orders/crossModule/ePasses", crossModule(1, nil)).OK(), "extra", "allowedModules")
	}
	assert.Equal(t, []any{1.0, 4.0}, agreed(c))
	assert.Equal(t, []any{1.0, 3.0, 4.0}, agreed(c.With("X-Program-ID", "p2")))
	for id, want := range map[string][]dragonpass.Module{"1788000000000001": {3}, "1788000000000002": {1, 3, 4}} {
		pass, err := w.EPass(id)
		require.NoError(t, err)
		assert.Equal(t, want, pass.AllowedModules)
	}
	_, err := w.WalkIn("1788000000000001", "N99910", dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "MODULE_MISMATCH")
	request := mock.EPassRequest{ClientUserID: "u-2", FirstName: "Ada", LastName: "Lovelace", Usages: 1, ExpirationDate: mocktest.Monday.Add(time.Hour)}
	_, err = w.IssueEPass(request)
	assert.ErrorContains(t, err, "module: expected one of 1 to 4, 7, 8 and 11, or none and CrossModule", "what is left out is no cross-module pass")
	request.CrossModule = true
	pass, err := w.IssueEPass(request)
	require.NoError(t, err)
	assert.Equal(t, []dragonpass.Module{1, 4}, pass.AllowedModules)
	request.Module = dragonpass.Lounge
	_, err = w.IssueEPass(request)
	assert.ErrorContains(t, err, "module: ", "one of the two")

	for member, says := range map[string]string{
		`{as: x, module: 1, allowedModules: [1]}`:                                           "/allowedModules: expected it of a pass of module 0",
		`{as: x, module: 0, allowedModules: [2]}`:                                           "/allowedModules/0",
		`{as: x, module: 0, allowedModules: []}`:                                            "/allowedModules",
		`{as: x, module: 0, allowedModules: [3], allowedResources: {resourceId: [N00001]}}`: "/allowedResources/resourceId/0",
	} {
		_, err := mock.New(mock.WithScenario(mocktest.WriteScenario(t, "name: x\ngiven: {ePasses: ["+member+"]}\n")))
		assert.ErrorContains(t, err, says, member)
	}
}
