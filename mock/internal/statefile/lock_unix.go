//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package statefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// locked makes and locks a file beside the state file, which itself is another one after each save.
func locked(name string) (*os.File, error) {
	for {
		lock, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600)
		if err != nil {
			return nil, fmt.Errorf("it cannot be written: %w", err)
		}
		if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
			_ = lock.Close()
			if errors.Is(err, syscall.EWOULDBLOCK) {
				return nil, fmt.Errorf("another process has it (%s is locked); two that save into one file would lose worlds", name)
			}
			return nil, fmt.Errorf("it cannot be locked: %w", err)
		}
		mine, err := lock.Stat()
		there, missing := os.Stat(name)
		if err == nil && missing == nil && os.SameFile(mine, there) {
			return lock, nil
		}
		_ = lock.Close() // its last owner has removed it meanwhile: what is locked is in nobody's way
	}
}

// names is how many names a file has.
func names(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink)
	}
	return 1
}
