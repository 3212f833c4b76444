// Command generate writes the shipped catalogue: `go generate ./mock/internal/catalog` runs it.
//
// The facts are in hubs.csv, a real airport or railway station a row. The rows that tests and documentation name are in
// fixed.json, in the catalogue's own form, and are passed on as they are. Every other resource is made up, each from a
// random stream of its own, so that a new hub or a change to one kind of resource leaves the others as they were.
package main

import (
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: generate FILE")
	}
	data, err := build()
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], data, 0o644); err != nil {
		log.Fatal(err)
	}
}
