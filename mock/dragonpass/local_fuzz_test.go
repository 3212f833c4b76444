package dragonpass_test

import (
	"testing"
	"time"

	"dragonmock/mock/dragonpass"
)

// zones differ in what clocks do: half hours, whole days skipped, two changes within a year, war time, odd offsets.
var zones = []string{
	"UTC", "Europe/London", "Europe/Dublin", "Europe/Moscow", "Europe/Lisbon", "America/New_York", "America/St_Johns", "America/Caracas",
	"America/Sao_Paulo", "America/Nuuk", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tehran", "Asia/Gaza", "Asia/Pyongyang",
	"Asia/Manila", "Africa/Casablanca", "Africa/Cairo", "Africa/Monrovia", "Antarctica/Troll", "Antarctica/Casey", "Australia/Lord_Howe",
	"Australia/Eucla", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham", "Pacific/Kwajalein",
}

// FuzzLocalTime reads what a client may send, and every wall time that a zone has ever shown.
func FuzzLocalTime(f *testing.F) {
	var locations []*time.Location
	for _, name := range zones {
		location, err := time.LoadLocation(name)
		if err != nil {
			f.Fatal(err)
		}
		locations = append(locations, location)
	}
	for i, local := range []string{"2025-10-26T01:30", "2025-03-30T01:30", "2011-12-30T12:00", "2025-02-30T10:30", "2025-10-01T1:30", "", "0000-01-01T00:00", "9999-12-31T23:59"} {
		f.Add(local, uint8(i), int64(1_760_000_000))
	}
	f.Fuzz(func(t *testing.T, local string, zone uint8, unix int64) {
		location := locations[int(zone)%len(locations)]
		if at, err := dragonpass.LocalTime(local).In(location); err == nil && string(localAt(at, location)) != local {
			t.Fatalf("%s in %s is %s, which the wall shows as %s", local, location, at, localAt(at, location))
		} else if err != nil && err.Error() == "" {
			t.Fatalf("%q is refused without a word", local)
		}
		const year9999 = 253402300799
		at := time.Unix(unix%year9999, 0)
		shown := localAt(at, location)
		if at.Unix() < 86400 || at.Year() > 9998 { // no time of an entity
			return
		}
		back, err := shown.In(location)
		if err != nil || localAt(back, location) != shown || back.After(at) {
			t.Fatalf("%s in %s shows %s, which is read as %s, %v", at.UTC(), location, shown, back.UTC(), err)
		}
	})
}
