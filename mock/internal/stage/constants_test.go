package stage_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock"
	"dragonmock/mock/files"
	"dragonmock/mock/internal/mocktest"
)

// booked begins a file whose world stands still, has a booking, and tells of what is in the catalogue.
const booked = `name: x
given:
  clock: 2025-09-01T09:00:00+01:00
  ePasses: [{as: pass, module: 1, ePassId: 1788000000000001, clientUserId: ada, availableUsages: 4}]
  orders: [{as: booked, orderId: PB00000000000901, ePassId: 1788000000000001, resourceId: N00001, prebookingDate: 2025-09-04T10:30}]
  eventUrls: {resource.metadata.updated: sink}
steps:
`

// TestSteps_OfTheVendorsActs: what the file alone says is judged before anything is played.
func TestSteps_OfTheVendorsActs(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct{ step, want string }{
		"moved":                        {"moveOrder: {orderId: $booked.orderId, prebookingDate: 2025-09-04T11:30, remarks: r}", ""},
		"moved by its id":              {"moveOrder: {orderId: PB00000000000901, prebookingDate: 2025-09-04T11:30, remarks: r}", ""},
		"moved to no day":              {"moveOrder: {orderId: $booked.orderId, prebookingDate: 2025-02-30T11:30, remarks: r}", ":8:60: /steps/0/moveOrder/prebookingDate: 2025-02-30T11:30 is not a date and time of the calendar"},
		"moved to another form":        {"moveOrder: {orderId: $booked.orderId, prebookingDate: 04.09.2025, remarks: r}", "/steps/0/moveOrder/prebookingDate: 04.09.2025 is not a date and time of the calendar, such as 2025-10-01T10:30"},
		"moved between slots":          {"moveOrder: {orderId: $booked.orderId, prebookingDate: 2025-09-04T11:20, remarks: r}", "/steps/0/moveOrder/prebookingDate: PREBOOKING_DATE_INVALID"},
		"moved into the past":          {"moveOrder: {orderId: PB00000000000901, prebookingDate: 2025-08-28T10:30, remarks: r}", "after the world's now"},
		"moved to a day from now":      {"moveOrder: {orderId: $booked.orderId, prebookingDate: '${in 3d}T11:30', remarks: r}", ""},
		"what is made later":           {"moveOrder: {orderId: PB00000000000001, prebookingDate: 2025-09-04T11:20, remarks: r}", ""},
		"what is made later, no day":   {"moveOrder: {orderId: PB00000000000001, prebookingDate: 2025-09-31T11:20, remarks: r}", "2025-09-31T11:20 is not a date and time of the calendar"},
		"moved, and refused":           {"{moveOrder: {orderId: $booked.orderId, prebookingDate: 2025-02-30T11:30, remarks: r}, expect: {error: PREBOOKING_DATE_INVALID}}", ""},
		"told":                         {"announce: {type: resource.metadata.updated, ids: [N00001, E10401]}", ""},
		"told of hubs":                 {"announce: {type: transportHub.metadata.updated, ids: [A00001]}", ""},
		"told of none":                 {"announce: {type: resource.metadata.updated, ids: [N00001, N0002]}", "/steps/0/announce/ids/1: RESOURCE_NOT_FOUND: no resource N0002, did you mean N00012?"},
		"told of a hub as a resource":  {"announce: {type: resource.metadata.updated, ids: [A00001]}", "/steps/0/announce/ids/0: RESOURCE_NOT_FOUND: no resource A00001"},
		"told of a resource as a hub":  {"announce: {type: transportHub.metadata.updated, ids: [N00001]}", "/steps/0/announce/ids/0: TRANSPORT_HUB_NOT_FOUND: no transport hub N00001"},
		"told twice":                   {"announce: {type: resource.metadata.updated, ids: [N00001, N00012, N00001]}", "/steps/0/announce/ids/2: N00001 comes twice"},
		"told of what is saved":        {"announce: {type: resource.metadata.updated, ids: [$booked.resourceId, '${booked.resourceId}']}", ""},
		"set to no day":                {"setClock: 2025-02-30T09:00:00Z", "/steps/0/setClock: "},
		"moved on by more than can be": {"advance: 99999999999d", "/steps/0/advance: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			step := row.step
			if step[0] != '{' {
				step = "{" + step + "}"
			}
			err := files.Check(mocktest.WriteScenario(t, booked+"  - "+step+"\n"))
			if row.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, row.want)
		})
	}
}

// TestSteps_ToldToNobody: a world has the receivers that its file gives.
func TestSteps_ToldToNobody(t *testing.T) {
	t.Parallel()
	const step = "announce: {type: resource.availability.changed, ids: [N00001]}"
	err := files.Check(mocktest.WriteScenario(t, steps+"  - "+step+"\n"))
	assert.ErrorContains(t, err, "/steps/0/announce/type: nobody has subscribed to resource.availability.changed: give the file eventUrls for it")
	assert.NoError(t, files.Check(mocktest.WriteScenario(t, steps+"  - {"+step+", expect: {error: INVALID_REQUEST}}\n")))
}

