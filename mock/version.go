package mock

import (
	"runtime/debug"
	"sync"

	"dragonmock/mock/internal/release"
)

// version is set by the linker alone, for builds that do not see the repository's tags, such as that of the image:
//
//	go build -ldflags "-X dragonmock/mock.version=1.2.3" ./cmd/dragonmock
var version string

// Version returns the version of dragonmock that this program was built from, without the v of its tag: "1.2.3" of a
// release, "1.2.4-0.20260102150405-0123456789ab" of a commit after it, with "+dirty" if files were changed. A build that
// does not know is "dev".
func Version() string { return built() }

var built = sync.OnceValue(func() string {
	info, _ := debug.ReadBuildInfo()
	return release.Version(version, info)
})
