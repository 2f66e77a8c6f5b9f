package account

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
)

// newToken is 256 bits of chance, 43 characters that can stand in an address.
func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// hashToken is what is kept of a token.
func hashToken(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

const codeDigits = 6

// newCode is six digits.
func newCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(fmt.Sprintf("account: chance: %v", err)) // never fails (crypto/rand)
	}
	return fmt.Sprintf("%0*d", codeDigits, n)
}

// codeHash is what is kept of a code: without the token that only its holder has, six digits cannot be found out from it.
func codeHash(token, code string) string {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte(code))
	return hex.EncodeToString(mac.Sum(nil))
}

func sameHash(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// cleanCode is a code as a person types or says it, freed of spaces and of digits written wide.
func cleanCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '-' || r == '.' || r == '\u00a0' || r == '\u202f' || r == '\u3000' || r == '\t':
			return -1
		}
		return '?'
	}, typed)
}
