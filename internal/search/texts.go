package search

import "strings"

// texts keeps many short texts in a few pieces of memory, so that the collector has little to look at. A piece is let go
// with the last of its texts: it is for what comes together and mostly stays. A nil one keeps each text by itself.
type texts struct {
	piece *strings.Builder
}

// aPiece is how many bytes a piece has.
const aPiece = 64 << 10

// keep copies texts, one after the other, as one.
func (t *texts) keep(parts ...string) string {
	n := 0
	for _, part := range parts {
		n += len(part)
	}
	piece := &strings.Builder{}
	switch {
	case t == nil:
		piece.Grow(n)
	case t.piece == nil || t.piece.Len()+n > t.piece.Cap():
		t.piece = piece
		piece.Grow(max(aPiece, n))
	default:
		piece = t.piece
	}
	at := piece.Len()
	for _, part := range parts {
		piece.WriteString(part) // within its capacity: the piece does not move
	}
	return piece.String()[at:]
}
