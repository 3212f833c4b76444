package v2

import (
	"slices"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/internal/api"
)

// cityInfo is where a lifestyle resource is.
type cityInfo struct {
	City            string `json:"city"`
	CityID          string `json:"cityId"`
	CountryOrRegion string `json:"countryOrRegion"`
	Continent       string `json:"continent"`
	Location        string `json:"location"`
	Timezone        string `json:"timezone"`
	Coordinates     string `json:"coordinates"`
}

// lifestyle is a lifestyle resource.
type lifestyle struct {
	Module       int            `json:"module"`
	ResourceID   string         `json:"resourceId"`
	ResourceName string         `json:"resourceName"`
	LocationInfo cityInfo       `json:"locationInfo"`
	Image        string         `json:"image"`
	Extra        lifestyleExtra `json:"extra"`
}

type lifestyleDetails struct {
	Language  string `json:"language"`
	lifestyle `json:",inline"`
	api.About `json:",inline"`
}

// lifestyleExtra has one member, that of the module.
type lifestyleExtra struct {
	ESIMInfo       *esimInfo       `json:"esimInfo,omitzero"`
	FitnessInfo    *fitnessInfo    `json:"fitnessInfo,omitzero"`
	LocalOfferInfo *localOfferInfo `json:"localOfferInfo,omitzero"`
}

type esimInfo struct {
	Coverage coverage `json:"coverage"`
}

type coverage struct {
	Type    int      `json:"type"`
	Regions []string `json:"regions"`
	RawText string   `json:"rawText"`
}

type fitnessInfo struct {
	OptionTypes []int `json:"optionTypes"`
}

type localOfferInfo struct {
	MarketingTags []int `json:"marketingTags"`
}

func lifestyleWire(r dragonpass.Resource) lifestyle {
	return lifestyle{
		Module: int(r.Module), ResourceID: r.ResourceID, ResourceName: r.Name, Image: r.Image, Extra: lifestyleExtraOf(&r),
		LocationInfo: cityInfo{
			City: r.Hub.City, CityID: r.Hub.CityID, CountryOrRegion: r.Hub.CountryOrRegion, Continent: r.Hub.Continent, Location: r.Location,
			Timezone: r.Hub.TimeZone, Coordinates: coordinatesOf(&r),
		},
	}
}

func lifestyleExtraOf(r *dragonpass.Resource) lifestyleExtra {
	switch r.Module {
	case dragonpass.ESIM:
		return lifestyleExtra{ESIMInfo: &esimInfo{coverage(r.Coverage)}}
	case dragonpass.Fitness:
		return lifestyleExtra{FitnessInfo: &fitnessInfo{kinds(r.Options, func(o option.Option) int { return o.Visit.Type })}}
	}
	return lifestyleExtra{LocalOfferInfo: &localOfferInfo{kinds(r.Options, func(o option.Option) int { return o.Offer.MarketingTag })}}
}

// kinds are the kinds of options that there are, sorted.
func kinds(options []option.Option, kind func(option.Option) int) []int {
	all := api.Each(options, kind)
	slices.Sort(all)
	return slices.Compact(all)
}

func coordinatesOf(r *dragonpass.Resource) string { return r.Hub.Latitude + "," + r.Hub.Longitude }
