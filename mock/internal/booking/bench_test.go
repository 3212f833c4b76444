package booking

import (
	"testing"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/world"
)

// BenchmarkBook measures what a prebooking costs without HTTP: an availability call that reserves, and the order.
func BenchmarkBook(b *testing.B) {
	p := newTown(b, func(c *world.Config) { c.Observe = nil })
	pass := p.issue(1 << 30)
	run(p, func(tx *world.Tx) (dragonpass.Slot, error) { return FillSlot(tx, "N00001", "", date, 1_000_000) })
	b.Run("availability that reserves", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.ask(pass.Holder(), "N00001", date, 2)
		}
	})
	b.Run("availability for anybody", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.ask(dragonpass.Holder{}, "N00001", date, 2)
		}
	})
	b.Run("availability and order", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.book(pass.Holder(), p.ask(pass.Holder(), "N00001", date, 2).Token)
		}
	})
}
