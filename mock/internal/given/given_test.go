package given_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// TestGiven_WhatCannotBe_IsRefused: each row is a scenario that is good but for one thing, and is refused with its place and why.
func TestGiven_WhatCannotBe_IsRefused(t *testing.T) {
	t.Parallel()
	const good = `
name: x
given:
  clock: 2025-09-01T09:00:00Z
  ePasses:
    - {as: pass, module: 1, ePassId: "1788000000000001", orderId: I1, availableUsages: 5}
    - {module: 8, ePassId: "1788000000000008", availableUsages: 5}
    - {module: 0, ePassId: "1788000000000000"}
  memberships: [{as: member, membershipId: "8888000000000001"}]
  orders:
    - {orderId: LOUNGE, ePassId: "1788000000000001", resourceId: N00001, prebookingDate: 2025-09-04T10:30}
    - {orderId: ESIM, ePassId: "1788000000000008", resourceId: E00001, optionId: E00001-02, prebookingDate: 2025-09-01T10:00}
    - {orderId: LATER, ePassId: "1788000000000008", resourceId: E00001, optionId: E00001-02, prebookingDate: 2025-09-01T10:00, status: 0}
  prebookingTokens: [{token: mine, module: 1, resourceId: N00001, prebookingDate: 2025-09-04T10:30}]
  slots: [{resourceId: N00001, prebookingDate: 2025-09-04T10:30, free: 3}]
`
	_, err := mock.New(mock.WithScenario(mocktest.WriteScenario(t, good)))
	assert.NoError(t, err)
	const (
		token = "prebookingTokens: ["
		slot  = "slots: ["
		order = "orders:\n"
	)
	for _, row := range []struct {
		name, before, add string // add stands behind the first place of before
		want              []string
	}{
		{"a pass twice", "ePasses:\n", `    - {module: 2, ePassId: "1788000000000001"}` + "\n", []string{"/given/ePasses/1/ePassId: E-pass 1788000000000001 is there already"}},
		{"an issue order twice", "ePasses:\n", "    - {module: 2, orderId: I1}\n", []string{"/given/ePasses/1/orderId: order I1 is there already"}},
		{"a pass in no programme", "ePasses:\n", "    - {module: 2, programId: \"18944\"}\n", []string{"/given/ePasses/0/programId: no programme 18944 of the client, did you mean 18943?"}},
		{"a pass that lives for longer than years have names", "ePasses:\n", "    - {module: 2, expiresIn: 3650000d}\n", []string{"/given/ePasses/0/expiresIn: expected"}},
		{"modules of a pass that has one", "ePasses:\n", "    - {module: 2, allowedModules: [1]}\n", []string{"/given/ePasses/0/allowedModules: expected it of a pass of module 0, this one is of module 2"}},
		{"a cross-module pass for a lane", "ePasses:\n", "    - {module: 0, allowedModules: [1, 3], allowedResources: {resourceId: [N00001, R00001, C00001]}}\n",
			[]string{"/given/ePasses/0/allowedResources/resourceId/2: expected a resource of modules [1 3], got C00001"}},
		{"a pass for no resource", "ePasses:\n", "    - {module: 1, allowedResources: {resourceId: [N77777]}}\n", []string{"/given/ePasses/0/allowedResources/resourceId/0: expected a resource of module 1, got N77777"}},
		{"one name for two", "ePasses:\n", "    - {as: member, module: 1}\n", []string{"/given/memberships/0/as: member is the name of something else already"}},
		{"the name of the client", "ePasses:\n", "    - {as: client, module: 1}\n", []string{"/given/ePasses/0/as: "}},

		{"a membership twice", "memberships: [", `{membershipId: "8888000000000001"}, `, []string{"/given/memberships/1/membershipId: membership 8888000000000001 is there already"}},
		{"a membership in no programme", "memberships: [", `{programId: "1"}, `, []string{"/given/memberships/0/programId: no programme 1 of the client"}},
		{"a membership with two ends", "memberships: [", "{expiresIn: 1d, expirationDate: 2030-01-01T00:00:00Z}, ", []string{"/given/memberships/0/expiresIn: expected expirationDate or expiresIn, not both"}},
		{"a membership that lives too long", "memberships: [", "{expiresIn: 3650000d}, ", []string{"/given/memberships/0/expiresIn: expected"}},
		{"a user with two names", "memberships: [", "{clientUserId: u, firstName: A, lastName: B}, {clientUserId: u, firstName: A, lastName: C}, ", []string{"/given/memberships/1/clientUserId: CLIENT_USER_NAME_MISMATCH"}},

		{"visits of a module twice", "memberships: [", "{entitlements: {moduleExclusiveEntitlements: [{module: 1, details: {sharedEntitlements: 1}}, {module: 1, details: {sharedEntitlements: 2}}]}}, ",
			[]string{"/given/memberships/0/entitlements/moduleExclusiveEntitlements/1/module: module 1 is there already"}},
		{"a programme twice", "given:\n", "  programs: [{programId: \"18943\"}, {programId: \"18943\", validity: 20d}]\n", []string{"/given/programs/1/programId: programme 18943 is there already"}},
		{"visits of a programme's module twice", "given:\n", "  programs: [{programId: \"18943\", entitlements: {moduleExclusiveEntitlements: [{module: 1, details: {sharedEntitlements: 1}}, {module: 1, details: {sharedEntitlements: 2}}]}}]\n",
			[]string{"/given/programs/0/entitlements/moduleExclusiveEntitlements/1/module: module 1 is there already"}},
		{"modules of a programme twice", "given:\n", "  programs: [{programId: \"18943\", crossModules: [1, 1]}]\n", []string{"/given/programs/0/crossModules"}},
		{"an order twice", order, `    - {orderId: ESIM, ePassId: "1788000000000001", resourceId: N00001}` + "\n", []string{"/given/orders/2/orderId: order ESIM is there already"}},
		{"an order with the id of an issue", order, `    - {orderId: I1, ePassId: "1788000000000001", resourceId: N00001}` + "\n", []string{"/given/orders/0/orderId: order I1 is there already"}},
		{"an order that is still to be made", order, `    - {ePassId: "1788000000000001", resourceId: N00001, prebookingDate: 2025-09-04T10:30, orderCreatedDate: 2025-09-01T09:00:01Z}` + "\n",
			[]string{"/given/orders/0/orderCreatedDate: expected an instant up to the world's now, 2025-09-01T09:00:00+00:00"}},
		{"an order at no resource", order, `    - {ePassId: "1788000000000001", resourceId: N0001}` + "\n", []string{"/given/orders/0/resourceId: no resource N0001, did you mean N00001?"}},
		{"an order of nobody", order, "    - {resourceId: N00001}\n", []string{"/given/orders/0"}},
		{"an order of a membership that is not there", order, `    - {membershipId: "8888000000000002", resourceId: N00001}` + "\n", []string{"/given/orders/0: MEMBERSHIP_NOT_FOUND: membershipId: "}},
		{"an order with a pass of another module", order, `    - {ePassId: "1788000000000001", resourceId: C00001, prebookingDate: 2025-09-04T10:30}` + "\n", []string{"/given/orders/0/resourceId: MODULE_MISMATCH"}},
		{"a lounge with an option", order, `    - {ePassId: "1788000000000001", resourceId: N00001, optionId: E00001-02, prebookingDate: 2025-09-04T10:30}` + "\n", []string{"/given/orders/0/optionId: resource N00001 has no options"}},
		{"an eSIM without option", order, `    - {ePassId: "1788000000000008", resourceId: E00001, prebookingDate: 2025-09-01T10:00}` + "\n", []string{"/given/orders/0/optionId: expected an option of E00001"}},
		{"an eSIM with an option of another", order, `    - {ePassId: "1788000000000008", resourceId: E00001, optionId: E00002-01, prebookingDate: 2025-09-01T10:00}` + "\n", []string{"/given/orders/0/optionId: expected an option of E00001, there is no E00002-01, did you mean E00001-01?"}},
		{"an eSIM as a walk-in", order, `    - {ePassId: "1788000000000008", resourceId: E00001, optionId: E00001-02}` + "\n", []string{"/given/orders/0/prebookingDate: it is missing: an option is always booked"}},
		{"a booked restaurant", order, `    - {ePassId: "1788000000000000", resourceId: R00001, prebookingDate: 2025-09-04T10:30}` + "\n", []string{"/given/orders/0/prebookingDate: resource R00001 cannot be booked"}},
		{"a walk-in that is confirmed", order, `    - {ePassId: "1788000000000001", resourceId: N00001, status: 1}` + "\n", []string{"/given/orders/0/status: a walk-in is used (2) or cancelled (3), got 1"}},
		{"a date that clocks skip", order, `    - {ePassId: "1788000000000001", resourceId: N00001, prebookingDate: 2026-03-29T01:30}` + "\n", []string{"/given/orders/0/prebookingDate: 2026-03-29T01:30 does not exist in Europe/London"}},
		{"more persons than usages", order, `    - {ePassId: "1788000000000001", resourceId: N00001, adultCount: 5, childCount: 1}` + "\n", []string{"/given/orders/0: EPASS_USAGES_EXHAUSTED"}},

		{"a token twice", token, "{token: mine, module: 1, resourceId: N00001, prebookingDate: 2025-09-04T11:30}, ", []string{"/given/prebookingTokens/1/token: token mine is there already"}},
		{"a token at no resource", token, "{module: 8, resourceId: E0001, prebookingDate: 2025-09-04T11:30}, ", []string{"/given/prebookingTokens/0/resourceId: no resource E0001, did you mean E00001?"}},
		{"a token of another module", token, "{module: 2, resourceId: N00001, prebookingDate: 2025-09-04T11:30}, ", []string{"/given/prebookingTokens/0/resourceId: expected a resource of module 2 that can be booked, got N00001"}},
		{"a token for no option", token, "{module: 8, resourceId: E00001, prebookingDate: 2025-09-04T11:30}, ", []string{"/given/prebookingTokens/0/optionId: expected an option of E00001"}},
		{"a token for a class without day", token, "{module: 7, resourceId: F00001, optionId: F00001-yoga, prebookingDate: 2025-09-08T07:00}, ", []string{"/given/prebookingTokens/0/optionId: expected an option of F00001, there is no F00001-yoga"}},
		{"a top-up of a lounge", token, "{module: 8, resourceId: E00001, optionId: E00001-02, topUpOf: LOUNGE, prebookingDate: 2025-09-01T10:00}, ", []string{"/given/prebookingTokens/0/topUpOf: expected the order of an eSIM, there is no LOUNGE"}},
		{"a top-up of what is not provisioned", token, "{module: 8, resourceId: E00001, optionId: E00001-02, topUpOf: LATER, prebookingDate: 2025-09-01T10:00}, ", []string{"/given/prebookingTokens/0/topUpOf: expected the order of an eSIM, there is no LATER"}},
		{"a top-up that is a lounge", token, "{module: 1, resourceId: N00001, topUpOf: ESIM, prebookingDate: 2025-09-04T10:30}, ", []string{"/given/prebookingTokens/0/topUpOf: expected an eSIM of resource N00001, ESIM is of E00001"}},
		{"a top-up at another seller", token, "{module: 8, resourceId: E99903, optionId: E99903-01, topUpOf: ESIM, prebookingDate: 2025-09-01T10:00}, ", []string{"/given/prebookingTokens/0/topUpOf: expected an eSIM of resource E99903, ESIM is of E00001"}},
		{"a token of a pass that is not there", token, `{module: 1, resourceId: N00001, prebookingDate: 2025-09-04T10:30, ePassId: "1"}, `, []string{"/given/prebookingTokens/0: EPASS_NOT_FOUND: ePassId: no E-pass 1"}},
		{"a token without instant", token, "{module: 1, resourceId: N00001, prebookingDate: 2025-09-04T10:30, validUntil: soon}, ", []string{"/given/prebookingTokens/0/validUntil: "}},

		{"a slot of no resource", slot, "{resourceId: N0001, prebookingDate: 2025-09-04T10:30, free: 0}, ", []string{"/given/slots/0/resourceId: no resource N0001, did you mean N00001?"}},
		{"a slot twice", slot, "{resourceId: N00001, prebookingDate: 2025-09-04T10:30, free: 0}, ", []string{"/given/slots/1/prebookingDate: this slot of N00001 is there already"}},
		{"a slot off the grid", slot, "{resourceId: N00001, prebookingDate: 2025-09-04T10:31, free: 0}, ", []string{"/given/slots/0: PREBOOKING_DATE_INVALID: prebookingDate: N00001 has no slot then"}},
		{"a slot of an option that there is not", slot, "{resourceId: F00001, optionId: F00001-none, prebookingDate: 2025-09-08T07:00, free: 0}, ", []string{"/given/slots/0: OPTION_NOT_FOUND: optionId: "}},
		{"a slot of an option of a lounge", slot, "{resourceId: N00001, optionId: F00001-dayPass, prebookingDate: 2025-09-04T10:30, free: 0}, ", []string{"/given/slots/0: INVALID_REQUEST: optionId: expected none, since resource N00001 is not booked by option"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			at := strings.Index(good, row.before)
			if !assert.Positive(t, at) {
				return
			}
			at += len(row.before)
			_, err := mock.New(mock.WithScenario(mocktest.WriteScenario(t, good[:at]+row.add+good[at:])))
			for _, want := range row.want {
				assert.ErrorContains(t, err, want)
			}
		})
	}
}
