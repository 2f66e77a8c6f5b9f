package search

import "strings"

// texts keeps many short texts in a few pieces of memory, so that the collector has little to look at. A piece is let go
// with the last of its texts: it is for what comes together and mostly stays. A nil one keeps each text by itself.
type texts struct {
	piece *strings.Builder
}

// aPiece is how many bytes a piece has.
const aPiece = 64 << 10

// keep copies a text.
func (t *texts) keep(text string) string {
	if t == nil {
		return strings.Clone(text)
	}
	if t.piece == nil || t.piece.Len()+len(text) > t.piece.Cap() {
		t.piece = &strings.Builder{}
		t.piece.Grow(max(aPiece, len(text)))
	}
	at := t.piece.Len()
	t.piece.WriteString(text) // within its capacity: the piece does not move
	return t.piece.String()[at:]
}
