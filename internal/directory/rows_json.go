package directory

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// jsonRows reads a list of objects, or an object that holds one ("lieux": [...]), or one object a line.
type jsonRows struct {
	dec   *json.Decoder
	count *counter
	lines *lineCounter
	list  bool
	done  bool
	whole bool // rows are given as objects, for a mapping
}

// rowMost is how many bytes one row of a JSON feed may have.
const rowMost = 4 << 20

var errRowTooLong = errors.New("one row is longer than 4 MB")

// lineCounter remembers where lines begin, so that an object can be told by its line.
type lineCounter struct {
	r      io.Reader
	offset int64
	starts []int64 // offsets of line ends that are not passed yet
	line   int     // lines passed
	row    int64   // where the row began that is read now, or a little before
}

func (l *lineCounter) Read(p []byte) (int, error) {
	if l.offset-l.row > rowMost {
		return 0, errRowTooLong
	}
	n, err := l.r.Read(p)
	for i, c := range p[:n] {
		if c == '\n' {
			l.starts = append(l.starts, l.offset+int64(i))
		}
	}
	l.offset += int64(n)
	return n, err
}

// at is the line of an offset. Offsets must not go back.
func (l *lineCounter) at(offset int64) int {
	passed := 0
	for passed < len(l.starts) && l.starts[passed] < offset {
		passed++
	}
	l.line += passed
	l.starts = slices.Delete(l.starts, 0, passed)
	return l.line + 1
}

// newJSON goes to the first object of a feed: at a mapping's path to the rows when there is one, else where it is found.
func newJSON(r io.Reader, whole bool, path []string) (*jsonRows, error) {
	count := &counter{r: r}
	counted := &lineCounter{r: utf16Aware(count, "")}
	j := &jsonRows{count: count, lines: counted, whole: whole}
	in := bufio.NewReader(counted)
	first, err := firstByte(in)
	if err != nil {
		return nil, err
	}
	j.dec = json.NewDecoder(in)
	j.dec.UseNumber()
	if len(path) > 0 {
		return j, j.descend(path)
	}
	if first == '{' {
		found, err := j.enterObject(in)
		if err != nil || found {
			return j, err
		}
		return j, nil
	}
	if _, err := j.dec.Token(); err != nil {
		return nil, j.broken(err)
	}
	j.list = true
	return j, nil
}

func firstByte(in *bufio.Reader) (byte, error) {
	for {
		b, err := in.ReadByte()
		if err != nil {
			return 0, err
		}
		if b > ' ' {
			return b, in.UnreadByte()
		}
	}
}

// enterObject looks whether an object holds the list. When its first member is no list, the feed is one object a line.
func (j *jsonRows) enterObject(in *bufio.Reader) (bool, error) {
	head, _ := in.Peek(in.Size())
	probe := json.NewDecoder(bytes.NewReader(head))
	depth := 0
	for {
		token, err := probe.Token()
		if err != nil {
			return false, nil // one object a line, told row by row
		}
		switch token {
		case json.Delim('{'):
			if depth++; depth > 1 {
				return false, nil
			}
		case json.Delim('}'):
			return false, nil
		case json.Delim('['):
			after := bytes.TrimLeft(head[probe.InputOffset():], " \t\r\n")
			if !bytes.HasPrefix(after, []byte("{")) {
				return false, nil // a list of words: the object is a row
			}
			for target := probe.InputOffset(); j.dec.InputOffset() < target; {
				if _, err := j.dec.Token(); err != nil {
					return false, j.broken(err)
				}
			}
			j.list = true
			return true, nil
		}
	}
}

// descend goes to the list of rows by the names of the members on the way. A list on the way is gone into: its first
// object is taken.
func (j *jsonRows) descend(path []string) error {
	for at := 0; ; {
		token, err := j.token()
		if err != nil {
			return err
		}
		switch {
		case token == json.Delim('[') && at == len(path):
			j.list = true
			return nil
		case token == json.Delim('['):
		case token == json.Delim('{') && at < len(path):
			if err := j.member(path[at]); err != nil {
				return err
			}
			at++
		default:
			return j.noPath(path)
		}
	}
}

