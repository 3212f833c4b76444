package catalog

import (
	"bytes"
	"fmt"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
)

// Write writes a data file that [Parse] reads: one row a line, in the order given.
func Write(hubs []dragonpass.TransportHub, resources []dragonpass.Resource) ([]byte, error) {
	var out bytes.Buffer
	return write(&out, hubsBegin, hubs, hubRowOf, resources)
}

// WriteLifestyle writes a data file that [ParseLifestyle] reads: one row a line, in the order given.
func WriteLifestyle(cities []dragonpass.TransportHub, resources []dragonpass.Resource) ([]byte, error) {
	var out bytes.Buffer
	return write(&out, citiesBegin, cities, cityRowOf, resources)
}

func write[Row any](out *bytes.Buffer, begin string, places []dragonpass.TransportHub, rowOfPlace func(dragonpass.TransportHub) Row, resources []dragonpass.Resource) ([]byte, error) {
	fmt.Fprintln(out, begin)
	if err := writeRows(out, places, rowOfPlace); err != nil {
		return nil, err
	}
	fmt.Fprintln(out, resourcesBegin)
	if err := writeRows(out, resources, rowOf); err != nil {
		return nil, err
	}
	fmt.Fprintln(out, end)
	return out.Bytes(), nil
}

// WriteRow writes one resource as a row of a data file.
func WriteRow(r dragonpass.Resource) ([]byte, error) { return json.Marshal(rowOf(r)) }

func writeRows[T, Row any](out *bytes.Buffer, list []T, rowOf func(T) Row) error {
	for i, v := range list {
		if err := json.MarshalWrite(out, rowOf(v)); err != nil {
			return fmt.Errorf("catalogue: row %d: %w", i, err)
		}
		if i < len(list)-1 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
	}
	return nil
}
