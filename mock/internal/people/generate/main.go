// Command generate writes the names that people have: `go generate ./mock/internal/people` runs it.
package main

import (
	"log"
	"os"
	"strings"

	"github.com/brianvoe/gofakeit/v6/data"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: generate FILE")
	}
	names := strings.Join(data.Person["first"], "\n") + "\n\n" + strings.Join(data.Person["last"], "\n") + "\n"
	if err := os.WriteFile(os.Args[1], []byte(names), 0o644); err != nil {
		log.Fatal(err)
	}
}
