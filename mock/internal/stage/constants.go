package stage

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/access"
	"dragonmock/mock/dragonpass/lifestyle"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/scenario"
	"dragonmock/mock/internal/world"
)

// judge says what the steps of a file name that its world does not have: resources, hubs, times, programmes and
// subscribers. What a name stands for that a step saves is judged when it is played, and so is a step that expects a
// refusal. The world's clock is read, and where the steps would move it is reckoned.
func judge(file *scenario.File, w *world.World) error {
	_, err := world.Run(w, "judge", func(tx *world.Tx) (struct{}, error) {
		start := tx.Now()
		now := start
		for _, c := range file.Constants() {
			if err := judgeConstant(tx, c, w.Named(), now); err != nil && !c.Refused {
				return struct{}{}, file.Wrong(c.Pointer+err.pointer, err.reason)
			}
			now = moved(c, start, now)
		}
		return struct{}{}, nil
	})
	if err != nil {
		return err
	}
	return judgeNames(file, w.Named())
}

// judgeNames says which member of what is given a step speaks of that it does not have.
func judgeNames(file *scenario.File, named map[string]map[string]string) (wrong error) {
	file.Names(func(pointer, name string) {
		first, member, deeper := strings.Cut(name, ".")
		members, given := named[first]
		if _, there := members[member]; given && deeper && !there && wrong == nil {
			wrong = file.Wrong(pointer, "there is no "+member+" of $"+first+nearest.DidYouMean(member, slices.Sorted(maps.Keys(members))))
		}
	})
	return wrong
}

// moved is the world's time after a step.
func moved(c scenario.Constant, start, now time.Time) time.Time {
	word, _ := scenario.Said(c.Value)
	switch c.Kind {
	case "reset":
		return start
	case "setClock":
		if t, err := duration.ParseInstant(word); err == nil {
			return t
		}
	case "advance":
		if d, err := duration.Parse(word); err == nil {
			return now.Add(d)
		}
	}
	return now
}

// unknown is what a step names that there is not, by the pointer below its constant.
type unknown struct{ pointer, reason string }

func judgeConstant(tx *world.Tx, c scenario.Constant, named map[string]map[string]string, now time.Time) *unknown {
	members, _ := c.Value.(map[string]any)
	switch c.Kind {
	case "call", "request":
		if id, ok := scenario.Said(c.Value); ok {
			if _, err := access.ChooseProgram(id, tx.Client().Programs); err != nil {
				return &unknown{"", "no programme " + id + " of the client" + nearest.DidYouMean(id, tx.Client().Programs)}
			}
		}
	case "advance":
		word, ok := scenario.Said(c.Value)
		d, err := duration.Parse(word)
		if err == nil {
			err = clock.CheckMove(d)
		}
		switch {
		case !ok:
		case strings.HasPrefix(word, "-"):
			return &unknown{"", "expected a duration that moves the clock on, got " + word + "; setClock puts it back"}
		case err != nil:
			return &unknown{"", err.Error()}
		}
	case "setClock":
		if word, ok := scenario.Said(c.Value); ok {
			t, err := duration.ParseInstant(word)
			if err == nil {
				err = clock.CheckInstant(t)
			}
			if err != nil {
				return &unknown{"", err.Error()}
			}
		}
	case "moveOrder":
		return judgeMove(tx, members, named, now)
	case "announce":
		return judgeAnnouncement(tx, members)
	case "redeem", "fillSlot", "closeResource":
		if c.Kind == "redeem" {
			if wrong := judgeShown(members); wrong != nil {
				return wrong
			}
		}
		if word, ok := scenario.Said(members["adultCount"]); ok && word == "0" {
			return &unknown{"/adultCount", "expected an adult at least, got 0"}
		}
		id, ok := scenario.Said(members["resourceId"])
		if !ok {
			return nil
		}
		r, found := booking.FindResource(tx, id)
		if !found {
			return &unknown{"/resourceId", "no resource " + id + nearest.DidYouMean(id, tx.Catalog().ResourceIDs())}
		}
		if c.Kind == "fillSlot" {
			return judgeSlot(r, members, now)
		}
	}
	return nil
}

