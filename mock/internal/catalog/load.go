package catalog

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
)

// shipped is compressed: it is a twentieth of its size, and unpacked in a few milliseconds.
//
//go:embed catalog.json.gz
var shipped []byte

//go:embed lifestyle.json.gz
var shippedLifestyle []byte

// The lines of a data file that are not rows. One row a line lets loading find the rows without reading them.
const (
	hubsBegin      = `{"transportHubs":[`
	citiesBegin    = `{"cities":[`
	resourcesBegin = `],"resources":[`
	end            = `]}`
)

// Shipped is the shipped catalogue. What is at hubs, and what is in cities, is read when something of it is first asked for,
// and its text is not kept: it is unpacked again when the first resource is asked for, because most servers that idle were
// never asked for one.
func Shipped() *Catalog {
	return &Catalog{hubs: later(atHubs, shipped), lifestyle: later(inCities, shippedLifestyle)}
}

// Load is the shipped catalogue, all of it read, with what is wrong with it.
func Load() (*Catalog, error) {
	_, wrongHubs := readPacked(atHubs, shipped)
	_, wrongCities := readPacked(inCities, shippedLifestyle)
	return Shipped(), errors.Join(wrongHubs, wrongCities)
}

// later reads a packed data file when it is first asked for.
func later(f form, packed []byte) func() *section {
	return sync.OnceValue(func() *section {
		s, err := readPacked(f, packed)
		if err != nil {
			panic(err) // a test rules that out
		}
		return s
	})
}

// readPacked reads a packed data file, without keeping it.
func readPacked(f form, packed []byte) (*section, error) {
	data, err := unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	s, err := read(f, data)
	if err != nil {
		return nil, err
	}
	s.text = sync.OnceValue(func() []byte {
		data, _ := unpack(packed) // it was unpacked before
		return data
	})
	return s, nil
}

// unpack decompresses a gzip file, whose end says how large it was.
func unpack(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	data := make([]byte, binary.LittleEndian.Uint32(packed[len(packed)-4:]))
	if _, err := io.ReadFull(r, data); err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, r) // to the end, which has the checksum
	return data, err
}

// Parse reads a data file of hubs as [Write] writes it, and keeps it. Nothing is in cities.
func Parse(data []byte) (*Catalog, error) {
	hubs, err := read(atHubs, data)
	return &Catalog{hubs: func() *section { return hubs }, lifestyle: func() *section { return &section{form: inCities} }}, err
}

// ParseLifestyle reads a data file of cities as [WriteLifestyle] writes it, and keeps it. There are no hubs.
func ParseLifestyle(data []byte) (*Catalog, error) {
	cities, err := read(inCities, data)
	return &Catalog{hubs: func() *section { return &section{form: atHubs} }, lifestyle: func() *section { return cities }}, err
}

// span is where a row stands in a data file.
type span struct{ from, to int }

func (s span) of(data []byte) []byte { return data[s.from:s.to] }

// rows splits a data file into the rows of its places and of its resources.
func rows(data []byte, begin string) (places, resources []span, err error) {
	var list *[]span
	number, next := 0, 0
	for line := range bytes.Lines(data) {
		from := next
		next += len(line)
		number++
		line = bytes.TrimRight(line, ",\r\n")
		switch {
		case string(line) == begin:
			list = &places
		case string(line) == resourcesBegin:
			list = &resources
		case string(line) == end:
			return places, resources, nil
		case list == nil || len(line) == 0:
			return nil, nil, fmt.Errorf("catalogue: line %d: expected %s and then one row a line", number, begin)
		default:
			*list = append(*list, span{from, from + len(line)})
		}
	}
	return nil, nil, fmt.Errorf("catalogue: line %d: expected %s", number, end)
}

// seat is what is known of a resource before it is decoded.
type seat struct {
	id, placeID string
	module      dragonpass.Module
}

// readSeat reads no more of a resource's row than its seat, which stands near the front. The decoder is lent, since making one
// costs more than the reading.
func readSeat(d *jsontext.Decoder, line []byte, place string) (s seat, err error) {
	d.Reset(bytes.NewBuffer(line))
	for s.id == "" || s.placeID == "" || s.module == 0 {
		token, err := d.ReadToken()
		if err != nil {
			return seat{}, fmt.Errorf("expected resourceId, module and locationInfo/%s: %w", place, err)
		}
		if token.Kind() != jsontext.KindString {
			continue // into or out of an object
		}
		switch token.String() {
		case "resourceId":
			s.id, err = readString(d)
		case "module":
			s.module, err = readModule(d)
		case place:
			s.placeID, err = readString(d)
		case "locationInfo": // go into it
		default:
			err = d.SkipValue()
		}
		if err != nil {
			return seat{}, err
		}
	}
	return s, nil
}

func readModule(d *jsontext.Decoder) (dragonpass.Module, error) {
	token, err := d.ReadToken()
	if err == nil && token.Kind() != jsontext.KindNumber {
		err = fmt.Errorf("module: expected a number, got %s", token)
	}
	if err != nil {
		return 0, err
	}
	n, err := token.Int()
	return dragonpass.Module(n), err
}

func readString(d *jsontext.Decoder) (string, error) {
	token, err := d.ReadToken()
	if err != nil {
		return "", err
	}
	return token.String(), nil
}
