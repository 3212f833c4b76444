package serial_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/serial"
)

func TestID(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		of    serial.Series
		seed  uint64
		n     uint64
		given bool
		want  string
	}{
		{serial.Orders, 0, 0, false, "DP00000000000001"},
		{serial.Orders, 0, 0, true, "DP90000000000001"},
		{serial.EPasses, 0, 1, false, "1788000066668889"},
		{serial.Transactions, 0, 0, false, "DPSL00001"},
		{serial.Transactions, 0, 99_998, false, "DPSL99999"},
		{serial.Transactions, 0, 99_999, false, "DPSL00000"},
		{serial.Transactions, 0, 100_000, false, "DPSL200000"},
	} {
		got := row.of.ID(row.seed, row.n, row.given)
		assert.Equal(t, row.want, got)
		assert.True(t, row.of.Has(got))
	}
	assert.NotEqual(t, serial.Orders.ID(0, 0, false), serial.Orders.ID(7, 0, false))
	assert.Equal(t, serial.Orders.ID(7, 0, false), serial.Orders.ID(7, 0, false))
}

func TestHas(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{
		"DPSL00001": true, "DPSL123456": true, "": false, "DPSL": false, "DPSL1": false, "DPSL0000x": false, "XPSL00001": false,
		"DPSL000000000000000000001": false,
	} {
		assert.Equal(t, want, serial.Transactions.Has(id), id)
	}
}
