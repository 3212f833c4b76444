package check

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"dragonmock/mock/dragonpass"
)

// Length refuses a text of fewer or more letters.
func Length(s string, least, most int) error {
	if n := utf8.RuneCountInString(s); n < least || n > most {
		return fmt.Errorf("expected %d to %d letters, got %d", least, most, n)
	}
	return nil
}

// Program says what is wrong with a programme as data, beginning with the pointer of the member.
func Program(p dragonpass.Program) error {
	if err := Length(p.ProgramID, 1, dragonpass.MaxProgramID); err != nil {
		return fmt.Errorf("/ProgramID: %w", err)
	}
	if p.Validity < 0 {
		return fmt.Errorf("/Validity: expected a duration of 0 or more, got %s", p.Validity)
	}
	if err := CrossModules(p.Agreed); err != nil {
		return fmt.Errorf("/Agreed%w", err)
	}
	return Entitlements(p.Entitlements)
}

// CrossModules says what is wrong with the modules of cross-module passes: they are some of
// [dragonpass.CrossModules], each once, in their order.
func CrossModules(list []dragonpass.Module) error {
	before := dragonpass.CrossModule
	for i, m := range list {
		if !slices.Contains(dragonpass.CrossModules(), m) || m <= before {
			return fmt.Errorf("/%d: expected 1, 3 or 4, above the one before, got %d", i, m)
		}
		before = m
	}
	return nil
}

// Entitlements says what is wrong with a list of entitlements as data, beginning with the pointer of the member: one of
// each module at most, in their order, and each within 0 and [dragonpass.MaxVisits].
func Entitlements(list []dragonpass.Entitlements) error {
	before := dragonpass.Module(0)
	for i, e := range list {
		if e.Module.Word() == "" || e.Module <= before {
			return fmt.Errorf("/Entitlements/%d/Module: expected a module of 1 to 4, 7, 8 or 11, above the one before, got %d", i, e.Module)
		}
		before = e.Module
		for _, n := range []struct {
			name  string
			value int
		}{{"Cardholder", e.Cardholder}, {"Guests", e.Guests}, {"Shared", e.Shared}, {"AllowedGuestsPerUsage", e.AllowedGuestsPerUsage}} {
			if n.value < 0 || n.value > dragonpass.MaxVisits {
				return fmt.Errorf("/Entitlements/%d/%s: expected 0 to %d, got %d", i, n.name, dragonpass.MaxVisits, n.value)
			}
		}
	}
	return nil
}
