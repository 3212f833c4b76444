package news

import (
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
)

// Kind is what an event is about, as the vendor spells it.
type Kind string

// The events (D/339352m0, D/339353m0, D/339354m0, D/339355m0).
const (
	WalkInRedemption    Kind = "walkin.redemption"
	StatusChanged       Kind = "prebooking.statusChanged"
	ResourcesUpdated    Kind = "resource.metadata.updated"
	HubsUpdated         Kind = "transportHub.metadata.updated"
	AvailabilityChanged Kind = "resource.availability.changed"
)

// kinds are all events. The last three are one subscription (D/339355m0).
var kinds = []Kind{WalkInRedemption, StatusChanged, ResourcesUpdated, HubsUpdated, AvailabilityChanged}

// Kinds are all events, in the order of the documentation.
func Kinds() []Kind { return slices.Clone(kinds) }

// Names are the names of all events, in the order of the documentation.
func Names() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return names
}

// Known says whether there is such an event.
func (k Kind) Known() bool { return slices.Contains(kinds, k) }

// Batched says whether the event tells of many things at once, in batches.
func (k Kind) Batched() bool {
	return k == ResourcesUpdated || k == HubsUpdated || k == AvailabilityChanged
}

// Event is what the vendor tells. A walk-in's redemption is told by the [Notice] beside it. The zero Event is none.
type Event struct {
	Kind   Kind
	Change Change // of [StatusChanged]
	Batch  Batch  // of those that are batched

	// Of [WalkInRedemption], see [reading.LocalUsageDate] and [reading.WithoutCategory].
	Local   bool `json:",omitzero"`
	Untyped bool `json:",omitzero"`
}

// Change is how far a prebooking has come.
type Change struct {
	OrderID   string
	ProgramID string
	Holder    dragonpass.Holder
	Module    dragonpass.Module
	Previous  dragonpass.OrderStatus
	Current   dragonpass.OrderStatus
	At        time.Time
	Remarks   string // why the vendor did it by itself; empty: it did not
}

// ChangeOf tells of a prebooking that had another status before.
func ChangeOf(o dragonpass.Order, previous dragonpass.OrderStatus, at time.Time, remarks string) Change {
	return Change{
		OrderID: o.OrderID, ProgramID: o.ProgramID, Holder: o.Holder, Module: o.Module, Previous: previous, Current: o.Status, At: at, Remarks: remarks,
	}
}

// MaxBatch is how many things one message tells of (D/339354m0).
const MaxBatch = 100

// Batch is one message of a batch: the resources of one module, or hubs.
type Batch struct {
	ID        string // what is asked by when something was missed
	Sequence  int    // from 1
	Total     int    // messages of the batch
	At        time.Time
	ProgramID string
	Module    dragonpass.Module // 0: of hubs
	IDs       []string          // at most [MaxBatch]
}

// BatchID names the batch of an instant: 20251028T010000Z (D/339354m0).
func BatchID(at time.Time) string { return at.UTC().Format("20060102T150405Z") }

// Group is the things of one module that a batch tells of; module 0 is that of hubs.
type Group struct {
	Module dragonpass.Module
	IDs    []string
}

// Batches are the messages of a batch: one module a message, at most [MaxBatch] things a message, numbered from 1.
func Batches(id, programID string, at time.Time, groups []Group) []Batch {
	var all []Batch
	for _, g := range groups {
		for ids := range slices.Chunk(g.IDs, MaxBatch) {
			all = append(all, Batch{ID: id, Sequence: len(all) + 1, At: at, ProgramID: programID, Module: g.Module, IDs: ids})
		}
	}
	for i := range all {
		all[i].Total = len(all)
	}
	return all
}