// TestSteps_NumbersByName: a name stands for a number as it was saved, wherever a step wants one.
func TestSteps_NumbersByName(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	mock.Play(t, srv, mocktest.WriteScenario(t, booked+`
  - call: retrieveEPass
    body: {ePassId: $pass.ePassId}
    expect: {status: 200}
    save: {left: data.extra.availableUsages, used: data.extra.usedUsages}
  - redeem: {ePassId: $pass.ePassId, resourceId: N00001, adultCount: $used}
    save: {order: data.orderId}
  - fillSlot: {resourceId: N00001, prebookingDate: 2025-09-04T11:30, free: $left}
    expect: {data: {free: $left}}
  - expectRequests: {operation: retrieveEPass, count: $used}
`))
}

// TestSteps_WhereNumbersAreWanted: what is none, and what is too large for any.
func TestSteps_WhereNumbersAreWanted(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct{ step, want string }{
		"a name":                  {"useData: {orderId: $booked.orderId, bytes: $booked.orderId}", ""},
		"a name that there isn't": {"useData: {orderId: $booked.orderId, bytes: $tot}", "there is no $tot here"},
		"an id":                   {"useData: {orderId: $booked.orderId, bytes: 10737418240}", ""},
		"the most":                {"useData: {orderId: $booked.orderId, bytes: 1125899906842624}", ""},
		"more":                    {"useData: {orderId: $booked.orderId, bytes: 1125899906842625}", "/steps/0/useData/bytes: expected 1125899906842624 or less, got 1125899906842625"},
		"2^63":                    {"useData: {orderId: $booked.orderId, bytes: 9223372036854775808}", "/steps/0/useData/bytes: expected 1125899906842624 or less, got 9223372036854775808"},
		"none":                    {"useData: {orderId: $booked.orderId, bytes: 0}", "/steps/0/useData/bytes: expected 1 or more, got 0"},
		"a word":                  {"useData: {orderId: $booked.orderId, bytes: all}", "/steps/0/useData/bytes: expected a whole number, or a $name"},
		"in quotes":               {"useData: {orderId: $booked.orderId, bytes: '10737418240'}", "/steps/0/useData/bytes: expected a whole number, or a $name"},
		"no whole number":         {"useData: {orderId: $booked.orderId, bytes: 1.5}", "/steps/0/useData/bytes: expected a whole number, or a $name, got number"},
		"a truth":                 {"useData: {orderId: $booked.orderId, bytes: true}", "/steps/0/useData/bytes: expected a whole number, or a $name, got boolean"},
		"an open status":          {"{call: retrieveEPass, body: {ePassId: $pass.ePassId}, expect: {status: $pass.ePassId, body: {message: any}}}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			step := row.step
			if step[0] != '{' {
				step = "{" + step + "}"
			}
			err := files.Check(mocktest.WriteScenario(t, booked+"  - "+step+"\n"))
			if row.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, row.want)
		})
	}
}

// TestExpect_LongNumbers: of what is written without quotes nobody can say whether an id or a number is meant, so that it is
// whichever came; in quotes it is text.
func TestExpect_LongNumbers(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	begin := booked + "  - fault: [{on: retrieveEPass, respond: {body: {data: {bytes: !!int 10737418240, id: '10737418240'}}}}]\n" +
		"  - {call: retrieveEPass, body: {ePassId: $pass.ePassId}, expect: {data: "
	for expected, holds := range map[string]bool{
		"{bytes: 10737418240, id: 10737418240}": true, "{bytes: !!int 10737418240, id: '10737418240'}": true,
		"{bytes: 10737418241}": false, "{id: 10737418241}": false, "{bytes: '10737418240'}": false, "{id: !!int 10737418240}": false, "{id: 010737418240}": false,
	} {
		held, err := files.Play(t.Context(), files.Playing{Control: srv.URL + "/_mock", Target: srv.URL + "/api/v1"}, mocktest.WriteScenario(t, begin+expected+"}}\n"))
		assert.NoError(t, err, expected)
		assert.Equal(t, holds, held, expected)
	}
}

// TestGiven_OrdersThatTheVendorMoved: 5, modified.
func TestGiven_OrdersThatTheVendorMoved(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithScenario(mocktest.WriteScenario(t, `name: x
given:
  clock: 2025-09-01T09:00:00+01:00
  ePasses: [{module: 1, ePassId: 1788000000000001, clientUserId: ada}]
  orders: [{orderId: PB00000000000901, ePassId: 1788000000000001, resourceId: N00001, prebookingDate: 2025-09-04T10:30, status: 5}]
`)))
	c := mocktest.NewClient(t, srv)
	assert.EqualValues(t, 5, c.Post("/api/v2/orders/ePasses", mocktest.Object{"ePassId": "1788000000000001"}).OK()["orders"].([]any)[0].(mocktest.Object)["status"])
	err := files.Check(mocktest.WriteScenario(t, "name: x\ngiven: {orders: [{ePassId: 1788000000000001, resourceId: N00001, status: 6}]}\n"))
	assert.ErrorContains(t, err, "/given/orders/0/status: expected 0 pending, 1 confirmed")
}
