// Package fold brings words to the form in which they are compared: lower case, without accents, full-width forms made
// plain, each Han character a word of its own. "Đà Nẵng" and "da nang", "Ştefan" and "Ștefan", "ÉCOLE" and "ecole" are
// the same once folded.
//
// What always holds: folding is the same on every machine and for every way of composing a text (NFC, NFD); folding
// what is folded changes nothing; a folded text has no upper case, no mark, and single spaces only.
package fold
