package platform

import (
	"cmp"
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
)

// ResourceUpdate is when a resource last changed.
type ResourceUpdate struct {
	ResourceID string
	Module     dragonpass.Module
	UpdatedAt  time.Time
}

// PatchResource merges a JSON object in the shape of the vendor's resource details into a resource of this world:
// objects merge, lists and plain values replace. Errors: RESOURCE_NOT_FOUND, INVALID_REQUEST.
func (tx *Tx) PatchResource(id string, patch []byte) (dragonpass.Resource, error) {
	r, err := tx.Resource(id)
	if err != nil {
		return r, err
	}
	if r, err = catalog.Patch(r, patch); err != nil {
		return r, dragonpass.Refuse(dragonpass.InvalidRequest, "%s", err)
	}
	put(tx, &tx.state.resources, id, r)
	put(tx, &tx.state.updates, id, ResourceUpdate{id, r.Module, tx.now})
	return r, nil
}

// ResourceUpdates lists resources that changed at or after since, oldest change first.
func (tx *Tx) ResourceUpdates(since time.Time, page Page) Paged[ResourceUpdate] {
	var updates []ResourceUpdate
	tx.state.updates.each(func(_ string, u ResourceUpdate) bool {
		if !u.UpdatedAt.Before(since) {
			updates = append(updates, u)
		}
		return true
	})
	slices.SortStableFunc(updates, func(a, b ResourceUpdate) int {
		return cmp.Or(a.UpdatedAt.Compare(b.UpdatedAt), cmp.Compare(a.ResourceID, b.ResourceID))
	})
	return cut(updates, page)
}
