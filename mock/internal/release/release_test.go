package release_test

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/release"
)

func TestVersion_Build_SaysWhatItIs(t *testing.T) {
	t.Parallel()
	other := debug.Module{Path: "example.com/app", Version: "v9.9.9"}
	for name, row := range map[string]struct {
		linked string
		info   *debug.BuildInfo
		want   string
	}{
		"the linker was told":       {"v1.2.3", &debug.BuildInfo{Main: debug.Module{Path: "dragonmock", Version: "v1.0.0"}}, "1.2.3"},
		"a tagged commit":           {"", &debug.BuildInfo{Main: debug.Module{Path: "dragonmock", Version: "v1.2.3"}}, "1.2.3"},
		"a commit after a tag":      {"", &debug.BuildInfo{Main: debug.Module{Path: "dragonmock", Version: "v1.2.4-0.20260102150405-0123456789ab+dirty"}}, "1.2.4-0.20260102150405-0123456789ab+dirty"},
		"no version control":        {"", &debug.BuildInfo{Main: debug.Module{Path: "dragonmock", Version: "(devel)"}}, "dev"},
		"no build information":      {"", nil, "dev"},
		"required by a program":     {"", &debug.BuildInfo{Main: other, Deps: []*debug.Module{{Path: "dragonmock", Version: "v1.2.3"}}}, "1.2.3"},
		"replaced by a folder":      {"", &debug.BuildInfo{Main: other, Deps: []*debug.Module{{Path: "dragonmock", Version: "v0.0.0", Replace: &debug.Module{Path: "../dragonmock"}}}}, "dev"},
		"replaced by a fork":        {"", &debug.BuildInfo{Main: other, Deps: []*debug.Module{{Path: "dragonmock", Version: "v0.0.0", Replace: &debug.Module{Path: "example.com/fork", Version: "v1.2.5"}}}}, "1.2.5"},
		"a program that lacks this": {"", &debug.BuildInfo{Main: other}, "dev"},
	} {
		assert.Equal(t, row.want, release.Version(row.linked, row.info), name)
	}
}
