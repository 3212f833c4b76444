package people_test

import (
	"strings"
	"testing"

	"github.com/brianvoe/gofakeit/v6"
	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/people"
	"dragonmock/mock/internal/seed"
)

func TestNth_IsWhomGofakeitMakesUp(t *testing.T) {
	seen := map[people.Person]bool{}
	for n := range uint64(5000) {
		faker := gofakeit.NewCustom(seed.Source64{PCG: seed.Nth(7, "given ePass", n)})
		want := people.Person{ClientUserID: strings.ToUpper(faker.UUID()), FirstName: faker.FirstName(), LastName: faker.LastName()}
		got := people.Nth(7, "given ePass", n)
		assert.Equal(t, want, got, "person %d", n)
		seen[got] = true
	}
	assert.Len(t, seen, 5000)
}
