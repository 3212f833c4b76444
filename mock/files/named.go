package files

import (
	"dragonmock/mock/internal/caller"
	"dragonmock/mock/internal/stage"
)

// CheckURL refuses what is no absolute http or https URL.
func CheckURL(at string) error {
	_, err := caller.AbsoluteURL(at)
	return err
}

// CheckCallbackURL refuses what callbacks cannot be sent to: neither an absolute http or https URL nor "sink".
func CheckCallbackURL(to string) error {
	return new(stage.Settings).SetCallbackURL(to)
}

// CheckEventURL refuses an event of v2 that there is not, and what it cannot be sent to.
func CheckEventURL(event, to string) error {
	return new(stage.Settings).SetEventURL(event, to)
}

// CheckReadings refuses a reading of v2 that there is not, and one that comes twice.
func CheckReadings(names ...string) error { return stage.CheckReadings(names...) }

// CheckRoots refuses a file that holds no certificates (PEM).
func CheckRoots(path string) error {
	_, err := caller.ReadRoots(path)
	return err
}
