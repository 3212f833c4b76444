package rowkey

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"dragonmock/mock/dragonpass"
)

// Age writes a number as a key that sorts like it: 16 hex digits.
func Age(n uint64) string {
	var bytes [8]byte
	binary.BigEndian.PutUint64(bytes[:], n)
	return hex.EncodeToString(bytes[:])
}

// Holder writes a holder as a key.
func Holder(h dragonpass.Holder) string {
	if h.EPassID != "" {
		return "e" + h.EPassID
	}
	return "m" + h.MembershipID
}

// Usage is the key of an order in the list of its holder, which sorts by age.
func Usage(h dragonpass.Holder, age uint64) string { return Holder(h) + "/" + Age(age) }

// User begins the keys of what belongs to a user. The client chose the id and it may hold anything, so its length
// stands before it: no key of one user begins like another's.
func User(clientUserID string) string {
	return fmt.Sprintf("%d:%s/", len(clientUserID), clientUserID)
}

// Slots begins the keys of the times of a resource.
func Slots(resourceID string) string { return resourceID + "/" }

// Slot is the key of one time of a resource, or of an option of it.
func Slot(s dragonpass.Slot) string {
	key := Slots(s.ResourceID) + string(s.Date)
	if s.OptionID != "" {
		key += "/" + s.OptionID
	}
	return key
}

// ESIM is the key of an order of an eSIM among those of its profile, which sorts by age.
func ESIM(iccid string, age uint64) string { return ESIMs(iccid) + Age(age) }

// ESIMs begins the keys of the orders of the profile of an eSIM.
func ESIMs(iccid string) string { return iccid + "/" }
