package stage_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// obj is a JSON object.
type obj = mocktest.Object

func TestShippedScenarios_Load(t *testing.T) {
	t.Parallel()
	names := mocktest.Scenarios(t)
	require.NotEmpty(t, names)
	for _, name := range names {
		_, err := mock.New(mock.WithScenario(name))
		assert.NoError(t, err, name)
	}
}

func TestScenario_UnquotedIDs_StayText(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithScenario(mocktest.WriteScenario(t, `
name: unquoted ids
given:
  clock: 2025-09-01T09:00:00+01:00
  ePasses:
    - {module: 1, ePassId: 1788000012345678, orderId: 00012345678901, clientUserId: 12345678901, expirationDate: 2030-01-01T00:00:00+09:00}
`)))
	data := mocktest.NewClient(t, srv).Post("/orders/ePasses/search", obj{"ePassId": "1788000012345678"}).OK()
	assert.Equal(t, "00012345678901", data["orderId"])
	assert.Equal(t, "12345678901", data["clientUserId"])
	assert.Equal(t, "2029-12-31T15:00:00+00:00", mocktest.Dig(data, "extra", "expirationDate"))
	assert.NotEmpty(t, mocktest.Dig(data, "extra", "firstName"), "made up")
}

func TestScenario_GivenWithoutIDs_TakesNoneFromClients(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithScenario(mocktest.WriteScenario(t, `
name: passes without ids
given:
  ePasses: [{module: 1}, {module: 1}, {module: 3}]
`)))
	assert.Equal(t, "DP00000000000001", mocktest.NewClient(t, srv).Issue(1)["orderId"])
}

func TestScenario_Wrong_SaysWhereAndWhat(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name, text string
		want       []string
	}{
		{"unknown key", "name: x\ngiven:\n  ePasses:\n    - module: 1\n      avaliableUsages: 2\n",
			[]string{":5:7: /given/ePasses/0/avaliableUsages: unknown key, did you mean availableUsages?"}},
		{"unknown key at the top", "name: x\nGiven: {}\n", []string{":2:1: /Given: unknown key, did you mean given?"}},
		{"all that is wrong", "name: x\ngiven:\n  clock: tomorrow\n  ePasses:\n    - {module: 9, expiresIn: soon}\n",
			[]string{":3:10: /given/clock: expected where the clock stands", ":5:16: /given/ePasses/0/module: ", ":5:30: /given/ePasses/0/expiresIn: expected a duration"}},
		{"no name", "given: {}\n", []string{"it lacks name"}},
		{"a truth value for text", "name: x\ngiven:\n  ePasses:\n    - {module: 1, firstName: true}\n", []string{"/given/ePasses/0/firstName: expected string, got boolean; put it in quotes"}},
		{"a key twice", "name: x\nname: y\n", []string{":2:1: /name: it is there twice"}},
		{"not YAML", "name: [\n", []string{"scenario.yaml:"}},
		{"empty", "", []string{"the file is empty"}},
		{"a list", "- name\n", []string{"expected object, got array"}},
		{"unknown resource", "name: x\ngiven:\n  resources:\n    - resourceId: N99999\n", []string{":4:7: /given/resources/0: RESOURCE_NOT_FOUND"}},
		{"hours that end before they begin", "name: x\ngiven:\n  resources:\n    - resourceId: N00001\n      openingHours: [{dayOfWeek: 1, open: '10:00', close: '09:00'}]\n",
			[]string{":5:59: /given/resources/0/openingHours/0/close: expected a time after open"}},
		{"one pass twice", "name: x\ngiven:\n  ePasses:\n    - {module: 1, ePassId: 1788000012345678}\n    - {module: 1, ePassId: 1788000012345678}\n", []string{":5:28: /given/ePasses/1/ePassId: E-pass 1788000012345678 is there already"}},
		{"two names for a user", "name: x\ngiven:\n  ePasses:\n    - {module: 1, clientUserId: u, firstName: A, lastName: B}\n    - {module: 1, clientUserId: u, firstName: C, lastName: B}\n",
			[]string{"/given/ePasses/1/clientUserId: CLIENT_USER_NAME_MISMATCH"}},
		{"both ends of life", "name: x\ngiven:\n  ePasses:\n    - {module: 1, expiresIn: 90d, expirationDate: 2030-01-01T00:00:00Z}\n", []string{"not both"}},
		{"scope of another module", "name: x\ngiven:\n  ePasses:\n    - {module: 1, allowedResources: {resourceId: [R00001]}}\n", []string{"/given/ePasses/0/allowedResources/resourceId/0: expected a resource of module 1"}},
		{"token for a restaurant", "name: x\ngiven:\n  prebookingTokens:\n    - {module: 3, resourceId: R00001, prebookingDate: 2025-10-01T10:30}\n", []string{"/given/prebookingTokens/0/resourceId"}},
		{"token for no pass", "name: x\ngiven:\n  prebookingTokens:\n    - {module: 1, resourceId: N00001, prebookingDate: 2025-10-01T10:30, ePassId: 1788000012345678}\n", []string{"/given/prebookingTokens/0: EPASS_NOT_FOUND: ePassId: no E-pass"}},
		{"slot at a time that clocks skip", "name: x\ngiven:\n  slots:\n    - {resourceId: N00001, prebookingDate: 2025-03-30T01:30, free: 0}\n", []string{"/given/slots/0: PREBOOKING_DATE_INVALID"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			_, err := mock.New(mock.WithScenario(mocktest.WriteScenario(t, row.text)))
			for _, want := range row.want {
				assert.ErrorContains(t, err, want)
			}
		})
	}
	_, err := mock.New(mock.WithScenario("vendor-lounge"))
	assert.ErrorContains(t, err, "vendor-lounge-example", "it names those there are")
}

