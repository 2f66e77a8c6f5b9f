package directory

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// shape is what a JSON feed looks like at its beginning.
type shape struct {
	members []string // of the first object
	row     []string // members of the first row: an object in the first list of objects, or the first object itself
	first   map[string]string
}

// shapeOf looks at the beginning of a JSON feed, which may be cut off anywhere.
func shapeOf(head []byte) shape {
	s := shape{first: map[string]string{}}
	dec := json.NewDecoder(utf16Aware(bytes.NewReader(head), ""))
	type level struct{ list, name bool } // in a list; a member's name comes next
	var at []level
	rowAt, inRow, member := 0, false, ""
	for {
		token, err := dec.Token()
		if err != nil {
			return s.rows()
		}
		top := len(at) - 1
		switch delim, _ := token.(json.Delim); delim {
		case '{', '[':
			opensRow := delim == '{' && rowAt == 0 && top >= 0 && at[top].list && top <= 1
			if opensRow {
				rowAt, inRow = len(at)+1, true
			}
			if top >= 0 && !at[top].list {
				at[top].name = true
			}
			at = append(at, level{list: delim == '[', name: delim == '{'})
			continue
		case '}', ']':
			inRow = inRow && len(at) != rowAt
			at = at[:top]
			if len(at) == 0 || rowAt > 0 && !inRow {
				return s.rows()
			}
			continue
		}
		if top < 0 || at[top].list {
			continue
		}
		if at[top].name {
			member, _ = token.(string)
			at[top].name = false
			if len(at) == 1 {
				s.members = append(s.members, columnName(member))
			}
			if inRow && len(at) == rowAt {
				s.row = append(s.row, columnName(member))
			}
			continue
		}
		at[top].name = true
		if text, ok := token.(string); ok && (inRow && len(at) == rowAt || rowAt == 0 && len(at) == 1) {
			s.first[columnName(member)] = text
		}
	}
}

// rows takes the first object for a row where no list of objects was found.
func (s shape) rows() shape {
	if s.row == nil {
		s.row = s.members
	}
	return s
}

func (s shape) has(any ...string) bool {
	return slices.ContainsFunc(any, func(name string) bool { return slices.Contains(s.row, name) })
}

// paged reports whether the first object is a page with lists rather than a row.
func (s shape) paged() bool {
	return slices.ContainsFunc([]string{"items", "contents", "structures"}, func(name string) bool { return slices.Contains(s.members, name) }) ||
		slices.Contains(s.members, "services") && !slices.ContainsFunc([]string{"id", "name", "nom"}, func(name string) bool { return slices.Contains(s.members, name) })
}

// listRows reads the objects of a JSON feed with the name of the list that holds each: of pages one after another, of an
// object with several lists, of one list, or one object to a line.
type listRows struct {
	*jsonRows
	paged bool
	name  string // of the list that is read now
	depth int    // of the objects and lists that are open, the list itself included
}

func newLists(r io.Reader, paged bool) (*listRows, error) {
	count := &counter{r: r}
	counted := &lineCounter{r: utf16Aware(count, "")}
	in := bufio.NewReader(counted)
	first, err := firstByte(in)
	if err != nil {
		return nil, err
	}
	l := &listRows{jsonRows: &jsonRows{count: count, lines: counted, dec: json.NewDecoder(in)}, paged: paged}
	if first == '[' {
		if _, err := l.token(); err != nil {
			return nil, err
		}
		l.list, l.paged = true, false
	}
	return l, nil
}

// object gives the next object as it is written, the list that holds it, and its line.
func (l *listRows) object() (raw json.RawMessage, list string, line int, err error) {
	for l.paged && !l.list {
		if err := l.enter(); err != nil {
			return nil, "", 0, err
		}
	}
	if l.done || l.list && !l.dec.More() {
		if l.done || !l.paged {
			return nil, "", 0, l.end()
		}
		if _, err := l.token(); err != nil { // the list's end
			return nil, "", 0, err
		}
		l.list, l.depth = false, l.depth-1
		return l.object()
	}
	if err := l.dec.Decode(&raw); err != nil {
		l.done = true
		if errors.Is(err, io.EOF) && !l.list {
			return nil, "", 0, io.EOF
		}
		return nil, "", 0, l.broken(err)
	}
	l.lines.row = l.dec.InputOffset()
	line = l.lines.at(l.dec.InputOffset() - int64(len(raw)) + 1)
	if !utf8.Valid(raw) { // the other form in which programs write, as in tables
		if decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw); err == nil {
			raw = decoded
		}
	}
	if raw[0] != '{' {
		return nil, "", 0, &Finding{Line: line, Value: shorten(string(raw)), Key: "directory.import.no-object", Rejected: true}
	}
	return raw, l.name, line, nil
}

// enter goes on to the next list of a page, into it; past all else.
func (l *listRows) enter() error {
	if l.done {
		return io.EOF
	}
	token, err := l.dec.Token()
	l.lines.row = l.dec.InputOffset()
	if err != nil {
		if errors.Is(err, io.EOF) && l.depth == 0 {
			l.done = true
			return io.EOF
		}
		return l.broken(err)
	}
	switch token {
	case json.Delim('{'):
		l.depth++
	case json.Delim('}'), json.Delim(']'):
		l.depth--
	case json.Delim('['):
		l.depth++
		l.list = l.depth == 2 && l.name != ""
	default:
		if text, ok := token.(string); ok && l.depth == 1 {
			l.name = columnName(text)
		}
	}
	return nil
}