// judgeShown judges what a party shows: a voucher, which says where it is good, or one of the others at a resource.
func judgeShown(members map[string]any) *unknown {
	var shown []string
	for _, name := range []string{"voucher", "ePassId", "membershipId", "qrCode"} {
		if _, there := members[name]; there {
			shown = append(shown, name)
		}
	}
	_, where := members["resourceId"]
	switch {
	case len(shown) != 1:
		return &unknown{"", "expected exactly one of voucher, ePassId, membershipId, qrCode"}
	case shown[0] == "voucher" && where:
		return &unknown{"/resourceId", "a voucher is redeemed where it is good: expected it alone"}
	case shown[0] != "voucher" && !where:
		return &unknown{"", "expected resourceId beside " + shown[0]}
	}
	return nil
}

func judgeSlot(r dragonpass.Resource, members map[string]any, now time.Time) *unknown {
	date, ok := scenario.Said(members["prebookingDate"])
	if !ok {
		return nil
	}
	fill := lifestyle.FillSlot{FillSlot: rules.FillSlot{ResourceID: r.ResourceID, Date: dragonpass.LocalTime(date), Resource: r}}
	if named, there := members["optionId"]; there {
		if fill.OptionID, ok = scenario.Said(named); !ok {
			return nil
		}
		fill.Option, _ = option.Find(r.Options, fill.OptionID)
	}
	if word, ok := scenario.Said(members["free"]); ok {
		fill.Free, _ = strconv.Atoi(word) // the schema says so
	}
	if _, err := fill.Decide(now); err != nil { // each names a member
		refused, _ := errors.AsType[*dragonpass.Error](err)
		return &unknown{"/" + refused.Complaints[0].Field, err.Error()}
	}
	return nil
}

// judgeMove judges the new time of a booking: by its resource where the file gives the order, and else by the calendar
// alone.
func judgeMove(tx *world.Tx, members map[string]any, named map[string]map[string]string, now time.Time) *unknown {
	date, ok := scenario.Said(members["prebookingDate"])
	if !ok {
		return nil
	}
	local := dragonpass.LocalTime(date)
	if _, err := local.In(time.UTC); err != nil { // which no zone has
		return &unknown{"/prebookingDate", err.Error()}
	}
	id, _ := members["orderId"].(string)
	if name, ok := scenario.Name(id); ok {
		first, member, _ := strings.Cut(name, ".")
		id = named[first][member] // empty: a step saves it
	}
	order, given := tx.Order(id)
	r, found := booking.FindResource(tx, order.ResourceID)
	if !given || !found || r.Module.Lifestyle() {
		return nil
	}
	if _, err := rules.CheckSlotTime(&r, local, now); err != nil {
		refused, _ := errors.AsType[*dragonpass.Error](err)
		return &unknown{"/" + refused.Complaints[0].Field, err.Error()}
	}
	return nil
}

// judgeAnnouncement judges the ids that an event is to tell of, and whether the world of the file tells it to anybody.
func judgeAnnouncement(tx *world.Tx, members map[string]any) *unknown {
	word, _ := members["type"].(string) // the schema says so
	kind := news.Kind(word)
	if err := author.CheckHeard(tx, kind); err != nil {
		return &unknown{"/type", "nobody has subscribed to " + word + ": give the file eventUrls for it"}
	}
	list, _ := members["ids"].([]any)
	seen := map[string]bool{}
	for i, v := range list {
		id, ok := scenario.Said(v)
		at := "/ids/" + strconv.Itoa(i)
		switch {
		case !ok:
		case seen[id]:
			return &unknown{at, id + " comes twice"}
		default:
			seen[id] = true
			if _, err := author.Announced(tx, kind, id); err != nil {
				return &unknown{at, err.Error()}
			}
		}
	}
	return nil
}
