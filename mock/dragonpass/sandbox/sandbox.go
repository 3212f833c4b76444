package sandbox

import "dragonmock/mock/dragonpass"

const (
	page       = "D/338945m0"
	assumption = "A-036"
)

// fixed are the venues at which the vendor's sandbox simulates (D/338945m0): one a module. Those of dining are ours, for
// parties that name no resource; the vendor names none.
var fixed = map[dragonpass.Module]struct {
	resourceID string
	vendors    bool
}{
	dragonpass.Lounge:    {"N00012", true},
	dragonpass.FastTrack: {"C10826", true},
	dragonpass.SetMeal:   {"R00001", false},
	dragonpass.Coupon:    {"K00521", false},
}

// Venue is the fixed venue of a module; empty: there is none. Limited asks for those of the vendor alone.
func Venue(m dragonpass.Module, limited bool) string {
	if v := fixed[m]; v.vendors || !limited {
		return v.resourceID
	}
	return ""
}

// WalkIn is a party without a booking, of which the sandbox is told no venue, or one.
type WalkIn struct {
	Path       dragonpass.Module // that the path names
	Limited    bool              // to the vendor's venues
	ResourceID string            // that is asked for; empty: none
	Scope      []string          // of the path's module, which the pass of who comes is for alone; empty: all
}

// Choose returns where the party is let in: at the resource that is asked for; else at the first one of the module that the
// pass is for; else at the fixed venue of the module. It refuses, in this order: a module without a venue of the vendor's
// (WALK_IN_NOT_SUPPORTED), and another resource than that (RESOURCE_NOT_FOUND), where those alone are simulated.
func (w *WalkIn) Choose() (resourceID string, err error) {
	venue := Venue(w.Path, w.Limited)
	switch {
	case !w.Limited && w.ResourceID != "":
		return w.ResourceID, nil
	case !w.Limited && len(w.Scope) > 0:
		return w.Scope[0], nil
	case venue == "":
		return "", dragonpass.Refuse(dragonpass.WalkInNotSupported, "the sandbox has no venue of module %d", w.Path).By(assumption).
			Unless("a world without sandbox limits")
	case w.ResourceID != "" && w.ResourceID != venue:
		return "", dragonpass.RefuseField(dragonpass.ResourceNotFound, "resourceId", "the sandbox lets parties in at %s alone, got %s", venue, w.ResourceID).
			By(page).Unless("resource %s, or a world without sandbox limits", venue)
	}
	return venue, nil
}

// CheckModule refuses a resource, or an order, of another module than the path names: MODULE_MISMATCH.
func CheckModule(path, is dragonpass.Module, field string) error {
	if is != path {
		return dragonpass.RefuseField(dragonpass.ModuleMismatch, field, "it is of module %d, the path is of module %d", is, path).By(page).
			Unless("the path of module %d", is)
	}
	return nil
}

// Redeem is a party with a voucher.
type Redeem struct {
	Path    dragonpass.Module
	Limited bool
	Voucher string
	Order   dragonpass.Order // whose voucher it is; without id: nobody's
}

// Check refuses, in this order: a voucher of nobody (VOUCHER_INVALID), of another module (MODULE_MISMATCH), of another
// venue than the vendor's where those alone are simulated (VOUCHER_INVALID).
func (r *Redeem) Check() error {
	if r.Order.OrderID == "" {
		return dragonpass.RefuseField(dragonpass.VoucherInvalid, "voucher", "%s is not good for any order", r.Voucher).By(page)
	}
	if err := CheckModule(r.Path, r.Order.Module, "voucher"); err != nil {
		return err
	}
	return r.checkVenue(dragonpass.VoucherInvalid, "voucher")
}

func (r *Redeem) checkVenue(code dragonpass.Code, field string) error {
	if venue := Venue(r.Path, true); r.Limited && r.Order.ResourceID != venue {
		if venue == "" {
			venue = "no venue of this module"
		}
		return dragonpass.RefuseField(code, field, "it is of resource %s, the sandbox knows %s", r.Order.ResourceID, venue).By(page).
			Unless("resource %s, or a world without sandbox limits", venue)
	}
	return nil
}

// Cancel is a venue that takes a simulated use back.
type Cancel struct {
	Path          dragonpass.Module
	Limited       bool
	TransactionID string
	Holder        string           // the id of the pass or membership that the client names
	Order         dragonpass.Order // of the transaction; without id: there is none such
}

// Check refuses, in this order: a transaction that there is not, or that is another holder's (ORDER_NOT_FOUND), one of
// another module (MODULE_MISMATCH), one at another venue than the vendor's where those alone are simulated
// (ORDER_NOT_CANCELLABLE).
func (c *Cancel) Check() error {
	h := c.Order.Holder
	switch {
	case c.Order.OrderID == "":
		return dragonpass.RefuseField(dragonpass.OrderNotFound, "transactionId", "no transaction %s", c.TransactionID).By(page).
			Unless("the transactionId of a redemption")
	case h.EPassID+h.MembershipID != c.Holder:
		return dragonpass.RefuseField(dragonpass.OrderNotFound, "dpId", "transaction %s is not of %s", c.TransactionID, c.Holder).By(page).
			Unless("the dpId of the redemption")
	}
	if err := CheckModule(c.Path, c.Order.Module, "transactionId"); err != nil {
		return err
	}
	venue := Redeem{Path: c.Path, Limited: c.Limited, Order: c.Order}
	return venue.checkVenue(dragonpass.OrderNotCancellable, "transactionId")
}
