package catalog

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
)

// shipped is compressed: it is a twentieth of its size, and unpacked in a few milliseconds.
//
//go:embed catalog.json.gz
var shipped []byte

// The lines of a data file that are not rows. One row a line lets loading find the rows without reading them.
const (
	hubsBegin      = `{"transportHubs":[`
	resourcesBegin = `],"resources":[`
	end            = `]}`
)

// Load reads the shipped catalogue. Its text is not kept: it is unpacked again when the first resource is asked for,
// because most servers that idle were never asked for one.
func Load() (*Catalog, error) {
	data, err := unpack(shipped)
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	c, err := Parse(data)
	if err != nil {
		return nil, err
	}
	c.text = sync.OnceValue(func() []byte {
		data, _ := unpack(shipped) // it was unpacked before
		return data
	})
	return c, nil
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

// Parse reads a data file as [Write] writes it. It keeps data. A resource's row is only found here, and decoded when it
// is first asked for, since a server starts far more often than it is asked for them all.
func Parse(data []byte) (*Catalog, error) {
	hubs, resources, err := rows(data)
	if err != nil {
		return nil, err
	}
	c := &Catalog{text: func() []byte { return data }, resources: make(map[string]*entry, len(resources)), byHub: make(map[string][]string, len(hubs))}
	for _, at := range hubs {
		line := at.of(data)
		var row hubRow
		if err := json.Unmarshal(line, &row, json.RejectUnknownMembers(true)); err != nil {
			return nil, fmt.Errorf("catalogue: hub %s: %w", line, err)
		}
		c.hubs = append(c.hubs, row.hub())
	}
	slices.SortFunc(c.hubs, func(a, b dragonpass.TransportHub) int {
		return strings.Compare(a.TransportHubID, b.TransportHubID)
	})
	entries := make([]entry, len(resources))
	decoder := jsontext.NewDecoder(new(bytes.Buffer))
	for i, at := range resources {
		line := at.of(data)
		id, hubID, err := ids(decoder, line)
		if err != nil {
			return nil, fmt.Errorf("catalogue: resource %s: %w", line, err)
		}
		hub, ok := c.hubIndex(hubID)
		if !ok {
			return nil, fmt.Errorf("catalogue: resource %s: no hub %s", id, hubID)
		}
		if _, twice := c.resources[id]; twice {
			return nil, fmt.Errorf("catalogue: resource %s is there twice", id)
		}
		entries[i].row, entries[i].hub = at, hub
		c.resources[id] = &entries[i]
	}
	c.ids = slices.Sorted(maps.Keys(c.resources))
	for _, id := range c.ids {
		hub := c.hubs[c.resources[id].hub].TransportHubID
		c.byHub[hub] = append(c.byHub[hub], id)
	}
	return c, nil
}

// span is where a row stands in a data file.
type span struct{ from, to int }

func (s span) of(data []byte) []byte { return data[s.from:s.to] }

// rows splits a data file into the rows of its hubs and of its resources.
func rows(data []byte) (hubs, resources []span, err error) {
	var list *[]span
	number, next := 0, 0
	for line := range bytes.Lines(data) {
		from := next
		next += len(line)
		number++
		line = bytes.TrimRight(line, ",\r\n")
		switch {
		case string(line) == hubsBegin:
			list = &hubs
		case string(line) == resourcesBegin:
			list = &resources
		case string(line) == end:
			return hubs, resources, nil
		case list == nil || len(line) == 0:
			return nil, nil, fmt.Errorf("catalogue: line %d: expected %s and then one row a line", number, hubsBegin)
		default:
			*list = append(*list, span{from, from + len(line)})
		}
	}
	return nil, nil, fmt.Errorf("catalogue: line %d: expected %s", number, end)
}

// ids reads no more of a resource's row than its own id and its hub's, which stand near the front. The decoder is lent,
// since making one costs more than the reading.
func ids(d *jsontext.Decoder, line []byte) (id, hubID string, err error) {
	d.Reset(bytes.NewBuffer(line))
	for id == "" || hubID == "" {
		token, err := d.ReadToken()
		if err != nil {
			return "", "", fmt.Errorf("expected resourceId and locationInfo/transportHubId: %w", err)
		}
		if token.Kind() != jsontext.KindString {
			continue // into or out of an object
		}
		switch token.String() {
		case "resourceId":
			id, err = readString(d)
		case "transportHubId":
			hubID, err = readString(d)
		case "locationInfo": // go into it
		default:
			err = d.SkipValue()
		}
		if err != nil {
			return "", "", err
		}
	}
	return id, hubID, nil
}

func readString(d *jsontext.Decoder) (string, error) {
	token, err := d.ReadToken()
	if err != nil {
		return "", err
	}
	return token.String(), nil
}
