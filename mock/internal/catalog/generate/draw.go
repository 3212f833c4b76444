package main

import (
	"slices"

	"github.com/brianvoe/gofakeit/v6"

	"dragonmock/mock/internal/seed"
)

// catalogSeed makes the whole catalogue. Another one makes another world.
const catalogSeed = 2

// draw is one random stream.
type draw struct{ *gofakeit.Faker }

// drawFor begins the stream of one purpose and object. Streams do not shift one another.
func drawFor(purpose, id string) draw {
	return draw{gofakeit.NewCustom(seed.Source64{PCG: seed.PCG(catalogSeed, purpose+" "+id)})}
}

// chance is true so many times in a hundred.
func (d draw) chance(percent int) bool { return d.Number(1, 100) <= percent }

// shuffled is a copy of list in random order.
func (d draw) shuffled(list []string) []string {
	mixed := slices.Clone(list)
	d.ShuffleStrings(mixed)
	return mixed
}

// pick is one of the choices. A choice that is given twice is twice as likely.
func pick[T any](d draw, choices ...T) T { return choices[d.Number(0, len(choices)-1)] }
