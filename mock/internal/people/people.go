// Package people owns the people whom a scenario leaves without a name.
//
// They are those that gofakeit makes up. Its names are taken out when the code is generated: linked into the command, the
// library costs a tenth of its size, and time at every start, for data that nobody asks for.
package people

import (
	_ "embed"
	"math/rand"
	"strings"
	"sync"

	"dragonmock/mock/internal/seed"
)

//go:generate go run ./generate names.txt

// names has the first names, a line each, an empty line, and the last names.
//
//go:embed names.txt
var names string

var lists = sync.OnceValue(func() (l struct{ first, last []string }) {
	first, last, _ := strings.Cut(names, "\n\n")
	l.first, l.last = strings.Split(first, "\n"), strings.Split(strings.TrimSuffix(last, "\n"), "\n")
	return l
})

// Person is somebody who does not exist.
type Person struct {
	ClientUserID string // a random UUID in capitals
	FirstName    string
	LastName     string
}

// Nth returns the nth person of a purpose. Each member is drawn in the order and in the way of gofakeit's UUID, FirstName
// and LastName.
func Nth(s uint64, purpose string, n uint64) Person {
	r := rand.New(seed.Source64{PCG: seed.Nth(s, purpose, n)})
	var id [16]byte
	for i := range id {
		id[i] = byte(r.Intn(256))
	}
	all := lists()
	return Person{
		ClientUserID: strings.ToUpper(seed.FormatUUID(id)),
		FirstName:    all.first[r.Intn(len(all.first))],
		LastName:     all.last[r.Intn(len(all.last))],
	}
}
