package lifestyle

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

// Resource is a lifestyle resource.
type Resource struct {
	Module       int           `json:"module"`
	ResourceID   string        `json:"resourceId"`
	ResourceName string        `json:"resourceName"`
	LocationInfo cityInfo      `json:"locationInfo"`
	Image        string        `json:"image"`
	Extra        resourceExtra `json:"extra"`
}

// ResourceDetails is one, with all that there is about it.
type ResourceDetails struct {
	Language  string `json:"language"`
	Resource  `json:",embed"`
	api.About `json:",embed"`
}

// resourceExtra has one member, that of the module.
type resourceExtra struct {
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

// DetailsOf renders all about a resource, in a language that it is in.
func DetailsOf(r dragonpass.Resource, language string) ResourceDetails {
	return ResourceDetails{language, ResourceOf(r), api.AboutOf(r)}
}

// ResourceOf renders a resource.
func ResourceOf(r dragonpass.Resource) Resource {
	return Resource{
		Module: int(r.Module), ResourceID: r.ResourceID, ResourceName: r.Name, Image: r.Image, Extra: extraOf(&r),
		LocationInfo: cityInfo{
			City: r.Hub.City, CityID: r.Hub.CityID, CountryOrRegion: r.Hub.CountryOrRegion, Continent: r.Hub.Continent, Location: r.Location,
			Timezone: r.Hub.TimeZone, Coordinates: Coordinates(&r),
		},
	}
}

func extraOf(r *dragonpass.Resource) resourceExtra {
	switch r.Module {
	case dragonpass.ESIM:
		return resourceExtra{ESIMInfo: &esimInfo{coverage(r.Coverage)}}
	case dragonpass.Fitness:
		return resourceExtra{FitnessInfo: &fitnessInfo{kinds(r.Options, func(o option.Option) int { return o.Visit.Type })}}
	}
	return resourceExtra{LocalOfferInfo: &localOfferInfo{kinds(r.Options, func(o option.Option) int { return o.Offer.MarketingTag })}}
}

// kinds are the kinds of options that there are, sorted.
func kinds(options []option.Option, kind func(option.Option) int) []int {
	all := api.Each(options, kind)
	slices.Sort(all)
	return slices.Compact(all)
}

// Coordinates writes where a resource is, at a hub or not: "25.0330,121.5654" (D/3504481e0).
func Coordinates(r *dragonpass.Resource) string { return r.Hub.Latitude + "," + r.Hub.Longitude }