// TestScenario_SilentOnSomething_KeepsTheOptionsBefore: what a scenario does not say, an option before it says; "real" is
// said.
func TestScenario_SilentOnSomething_KeepsTheOptionsBefore(t *testing.T) {
	t.Parallel()
	file := mocktest.WriteScenario(t, "name: x\ngiven: {clock: real}\n")
	srv, _ := mocktest.Start(t)
	w := mocktest.NewWorld(t, srv, mock.WithSeed(7), mock.WithClock(mocktest.Monday), mock.WithScenario(file))
	assert.Equal(t, "real", mocktest.Clock(t, w).Mode)
	issued := mocktest.IssueEPass(t, w, "u", 1, time.Now().AddDate(1, 0, 0))
	assert.NotEqual(t, "1788000066668888", issued.EPassID, "the seed is still 7")
	_, err := mocktest.TryIssueEPass(t, w, "u", 0, time.Now().AddDate(1, 0, 0))
	assert.ErrorContains(t, err, "INVALID_REQUEST")
	_, err = w.FillSlot("N00001", "2030-09-04T10:30", -1)
	assert.ErrorContains(t, err, "free: expected 0 to 1000000, got -1")
}

func TestGiven_OrdersAndErrors_AreAsIfClientsMadeThem(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithScenario(mocktest.WriteScenario(t, `
name: orders and errors
given:
  clock: 2025-09-01T09:00:00+01:00
  ePasses: [{as: pass, module: 1, ePassId: 1788000012345678, availableUsages: 5}]
  memberships: [{membershipId: 8888000012345678}]
  orders:
    - {as: booked, ePassId: 1788000012345678, resourceId: N99912, prebookingDate: 2025-09-04T10:30}
    - {ePassId: 1788000012345678, resourceId: N00001, adultCount: 2, orderCreatedDate: 2025-08-31T10:00:00+01:00}
    - {ePassId: 1788000012345678, resourceId: N00001, prebookingDate: 2025-09-04T10:30, status: 3}
    - {ePassId: 1788000012345678, resourceId: N00001, prebookingDate: 2025-09-04T10:30, status: 0, orderId: PB1}
    - {membershipId: 8888000012345678, resourceId: N00001, prebookingDate: 2025-08-04T10:30, status: 2}
  errors:
    - {symbol: ORDER_NOT_FOUND, status: 400, code: 400.777.001}
`)))
	c := mocktest.NewClient(t, srv)
	assert.Equal(t, [2]float64{1, 4}, c.Usages("1788000012345678"), "as if clients had made them")
	assert.Equal(t, 0.0, c.Entitlements("8888000012345678")["cardholderExclusiveEntitlements"])
	orders := c.Post("/orders/ePasses", obj{"ePassId": "1788000012345678"}).OK()["orders"].([]any)
	require.Len(t, orders, 4)
	var status []any
	for _, o := range orders {
		status = append(status, o.(obj)["status"])
	}
	assert.Equal(t, []any{0.0, 3.0, 2.0, 1.0}, status)
	assert.Equal(t, obj{"available": false}, c.Post(mocktest.AvailabilityPath, obj{"module": 1, "resourceId": "N99912", "prebookingDate": mocktest.Thursday, "adultCount": 1, "childCount": 0}).OK())
	booked := c.Order(orders[3].(obj)["orderId"]).OK()
	assert.Len(t, mocktest.Dig(booked, "extra", "vouchersList"), 1)
	c.Cancel(booked["orderId"]).OK()
	assert.Equal(t, [2]float64{2, 3}, c.Usages("1788000012345678"))
	assert.Equal(t, "DP00000000000001", c.Issue(1)["orderId"])
	missing := c.Order("none")
	assert.Equal(t, []any{400, "400.777.001"}, []any{missing.Status, missing.Body["code"]})
	w := mocktest.NewWorld(t, srv)
	assert.Equal(t, 404, c.In(w).Post("/orders/ePasses/details", obj{"orderId": "none"}).Status, "another world has its own")
}

