package integrity

import (
	"strings"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/internal/packed"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/serial"
)

// optionOf holds that what is of a lifestyle resource names an option, and nothing else does.
func (c *checker) optionOf(m dragonpass.Module, optionID string) {
	if m.Lifestyle() {
		c.text("/value/OptionID", optionID, 1, maxOptionID)
	} else if optionID != "" {
		c.wrong("/value/OptionID", "expected none, since the module is %d", m)
	}
}

const maxOptionID = 80 // that of a class has its day behind it

// bought holds what was bought of an option to its order.
func (c *checker) bought(key string, b option.Bought) {
	o, ok := c.Order(key)
	if !ok || o.OptionID == "" || o.OptionID != b.Option.OptionID {
		c.wrong("/key", "expected an order of option %q, got %q", b.Option.OptionID, key)
		return
	}
	sound := b.Option
	sound.Visit.Day = ""
	r := dragonpass.Resource{Module: o.Module, Name: "x", Options: []option.Option{sound}, Coverage: option.Coverage{Type: 1, Regions: []string{"GB"}, RawText: "x"}}
	if r.Options[0].OptionID = "x"; o.Module != dragonpass.ESIM {
		r.Coverage = option.Coverage{}
	}
	if err := check.Resource(r); err != nil {
		member, words, _ := strings.Cut(strings.TrimPrefix(err.Error(), "/options/0"), ": ")
		c.wrong("/value/Option"+member, "%s", words)
	}
	if v := b.Option.Visit; o.Module == dragonpass.Fitness {
		if got, ok := option.Find([]option.Option{class(b.Option)}, b.Option.OptionID); v.Type == option.Class && (!ok || got.Visit.Day != v.Day) || v.Type == option.DayPass && v.Day != "" {
			c.wrong("/value/Option/visit/day", "expected the day that optionId has, got %q", v.Day)
		}
	}
	c.instant("/value/From", b.From)
	c.instant("/value/Until", b.Until)
	if o.Module != dragonpass.ESIM {
		if b.ICCID != "" || b.TopUpOf != "" || !b.ActivatedAt.IsZero() || b.Used != 0 {
			c.wrong("/value", "expected no ICCID, TopUpOf, ActivatedAt or Used, since it is no eSIM")
		}
		return
	}
	c.esimOf(&o, b)
}

// class is an option as a resource lists it that was bought for a day.
func class(o option.Option) option.Option {
	o.OptionID = strings.TrimSuffix(o.OptionID, "-"+strings.ReplaceAll(o.Visit.Day, "-", ""))
	return o
}

func (c *checker) esimOf(o *dragonpass.Order, b option.Bought) {
	if b.Used < 0 || b.Used > b.Option.Package.Bytes {
		c.wrong("/value/Used", "expected 0 to %d, got %d", b.Option.Package.Bytes, b.Used)
	}
	c.instantIf("/value/ActivatedAt", b.ActivatedAt, b.Used > 0)
	if b.Used > 0 && o.UsedAt.IsZero() { // one that was given as used need have used none
		c.wrong("/value/Used", "expected 0, since the order is not used, got %d", b.Used)
	}
	if b.TopUpOf != "" {
		c.topUp(o, b)
	}
	if b.ICCID == "" {
		if !o.Dead() && o.Status != dragonpass.Pending {
			c.wrong("/value/ICCID", "expected one, since the order is confirmed")
		}
		return
	}
	if !serial.ICCIDs.Has(b.ICCID) {
		c.wrong("/value/ICCID", "expected 898600F and 13 digits, got %q", b.ICCID)
	}
	if id, _ := c.ESIMs.Get(rowkey.ESIM(b.ICCID, o.Sequence)); id != o.OrderID {
		c.wrong("/value/ICCID", "expected a row %q of esims with the order", rowkey.ESIM(b.ICCID, o.Sequence))
	}
}

// topUp holds a top-up to the order that its eSIM came with: they have one profile, which ends with that order.
func (c *checker) topUp(o *dragonpass.Order, b option.Bought) {
	first, ok := c.Options.Get(b.TopUpOf)
	of, _ := c.Order(b.TopUpOf)
	switch {
	case !ok || first.TopUpOf != "" || first.ICCID == "" || first.ICCID != b.ICCID || of.ResourceID != o.ResourceID:
		c.wrong("/value/TopUpOf", "expected the order of the same eSIM, got %q", b.TopUpOf)
	case !first.From.Equal(b.From):
		c.wrong("/value/From", "expected %s, as its eSIM has it, got %s", first.From.UTC().Format(time.RFC3339), b.From.UTC().Format(time.RFC3339))
	case !first.Until.Equal(b.Until):
		c.wrong("/value/Until", "expected %s, as its eSIM has it, got %s", first.Until.UTC().Format(time.RFC3339), b.Until.UTC().Format(time.RFC3339))
	case of.Dead() && !o.Dead():
		c.wrong("/value/TopUpOf", "expected an eSIM that has not ended, since the top-up has not, got %q", b.TopUpOf)
	}
}

// esim holds a row of a profile to the order that has it.
func (c *checker) esim(key, orderID string) {
	o, _ := c.Order(orderID)
	if b, ok := c.Options.Get(orderID); !ok || b.ICCID == "" || key != rowkey.ESIM(b.ICCID, o.Sequence) {
		c.wrong("/value", "expected an order of this profile, got %q", orderID)
	}
}

// allOptions holds what was bought, and that each order of an option has it.
func (c *checker) allOptions() {
	each(c, &c.Options, c.bought)
	lost := 0
	c.Orders.Each(func(id string, kept packed.Order) bool {
		if o := kept.Order(); o.OptionID != "" && !c.Options.Has(id) {
			lost++
		}
		return true
	})
	if lost > 0 {
		c.whole("expected a row of each order of an option, %d are missing", lost)
	}
}
