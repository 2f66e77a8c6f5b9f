//go:build unix

package db

import (
	"errors"
	"fmt"
	"os"
	"syscall"

	"parvis/internal/problem"
)

// lockFile takes the file for this program alone until it is closed.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = problem.Because(problem.Unavailable, fmt.Errorf("another program has it open, perhaps `parvis serve`: stop that first (%s)", path))
		}
		return nil, err
	}
	return f, nil
}
