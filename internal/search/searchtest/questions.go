package searchtest

import (
	"math/rand/v2"
	"slices"
	"strings"

	"parvis/internal/fold"
	"parvis/internal/search"
)

// Question is something asked, and the document whose words it uses.
type Question struct {
	Words  string // as typed
	Right  string // the same without mistakes
	ID     string
	Prefix bool
}

// Full makes n questions of one to three words of a document's name and town, rightly spelt, some with their accents.
func Full(docs []search.Doc, n int, seed uint64) []Question {
	r := rand.New(rand.NewPCG(seed, 2))
	asked := make([]Question, n)
	for i := range asked {
		doc := &docs[r.IntN(len(docs))]
		words := wordsOf(r, doc)
		text := strings.Join(words, " ")
		asked[i] = Question{Words: text, Right: text, ID: doc.ID}
	}
	return asked
}

// wordsOf chooses the name's last words, which are the rarest, or some of them and the town.
func wordsOf(r *rand.Rand, doc *search.Doc) []string {
	name, town := fold.Words(doc.Fields[0].Text), fold.Words(doc.Fields[2].Text)
	if r.IntN(3) == 0 {
		name = strings.Fields(strings.ToLower(doc.Fields[0].Text))
	}
	name = name[max(0, len(name)-1-r.IntN(3)):]
	if r.IntN(3) == 0 {
		for _, w := range town {
			if !slices.Contains(name, w) {
				name = append(name, w)
			}
		}
	}
	return name[:min(len(name), 4)]
}

// Misspelt makes n questions of which one word, of four letters or more, has a mistake.
func Misspelt(docs []search.Doc, n int, seed uint64) []Question {
	r := rand.New(rand.NewPCG(seed, 3))
	asked := make([]Question, 0, n)
	for len(asked) < n {
		doc := &docs[r.IntN(len(docs))]
		words := fold.Words(strings.Join(wordsOf(r, doc), " "))
		var long []int
		for i, w := range words {
			if fold.Mistakes(w) > 0 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == "" {
				long = append(long, i)
			}
		}
		if len(long) == 0 {
			continue
		}
		right := strings.Join(words, " ")
		i := pick(r, long)
		words[i] = Slip(r, words[i])
		asked = append(asked, Question{Words: strings.Join(words, " "), Right: right, ID: doc.ID})
	}
	return asked
}

// Slip makes one mistake in a word of plain letters: one left out, one too many, another one, two swapped. The first
// letter stays, as it mostly does.
func Slip(r *rand.Rand, word string) string {
	for {
		i := 1 + r.IntN(len(word)-1)
		letter := string(rune('a' + r.IntN(26)))
		wrong := word
		switch r.IntN(4) {
		case 0:
			wrong = word[:i] + word[i+1:]
		case 1:
			wrong = word[:i] + letter + word[i:]
		case 2:
			wrong = word[:i] + letter + word[i+1:]
		case 3:
			if i+1 < len(word) {
				wrong = word[:i] + word[i+1:i+2] + word[i:i+1] + word[i+2:]
			}
		}
		if wrong != word {
			return wrong
		}
	}
}

// Beginnings makes n questions that are the first two letters, or the first character, of a document's word, as they
// are when somebody begins to type.
func Beginnings(docs []search.Doc, n int, seed uint64) []Question {
	r := rand.New(rand.NewPCG(seed, 4))
	asked := make([]Question, 0, n)
	for len(asked) < n {
		doc := &docs[r.IntN(len(docs))]
		letters := []rune(pick(r, fold.Words(doc.Fields[0].Text)))
		if len(letters) == 1 && !fold.IsHan(letters[0]) {
			continue
		}
		text := string(letters[:min(2, len(letters))])
		asked = append(asked, Question{Words: text, Right: text, ID: doc.ID, Prefix: true})
	}
	return asked
}
