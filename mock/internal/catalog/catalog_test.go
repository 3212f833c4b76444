package catalog

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
)

func load(t *testing.T) *Catalog {
	t.Helper()
	c, err := Load()
	require.NoError(t, err)
	return c
}

func TestHubsAreFacts(t *testing.T) {
	id, iata, country := regexp.MustCompile(`^A\d{5}$`), regexp.MustCompile(`^[A-Z]{3}$`), regexp.MustCompile(`^[A-Z]{2}$`)
	latitude, longitude := regexp.MustCompile(`^-?\d{1,2}\.\d{3}$`), regexp.MustCompile(`^-?\d{1,3}\.\d{3}$`)
	hubs := load(t).Hubs()
	assert.GreaterOrEqual(t, len(hubs), 120)
	ids, codes, names, continents, types := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]int{}, map[int]int{}
	for _, h := range hubs {
		assert.Regexp(t, id, h.TransportHubID)
		assert.False(t, ids[h.TransportHubID], "hub %s is there twice", h.TransportHubID)
		assert.Regexp(t, iata, h.IATA)
		assert.False(t, codes[h.IATA], "%s is there twice", h.IATA)
		assert.Regexp(t, country, h.CountryOrRegion)
		assert.NotEmpty(t, h.Name)
		assert.False(t, names[h.Name+h.City], "%s is there twice", h.Name)
		assert.NotEmpty(t, h.City)
		assert.NotEmpty(t, h.Images)
		assert.Regexp(t, latitude, h.Latitude, h.IATA)
		assert.Regexp(t, longitude, h.Longitude, h.IATA)
		assert.LessOrEqual(t, degrees(t, h.Latitude), 90.0, h.IATA)
		assert.LessOrEqual(t, degrees(t, h.Longitude), 180.0, h.IATA)
		_, err := time.LoadLocation(h.TimeZone)
		assert.NoError(t, err, h.IATA)
		ids[h.TransportHubID], codes[h.IATA], names[h.Name+h.City] = true, true, true
		continents[h.Continent]++
		types[h.Type]++
	}
	assert.Len(t, continents, 6)
	for _, name := range []string{"Europe", "Asia", "North America", "South America", "Africa", "Oceania"} {
		assert.GreaterOrEqual(t, continents[name], 10, name)
	}
	assert.Len(t, types, 2, "airports and railway stations")
	assert.GreaterOrEqual(t, types[2], 8)
}

// degrees is how far a coordinate is from zero.
func degrees(t *testing.T, text string) float64 {
	t.Helper()
	d, err := strconv.ParseFloat(strings.TrimPrefix(text, "-"), 64)
	require.NoError(t, err)
	return d
}

// The sun is overhead near noon, so a zone is within hours of what its longitude says. This finds a lost minus sign.
func TestZonesSuitLongitudes(t *testing.T) {
	for _, h := range load(t).Hubs() {
		zone, err := time.LoadLocation(h.TimeZone)
		require.NoError(t, err)
		_, offset := time.Date(2026, 1, 15, 12, 0, 0, 0, zone).Zone()
		degrees, err := strconv.ParseFloat(h.Longitude, 64)
		require.NoError(t, err)
		assert.InDelta(t, degrees/15, float64(offset)/3600, 3, "%s: %s at %s", h.IATA, h.TimeZone, h.Longitude)
	}
}

// alwaysFull is the test venue without a place.
const alwaysFull = "N99901"

func TestResourcesAreSound(t *testing.T) {
	c := load(t)
	id := regexp.MustCompile(`^[A-Z]\d{5}$`)
	letters := map[dragonpass.Module]string{dragonpass.Lounge: "N", dragonpass.FastTrack: "C", dragonpass.SetMeal: "R", dragonpass.Coupon: "K"}
	modules := map[dragonpass.Module]int{}
	assert.GreaterOrEqual(t, len(c.HubResourceIDs()), 600)
	for _, rid := range c.HubResourceIDs() {
		r, ok := c.Resource(rid)
		require.True(t, ok)
		assert.NoError(t, check.Resource(r), rid)
		assert.Equal(t, rid, r.ResourceID)
		assert.Regexp(t, id, rid)
		assert.Equal(t, letters[r.Module], rid[:1])
		assert.NotEmpty(t, r.Name, rid)
		assert.NotEmpty(t, r.Terminal, rid)
		assert.NotEmpty(t, r.OpeningHours, rid)
		assert.Equal(t, r.Hub.TimeZone, r.Zone.String(), rid)
		assert.True(t, r.WalkInAllowed || r.PrebookingAllowed, "%s cannot be used at all", rid)
		modules[r.Module]++
		switch r.Module {
		case dragonpass.FastTrack:
			assert.False(t, r.WalkInAllowed, rid)
			assert.True(t, r.PrebookingAllowed, rid)
		case dragonpass.SetMeal, dragonpass.Coupon:
			assert.True(t, r.WalkInAllowed, rid)
			assert.False(t, r.PrebookingAllowed, rid)
		}
		if r.PrebookingAllowed {
			assert.Positive(t, r.Policy.MaxAdvanceDays, rid)
			assert.True(t, r.Capacity > 0 || rid == alwaysFull, rid)
		} else {
			assert.Zero(t, r.Policy, rid)
		}
	}
	assert.Len(t, modules, 4)
	for m, n := range modules {
		assert.GreaterOrEqual(t, n, 100, "module %d", m)
	}
}

