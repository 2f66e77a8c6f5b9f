package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"

	"parvis/internal/problem"
)

// Store keeps bytes under names of its own making. It is safe for concurrent use.
type Store interface {
	// Put keeps what r gives, up to limit bytes, and returns once it is safe. More than limit bytes is
	// problem.TooLarge, no space left problem.Full; nothing is kept then.
	Put(ctx context.Context, r io.Reader, limit int64) (Kept, error)
	// Open gives a file's bytes; problem.NotFound when there is none of that name.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// Remove forgets a file. To forget what is not there is no error.
	Remove(ctx context.Context, name string) error
	// Walk calls f with every file and the time it was kept, in no order, until f returns an error.
	Walk(ctx context.Context, f func(name string, kept time.Time) error) error
}

// Kept is what Put knows about the bytes it kept: their name, their number, and their SHA-256 in hexadecimal.
type Kept struct {
	Name   string
	Size   int64
	SHA256 string
}

// nameBytes is the randomness of a name: 160 bits, so that nobody guesses one and no two are ever equal.
const nameBytes = 20

// newName makes a name: 40 hexadecimal digits.
func newName() string {
	var b [nameBytes]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}

// ValidName reports whether name has the form of a name that this package makes.
func ValidName(name string) bool {
	if len(name) != 2*nameBytes {
		return false
	}
	for _, c := range []byte(name) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// checkName refuses what is not a name, as something that is not there.
func checkName(name string) error {
	if !ValidName(name) {
		return problem.Because(problem.NotFound, fmt.Errorf("%q is not the name of a file", name))
	}
	return nil
}

// meter counts and sums what passes through it, and stops at the first byte too many.
type meter struct {
	from  io.Reader
	limit int64
	size  int64
	sum   hash.Hash
}

func newMeter(r io.Reader, limit int64) *meter {
	return &meter{from: r, limit: limit, sum: sha256.New()}
}

// Read passes bytes on; past the limit it is problem.TooLarge.
func (m *meter) Read(p []byte) (int, error) {
	n, err := m.from.Read(p)
	m.size += int64(n)
	if m.size > m.limit {
		return 0, problem.New(problem.TooLarge, "", "Limit", m.limit)
	}
	m.sum.Write(p[:n])
	return n, err
}

func (m *meter) kept(name string) Kept {
	return Kept{Name: name, Size: m.size, SHA256: hex.EncodeToString(m.sum.Sum(nil))}
}

// ErrChanged says that a file's bytes are not those that were kept.
var ErrChanged = errors.New("the file's bytes are not those that were kept")

// verified gives the bytes of r and, at their end, ErrChanged when they are not what k says.
type verified struct {
	io.ReadCloser
	want Kept
	got  *meter
}

// Verify wraps an opened file so that reading it to its end fails with ErrChanged when its size or checksum is not k's.
func Verify(r io.ReadCloser, k Kept) io.ReadCloser {
	return &verified{ReadCloser: r, want: k, got: newMeter(r, 1<<62)}
}

// Read reads, and checks at the end.
func (v *verified) Read(p []byte) (int, error) {
	n, err := v.got.Read(p)
	if errors.Is(err, io.EOF) && v.got.kept(v.want.Name) != v.want {
		return n, fmt.Errorf("file %s: %w", v.want.Name, ErrChanged)
	}
	return n, err
}
