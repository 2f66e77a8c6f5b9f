package account

import "time"

// CheckPassword lets a test see what is said of a new password.
func CheckPassword(password string, a Account, house ...string) string {
	key, _ := checkPassword(password, a, house...)
	return key
}

// SetQueue lets a test shorten how long one waits for room.
func SetQueue(h *Hasher, d time.Duration) { h.queue = d }

// Nobody is the hash that passwords are checked against where there is no account.
func Nobody(h *Hasher) string { return h.nobody() }

// Fill takes all room.
func Fill(h *Hasher) {
	for range cap(h.room) {
		h.room <- struct{}{}
	}
}

// CleanCode lets a test see how a typed code is read.
var CleanCode = cleanCode

// NewCode lets a test draw codes.
var NewCode = newCode

// Waits are the waits behind the first n tries of one who guesses passwords at one account from many networks.
func Waits(n int) (all []time.Duration) {
	for i := range n {
		all = append(all, guessAccount.after(i+1))
	}
	return all
}
