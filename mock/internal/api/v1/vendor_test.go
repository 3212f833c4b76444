package v1_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// TestVendorExample_Replayed_GetsThePagesAnswer replays the documented exchanges: the page's request gets the page's
// answer, equal as JSON, same members, same nulls.
func TestVendorExample_Replayed_GetsThePagesAnswer(t *testing.T) {
	t.Parallel()
	paths := map[string]string{
		"createEPassLoungePrebooking": "/orders/lounges/ePasses/prebooking",
		"createEPass":                 "/orders/{module}/ePasses",
		"checkPrebookingAvailability": "/resources/prebookings/availability",
		"registerMembership":          "/memberships",
	}
	files, err := filepath.Glob("../../../../testdata/vendor/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			var example struct {
				Operation string            `json:"operation"`
				Page      string            `json:"page"`
				Scenario  string            `json:"scenario"`
				Path      map[string]string `json:"path"`
				Program   string            `json:"program"`
				Request   json.RawMessage   `json:"request"`
				Answer    json.RawMessage   `json:"answer"` // null: the page shows only the request
			}
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(data, &example))
			path := paths[example.Operation]
			require.NotEmpty(t, path)
			for name, value := range example.Path {
				path = strings.ReplaceAll(path, "{"+name+"}", value)
			}
			for _, base := range []string{"", "/v1", "/api/v1"} {
				srv := mock.Start(t, mock.WithScenario(example.Scenario))
				c := mocktest.NewClient(t, srv)
				if example.Program != "" {
					c = c.With("X-Program-ID", example.Program)
				}
				got := c.Post(base+path, string(example.Request))
				require.Equal(t, 200, got.Status, "%s", got.Raw)
				if string(example.Answer) != "null" {
					assert.JSONEq(t, string(example.Answer), string(got.Raw))
				}
			}
		})
	}
}

func TestTransportHubs_ByIATA_AreAsDocumented(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	got := c.Get("/transportHubs?iata=MAN")
	assert.JSONEq(t, `{"code":0,"data":{"pagination":{"pageSize":10,"pageNumber":1,"totalNumber":1},"language":"en-US",
		"transportHubs":[{"transportHubId":"A00001","transportHubName":"Manchester Airport","type":1,"iata":"MAN",
		"city":"Manchester","countryOrRegion":"GB","continent":"Europe","latitude":"53.467","longitude":"-2.233"}]}}`, string(got.Raw))
}

func TestResources_OfAHub_AreAsDocumented(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	resources := mocktest.Dig(c.Get("/transportHubs/A00001/resources?module=1").OK(), "resources", "transportHubResources").([]any)
	require.NotEmpty(t, resources)
	got, err := json.Marshal(resources[0])
	require.NoError(t, err)
	assert.JSONEq(t, `{"module":1,"resourceId":"N00001","resourceName":"DragonPass Lounge",
		"locationInfo":{"city":"Manchester","countryOrRegion":"GB","continent":"Europe","transportHubId":"A00001",
		"transportHubName":"Manchester Airport","iata":"MAN","location":"Airside - After security check and passport control",
		"timezone":"Europe/London"},
		"image":"https://image.dragonpass.com/uploadFile/images/cover.png",
		"extra":{"loungeInfo":{"area":1,"routeTypes":[1],"terminal":"Terminal 1","nearestGate":"A1","tier":1}}}`, string(got))
}