func TestEveryHubHasResources(t *testing.T) {
	c := load(t)
	total := 0
	for _, h := range c.Hubs() {
		ids := c.ResourceIDsOf(h.TransportHubID)
		assert.GreaterOrEqual(t, len(ids), 2, h.TransportHubID)
		total += len(ids)
		names := map[string]bool{}
		for _, id := range ids {
			r, _ := c.Resource(id)
			assert.Equal(t, h, r.Hub)
			assert.False(t, names[r.Name], "%s has %s twice", h.TransportHubID, r.Name)
			names[r.Name] = true
		}
	}
	assert.Len(t, c.HubResourceIDs(), total)
}

// What is written is what was read, to the byte: rowOf and hubRowOf are the inverses they say they are.
// TestSeat_IsThatOfTheResource: lists are narrowed by it.
func TestSeat_IsThatOfTheResource(t *testing.T) {
	c := load(t)
	for _, id := range slices.Concat(c.HubResourceIDs(), c.LifestyleIDs()) {
		r, _ := c.Resource(id)
		module, place, ok := c.Seat(id)
		require.True(t, ok, id)
		require.Equal(t, r.Module, module, id)
		in := *place
		if r.Module.Lifestyle() { // each in its own part of the city
			in.Latitude, in.Longitude = r.Hub.Latitude, r.Hub.Longitude
		}
		require.Equal(t, r.Hub, in, id)
	}
	_, _, ok := c.Seat("none")
	assert.False(t, ok)
}

func TestWriteIsTheInverseOfParse(t *testing.T) {
	c := load(t)
	var resources []dragonpass.Resource
	for _, id := range c.HubResourceIDs() {
		r, _ := c.Resource(id)
		resources = append(resources, r)
	}
	data, err := Write(c.Hubs(), resources)
	require.NoError(t, err)
	want, err := unpack(shipped)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(want, data), "differs from catalog.json.gz")
}

func TestConfirmIsWrittenAsItIsRead(t *testing.T) {
	r, _ := load(t).Resource("N00001")
	for _, form := range []string{`"now"`, `"never"`, `"fail"`, `{"after":"5m"}`, `{"polls":3}`} {
		patched, _, err := Patch(r, []byte(`{"confirm":`+form+`}`))
		require.NoError(t, err)
		data, err := Write([]dragonpass.TransportHub{r.Hub}, []dragonpass.Resource{patched})
		require.NoError(t, err)
		c, err := Parse(data)
		require.NoError(t, err)
		again, _ := c.Resource("N00001")
		assert.Equal(t, patched, again, form)
	}
}

func TestResourceIsSafeForConcurrentUse(t *testing.T) {
	c := load(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, id := range c.HubResourceIDs() {
				if r, ok := c.Resource(id); !ok || r.ResourceID != id {
					t.Errorf("resource %s is not itself", id)
				}
			}
		})
	}
	all.Wait()
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	const hub = `{"transportHubId":"A00001","timezone":"UTC"}`
	const resource = `{"resourceId":"N00001","module":1,"locationInfo":{"transportHubId":"A00001"}}`
	for _, test := range []struct{ name, data, want string }{
		{"empty", "", "expected ]}"},
		{"not rows", "{}\n", "line 1: expected"},
		{"cut off", hubsBegin + "\n" + hub + "\n", "expected ]}"},
		{"unknown member", hubsBegin + "\n" + `{"hub":1}` + "\n" + resourcesBegin + "\n]}\n", "hub"},
		{"no id", hubsBegin + "\n" + hub + "\n" + resourcesBegin + "\n{}\n]}\n", "expected resourceId"},
		{"no module", hubsBegin + "\n" + hub + "\n" + resourcesBegin + "\n" + strings.Replace(resource, `"module":1,`, "", 1) + "\n]}\n", "module"},
		{"module in words", hubsBegin + "\n" + hub + "\n" + resourcesBegin + "\n" + strings.Replace(resource, `:1,`, `:"1",`, 1) + "\n]}\n", "module: expected a number"},
		{"no hub", hubsBegin + "\n" + resourcesBegin + "\n" + resource + "\n]}\n", "no transportHubId A00001"},
		{"twice", hubsBegin + "\n" + hub + "\n" + resourcesBegin + "\n" + resource + ",\n" + resource + "\n]}\n", "is there twice"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse([]byte(test.data))
			assert.ErrorContains(t, err, test.want)
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoadAll is loading, and then asking for every resource once.
func BenchmarkLoadAll(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		c, err := Load()
		if err != nil {
			b.Fatal(err)
		}
		for _, id := range c.HubResourceIDs() {
			c.Resource(id)
		}
	}
}
