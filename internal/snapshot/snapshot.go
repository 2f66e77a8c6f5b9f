// Package snapshot writes what a program holds in memory to a file that only the same program reads again: numbers and texts,
// one after the other, in a stream that is compressed and has checksums. There is nothing in it to tell what they are:
// who reads asks for the same things in the same order.
package snapshot

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/klauspost/compress/s2"
)

// ErrTooLong is a length that no Writer wrote: what is read is something else.
var ErrTooLong = errors.New("it says that more follows than can be")

const (
	longest = 1 << 30 // bytes of a text, members of a list
	aPiece  = 1 << 16 // bytes of texts that are read as one
	atOnce  = 1 << 12 // numbers that are turned into bytes together
)

// Writer writes. After a failure it writes no more; Close tells of it.
type Writer struct {
	to   *bufio.Writer
	pack *s2.Writer
	room []byte
	err  error
}

// NewWriter gives a Writer. Close ends what it writes, and does not close w.
func NewWriter(w io.Writer) *Writer {
	pack := s2.NewWriter(w)
	return &Writer{to: bufio.NewWriterSize(pack, 1<<16), pack: pack, room: make([]byte, 0, 4*atOnce)}
}

func (w *Writer) bytes(b []byte) {
	if w.err == nil {
		_, w.err = w.to.Write(b)
	}
}

// Uint writes a number.
func (w *Writer) Uint(n uint64) { w.bytes(binary.AppendUvarint(w.room, n)) }

// Uints writes numbers, without saying how many.
func (w *Writer) Uints(all []uint32) {
	for len(all) > 0 {
		some := all[:min(len(all), atOnce)]
		b := w.room
		for _, n := range some {
			b = binary.LittleEndian.AppendUint32(b, n)
		}
		w.bytes(b)
		all = all[len(some):]
	}
}

// Float writes a number with a fraction, to the last bit.
func (w *Writer) Float(f float64) {
	w.bytes(binary.LittleEndian.AppendUint64(w.room, math.Float64bits(f)))
}

// Text writes a text.
func (w *Writer) Text(s string) {
	w.Uint(uint64(len(s)))
	w.text(s)
}

func (w *Writer) text(s string) {
	if w.err == nil {
		_, w.err = w.to.WriteString(s)
	}
}

// Texts writes n texts, without saying how many.
func (w *Writer) Texts(n int, text func(i int) string) {
	for from := 0; from < n; {
		bytes, to := 0, from
		for ; to < n && (to == from || bytes+len(text(to)) <= aPiece); to++ {
			bytes += len(text(to))
		}
		w.Uint(uint64(to - from))
		w.Uint(uint64(bytes))
		for i := from; i < to; i++ {
			w.Uint(uint64(len(text(i))))
		}
		for i := from; i < to; i++ {
			w.text(text(i))
		}
		from = to
	}
}

// Close ends the writing, and tells what failed.
func (w *Writer) Close() error { return errors.Join(w.err, w.to.Flush(), w.pack.Close()) }

// Reader reads what a Writer wrote. After a failure it gives nothing but zeros; Err tells of it.
type Reader struct {
	from *bufio.Reader
	room []byte
	err  error
}

// NewReader gives a Reader.
func NewReader(r io.Reader) *Reader {
	return &Reader{from: bufio.NewReaderSize(s2.NewReader(r), 1<<16), room: make([]byte, 4*atOnce)}
}

// Err is the first failure.
func (r *Reader) Err() error { return r.err }

// Fail notes a failure of whoever reads, unless there was one before.
func (r *Reader) Fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *Reader) fill(b []byte) {
	if r.err != nil {
		clear(b)
		return
	}
	if _, err := io.ReadFull(r.from, b); err != nil {
		clear(b)
		r.Fail(fmt.Errorf("read a snapshot: %w", err))
	}
}

// Uint reads a number.
func (r *Reader) Uint() uint64 {
	if r.err != nil {
		return 0
	}
	n, err := binary.ReadUvarint(r.from)
	if err != nil {
		r.Fail(fmt.Errorf("read a snapshot: %w", err))
		return 0
	}
	return n
}

// Len reads a number that is a length.
func (r *Reader) Len() int {
	n := r.Uint()
	if n > longest {
		r.Fail(ErrTooLong)
		return 0
	}
	return int(n)
}

// Uints reads as many numbers as there is room for.
func (r *Reader) Uints(all []uint32) {
	for len(all) > 0 {
		b := r.room[:4*min(len(all), atOnce)]
		r.fill(b)
		for i := range len(b) / 4 {
			all[i] = binary.LittleEndian.Uint32(b[4*i:])
		}
		all = all[len(b)/4:]
	}
}

// Float reads a number with a fraction.
func (r *Reader) Float() float64 {
	b := r.room[:8]
	r.fill(b)
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}

// Text reads a text.
func (r *Reader) Text() string {
	b := make([]byte, r.Len())
	r.fill(b)
	return string(b)
}

// Texts reads n texts. Several lie in one piece of memory, which goes with the last of them.
func (r *Reader) Texts(n int, take func(i int, text string)) {
	for from := 0; from < n && r.err == nil; {
		some, bytes := r.Len(), r.Len()
		if some == 0 || some > n-from {
			r.Fail(ErrTooLong)
			return
		}
		ends, end := make([]int, some), 0
		for i := range ends {
			end += r.Len()
			ends[i] = end
		}
		if end != bytes {
			r.Fail(ErrTooLong)
			return
		}
		b := make([]byte, bytes)
		r.fill(b)
		piece, begin := string(b), 0
		for i, end := range ends {
			take(from+i, piece[begin:end])
			begin = end
		}
		from += some
	}
}
