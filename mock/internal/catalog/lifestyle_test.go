package catalog

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/dragonpass/option"
)

func TestLifestyleResources_AreSound(t *testing.T) {
	t.Parallel()
	c := load(t)
	id := regexp.MustCompile(`^(E|F|GR|L)\d{5,7}$`)
	modules, kinds := map[dragonpass.Module]int{}, map[string]bool{}
	for _, rid := range c.LifestyleIDs() {
		r, ok := c.Resource(rid)
		require.True(t, ok)
		assert.NoError(t, check.Resource(r), rid)
		assert.Regexp(t, id, rid)
		city, ok := c.City(r.Hub.CityID)
		require.True(t, ok, rid)
		assert.Equal(t, city.City, r.Hub.City)
		assert.InDelta(t, degrees(t, city.Latitude), degrees(t, r.Hub.Latitude), 0.05, rid)
		assert.InDelta(t, degrees(t, city.Longitude), degrees(t, r.Hub.Longitude), 0.05, rid)
		assert.Equal(t, city.TimeZone, r.Zone.String(), rid)
		assert.True(t, r.Prebookable() && !r.WalkInAllowed && r.Module.Lifestyle(), rid)
		assert.NotEmpty(t, r.Options, rid)
		modules[r.Module]++
		for _, o := range r.Options {
			assert.Regexp(t, "^"+rid+"-", o.OptionID)
			switch r.Module {
			case dragonpass.ESIM:
				kinds[[]string{1: "daily", 2: "total"}[o.Package.DataMode]] = true
			case dragonpass.Fitness:
				kinds[[]string{1: "day pass", 2: "class"}[o.Visit.Type]] = true
			default:
				kinds[[]string{1: "fixed", 2: "relative", 3: "dynamic"}[o.Offer.Validity.Type]] = true
				kinds[o.Offer.Validity.Unit] = true
			}
		}
	}
	assert.GreaterOrEqual(t, len(c.Cities()), 60)
	assert.GreaterOrEqual(t, len(c.LifestyleIDs()), 400)
	assert.Len(t, modules, 3)
	for m, n := range modules {
		assert.GreaterOrEqual(t, n, 40, "module %d", m)
	}
	for _, kind := range []string{"daily", "total", "day pass", "class", "fixed", "relative", "dynamic", "DAY", "MONTH", "YEAR"} {
		assert.True(t, kinds[kind], kind)
	}
	for _, id := range c.HubResourceIDs() {
		r, _ := c.Resource(id)
		assert.False(t, r.Module.Lifestyle(), "%s stands at a hub", id)
	}
}

// TestDocumentedLifestyle_IsThere: the rows of the vendor's examples (D/3511084e0, D/338963m0, C).
func TestDocumentedLifestyle_IsThere(t *testing.T) {
	t.Parallel()
	c := load(t)
	esim, _ := c.Resource("E00001")
	assert.Equal(t, "eSIM United Kingdom", esim.Name)
	assert.Equal(t, "eSIM United Kingdom - 30GB 10Days", esim.Options[0].Name)
	assert.Equal(t, 30*option.Gigabyte, esim.Options[0].Package.Bytes)
	club, _ := c.Resource("F00001")
	assert.Equal(t, "F00001-dayPass", club.Options[0].OptionID)
	seen, ok := c.Resource("GR0000331")
	assert.True(t, ok && seen.Module == dragonpass.Fitness)
}

func TestWriteLifestyle_IsTheInverseOfParse(t *testing.T) {
	t.Parallel()
	c := load(t)
	var resources []dragonpass.Resource
	for _, id := range c.LifestyleIDs() {
		r, _ := c.Resource(id)
		resources = append(resources, r)
	}
	data, err := WriteLifestyle(c.Cities(), resources)
	require.NoError(t, err)
	want, err := unpack(shippedLifestyle)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(want, data), "differs from lifestyle.json.gz")
	for _, r := range resources[:3] {
		row, err := WriteRow(r)
		require.NoError(t, err)
		again, err := c.ReadRow(row)
		require.NoError(t, err)
		assert.Equal(t, r, again)
	}
}

// TestPatch_OfOptions_ReplacesThem, and leaves the resource that it is of alone.
func TestPatch_OfOptions_ReplacesThem(t *testing.T) {
	t.Parallel()
	esim, _ := load(t).Resource("E00001")
	first := esim.Options[0]
	patched, _, err := Patch(esim, []byte(`{"options":[{"optionId":"E00001-09","optionName":"Tiny","adultRate":"1.00","childRate":"1.00",
		"package":{"duration":1,"dataMode":2,"totalVolume":1,"speed":"3G"}}]}`))
	require.NoError(t, err)
	assert.Len(t, patched.Options, 1)
	assert.Equal(t, "E00001-09", patched.Options[0].OptionID)
	assert.Equal(t, first, esim.Options[0])
	for patch, want := range map[string]string{
		`{"options":[{"optionId":"x"}]}`:                         "/options/0/optionName: expected",
		`{"options":[{"optionId":"x","package":{"volume":1}}]}`:  "volume",
		`{"locationInfo":{"cityId":"E02"}}`:                      "cityId",
		`{"locationInfo":{"coordinates":"1.0,1.0"}}`:             "coordinates",
		`{"extra":{"loungeInfo":{"tier":1}}}`:                    "/extra/loungeInfo: expected none",
		`{"coverage":{"type":1,"regions":[],"rawText":"Moon"}}`:  "/coverage/regions: expected 1 to 250",
		`{"coverage":{"type":0,"regions":["GB"],"rawText":"x"}}`: "/coverage/type: expected",
	} {
		_, _, err := Patch(esim, []byte(patch))
		assert.ErrorContains(t, err, want, patch)
	}
	lounge, _ := load(t).Resource("N00001")
	_, _, err = Patch(lounge, []byte(`{"options":[{"optionId":"x"}]}`))
	assert.ErrorContains(t, err, "/options: expected none")
}
