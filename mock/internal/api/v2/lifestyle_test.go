package v2_test

import (
	"maps"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// listed are the ids of a page of resources: at hubs, and in cities.
func listed(c *mocktest.Client, query string) (hubs, cities []string) {
	found := c.Get("/api/v2/resources?pageSize=100&" + query).OK()
	ids := func(member string) (list []string) {
		for _, r := range mocktest.Dig(found, "resources", member).([]any) {
			list = append(list, r.(mocktest.Object)["resourceId"].(string))
		}
		return list
	}
	return ids("transportHubResources"), ids("lifestyleResources")
}

func TestListResources_OfLifestyleModules(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	for _, row := range []struct {
		query        string
		hubs, cities []string // some that are there; nil: there is none
	}{
		{"cityId=E01", []string{"N00001"}, []string{"E00001", "F00001", "L00001"}},
		{"cityId=E01&module=7", nil, []string{"F00001"}},
		{"cityId=E01&module=1", []string{"N00001"}, nil},
		{"cityId=E02&module=7&module=8", nil, []string{"GR0000331"}},
		{"cityId=X01", nil, nil},
		{"module=8&countryOrRegion=GB", nil, []string{"E00001"}},
		{"latitude=53.48&longitude=-2.24&radius=3", []string{"N00001"}, []string{"E00001", "F00001", "L00001"}},
		{"latitude=53.467&longitude=-2.233&radius=0", []string{"N00001"}, nil},
		{"latitude=53.3725&longitude=-6.2436&radius=0", nil, []string{"E10401"}}, // where it is itself, in its city
		{"transportHubId=A00001&module=8", nil, nil},
		{"iata=MAN&module=8", nil, nil},
	} {
		hubs, cities := listed(c, row.query)
		assert.Subset(t, hubs, row.hubs, row.query)
		assert.Subset(t, cities, row.cities, row.query)
		assert.Equal(t, row.hubs == nil, hubs == nil, "%s: %v", row.query, hubs)
		assert.Equal(t, row.cities == nil, cities == nil, "%s: %v", row.query, cities)
	}
	pages := 0
	for number := 1; ; number++ {
		found := c.Get("/api/v2/resources?pageSize=100&module=8&module=1&pageNumber=" + string(rune('0'+number))).OK()
		n := len(mocktest.Dig(found, "resources", "transportHubResources").([]any)) + len(mocktest.Dig(found, "resources", "lifestyleResources").([]any))
		pages += n
		if n < 100 {
			assert.EqualValues(t, pages, mocktest.Dig(found, "pagination", "totalNumber"))
			break
		}
	}
}

func TestRetrieveResource_OfLifestyleModules(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	esim := c.Get("/api/v2/resources/E00001").OK()
	assert.Equal(t, "eSIM United Kingdom", esim["resourceName"])
	assert.Equal(t, "E01", mocktest.Dig(esim, "locationInfo", "cityId"))
	assert.Equal(t, []any{"GB"}, mocktest.Dig(esim, "extra", "esimInfo", "coverage", "regions"))
	assert.Equal(t, false, esim["walkInAllowed"])
	assert.Equal(t, true, esim["prebookingAllowed"])
	assert.Equal(t, []any{1.0, 2.0}, mocktest.Dig(c.Get("/api/v2/resources/GR0000331").OK(), "extra", "fitnessInfo", "optionTypes"))
	assert.Equal(t, []any{1.0, 2.0, 4.0}, mocktest.Dig(c.Get("/api/v2/resources/L00001").OK(), "extra", "localOfferInfo", "marketingTags"))
}

// TestV1_DoesNotKnowLifestyleModules: whoever calls it finds neither the resources nor what was made of them over v2.
func TestV1_DoesNotKnowLifestyleModules(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	const v1, v2 = "/api/v1", "/api/v2"
	c.Get(v1 + "/resources/E00001").Refused("RESOURCE_NOT_FOUND")
	c.Get(v1 + "/resources/F00001").Refused("RESOURCE_NOT_FOUND")
	c.Ask(mocktest.Object{"resourceId": "F00001"}).Refused("RESOURCE_NOT_FOUND")
	c.TryIssue(dragonpass.Lounge, 1, mocktest.Object{"allowedResources": mocktest.Object{"resourceId": []any{"E00001"}}}).Refused("RESOURCE_NOT_FOUND")
	c.Post(v1+"/orders/esims/ePasses", mocktest.Object{}).Refused("ROUTE_NOT_FOUND")

	issued := c.Post(v2+"/orders/esims/ePasses", mocktest.Object{"module": 8, "clientUserId": "u", "extra": mocktest.Object{
		"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2028-12-31T23:59:59+00:00", "availableUsages": 1,
	}}).OK()
	pass := mocktest.EPassID(issued)
	c.Post(v2+"/orders/ePasses/search", mocktest.Object{"ePassId": pass}).OK()
	for path, body := range map[string]mocktest.Object{
		"/orders/ePasses/search": {"ePassId": pass}, "/orders/ePasses": {"ePassId": pass},
	} {
		c.Post(v1+path, body).Refused("EPASS_NOT_FOUND")
	}
	c.Post(v1+"/orders/ePasses/search", mocktest.Object{"orderId": issued["orderId"]}).Refused("ORDER_NOT_FOUND")
	c.Ask(mocktest.Object{"ePassId": pass}).Refused("EPASS_NOT_FOUND")
	c.Call("PATCH", v1+"/orders", mocktest.Object{"status": 3, "orderId": issued["orderId"]}).Refused("ORDER_NOT_FOUND")
	c.Call("PATCH", v2+"/orders", mocktest.Object{"status": 3, "orderId": issued["orderId"]}).OK()

	member := c.Register("m")["membershipId"]
	visits := mocktest.Object{"cardholderExclusiveEntitlements": 2, "guestsExclusiveEntitlements": 0, "sharedEntitlements": 0, "allowedGuestsPerUsage": 0}
	assert.Len(t, mocktest.Dig(c.Post(v2+"/entitlements/update", mocktest.Object{"membershipId": member, "module": 8, "details": visits}).OK(),
		"entitlements", "moduleExclusiveEntitlements"), 2)
	assert.Len(t, mocktest.Dig(c.Post(v1+"/entitlements/search", mocktest.Object{"membershipId": member}).OK(), "entitlements", "moduleExclusiveEntitlements"), 1)
	assert.Len(t, mocktest.Dig(c.Post(v1+"/memberships/search", mocktest.Object{"membershipId": member}).OK(), "entitlements", "moduleExclusiveEntitlements"), 1)

	mocktest.PatchResource(t, srv.World(), "N00001", `{"resourceName":"New"}`)
	_, err := srv.World().PatchResource("E00001", `{"resourceName":"New too"}`)
	require.NoError(t, err)
	since := url.QueryEscape("2020-01-01T00:00:00Z")
	updated := string(c.Get(v1 + "/resources/updates?since=" + since).Raw)
	assert.True(t, strings.Contains(updated, "N00001") && !strings.Contains(updated, "E00001"), updated)
}

// TestListOrders_OfBothVersions: what v1 does not know is not on its pages, and not counted.
func TestListOrders_OfBothVersions(t *testing.T) {
	t.Parallel()
	path := mocktest.WriteFile(t, t.TempDir(), "each.yaml", `
name: one of each
given:
  memberships:
    - membershipId: "8888000000000001"
      entitlements: {moduleExclusiveEntitlements: [
        {module: 1, details: {sharedEntitlements: 5}}, {module: 7, details: {sharedEntitlements: 5}}]}
  orders:
    - {as: first, membershipId: "8888000000000001", resourceId: N00001, prebookingDate: 2025-10-08T10:00}
    - {as: day, membershipId: "8888000000000001", resourceId: F00001, optionId: F00001-dayPass, prebookingDate: 2025-10-08T10:00}
    - {as: last, membershipId: "8888000000000001", resourceId: N00001, prebookingDate: 2025-10-09T10:00}
`)
	_, c := mocktest.Start(t, mock.WithScenario(path))
	for _, row := range []struct {
		version    string
		page, size int
		listed     int
		total      int
	}{
		{"v1", 1, 10, 2, 2}, {"v1", 1, 1, 1, 2}, {"v1", 2, 1, 1, 2}, {"v1", 3, 1, 0, 2},
		{"v2", 1, 10, 3, 3}, {"v2", 2, 2, 1, 3}, {"v2", 3, 1, 1, 3}, {"v2", 4, 1, 0, 3},
	} {
		got := c.Post("/api/"+row.version+"/orders/memberships", mocktest.Object{
			"membershipId": "8888000000000001", "pageSize": row.size, "pageNumber": row.page,
		}).OK()
		assert.Len(t, got["orders"], row.listed, "%+v", row)
		assert.EqualValues(t, row.total, mocktest.Dig(got, "pagination", "totalNumber"), "%+v: %v", row, got)
	}
}

// TestRequests_ReadWhatTheirContractHas: a member that belongs to the twin of an operation decides nothing, whatever it is.
func TestRequests_ReadWhatTheirContractHas(t *testing.T) {
	t.Parallel()
	path := mocktest.WriteFile(t, t.TempDir(), "both.yaml", `
name: a pass and a membership
given:
  ePasses:
    - {module: 1, ePassId: "1788000000000001", availableUsages: 5}
    - {module: 8, ePassId: "1788000000000008", availableUsages: 5}
  memberships:
    - membershipId: "8888000000000001"
      entitlements: {moduleExclusiveEntitlements: [
        {module: 1, details: {sharedEntitlements: 5}}, {module: 8, details: {sharedEntitlements: 5}}]}
  orders:
    - {as: pass, ePassId: "1788000000000001", resourceId: N00001, prebookingDate: 2025-10-08T10:00}
    - {as: member, membershipId: "8888000000000001", resourceId: N00001, prebookingDate: 2025-10-08T10:00}
`)
	_, c := mocktest.Start(t, mock.WithScenario(path))
	const pass, esim, member = "1788000000000001", "1788000000000008", "8888000000000001"
	for _, version := range []string{"/api/v1", "/api/v2"} {
		for _, other := range []any{member, "nobody", "", 5, nil, []any{}} {
			got := c.Post(version+"/orders/ePasses", mocktest.Object{"ePassId": pass, "membershipId": other}).OK()
			assert.EqualValues(t, 1, mocktest.Dig(got, "pagination", "totalNumber"), "%v", other)
			assert.Equal(t, "DP90000000000003", got["orders"].([]any)[0].(mocktest.Object)["orderId"], "%v", other)
			got = c.Post(version+"/orders/memberships", mocktest.Object{"membershipId": member, "ePassId": other}).OK()
			assert.Equal(t, "DP90000000000004", got["orders"].([]any)[0].(mocktest.Object)["orderId"], "%v", other)
			c.Post(version+"/entitlements/search", mocktest.Object{"membershipId": member, "clientUserId": other}).OK()
		}
		c.Post(version+"/orders/ePasses", mocktest.Object{"ePassId": "nobody", "membershipId": member}).Refused("EPASS_NOT_FOUND")
		c.Post(version+"/orders/memberships", mocktest.Object{"membershipId": "nobody", "ePassId": pass}).Refused("MEMBERSHIP_NOT_FOUND")
	}
	for _, row := range []struct {
		of     string
		holder mocktest.Object
		other  mocktest.Object
	}{
		{"ePasses", mocktest.Object{"ePassId": esim}, mocktest.Object{"membershipId": member}},
		{"memberships", mocktest.Object{"membershipId": member}, mocktest.Object{"ePassId": esim}},
	} {
		asked := mocktest.Object{"module": 8, "resourceId": "E00001", "optionId": "E00001-02", "adultCount": 1, "childCount": 0}
		maps.Copy(asked, row.holder)
		token := c.Post("/api/v2/resources/options/prebookings/availability", asked).OK()["prebookingToken"]
		body := mocktest.Object{"module": 8, "extra": mocktest.Object{"prebookingToken": token}}
		maps.Copy(body, row.holder)
		maps.Copy(body, row.other)
		c.Post("/api/v2/orders/esims/"+row.of+"/prebooking", body).OK()
	}
	issued := mocktest.Object{"module": 1, "clientUserId": "u", "extra": mocktest.Object{
		"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2028-12-31T23:59:59+00:00", "availableUsages": 1, "prebookingToken": 5,
	}}
	c.Post("/api/v1/orders/lounges/ePasses", issued).OK()
	c.Post("/api/v2/orders/lounges/ePasses", issued).OK()
}
