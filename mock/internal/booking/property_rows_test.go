package booking_test

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

// rows are those of a world, as far as the model knows them. The names of their members are those of a snapshot.
type rows struct {
	users       map[string]savedUser
	passes      map[string]savedPass
	issues      map[string]string // passes by the order that issued them
	memberships map[string]savedMembership
	qrCodes     map[string]savedQRCode
	tokens      map[string]savedToken
	orders      map[string]savedOrder
	slots       map[place]savedSlot
	vouchers    map[string]string // orders by voucher
	notices     []savedNotice
}

type savedUser struct {
	FirstName, LastName, Email string
	Deleted                    bool
}

func (u savedUser) named(other savedUser) bool {
	return u.FirstName == other.FirstName && u.LastName == other.LastName
}

type savedPass struct {
	OrderID, ClientUserID                       string
	Module                                      dragonpass.Module
	Granted, Used                               int
	ActivationDate, ExpirationDate, CancelledAt time.Time
	AllowedResources                            []string
	AllowedModules                              []dragonpass.Module
}

func (p savedPass) covers(m dragonpass.Module) bool {
	return p.Module == m || slices.Contains(p.AllowedModules, m)
}

type savedMembership struct {
	ClientUserID   string
	Status         int // as it was set
	ActivationDate time.Time
	ExpirationDate time.Time
	Entitlements   []savedVisits // by module
}

type savedVisits struct {
	Module                     dragonpass.Module
	Cardholder, Guests, Shared int
	AllowedGuestsPerUsage      int
}

type savedQRCode struct {
	MembershipID string
	ValidUntil   time.Time
}

// savedHolder is who holds a token or an order: a pass, a membership, or nobody.
type savedHolder struct{ EPassID, MembershipID string }

// savedParty counts who comes.
type savedParty struct{ Adults, Children int }

func (p savedParty) persons() int { return p.Adults + p.Children }

type savedToken struct {
	Module           dragonpass.Module
	ResourceID, Date string
	ServiceAt        time.Time
	Party            savedParty
	Holder           savedHolder
	ValidUntil       time.Time
	OrderID          string
	Reserved, Apart  bool
}

type savedOrder struct {
	Module                         dragonpass.Module
	Category                       dragonpass.Category
	Status                         dragonpass.OrderStatus
	Holder                         savedHolder
	ResourceID                     string
	CreatedAt, CancelledAt, UsedAt time.Time
	Party                          savedParty
	Spent                          savedSpent
	Date                           string
	ServiceAt, SettlesAt           time.Time
	Vouchers                       []savedVoucher
}

// savedSpent are the visits of a membership that an order took.
type savedSpent struct{ Cardholder, Guests, Shared int }

type savedVoucher struct {
	Code       string
	RedeemedAt time.Time
}

// place is one time of a resource.
type place struct{ ResourceID, Date string }

type savedSlot struct {
	Left, Reserved int
	Filled         bool
}

// savedNotice is what the client was told of an order.
type savedNotice struct {
	OrderID   string
	Cancelled bool
}

type table[V any] []struct {
	Key   string
	Value V
}

func (t table[V]) byKey() map[string]V {
	all := map[string]V{}
	for _, row := range t {
		all[row.Key] = row.Value
	}
	return all
}

// readSnapshot reads the rows of a snapshot.
func readSnapshot(t require.TestingT, data []byte) rows {
	var form struct {
		Tables struct {
			Users       table[savedUser]
			EPasses     table[savedPass]
			Issues      table[string]
			Memberships table[savedMembership]
			QRCodes     table[savedQRCode]
			Tokens      table[savedToken]
			Orders      table[savedOrder]
			Slots       table[struct {
				place
				savedSlot
			}]
			Vouchers table[string]
			Events   table[struct{ Notice savedNotice }]
		}
	}
	require.NoError(t, json.Unmarshal(data, &form))
	is := form.Tables
	r := rows{
		users: is.Users.byKey(), passes: is.EPasses.byKey(), issues: is.Issues.byKey(), memberships: is.Memberships.byKey(), qrCodes: is.QRCodes.byKey(),
		tokens: is.Tokens.byKey(), orders: is.Orders.byKey(), slots: map[place]savedSlot{}, vouchers: is.Vouchers.byKey(),
	}
	for _, row := range is.Slots {
		r.slots[row.Value.place] = row.Value.savedSlot
	}
	for _, row := range is.Events {
		r.notices = append(r.notices, row.Value.Notice)
	}
	return r
}
