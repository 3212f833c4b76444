package store

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// AgeKey writes a number as a key that sorts like it: 16 hex digits.
func AgeKey(n uint64) string {
	var bytes [8]byte
	binary.BigEndian.PutUint64(bytes[:], n)
	return hex.EncodeToString(bytes[:])
}

// Key sorts by time, then kind and id.
func (d Due) Key() string { return fmt.Sprintf("%012d/%s/%s", d.At.Unix(), d.What, d.ID) }