func TestGiven_WrongOrderOrError_IsRefused(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, order, want string }{
		{"more persons than usages", "{ePassId: 1788000012345678, resourceId: N00001, adultCount: 6}", "EPASS_USAGES_EXHAUSTED"},
		{"unknown pass", "{ePassId: 1788000012345679, resourceId: N00001}", "EPASS_NOT_FOUND"},
		{"another module", "{ePassId: 1788000012345678, resourceId: C00001}", "MODULE_MISMATCH"},
		{"status of a booking", "{ePassId: 1788000012345678, resourceId: N00001, status: 1}", "/given/orders/0/status"},
		{"no such day", "{ePassId: 1788000012345678, resourceId: N00001, prebookingDate: 2025-02-30T10:30}", "/given/orders/0/prebookingDate"},
		{"two holders", "{ePassId: 1788000012345678, membershipId: 8888000012345678, resourceId: N00001}", "/given/orders/0"},
		{"no instant", "{ePassId: 1788000012345678, resourceId: N00001, orderCreatedDate: yesterday}", "/given/orders/0/orderCreatedDate"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			text := "name: x\ngiven:\n  ePasses: [{module: 1, ePassId: 1788000012345678}]\n  orders:\n    - " + row.order + "\n"
			_, err := mock.New(mock.WithScenario(mocktest.WriteScenario(t, text)))
			assert.ErrorContains(t, err, row.want)
		})
	}
	_, err := mock.New(mock.WithScenario(mocktest.WriteScenario(t, "name: x\ngiven:\n  errors: [{symbol: ORDER_NOT_FOUNT, status: 400, code: x}]\n")))
	assert.ErrorContains(t, err, "did you mean ORDER_NOT_FOUND?")
}

func TestGiven_MembershipsAndPrograms_AreThere(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithScenario(mocktest.WriteScenario(t, `
name: programmes and members
given:
  clock: 2025-09-01T09:00:00+01:00
  programs:
    - programId: '7001'
      validity: 30d
      entitlements: {moduleExclusiveEntitlements: [{module: 2, details: {sharedEntitlements: 4, allowedGuestsPerUsage: 3}}]}
    - programId: '7002'
  memberships:
    - {as: ada, membershipId: 8888000012345678, clientUserId: u-9, firstName: Ada, lastName: Lovelace, status: 2}
`)))
	c := mocktest.NewClient(t, srv)
	got := c.Post("/memberships/search", obj{"clientUserId": "u-9"}).OK()
	assert.Equal(t, []any{"8888000012345678", 2.0, "7001", "2025-10-01T08:00:00+00:00"}, []any{got["membershipId"], got["status"], got["programId"], got["expirationDate"]})
	assert.Equal(t, "8888000066668888", c.Register("u-1")["membershipId"])
	assert.Equal(t, "2027-09-01T08:00:00+00:00", c.With("X-Program-ID", "7002").Register("u-1")["expirationDate"])
	c.With("X-Program-ID", "18943").Get("/resources/N00001").Refused("PROGRAM_NOT_ALLOWED")
}
