package dragonpass

import (
	"fmt"
	"slices"
)

// CrossModule is the module of a pass that is good for several. Only passes are of it: what is used or booked with one is
// of the module that is really used (D/339381m0, S).
const CrossModule Module = 0

// CrossModules are the modules that a cross-module pass can be for, sorted (S). Which of them, is agreed for the programme.
func CrossModules() []Module { return []Module{Lounge, SetMeal, Coupon} }

// V2Alone says whether v1 does not know the module.
func (m Module) V2Alone() bool { return m == CrossModule || m.Lifestyle() }

// Covers says whether the pass is for a module.
func (p EPass) Covers(m Module) bool {
	if p.Module == CrossModule {
		return slices.Contains(p.AllowedModules, m)
	}
	return p.Module == m
}

// ModuleWords says which modules the pass is for: "module 1", or "modules [1 3 4]".
func (p EPass) ModuleWords() string {
	if p.Module == CrossModule {
		return fmt.Sprintf("modules %v", p.AllowedModules)
	}
	return fmt.Sprintf("module %d", p.Module)
}

// CrossModules are the modules of the programme's cross-module passes: all that there can be, where nothing else is agreed
//
func (p Program) CrossModules() []Module {
	if len(p.Agreed) == 0 {
		return CrossModules()
	}
	return p.Agreed
}
