package translation

import (
	"slices"
	"strings"

	"dragonmock/mock/dragonpass"
)

// Languages are the tags of all languages, the default one first (D/339140m0). Whatever is not translated is in that.
func Languages() []string {
	return []string{
		dragonpass.DefaultLanguage, "fr-FR", "de-DE", "it-IT", "ja-JP", "pl-PL", "pt-PT", "pt-BR", "ru-RU", "es-ES", "th-TH", "uk-UA", "vi-VN", "zh-CN", "zh-HK",
	}
}

// translate is a text in a language: it says which one it would be in, so that a test sees it, and needs no
// translator.
func translate(text, language string) string {
	if text == "" {
		return ""
	}
	return mark(language) + " " + text
}

// mark is what stands before a text in a language. It is no part of the text.
func mark(language string) string { return "[" + language + "]" }

// Unmarked is a text without the mark of its language: its words, which are the same in all languages.
func Unmarked(text string) string {
	for _, language := range Languages()[1:] {
		if words, marked := strings.CutPrefix(text, mark(language)); marked {
			return strings.TrimLeft(words, " ")
		}
	}
	return text
}

// TransportHub is a hub in a language: its name and its city. False: it is not translated, and the default language
// will not do.
func TransportHub(h dragonpass.TransportHub, language string, fallback bool) (dragonpass.TransportHub, bool) {
	if language == dragonpass.DefaultLanguage || h.Translation == dragonpass.NotTranslated {
		return h, language == dragonpass.DefaultLanguage || fallback
	}
	h.Name = translate(h.Name, language)
	if h.Translation == dragonpass.Translated {
		h.City = translate(h.City, language)
	}
	return h, true
}

// Resource is a resource in a language: its name, location, terminal, gate and facilities, and its hub; one that is partly
// translated has its name alone (D/339140m0). False: it is not translated, and the default language will not do.
func Resource(r dragonpass.Resource, language string, fallback bool) (dragonpass.Resource, bool) {
	if language == dragonpass.DefaultLanguage || r.Translation == dragonpass.NotTranslated {
		return r, language == dragonpass.DefaultLanguage || fallback
	}
	r.Name = translate(r.Name, language)
	if r.Translation == dragonpass.Translated {
		r.Hub, _ = TransportHub(r.Hub, language, true)
		r.Location, r.Terminal, r.NearestGate = translate(r.Location, language), translate(r.Terminal, language), translate(r.NearestGate, language)
		r.Facilities = slices.Clone(r.Facilities) // the catalogue's are shared
		for i, facility := range r.Facilities {
			r.Facilities[i] = translate(facility, language)
		}
	}
	return r, true
}
