//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package statefile

import (
	"fmt"
	"io/fs"
	"os"
)

// locked makes a file beside the state file. On these systems it keeps nobody away: that a file has changed is seen when
// it is saved.
func locked(name string) (*os.File, error) {
	lock, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("it cannot be written: %w", err)
	}
	return lock, nil
}

// names is how many names a file has.
func names(fs.FileInfo) uint64 { return 1 }
