package translation_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/translation"
)

func TestLanguages_AreTheVendors(t *testing.T) {
	t.Parallel()
	assert.Len(t, translation.Languages(), 15)
	assert.Equal(t, dragonpass.DefaultLanguage, translation.Languages()[0])
}

func TestResource_InALanguage(t *testing.T) {
	t.Parallel()
	lounge := dragonpass.Resource{
		Name: "Blue Lounge", Hub: dragonpass.TransportHub{Name: "Manchester Airport", City: "Manchester"}, Location: "Airside", Terminal: "Terminal 1",
		Facilities: []string{"Wi-Fi", "Showers"},
	}
	for name, row := range map[string]struct {
		translation                                   dragonpass.Translation
		language                                      string
		fallback, shown                               bool
		resource, location, gate, terminal, hub, city string
		facility                                      string
	}{
		"English": {
			dragonpass.Translated, "en-US", false, true, "Blue Lounge", "Airside", "", "Terminal 1", "Manchester Airport", "Manchester", "Wi-Fi"},
		"English of what is in no other": {
			dragonpass.NotTranslated, "en-US", false, true, "Blue Lounge", "Airside", "", "Terminal 1", "Manchester Airport", "Manchester", "Wi-Fi"},
		"wholly": {
			dragonpass.Translated, "fr-FR", false, true, "[fr-FR] Blue Lounge", "[fr-FR] Airside", "", "[fr-FR] Terminal 1", "[fr-FR] Manchester Airport", "[fr-FR] Manchester", "[fr-FR] Wi-Fi"},
		"partly": {
			dragonpass.PartlyTranslated, "zh-HK", false, true, "[zh-HK] Blue Lounge", "Airside", "", "Terminal 1", "Manchester Airport", "Manchester", "Wi-Fi"},
		"not, with fallback": {
			dragonpass.NotTranslated, "fr-FR", true, true, "Blue Lounge", "Airside", "", "Terminal 1", "Manchester Airport", "Manchester", "Wi-Fi"},
		"not, without": {
			dragonpass.NotTranslated, "fr-FR", false, false, "Blue Lounge", "Airside", "", "Terminal 1", "Manchester Airport", "Manchester", "Wi-Fi"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := lounge
			r.Translation = row.translation
			got, shown := translation.Resource(r, row.language, row.fallback)
			assert.Equal(t, row.shown, shown)
			assert.Equal(t, []string{row.resource, row.location, row.gate, row.terminal, row.hub, row.city, row.facility},
				[]string{got.Name, got.Location, got.NearestGate, got.Terminal, got.Hub.Name, got.Hub.City, got.Facilities[0]})
			assert.Equal(t, "Wi-Fi", lounge.Facilities[0], "what is shared stays")
		})
	}
}

func TestTransportHub_InALanguage(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		translation dragonpass.Translation
		language    string
		fallback    bool
		name, city  string
		shown       bool
	}{
		"English":            {dragonpass.NotTranslated, "en-US", false, "Manchester Airport", "Manchester", true},
		"wholly":             {dragonpass.Translated, "de-DE", false, "[de-DE] Manchester Airport", "[de-DE] Manchester", true},
		"partly":             {dragonpass.PartlyTranslated, "de-DE", false, "[de-DE] Manchester Airport", "Manchester", true},
		"not, with fallback": {dragonpass.NotTranslated, "de-DE", true, "Manchester Airport", "Manchester", true},
		"not, without":       {dragonpass.NotTranslated, "de-DE", false, "Manchester Airport", "Manchester", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, shown := translation.TransportHub(dragonpass.TransportHub{Name: "Manchester Airport", City: "Manchester", Translation: row.translation}, row.language, row.fallback)
			assert.Equal(t, []any{row.name, row.city, row.shown}, []any{got.Name, got.City, shown})
		})
	}
}

func TestUnmarked_IsTheTextOfEveryLanguage(t *testing.T) {
	t.Parallel()
	hub := dragonpass.TransportHub{Name: "Manchester [Old] Airport"}
	for _, language := range translation.Languages() {
		shown, _ := translation.TransportHub(hub, language, false)
		assert.Equal(t, hub.Name, translation.Unmarked(shown.Name), language)
	}
	assert.Empty(t, translation.Unmarked("[fr-FR]"))
	for _, text := range []string{"", "fr-FR", "[nl-NL] x", "[en-US] x", "x [fr-FR] y"} {
		assert.Equal(t, text, translation.Unmarked(text))
	}
}
