package catalog

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
)

// section is a data file: places, hubs or cities, and what is there. Its rows are found when it is read, and a resource's
// is decoded when it is first asked for, since a server starts far more often than it is asked for them all.
type section struct {
	form      form
	text      func() []byte             // the data file
	places    []dragonpass.TransportHub // by id
	ids       []string                  // of the resources, sorted
	resources map[string]*entry
	byPlace   map[string][]string // resource ids, sorted
}

// entry is a resource as it is written, and as it is once it was asked for.
type entry struct {
	row     span
	module  dragonpass.Module
	place   int // among the places
	decoded atomic.Pointer[dragonpass.Resource]
}

// form is how a section is written.
type form struct {
	begin string // the first line
	id    string // the member of a resource's locationInfo that names its place
	read  func(line []byte) (dragonpass.TransportHub, error)
	of    func(dragonpass.TransportHub) string // the id of a place
}

// The forms of the two data files.
var (
	atHubs = form{hubsBegin, "transportHubId", func(line []byte) (dragonpass.TransportHub, error) {
		var row hubRow
		err := json.Unmarshal(line, &row, json.RejectUnknownMembers(true))
		return row.hub(), err
	}, func(h dragonpass.TransportHub) string { return h.TransportHubID }}
	inCities = form{citiesBegin, "cityId", func(line []byte) (dragonpass.TransportHub, error) {
		var row cityRow
		err := json.Unmarshal(line, &row, json.RejectUnknownMembers(true))
		return row.city(), err
	}, func(h dragonpass.TransportHub) string { return h.CityID }}
)

// read reads a data file, and keeps it.
func read(f form, data []byte) (*section, error) {
	places, resources, err := rows(data, f.begin)
	if err != nil {
		return nil, err
	}
	s := &section{form: f, text: func() []byte { return data }, resources: make(map[string]*entry, len(resources)), byPlace: make(map[string][]string, len(places))}
	for _, at := range places {
		line := at.of(data)
		place, err := f.read(line)
		if err != nil {
			return nil, fmt.Errorf("catalogue: %s %s: %w", f.id, line, err)
		}
		s.places = append(s.places, place)
	}
	slices.SortFunc(s.places, func(a, b dragonpass.TransportHub) int { return strings.Compare(f.of(a), f.of(b)) })
	entries := make([]entry, len(resources))
	decoder := jsontext.NewDecoder(new(bytes.Buffer))
	for i, at := range resources {
		line := at.of(data)
		seat, err := readSeat(decoder, line, f.id)
		if err != nil {
			return nil, fmt.Errorf("catalogue: resource %s: %w", line, err)
		}
		place, ok := s.index(seat.placeID)
		if !ok {
			return nil, fmt.Errorf("catalogue: resource %s: no %s %s", seat.id, f.id, seat.placeID)
		}
		if _, twice := s.resources[seat.id]; twice {
			return nil, fmt.Errorf("catalogue: resource %s is there twice", seat.id)
		}
		entries[i].row, entries[i].module, entries[i].place = at, seat.module, place
		s.resources[seat.id] = &entries[i]
	}
	s.ids = slices.Sorted(maps.Keys(s.resources))
	for _, id := range s.ids {
		place := f.of(s.places[s.resources[id].place])
		s.byPlace[place] = append(s.byPlace[place], id)
	}
	return s, nil
}

func (s *section) index(id string) (int, bool) {
	return slices.BinarySearchFunc(s.places, id, func(h dragonpass.TransportHub, id string) int { return strings.Compare(s.form.of(h), id) })
}

// place finds a hub or a city by id.
func (s *section) place(id string) (dragonpass.TransportHub, bool) {
	i, ok := s.index(id)
	if !ok {
		return dragonpass.TransportHub{}, false
	}
	return s.places[i], true
}

// seat finds the module of a resource, and its place.
func (s *section) seat(id string) (dragonpass.Module, *dragonpass.TransportHub, bool) {
	e, ok := s.resources[id]
	if !ok {
		return 0, nil, false
	}
	return e.module, &s.places[e.place], true
}

// resource finds a resource by id.
func (s *section) resource(c *Catalog, id string) (dragonpass.Resource, bool) {
	e, ok := s.resources[id]
	if !ok {
		return dragonpass.Resource{}, false
	}
	if r := e.decoded.Load(); r != nil {
		return *r, true
	}
	// Two that ask at once decode the same; either may be kept.
	r, err := s.decode(c, e)
	if err != nil {
		panic(fmt.Sprintf("catalogue: resource %s: %v", id, err))
	}
	e.decoded.Store(&r)
	return r, true
}

func (s *section) decode(c *Catalog, e *entry) (dragonpass.Resource, error) {
	var row resourceRow
	if err := json.Unmarshal(e.row.of(s.text()), &row, json.RejectUnknownMembers(true)); err != nil {
		return dragonpass.Resource{}, err
	}
	return c.at(s.places[e.place], row)
}
