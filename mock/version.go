package mock

import (
	"cmp"
	"runtime/debug"
	"strings"
	"sync"
)

// version is set by the linker alone, for builds that do not see the repository's tags, such as that of the image:
//
//	go build -ldflags "-X dragonmock/mock.version=1.2.3" ./cmd/dragonmock
var version string

// modulePath is how the build information calls this module.
const modulePath = "dragonmock"

// Version returns the version of dragonmock that this program was built from, without the v of its tag: "1.2.3" of a
// release, "1.2.4-0.20260102150405-0123456789ab" of a commit after it, with "+dirty" if files were changed. A build that
// does not know is "dev".
func Version() string { return built() }

var built = sync.OnceValue(func() string {
	info, _ := debug.ReadBuildInfo()
	return versionOf(version, info)
})

// versionOf returns what the linker was told, or else the version of this module in the build information, which has it
// as the main module or, in other people's programs, as one that they require. info may be nil.
func versionOf(linked string, info *debug.BuildInfo) string {
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
