package dragonpass

import (
	"time"
)

// EPass is a pass for one module, or for several: see [CrossModule]. All but Used and CancelledAt is fixed at issue
// (D/338656m0).
type EPass struct {
	EPassID          string // 16 digits
	OrderID          string // the order that issued it
	ProgramID        string
	Module           Module
	ClientUserID     string
	FirstName        string
	LastName         string
	Granted          int // usages at issue, counted in persons (D/v1/338667m0)
	Used             int
	ActivationDate   time.Time
	ExpirationDate   time.Time
	AllowedResources []string // empty: every resource of the module (D)
	AllowedModules   []Module `json:",omitzero"` // of a cross-module pass, sorted; of another none
	CreatedAt        time.Time
	CancelledAt      time.Time // zero: it is not
}

// Available is what remains: granted = available + used, always.
func (p EPass) Available() int { return p.Granted - p.Used }

// IssueStatus is the status of the issue order: confirmed, or cancelled for good.
func (p EPass) IssueStatus() OrderStatus {
	if !p.CancelledAt.IsZero() {
		return Cancelled
	}
	return Confirmed
}

// EPassStatus is the state of a pass; the numbers are those of memberships.
type EPassStatus int

// The states of a pass.
const (
	EPassStatusPending   EPassStatus = 0 // its first instant is to come
	EPassStatusActive    EPassStatus = 1
	EPassStatusCancelled EPassStatus = 3 // for good
	EPassStatusExpired   EPassStatus = 9
)

// ShownStatus is the status as a client is shown it: with pendingAsActive, a pass whose activation is still to come is
// active, as in the examples of the pages (D/338667m0), which contradict A-006.
func (p EPass) ShownStatus(now time.Time, pendingAsActive bool) EPassStatus {
	if s := p.StatusAt(now); s != EPassStatusPending || !pendingAsActive {
		return s
	}
	return EPassStatusActive
}

// StatusAt is the state of the pass as the clock has it. Both ends of its life still count.
func (p EPass) StatusAt(now time.Time) EPassStatus {
	switch {
	case !p.CancelledAt.IsZero():
		return EPassStatusCancelled
	case now.After(p.ExpirationDate):
		return EPassStatusExpired
	case now.Before(p.ActivationDate):
		return EPassStatusPending
	}
	return EPassStatusActive
}

// Holder names the pass as an account.
func (p EPass) Holder() Holder { return Holder{EPassID: p.EPassID} }

// Take uses n usages; the caller has checked that they are there.
func (p EPass) Take(n int) EPass { p.Used += n; return p }

// Refund gives n usages back. It counts even after expiry.
func (p EPass) Refund(n int) EPass { p.Used -= n; return p }

// Cancel ends the pass for good.
func (p EPass) Cancel(now time.Time) EPass { p.CancelledAt = now; return p }

// Expire ends the pass a second before now, whatever its date was.
func (p EPass) Expire(now time.Time) EPass {
	p.ExpirationDate = now.Add(-time.Second)
	return p
}
