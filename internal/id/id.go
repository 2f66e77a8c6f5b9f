// Package id makes the names of things: time-ordered ids for rows, and public codes that can be read aloud over the
// phone, written on paper and checked before anything is looked up.
package id

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// New returns a time-ordered id (UUID version 7, 36 characters).
func New() string { return uuid.Must(uuid.NewV7()).String() }

// From returns the id that belongs to names, always the same one for the same names in the same order (UUID version 5):
// a record that another register names gets it, so that the record is recognised when it comes again.
func From(names ...string) string {
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, "%d:%s", len(name), name) // with its length: "a", "bc" is not "ab", "c"
	}
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(b.String())).String()
}

// Valid reports whether s has the form of an id.
func Valid(s string) bool { return uuid.Validate(s) == nil && len(s) == 36 }

// alphabet has no I, O, U, 0, 1: nothing that is misread on paper. Its size is a prime, which the check needs.
const alphabet = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"

const (
	letters    = len(alphabet) // 31
	codeLength = 12            // with its check character: 11 random ones, about 54 bits
)

// ErrCode says that a text is not a public code: a wrong length, a foreign character, or a check that fails.
var ErrCode = errors.New("not a code")

// NewCode returns a random public code as it is shown: four groups of three, the last character a check on the rest
// ("7KM-2QX-93T-HBC"). It can be made on a device that has no network.
func NewCode() string {
	code := make([]byte, 0, codeLength)
	for len(code) < codeLength-1 {
		var b [16]byte
		_, _ = rand.Read(b[:]) // never fails (crypto/rand)
		for _, v := range b {
			if int(v) < 256/letters*letters && len(code) < codeLength-1 {
				code = append(code, alphabet[int(v)%letters])
			}
		}
	}
	return group(append(code, check(code)))
}

// ParseCode reads a code as a person types it, in any case, with spaces, dots or dashes, and gives it as it is shown.
func ParseCode(typed string) (string, error) {
	var code []byte
	for _, r := range strings.ToUpper(typed) {
		switch {
		case r == ' ' || r == '-' || r == '.' || r == '\u00a0' || r == '\u202f':
		case r < 128 && strings.IndexByte(alphabet, byte(r)) >= 0:
			code = append(code, byte(r))
		default:
			return "", ErrCode
		}
	}
	if len(code) != codeLength || check(code[:codeLength-1]) != code[codeLength-1] {
		return "", ErrCode
	}
	return group(code), nil
}

// check is a weighted sum modulo 31. Its weights, 1 to 11, catch every single wrong character and every swap of two.
func check(code []byte) byte {
	sum := 0
	for i, c := range code {
		sum += (i + 1) * strings.IndexByte(alphabet, c)
	}
	return alphabet[sum%letters]
}

func group(code []byte) string {
	var b strings.Builder
	for i, c := range code {
		if i > 0 && i%3 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(c)
	}
	return b.String()
}
