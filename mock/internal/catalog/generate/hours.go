package main

import (
	"fmt"

	"dragonmock/mock/dragonpass"
)

// span is from one minute of the day to another.
type span struct{ from, to int }

const (
	hour     = 60
	midnight = 24 * hour
)

// clock writes a minute of the day.
func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/hour, minute%hour) }

// week writes the spans of each day, Monday first.
func week(days [7][]span) []dragonpass.OpeningHours {
	var rows []dragonpass.OpeningHours
	for i, spans := range days {
		for _, s := range spans {
			rows = append(rows, dragonpass.OpeningHours{DayOfWeek: i + 1, Open: clock(s.from), Close: clock(s.to)})
		}
	}
	return rows
}

// daily is the same spans every day.
func daily(spans ...span) (days [7][]span) {
	for i := range days {
		days[i] = spans
	}
	return days
}

// allDay never closes.
func allDay() [7][]span { return daily(span{0, midnight}) }

// between opens and closes on a half hour somewhere within the hours given.
func between(d draw, openFrom, openTo, closeFrom, closeTo int) span {
	return span{d.Number(openFrom*2, openTo*2) * 30, d.Number(closeFrom*2, closeTo*2) * 30}
}

// loungeHours vary as lounges' do: most days alike, some weekends shorter, some never closed, some past midnight, some
// with a pause, some closed one day.
func loungeHours(d draw) []dragonpass.OpeningHours {
	usual := between(d, 4, 7, 20, 24)
	days := daily(usual)
	switch kind := d.Number(1, 100); {
	case kind <= 18:
		days = allDay()
	case kind <= 40:
		days[5] = []span{{usual.from + hour, usual.to - hour}}
		days[6] = []span{{usual.from + hour, usual.to}}
	case kind <= 48:
		days = daily(span{0, pick(d, 60, 90, 120)}, span{usual.from, midnight})
	case kind <= 56:
		days = daily(span{usual.from, 11 * hour}, span{pick(d, 15, 16, 17) * hour, usual.to})
	case kind <= 65:
		days[pick(d, 1, 2, 5, 6, 6)] = nil
	}
	return week(days)
}

// laneHours are long, and often never end.
func laneHours(d draw) []dragonpass.OpeningHours {
	usual := between(d, 3, 6, 19, 23)
	days := daily(usual)
	switch kind := d.Number(1, 100); {
	case kind <= 30:
		days = allDay()
	case kind <= 45:
		days[5] = []span{{usual.from, usual.to - 2*hour}}
	case kind <= 52:
		days[5] = nil
	}
	return week(days)
}

// counterHours are those of restaurants and shops.
func counterHours(d draw) []dragonpass.OpeningHours {
	usual := between(d, 5, 10, 18, 23)
	days := daily(usual)
	switch kind := d.Number(1, 100); {
	case kind <= 8:
		days = allDay()
	case kind <= 30:
		days[6] = []span{{usual.from + hour, usual.to - hour}}
	case kind <= 40:
		days[pick(d, 0, 1, 6)] = nil
	}
	return week(days)
}
