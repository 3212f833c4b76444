package booking

import (
	"cmp"
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// PatchResource merges a JSON object in the shape of the vendor's resource details into a resource of this world:
// objects merge, lists and plain values replace. Places that are taken stay taken, whatever the capacity becomes.
// Changed says whether it is another one then. Errors: RESOURCE_NOT_FOUND, INVALID_REQUEST.
func PatchResource(tx *world.Tx, id string, patch []byte) (r dragonpass.Resource, changed bool, err error) {
	before, found := FindResource(tx, id)
	r = before
	var wrong error
	if found {
		r, changed, wrong = catalog.Patch(before, patch)
	}
	if err := rules.CheckPatch(id, found, wrong); err != nil || !changed {
		return r, false, err
	}
	stock.Resize(tx, &before, &r)
	putResource(tx, &r)
	return r, true, nil
}

// putResource stores a changed resource, and that it changed.
func putResource(tx *world.Tx, r *dragonpass.Resource) {
	tx.Resources.Put(r.ResourceID, *r)
	tx.Updates.Put(r.ResourceID, store.ResourceUpdate{ResourceID: r.ResourceID, Module: r.Module, UpdatedAt: tx.Now()})
}

// ResourceUpdates lists resources that changed at or after since, oldest change first.
func ResourceUpdates(tx *world.Tx, since time.Time, page Page) Paged[store.ResourceUpdate] {
	var updates []store.ResourceUpdate
	tx.Updates.Each(func(_ string, u store.ResourceUpdate) bool {
		if !u.UpdatedAt.Before(since) && shows(tx, u.Module) {
			updates = append(updates, u)
		}
		return true
	})
	slices.SortStableFunc(updates, func(a, b store.ResourceUpdate) int {
		return cmp.Or(a.UpdatedAt.Compare(b.UpdatedAt), cmp.Compare(a.ResourceID, b.ResourceID))
	})
	return Cut(updates, page)
}
