package catalog

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/strictjson"
)

// hubRow is a hub as the data file writes it: the vendor's fields (D/338421m0) and its zone.
type hubRow struct {
	TransportHubID  string  `json:"transportHubId"`
	Name            string  `json:"transportHubName"`
	Type            int     `json:"type"`
	IATA            string  `json:"iata"`
	City            string  `json:"city"`
	CountryOrRegion string  `json:"countryOrRegion"`
	Continent       string  `json:"continent"`
	Latitude        string  `json:"latitude"`
	Longitude       string  `json:"longitude"`
	TimeZone        string  `json:"timezone"`
	Images          []image `json:"imagesList"`
	Translation     string  `json:"translation,omitzero"`
}

type image struct {
	URL   string `json:"url"`
	Order int    `json:"order"`
}

func (h hubRow) hub() dragonpass.TransportHub {
	return dragonpass.TransportHub{
		TransportHubID: h.TransportHubID, Name: h.Name, Type: h.Type, IATA: h.IATA, City: h.City, CountryOrRegion: h.CountryOrRegion,
		Continent: h.Continent, Latitude: h.Latitude, Longitude: h.Longitude, TimeZone: h.TimeZone, Images: images(h.Images), Translation: dragonpass.Translation(h.Translation),
	}
}

// hubRowOf is the inverse of hub.
func hubRowOf(h dragonpass.TransportHub) hubRow {
	row := hubRow{
		TransportHubID: h.TransportHubID, Name: h.Name, Type: h.Type, IATA: h.IATA, City: h.City, CountryOrRegion: h.CountryOrRegion,
		Continent: h.Continent, Latitude: h.Latitude, Longitude: h.Longitude, TimeZone: h.TimeZone, Translation: string(h.Translation),
	}
	for _, i := range h.Images {
		row.Images = append(row.Images, image(i))
	}
	return row
}

func images(rows []image) []dragonpass.Image {
	list := make([]dragonpass.Image, len(rows))
	for i, row := range rows {
		list[i] = dragonpass.Image(row)
	}
	return list
}

// cityRow is a city as the data file writes it.
type cityRow struct {
	CityID          string `json:"cityId"`
	City            string `json:"city"`
	CountryOrRegion string `json:"countryOrRegion"`
	Continent       string `json:"continent"`
	Latitude        string `json:"latitude"`
	Longitude       string `json:"longitude"`
	TimeZone        string `json:"timezone"`
}

func (c cityRow) city() dragonpass.TransportHub {
	return dragonpass.TransportHub{
		CityID: c.CityID, City: c.City, CountryOrRegion: c.CountryOrRegion, Continent: c.Continent, Latitude: c.Latitude, Longitude: c.Longitude, TimeZone: c.TimeZone,
	}
}

// cityRowOf is the inverse of city.
func cityRowOf(h dragonpass.TransportHub) cityRow {
	return cityRow{h.CityID, h.City, h.CountryOrRegion, h.Continent, h.Latitude, h.Longitude, h.TimeZone}
}

// resourceRow is a resource as the data file and a scenario's patch write it: the vendor's resource details, and what
// only the mock knows (capacity, confirm, price).
type resourceRow struct {
	ResourceID        string         `json:"resourceId"`
	Name              string         `json:"resourceName"`
	Module            int            `json:"module"`
	LocationInfo      locationInfo   `json:"locationInfo"`
	Image             string         `json:"image"`
	Extra             extra          `json:"extra,omitzero"`
	OpeningHours      []openingHours `json:"openingHours"`
	Facilities        []string       `json:"facilities"`
	Images            []image        `json:"imagesList"`
	WalkInAllowed     bool           `json:"walkInAllowed"`
	PrebookingAllowed bool           `json:"prebookingAllowed"`
	Policy            policy         `json:"prebookingPolicy,omitzero"`
	Price             price          `json:"price"`
	Capacity          int            `json:"capacity"`
	Confirm           confirm        `json:"confirm,omitzero"`
	Quirk             string         `json:"quirk,omitzero"`
	Translation       string         `json:"translation,omitzero"`

	Coverage option.Coverage `json:"coverage,omitzero"`
	Options  []option.Option `json:"options,omitzero"`
}

type locationInfo struct {
	TransportHubID string `json:"transportHubId,omitzero"`
	CityID         string `json:"cityId,omitzero"`
	Location       string `json:"location"`
	Coordinates    string `json:"coordinates,omitzero"` // of what is in a city: degrees north and east
}

type extra struct {
	LoungeInfo loungeInfo `json:"loungeInfo"`
}

