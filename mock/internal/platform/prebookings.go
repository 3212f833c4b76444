package platform

import (
	"dragonmock/mock/dragonpass"
)

// PrebookRequest asks to turn a prebooking token into an order.
type PrebookRequest struct {
	ProgramID string
	Path      dragonpass.Module // of the path word
	Module    dragonpass.Module // of the body
	Holder    dragonpass.Holder
	Token     string
	Passenger dragonpass.Passenger
}

// Prebook makes a prebooking order: it takes the usages of the party at once, issues the vouchers and answers
// confirmed, or pending where the resource confirms later. It asks path, token, account, passenger data and, where
// nothing is reserved, the slot, in this order; policy was asked when the token was given. Errors: MODULE_MISMATCH,
// PREBOOKING_TOKEN_*, what is wrong with the account, PASSENGER_INFO_REQUIRED, SLOT_UNAVAILABLE, PREBOOKING_FAILED.
func (tx *Tx) Prebook(req PrebookRequest) (dragonpass.Order, error) {
	if err := checkPath(req.Path, req.Module); err != nil {
		return dragonpass.Order{}, err
	}
	token, ok := tx.state.tokens.get(req.Token)
	if !ok {
		return dragonpass.Order{}, dragonpass.Refuse(dragonpass.PrebookingTokenInvalid, "/extra/prebookingToken: no such token").By("A-045").Unless("a token of an availability call")
	}
	if err := token.CheckRedeem(req.Module, req.Holder, tx.now); err != nil {
		return dragonpass.Order{}, err
	}
	account, err := tx.account(req.Holder)
	if err != nil {
		return dragonpass.Order{}, err
	}
	if err := account.CheckModule(req.Module); err != nil {
		return dragonpass.Order{}, err
	}
	r, err := tx.Resource(token.ResourceID)
	if err != nil {
		return dragonpass.Order{}, err
	}
	if err := account.CheckUse(r, token.Party, token.ServiceAt, tx.now); err != nil {
		return dragonpass.Order{}, err
	}
	passenger, err := r.Policy.RequiredInfo.Collect(req.Passenger)
	if err != nil {
		return dragonpass.Order{}, err
	}
	if err := r.CheckQuirk(); err != nil {
		return dragonpass.Order{}, err
	}
	if err := tx.occupy(token); err != nil {
		return dragonpass.Order{}, err
	}
	spent, err := tx.take(account, r.Module, token.Party)
	if err != nil {
		return dragonpass.Order{}, err
	}

	order := token.Book(tx.nextOrderID(), req.ProgramID, req.Holder, passenger, tx.now)
	order.Sequence, order.Spent = tx.sequence(), spent
	token.OrderID, token.Reserved, token.Apart = order.OrderID, false, false
	put(tx, &tx.state.tokens, token.Token, token)
	order = tx.place(order, r.Confirmation)
	tx.putOrder(order)
	return order, nil
}

// occupy takes the places of a token from its slot: the reserved ones, or free ones.
func (tx *Tx) occupy(token dragonpass.PrebookingToken) error {
	apart := token.Apart
	if token.Reserved {
		tx.releaseReservation(token.Token)
	}
	if apart {
		return nil // its places were never the slot's
	}
	slot, persons := tx.slotOf(token), token.Party.Persons()
	if !token.Reserved && slot.Free() < persons {
		return dragonpass.Refuse(dragonpass.SlotUnavailable, "resource %s has %d places left at %s, the party has %d persons", token.ResourceID, slot.Free(), token.Date, persons).
			By("A-023").Unless("a new availability call with a holder, which reserves")
	}
	slot.Left -= persons
	tx.putSlot(slot)
	return nil
}

// place confirms a new order, or leaves it pending as the resource says.
func (tx *Tx) place(o dragonpass.Order, c dragonpass.Confirmation) dragonpass.Order {
	switch c.Mode {
	case dragonpass.ConfirmNow:
		return tx.confirm(o)
	case dragonpass.ConfirmAfter:
		o.SettlesAt = tx.now.Add(c.After)
		tx.schedule(o.SettlesAt, orderConfirmed, o.OrderID)
	case dragonpass.ConfirmFail:
		o.SettlesAt = tx.now.Add(c.After)
		tx.schedule(o.SettlesAt, orderFailed, o.OrderID)
	}
	return o
}

// confirm gives an order its vouchers.
func (tx *Tx) confirm(o dragonpass.Order) dragonpass.Order {
	codes := make([]string, o.VoucherCount())
	for i := range codes {
		codes[i] = tx.nextVoucher()
		put(tx, &tx.state.vouchers, codes[i], o.OrderID)
	}
	return o.Confirm(codes)
}

// BundleRequest asks for a pass and a prebooking with it.
type BundleRequest struct {
	Issue     IssueRequest
	Token     string
	Passenger dragonpass.Passenger
}

// IssueAndPrebook issues a pass and books with it: both, or neither. Errors: those of [Tx.IssueEPass], then
// those of [Tx.Prebook].
func (tx *Tx) IssueAndPrebook(req BundleRequest) (dragonpass.EPass, dragonpass.Order, error) {
	pass, err := tx.IssueEPass(req.Issue)
	if err != nil {
		return dragonpass.EPass{}, dragonpass.Order{}, err
	}
	order, err := tx.Prebook(PrebookRequest{
		ProgramID: req.Issue.ProgramID, Path: req.Issue.Path, Module: req.Issue.Module, Holder: pass.Holder(), Token: req.Token, Passenger: req.Passenger,
	})
	if err != nil {
		return dragonpass.EPass{}, dragonpass.Order{}, err
	}
	pass, err = tx.EPass(pass.EPassID)
	return pass, order, err
}