func (j *jsonRows) noPath(path []string) error {
	return &Finding{Line: j.lines.at(j.dec.InputOffset()), Key: "directory.import.no-rows", Args: []any{"Path", strings.Join(path, ".")}, Rejected: true}
}

// member goes to the value of an object's member, past those before it.
func (j *jsonRows) member(name string) error {
	for {
		token, err := j.token()
		if err != nil {
			return err
		}
		member, ok := token.(string)
		if !ok {
			return j.noPath([]string{name})
		}
		if columnName(member) == columnName(name) {
			return nil
		}
		for depth := 0; ; {
			token, err := j.token()
			if err != nil {
				return err
			}
			switch token {
			case json.Delim('{'), json.Delim('['):
				depth++
			case json.Delim('}'), json.Delim(']'):
				depth--
			}
			if depth <= 0 {
				break
			}
		}
	}
}

// token reads one token, none of which may be longer than a row.
func (j *jsonRows) token() (json.Token, error) {
	token, err := j.dec.Token()
	j.lines.row = j.dec.InputOffset()
	if err != nil {
		return nil, j.broken(err)
	}
	return token, nil
}

func (j *jsonRows) columns() []string { return nil }
func (j *jsonRows) read() int64       { return j.count.n }

// next gives the next object.
func (j *jsonRows) next() (row, error) {
	if j.done || j.list && !j.dec.More() {
		return row{}, j.end()
	}
	var raw json.RawMessage
	if err := j.dec.Decode(&raw); err != nil {
		j.done = true
		if errors.Is(err, io.EOF) && !j.list {
			return row{}, io.EOF
		}
		return row{}, j.broken(err)
	}
	j.lines.row = j.dec.InputOffset()
	line := j.lines.at(j.dec.InputOffset() - int64(len(raw)) + 1)
	var object map[string]any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&object); err != nil || object == nil {
		return row{}, &Finding{Line: line, Value: shorten(string(raw)), Key: "directory.import.no-object", Rejected: true}
	}
	if j.whole {
		return row{line: line, object: object}, nil
	}
	return row{line: line, cells: cells(object)}, nil
}

// end is io.EOF, or what is wrong with a list that breaks off.
func (j *jsonRows) end() error {
	if j.done || !j.list {
		return io.EOF
	}
	j.done = true
	if _, err := j.dec.Token(); err != nil {
		return j.broken(err)
	}
	return io.EOF
}

// broken says where a feed cannot be read any further. What came before it is in.
func (j *jsonRows) broken(err error) error {
	j.done = true
	at := j.dec.InputOffset()
	var slip *json.SyntaxError
	switch {
	case errors.Is(err, errRowTooLong):
		return &Finding{Line: j.lines.at(at), Key: "directory.import.long-row", Args: []any{"Most", rowMost >> 20}, Rejected: true, ends: true}
	case errors.Is(err, errTooMuch):
		return &Finding{Line: j.lines.at(at), Key: "directory.import.package-large", Args: []any{"Most", packageMost >> 20}, Rejected: true, ends: true}
	case errors.As(err, &slip):
		at = max(at, slip.Offset)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		at = j.lines.offset - 1
	}
	return &Finding{Line: j.lines.at(at), Key: "directory.import.broken", Args: []any{"Cause", err.Error()},
		Rejected: true, ends: true}
}

// cells gives an object's members as cells: lists joined with the standard's bar, objects with their names before. Of
// members that are one column ("ID", "id ") the first by its name counts, so that a feed always says the same.
func cells(object map[string]any) map[string]string {
	all := map[string]string{}
	for _, member := range slices.Sorted(maps.Keys(object)) {
		name, found := columnName(member), map[string]string{}
		if inner, ok := object[member].(map[string]any); ok {
			for more, text := range cells(inner) {
				found[name+"_"+more] = text
			}
		} else if text := clean(cellText(object[member])); text != "" {
			found[name] = text
		}
		for name, text := range found {
			if all[name] == "" {
				all[name] = text
			}
		}
	}
	return all
}

func cellText(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case []any:
		var parts []string
		for _, one := range value {
			if text := strings.TrimSpace(cellText(one)); text != "" {
				parts = append(parts, text)
			}
		}
		return strings.Join(parts, "|")
	case map[string]any:
		return ""
	}
	return fmt.Sprint(value) // a number as it was written, or true, false
}