type loungeInfo struct {
	Area        int    `json:"area"`
	RouteTypes  []int  `json:"routeTypes"`
	Terminal    string `json:"terminal"`
	NearestGate string `json:"nearestGate"`
	Tier        int    `json:"tier"`
}

type openingHours struct {
	DayOfWeek int    `json:"dayOfWeek"`
	Open      string `json:"open"`
	Close     string `json:"close"`
}

type policy struct {
	MaxPassengersPerOrder int          `json:"maxPassengerPerOrder"`
	AdvanceBookingHours   int          `json:"advanceBookingHours"`
	MaxAdvanceDays        int          `json:"maxAdvanceDays"`
	SlotMinutes           int          `json:"slotMinutes"`
	RequiredInfo          requiredInfo `json:"prebookingRequiredInfo"`
	Cancellation          cancellation `json:"cancellationPolicy"`
}

type requiredInfo struct {
	FirstName       bool `json:"firstName"`
	LastName        bool `json:"lastName"`
	Email           bool `json:"email"`
	PhoneNumber     bool `json:"phoneNumber"`
	CallingCode     bool `json:"callingCode"`
	TransportNumber bool `json:"transportNumber"`
}

type cancellation struct {
	Cancellable bool `json:"cancellable"`
	HoursBefore int  `json:"cancellationHoursBefore"`
}

type price struct {
	Dynamic   bool   `json:"dynamicPrice"`
	Currency  string `json:"currency"`
	AdultRate string `json:"adultRate"`
	ChildRate string `json:"childRate"`
}

// confirm is written "now", "never", "fail", {"after": "5m"} or {"polls": 3}.
type confirm dragonpass.Confirmation

// failAfter is when a resource that fails its prebookings does so.
const failAfter = 5 * time.Minute

var errConfirm = errors.New("expected now, never, fail, {after: 5m} or {polls: 3}")

func (c *confirm) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() == jsontext.KindString {
		var word string
		if err := json.UnmarshalDecode(d, &word); err != nil {
			return err
		}
		switch word {
		case "now":
			*c = confirm{}
		case "never":
			*c = confirm{Mode: dragonpass.ConfirmNever}
		case "fail":
			*c = confirm{Mode: dragonpass.ConfirmFail, After: failAfter}
		default:
			return fmt.Errorf("%w, got %q", errConfirm, word)
		}
		return nil
	}
	var form struct {
		After string `json:"after"`
		Polls int    `json:"polls"`
	}
	raw, err := d.ReadValue()
	if err != nil {
		return err
	}
	if json.Unmarshal(raw, &form, json.RejectUnknownMembers(true)) != nil {
		return errConfirm
	}
	after, err := duration.Parse(form.After)
	switch {
	case form.Polls > 0 && form.After == "":
		*c = confirm{Mode: dragonpass.ConfirmPolls, Polls: form.Polls}
	case form.Polls == 0 && err == nil && after > 0:
		*c = confirm{Mode: dragonpass.ConfirmAfter, After: after}
	default:
		return errConfirm
	}
	return nil
}

func (c confirm) MarshalJSONTo(e *jsontext.Encoder) error {
	switch c.Mode {
	case dragonpass.ConfirmAfter:
		return json.MarshalEncode(e, map[string]string{"after": c.After.String()})
	case dragonpass.ConfirmPolls:
		return json.MarshalEncode(e, map[string]int{"polls": c.Polls})
	case dragonpass.ConfirmNow:
		return e.WriteToken(jsontext.String("now"))
	default:
		return e.WriteToken(jsontext.String(string(c.Mode)))
	}
}

// resource turns the row into the domain's resource at its hub, and checks it.
func (row resourceRow) resource(hub dragonpass.TransportHub, zone *time.Location) (dragonpass.Resource, error) {
	info := row.Extra.LoungeInfo
	if north, east, ok := strings.Cut(row.LocationInfo.Coordinates, ","); ok {
		hub.Latitude, hub.Longitude = north, east
	}
	r := dragonpass.Resource{
		ResourceID: row.ResourceID, Name: row.Name, Module: dragonpass.Module(row.Module), Hub: hub, Location: row.LocationInfo.Location, Zone: zone,
		Image: row.Image, Area: info.Area, RouteTypes: info.RouteTypes, Terminal: info.Terminal, NearestGate: info.NearestGate, Tier: info.Tier,
		Facilities: row.Facilities, Images: images(row.Images), WalkInAllowed: row.WalkInAllowed, PrebookingAllowed: row.PrebookingAllowed,
		Policy: dragonpass.PrebookingPolicy{
			MaxPassengersPerOrder: row.Policy.MaxPassengersPerOrder, AdvanceBookingHours: row.Policy.AdvanceBookingHours,
			MaxAdvanceDays: row.Policy.MaxAdvanceDays, SlotMinutes: row.Policy.SlotMinutes,
			RequiredInfo: dragonpass.RequiredInfo(row.Policy.RequiredInfo), Cancellation: dragonpass.CancellationPolicy(row.Policy.Cancellation),
		},
		Price: dragonpass.Price(row.Price), Capacity: row.Capacity, Confirmation: dragonpass.Confirmation(row.Confirm), Quirk: dragonpass.Quirk(row.Quirk),
		Translation: dragonpass.Translation(row.Translation),
		Coverage:    row.Coverage, Options: row.Options,
	}
	for _, h := range row.OpeningHours {
		r.OpeningHours = append(r.OpeningHours, dragonpass.OpeningHours(h))
	}
	return r, check.Resource(r)
}

