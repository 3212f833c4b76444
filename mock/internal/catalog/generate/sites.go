package main

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"dragonmock/mock/dragonpass"
)

//go:embed hubs.csv
var hubFacts []byte

// The types of a hub.
const (
	airport = 1
	station = 2
)

// site is a hub to furnish with resources.
type site struct {
	hub       dragonpass.TransportHub
	terminals []string
}

// columns is the head of hubs.csv.
const columns = "transportHubId,iata,type,transportHubName,city,countryOrRegion,continent,latitude,longitude,timezone,terminals"

// readSites reads hubs.csv.
func readSites() ([]site, error) {
	rows, err := csv.NewReader(bytes.NewReader(hubFacts)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("hubs.csv: %w", err)
	}
	if head := strings.Join(rows[0], ","); head != columns {
		return nil, fmt.Errorf("hubs.csv: expected the columns %s, got %s", columns, head)
	}
	var sites []site
	for _, row := range rows[1:] {
		kind, err := strconv.Atoi(row[2])
		if err != nil {
			return nil, fmt.Errorf("hubs.csv: %s: type: %w", row[0], err)
		}
		sites = append(sites, site{
			hub: dragonpass.TransportHub{
				TransportHubID: row[0], IATA: row[1], Type: kind, Name: row[3], City: row[4], CountryOrRegion: row[5], Continent: row[6],
				Latitude: row[7], Longitude: row[8], TimeZone: row[9], Images: cover(),
			},
			terminals: strings.Split(row[10], "|"),
		})
	}
	return sites, nil
}

// coverURL is the one picture of the vendor's examples. No other is known to exist.
const coverURL = "https://image.dragonpass.com/uploadFile/images/cover.png"

func cover() []dragonpass.Image { return []dragonpass.Image{{URL: coverURL, Order: 1}} }
