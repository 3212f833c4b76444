package main

import (
	"fmt"

	"dragonmock/mock/dragonpass"
)

// money is a currency and about how much of it a US dollar buys.
type money struct {
	currency string
	rate     float64
}

// dollars is what is charged wherever no other currency is listed.
var dollars = money{"USD", 1}

// currencies by country or region. The rates only make prices plausible.
var currencies = map[string]money{
	"GB": {"GBP", 0.8}, "CH": {"CHF", 0.9}, "SE": {"SEK", 10}, "NO": {"NOK", 10}, "DK": {"DKK", 7}, "PL": {"PLN", 4}, "CZ": {"CZK", 23},
	"AE": {"AED", 3.7}, "QA": {"QAR", 3.6}, "SA": {"SAR", 3.8}, "IN": {"INR", 85}, "TH": {"THB", 34}, "SG": {"SGD", 1.3}, "MY": {"MYR", 4.4},
	"CN": {"CNY", 7}, "HK": {"HKD", 7.8}, "JP": {"JPY", 150}, "AU": {"AUD", 1.5}, "NZ": {"NZD", 1.7}, "CA": {"CAD", 1.4}, "MX": {"MXN", 18},
	"BR": {"BRL", 5.5}, "ZA": {"ZAR", 18},
	"AT": euro, "BE": euro, "DE": euro, "EE": euro, "ES": euro, "FI": euro, "FR": euro, "GR": euro, "HR": euro, "IE": euro, "IT": euro, "LT": euro,
	"LU": euro, "LV": euro, "MT": euro, "NL": euro, "PT": euro,
}

var euro = money{"EUR", 0.9}

// price is between so many US dollars, in the site's currency and in amounts that a price list would show. A child pays
// as much, half, or nothing.
func price(s site, d draw, from, to int) dragonpass.Price {
	m, ok := currencies[s.hub.CountryOrRegion]
	if !ok {
		m = dollars
	}
	adult := round(float64(d.Number(from*2, to*2)) / 2 * m.rate)
	child := pick(d, adult, adult, round(adult/2), 0)
	return dragonpass.Price{Dynamic: d.chance(35), Currency: m.currency, AdultRate: rate(adult), ChildRate: rate(child)}
}

// round rounds to a step that fits the amount.
func round(amount float64) float64 {
	step := 100.0
	switch {
	case amount < 50:
		step = 0.5
	case amount < 200:
		step = 1
	case amount < 1000:
		step = 10
	case amount < 3000:
		step = 50
	}
	return float64(int(amount/step+0.5)) * step
}

func rate(amount float64) string { return fmt.Sprintf("%.2f", amount) }