// rowOf is the inverse of resource. The row shares no memory with r, since decoding a patch reuses slices.
func rowOf(r dragonpass.Resource) resourceRow {
	row := resourceRow{
		ResourceID: r.ResourceID, Name: r.Name, Module: int(r.Module), LocationInfo: locationInfoOf(r), Image: r.Image,
		Extra:      extra{loungeInfo{r.Area, slices.Clone(r.RouteTypes), r.Terminal, r.NearestGate, r.Tier}},
		Facilities: slices.Clone(r.Facilities), WalkInAllowed: r.WalkInAllowed, PrebookingAllowed: r.PrebookingAllowed,
		Policy: policy{
			r.Policy.MaxPassengersPerOrder, r.Policy.AdvanceBookingHours, r.Policy.MaxAdvanceDays, r.Policy.SlotMinutes,
			requiredInfo(r.Policy.RequiredInfo), cancellation(r.Policy.Cancellation),
		},
		Price: price(r.Price), Capacity: r.Capacity, Confirm: confirm(r.Confirmation), Quirk: string(r.Quirk),
		Translation: string(r.Translation),
		Coverage:    r.Coverage, Options: slices.Clone(r.Options),
	}
	row.Coverage.Regions = slices.Clone(r.Coverage.Regions)
	for _, h := range r.OpeningHours {
		row.OpeningHours = append(row.OpeningHours, openingHours(h))
	}
	for _, i := range r.Images {
		row.Images = append(row.Images, image(i))
	}
	return row
}

func locationInfoOf(r dragonpass.Resource) locationInfo {
	if r.Hub.CityID == "" {
		return locationInfo{TransportHubID: r.Hub.TransportHubID, Location: r.Location}
	}
	return locationInfo{CityID: r.Hub.CityID, Location: r.Location, Coordinates: r.Hub.Latitude + "," + r.Hub.Longitude}
}

// Patch merges a JSON object in the shape of the data file into r: objects merge, lists and plain values replace. Id,
// module and hub cannot be patched. Changed says whether it is another one then. The error names the member; a patch of none
// is one.
func Patch(r dragonpass.Resource, patch []byte) (patched dragonpass.Resource, changed bool, err error) {
	raw, err := strictjson.Document(patch)
	if err != nil {
		return r, false, err
	}
	var wrong strictjson.Problems
	strictjson.Read[resourceRow](&wrong, raw, "", nil)
	if err := wrong.Err(); err != nil {
		return r, false, errors.New(strings.ReplaceAll(err.Error(), "\n", "; "))
	}
	if named := map[string]jsontext.Value{}; json.Unmarshal(raw, &named) == nil && len(named) == 0 {
		return r, false, errors.New("expected a member to change, got none")
	}
	row := rowOf(r)
	if err := json.Unmarshal(raw, &row); err != nil {
		return r, false, strictjson.InWords(err)
	}
	at, was := row.LocationInfo, locationInfoOf(r)
	for _, fixed := range []struct {
		member string
		same   bool
	}{
		{"/resourceId", row.ResourceID == r.ResourceID}, {"/module", row.Module == int(r.Module)}, {"/locationInfo/coordinates", at.Coordinates == was.Coordinates},
		{"/locationInfo/transportHubId", at.TransportHubID == was.TransportHubID}, {"/locationInfo/cityId", at.CityID == was.CityID},
	} {
		if !fixed.same {
			return r, false, fmt.Errorf("%s: that of %s cannot be changed", fixed.member, r.ResourceID)
		}
	}
	patched, err = row.resource(r.Hub, r.Zone)
	return patched, !reflect.DeepEqual(rowOf(patched), rowOf(r)), err
}
