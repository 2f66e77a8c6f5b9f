//go:build !unix

package db

import "os"

// lockFile opens the file; this system has no lock that ends with the program.
func lockFile(path string) (*os.File, error) { return os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) }
