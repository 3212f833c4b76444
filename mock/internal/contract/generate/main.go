// Command generate works out the digests of documents: `go generate ./openapi` runs it.
package main

import (
	"log"
	"os"
	"path/filepath"
	"strings"

	"dragonmock/mock/internal/contract"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("usage: generate FOLDER DOCUMENT...")
	}
	for _, name := range os.Args[2:] {
		data, err := os.ReadFile(name)
		if err != nil {
			log.Fatal(err)
		}
		digest, err := contract.Digest(data)
		if err != nil {
			log.Fatalf("%s: %s", name, err)
		}
		if err := os.WriteFile(filepath.Join(os.Args[1], strings.TrimSuffix(name, ".yaml")+".jsonl"), digest, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
