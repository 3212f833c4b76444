// Command generate writes the shipped catalogue: `go generate ./mock/internal/catalog` runs it.
//
// The facts are in hubs.csv, a real airport or railway station a row, and in cities.csv. The rows that tests and
// documentation name are in fixed.json and lifestyle.jsonl, in the catalogue's own form, and are passed on as they are.
// Every other resource is made up, each from a random stream of its own, so that a new hub or a change to one kind of
// resource leaves the others as they were.
package main

import (
	"bytes"
	"compress/gzip"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: generate HUBS-FILE CITIES-FILE")
	}
	for i, build := range []func() ([]byte, error){build, buildLifestyle} {
		data, err := build()
		if err != nil {
			log.Fatal(err)
		}
		packed, err := pack(data)
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(os.Args[i+1], packed, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// pack compresses with gzip: `zcat catalog.json.gz` shows the rows.
func pack(data []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return packed.Bytes(), err
}
