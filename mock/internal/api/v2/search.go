package v2

import (
	"maps"
	"slices"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/translation"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/search"
)

type searchRequest struct {
	Keyword    string `json:"keyword"`
	PageSize   int    `json:"pageSize"`
	PageNumber int    `json:"pageNumber"`
}

type searchPage struct {
	Pagination    api.Pagination     `json:"pagination"`
	Language      string             `json:"language"`
	TransportHubs []api.TransportHub `json:"transportHubs"`
	Resources     resources          `json:"resources"`
}

type modulesThere struct {
	Modules []moduleThere `json:"modules"`
}

type moduleThere struct {
	Module      int `json:"module"`
	TotalNumber int `json:"totalNumber"`
}

// searching are the handlers of the search. Their bodies are ours.
func searching() map[string]dispatch.Handler {
	return map[string]dispatch.Handler{
		"search":      dispatch.Body(searchByKeyword),
		"listModules": dispatch.Plain(listModules),
	}
}

func searchByKeyword(c *dispatch.Call, r searchRequest) (any, error) {
	language, err := api.LanguageOf(c)
	if err != nil {
		return nil, err
	}
	found, err := search.Keyword(c.Tx, r.Keyword, api.PageAt(r.PageSize, r.PageNumber))
	if err != nil {
		return nil, err
	}
	atHubs := slices.IndexFunc(found.Items, func(h search.Hit) bool { return h.Hub.TransportHubID == "" })
	if atHubs < 0 {
		atHubs = len(found.Items)
	}
	hubs, others := found.Items[:atHubs], found.Items[atHubs:]
	return searchPage{
		Pagination: api.PageOf(found), Language: language,
		TransportHubs: api.Each(hubs, func(h search.Hit) api.TransportHub {
			hub, _ := translation.TransportHub(h.Hub, language, true) // no list leaves one out
			return api.TransportHubOf(hub)
		}),
		Resources: resourcesOf(api.Each(others, func(h search.Hit) dragonpass.Resource { return h.Resource }), language),
	}, nil
}

func listModules(c *dispatch.Call) (any, error) {
	place, err := filterOf(c)
	if err != nil {
		return nil, err
	}
	there, err := search.Modules(c.Tx, place)
	return modulesThere{api.Each(slices.Sorted(maps.Keys(there)), func(m dragonpass.Module) moduleThere { return moduleThere{int(m), there[m]} })}, err
}
