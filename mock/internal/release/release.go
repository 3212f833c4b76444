package release

import (
	"cmp"
	"runtime/debug"
	"strings"
)

// modulePath is how the build information calls this module.
const modulePath = "dragonmock"

// Version returns what the linker was told, or else the version of this module in the build information, which has it
// as the main module or, in other people's programs, as one that they require. Without the v of its tag; "dev" for a
// build that does not know. info may be nil.
func Version(linked string, info *debug.BuildInfo) string {
	found := linked
	if found == "" && info != nil {
		for _, module := range append([]*debug.Module{&info.Main}, info.Deps...) {
			if module.Path != modulePath {
				continue
			}
			if module.Replace != nil {
				module = module.Replace // a folder has no version
			}
			found = module.Version
			break
		}
	}
	if found == "(devel)" {
		found = ""
	}
	return cmp.Or(strings.TrimPrefix(found, "v"), "dev")
}
