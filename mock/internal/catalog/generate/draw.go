package main

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"

	"github.com/brianvoe/gofakeit/v6"
)

// seed makes the whole catalogue. Another one makes another world.
const seed = 2

// draw is one random stream.
type draw struct{ *gofakeit.Faker }

// drawFor begins the stream of one purpose and object. Streams do not shift one another.
func drawFor(purpose, id string) draw {
	h := fnv.New64a()
	fmt.Fprint(h, purpose, " ", id)
	return draw{gofakeit.NewCustom(source64{rand.NewPCG(seed, h.Sum64())})}
}

// source64 lets gofakeit draw from a PCG.
type source64 struct{ *rand.PCG }

func (s source64) Int63() int64 { return int64(s.Uint64() >> 1) }
func (s source64) Seed(int64)   {} // its seed is given when it is made

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
