package snapshot

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"sync"
)

// Program names the program that runs, to the last bit: the SHA-256 of its file, in hexadecimal. Another one may lay out
// its memory in another way, or read other things into the same words.
var Program = sync.OnceValues(func() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("the file of this program: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("the file of this program: %w", err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", fmt.Errorf("the file of this program: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
})
