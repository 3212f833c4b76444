package pattern

import (
	"encoding/json"
	"math/big"
	"strconv"
)

// maxExact is the length up to which numbers are compared digit by digit. Exact arithmetic on a client's 1e999999999
// would take all memory; beyond, 64-bit floating point decides.
const maxExact = 40

// sameNumber says whether a value is this number, in whatever form a decoder left it.
func sameNumber(want json.Number, got any) bool {
	var number json.Number
	switch got := got.(type) {
	case json.Number:
		number = got
	case float64:
		f, err := want.Float64() // a decoder rounded it, so what is wanted is rounded likewise
		return err == nil && f == got
	case int:
		number = json.Number(strconv.Itoa(got))
	case int64:
		number = json.Number(strconv.FormatInt(got, 10))
	case uint64:
		number = json.Number(strconv.FormatUint(got, 10))
	default:
		return false
	}
	if number == want {
		return true
	}
	a, err := want.Float64()
	b, wrong := number.Float64()
	switch {
	case err != nil || wrong != nil || a != b:
		return false
	case a == 0 || len(want) > maxExact || len(number) > maxExact:
		return true // a tiny number may round to 0, and has an exponent without bounds
	}
	x, ok := new(big.Rat).SetString(want.String())
	y, good := new(big.Rat).SetString(number.String())
	return ok && good && x.Cmp(y) == 0
}
