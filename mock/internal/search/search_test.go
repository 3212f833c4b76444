package search_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

type obj = mocktest.Object

// ids are the ids of what a search found, in order.
func ids(data obj) (all []string) {
	for _, h := range data["transportHubs"].([]any) {
		all = append(all, h.(obj)["transportHubId"].(string))
	}
	resources := data["resources"].(obj)
	for _, kind := range []string{"transportHubResources", "lifestyleResources"} {
		for _, r := range resources[kind].([]any) {
			all = append(all, r.(obj)["resourceId"].(string))
		}
	}
	return all
}

// found are the ids that a keyword finds on all pages of a size.
func found(c *mocktest.Client, keyword string, size int) (all []string) {
	c.T.Helper()
	for page := 1; ; page++ {
		data := c.Post("/api/v2/search", obj{"keyword": keyword, "pageSize": size, "pageNumber": page}).OK()
		all = append(all, ids(data)...)
		if total := int(data["pagination"].(obj)["totalNumber"].(float64)); page*size >= total {
			assert.Len(c.T, all, total)
			return all
		}
	}
}

func TestKeyword(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	for keyword, want := range map[string][]string{
		"zzz one seat":                {"N99912"},
		"ZZZ  ONE-SEAT":               {"N99912"},
		"seat zzz":                    {"N99912"}, // in whatever order
		"eat zzz":                     nil,        // a word begins so
		"dragonpass lounge man":       {"N00001"},
		"[fr-FR] dragonpass lounge m": {"N00001"}, // by its French name, as it is shown
		"zzz slow":                    {"N99913"},
		"zzz slow fr-FR":              nil, // the mark of a language is no word
		"zzz fr":                      nil,
		"zzz de d it":                 nil,
		"zzz [fr-FR]":                 nil, // it stands before a name
		"[nl-NL] zzz slow":            nil, // there is no such language
		"esim turkiye":                {"E12601"},
		"tunis carthage":              {"A10360", "C03601", "K03601", "N03601"},
		"guarulhos international":     {"A10343", "C03431", "K03431", "K03432", "N03431", "R03431"},
		"nowhere":                     nil,
	} {
		assert.ElementsMatch(t, want, found(c, keyword, 100), keyword)
	}
}

// TestKeyword_Pages: the pages of any size are the same list, cut.
func TestKeyword_Pages(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	whole := found(c, "london", 100)
	assert.Greater(t, len(whole), 10)
	for _, size := range []int{1, 3, 10} {
		assert.Equal(t, whole, found(c, "london", size), size)
	}
	assert.Empty(t, ids(c.Post("/api/v2/search", obj{"keyword": "london", "pageNumber": 2147483647}).OK()))
}

func TestKeyword_Refused(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	for _, body := range []obj{
		{}, {"keyword": ""}, {"keyword": " "}, {"keyword": "!?"}, {"keyword": "[fr-FR] "}, {"keyword": 7}, {"keyword": fmt.Sprintf("%101d", 7)},
		{"keyword": "a", "pageSize": 0}, {"keyword": "a", "pageSize": 101}, {"keyword": "a", "pageNumber": 0},
	} {
		c.Post("/api/v2/search", body).Refused("INVALID_REQUEST")
	}
	c.Post("/api/v2/search?language=fr-FR", obj{"keyword": "london"}).Refused("LANGUAGE_NOT_ALLOWED")
}

func TestKeyword_InALanguage(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t, mock.WithLanguages("fr-FR"))
	data := c.Post("/api/v2/search?language=fr-FR", obj{"keyword": "manchester airport", "pageSize": 1}).OK()
	assert.Equal(t, "fr-FR", data["language"])
	assert.Equal(t, "[fr-FR] Manchester Airport", data["transportHubs"].([]any)[0].(obj)["transportHubName"])
}

// TestModules_AreThoseOfTheList: for every kind of place, the number of a module is that of the list of its resources.
func TestModules_AreThoseOfTheList(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	for _, place := range []string{"", "iata=MAN", "transportHubId=A00001", "cityId=A01", "cityId=nowhere", "countryOrRegion=GB", "latitude=51.5&longitude=0&radius=50"} {
		there := map[float64]float64{}
		for _, m := range c.Get("/api/v2/search/modules?" + place).OK()["modules"].([]any) {
			there[m.(obj)["module"].(float64)] = m.(obj)["totalNumber"].(float64)
		}
		listed := map[float64]float64{}
		for _, module := range []float64{1, 2, 3, 4, 7, 8, 11} {
			total := c.Get(fmt.Sprintf("/api/v2/resources?module=%v&%s", module, place)).OK()["pagination"].(obj)["totalNumber"].(float64)
			if total > 0 {
				listed[module] = total
			}
		}
		assert.Equal(t, listed, there, place)
		assert.Equal(t, place == "cityId=nowhere", len(there) == 0, place)
	}
}

// TestModules_OfWhatTheDocumentHas: what other operations filter by is to this one as any parameter that it does not know.
func TestModules_OfWhatTheDocumentHas(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	whole := c.Get("/api/v2/search/modules").OK()
	for _, strange := range []string{"module=7", "module=lounge", "module=99", "pageSize=0", "language=fr-FR", "whatever="} {
		assert.Equal(t, whole, c.Get("/api/v2/search/modules?"+strange).OK(), strange)
	}
	atHub := c.Get("/api/v2/search/modules?iata=MAN").OK()
	assert.Equal(t, atHub, c.Get("/api/v2/search/modules?iata=MAN&module=7").OK(), "it is no filter that conflicts")
}

func TestModules_Refused(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	for query, symbol := range map[string]string{
		"transportHubId=A4711":            "TRANSPORT_HUB_NOT_FOUND",
		"iata=MAN&cityId=A01":             "FILTERS_CONFLICT",
		"latitude=1&longitude=1":          "INVALID_REQUEST",
		"latitude=1&longitude=1&radius=x": "INVALID_REQUEST",
	} {
		c.Get("/api/v2/search/modules?" + query).Refused(symbol)
	}
}
