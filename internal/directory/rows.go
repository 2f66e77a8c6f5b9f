package directory

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"parvis/internal/fold"
)

// A feed is read row by row, whatever its form: a row has its line in the file and its cells by column name.
type row struct {
	line  int
	cells map[string]string
}

// rows gives a feed's rows until io.EOF. An error that is a *Finding is about one row: reading can go on.
type rows interface {
	next() (row, error)
	columns() []string // as the feed names them, folded by columnName; nil when rows name their own
	read() int64       // bytes so far
}

// Limits of one row: a row beyond them is taken for a quotation mark that nobody closed.
const (
	rowLines = 400
	rowBytes = 1 << 20
)

// columnName is a column's name in its one form: "Adresse " and "adresse" are the same.
func columnName(s string) string {
	return strings.ReplaceAll(strings.TrimSpace(fold.Fold(s)), " ", "_")
}

// csvRows reads comma-separated tables as they come: UTF-8 or Windows-1252, with or without a byte order mark, with
// commas, semicolons or tabs, with Windows, Unix or old Mac line ends.
type csvRows struct {
	in     *bufio.Reader
	count  *counter
	comma  byte
	names  []string
	line   int      // lines handed out or put back so far
	queued []string // lines put back after a quotation mark that nobody closed
	header int
	old    bool // it begins in Windows-1252, so all of it is
}

// counter counts the bytes that pass.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// newCSV reads the header of a table. want names columns that tables of this kind have: they decide what separates.
func newCSV(r io.Reader, want func(column string) bool) (*csvRows, error) {
	count := &counter{r: r}
	in := bufio.NewReaderSize(utf16Aware(count), 64<<10)
	head, _ := in.Peek(in.Size())
	c := &csvRows{in: in, count: count, old: !beginsUTF8(head)}
	for {
		lines, err := c.logical(',')
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(strings.Trim(lines.text, ",;\t\"")) == "" {
			continue // empty lines above the header
		}
		c.comma, c.names = separator(lines.text, want, c.decode)
		c.header = lines.line
		return c, nil
	}
}

// utf16Aware turns UTF-16 with its mark, which spreadsheets call "Unicode text", into UTF-8 and drops a UTF-8 mark.
func utf16Aware(r io.Reader) io.Reader {
	in := bufio.NewReader(r)
	head, _ := in.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = in.Discard(3)
	}
	return in
}

// separator finds what separates a table's cells: what makes the most known columns of its header.
func separator(header string, want func(string) bool, decode func(string) string) (comma byte, names []string) {
	best := -1
	for _, try := range []byte{',', ';', '\t', '|'} {
		cells, closed := split(header, try)
		if !closed {
			continue
		}
		known := 0
		for i := range cells {
			cells[i] = columnName(decode(cells[i]))
			if want(cells[i]) {
				known++
			}
		}
		if known > best {
			best, comma, names = known, try, cells
		}
	}
	return comma, names
}

func (c *csvRows) columns() []string { return c.names }
func (c *csvRows) read() int64       { return c.count.n }

// next gives the next row that has anything in it.
func (c *csvRows) next() (row, error) {
	for {
		lines, err := c.logical(c.comma)
		if err != nil {
			return row{}, err
		}
		cells, closed := split(lines.text, c.comma)
		if !closed {
			return row{}, &Finding{Line: lines.line, Value: shorten(c.decode(lines.text)), Key: "directory.import.quote", Rejected: true}
		}
		if r := c.row(lines.line, cells); len(r.cells) > 0 {
			if extra := beyond(cells, len(c.names)); extra > 0 {
				return r, &Finding{Line: r.line, Row: r.cells["id"], Value: shorten(c.decode(lines.text)), Key: "directory.import.cells",
					Args: []any{"N", len(c.names) + extra, "Want", len(c.names)}, Rejected: true}
			}
			return r, nil
		}
	}
}

func (c *csvRows) row(line int, cells []string) row {
	r := row{line: line, cells: map[string]string{}}
	for i, name := range c.names {
		if i >= len(cells) {
			break
		}
		if value := clean(c.decode(cells[i])); value != "" && r.cells[name] == "" {
			r.cells[name] = value
		}
	}
	return r
}

// beyond counts the filled cells that no column stands above.
func beyond(cells []string, columns int) int {
	extra := 0
	for i := columns; i < len(cells); i++ {
		if strings.TrimSpace(cells[i]) != "" {
			extra = i + 1 - columns
		}
	}
	return extra
}

// lines are one row's lines of the file, the first one's number.
type lines struct {
	text string
	line int
}

// logical reads the lines of one row: a quoted cell may go over several. When a quotation mark is not closed within a
// row's limits, its first line alone is given, and reading goes on with the second.
func (c *csvRows) logical(comma byte) (lines, error) {
	first, err := c.physical()
	if err != nil {
		return lines{}, err
	}
	at := c.line
	if _, closed := split(first, comma); closed {
		return lines{first, at}, nil
	}
	more, size := []string{}, len(first)
	text := strings.Builder{}
	text.WriteString(first)
	inside := true
	for inside && len(more) < rowLines && size < rowBytes {
		next, err := c.physical()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return lines{}, err
		}
		more, size = append(more, next), size+len(next)
		text.WriteString("\n" + next)
		inside = stillQuoted(next, comma)
	}
	if !inside && wellClosed(text.String(), comma) {
		return lines{text.String(), at}, nil
	}
	c.queued = append(more, c.queued...)
	c.line = at
	return lines{first, at}, nil
}

// physical reads one line of the file without its end.
func (c *csvRows) physical() (string, error) {
	if len(c.queued) > 0 {
		text := c.queued[0]
		c.queued = c.queued[1:]
		c.line++
		return text, nil
	}
	text, err := readLine(c.in)
	if err != nil {
		return "", err
	}
	c.line++
	return text, nil
}

// readLine reads up to a line end of any kind; a line longer than a row may be is cut into pieces.
func readLine(in *bufio.Reader) (string, error) {
	var b []byte
	for {
		c, err := in.ReadByte()
		if err != nil {
			if errors.Is(err, io.EOF) && len(b) > 0 {
				return string(b), nil
			}
			return "", err
		}
		switch c {
		case '\r':
			if next, err := in.Peek(1); err == nil && next[0] == '\n' {
				_, _ = in.ReadByte()
			}
			return string(b), nil
		case '\n':
			return string(b), nil
		}
		if b = append(b, c); len(b) >= rowBytes {
			return string(b), nil
		}
	}
}

// split cuts a row into its cells. A quotation mark counts at the beginning of a cell; within one it is doubled.
// False when a quoted cell is not closed.
func split(text string, comma byte) (cells []string, closed bool) {
	for {
		cell, rest, more, ok := cell(text, comma)
		if !ok {
			return nil, false
		}
		cells = append(cells, cell)
		if !more {
			return cells, true
		}
		text = rest
	}
}

// cell takes the first cell off a row; more says that another follows.
func cell(text string, comma byte) (value, rest string, more, closed bool) {
	if !strings.HasPrefix(strings.TrimLeft(text, " "), `"`) {
		value, rest, more = strings.Cut(text, string(comma))
		return value, rest, more, true
	}
	text = strings.TrimLeft(text, " ")[1:]
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, `"`)
		b.WriteString(before)
		if !found {
			return "", "", false, false
		}
		if strings.HasPrefix(after, `"`) {
			b.WriteByte('"')
			text = after[1:]
			continue
		}
		tail, rest, more := strings.Cut(after, string(comma))
		return b.String() + strings.TrimRight(tail, " "), rest, more, true // what follows the mark belongs to the cell
	}
}

// wellClosed reports whether each quoted cell of a row over several lines ends where its mark does. Where more follows
// the mark, it was rather the opening one of another row.
func wellClosed(text string, comma byte) bool {
	for {
		if quoted := strings.TrimLeft(text, " "); strings.HasPrefix(quoted, `"`) {
			tail := strings.TrimLeft(afterQuote(quoted[1:]), " ")
			if tail != "" && tail[0] != comma {
				return false
			}
		}
		_, rest, more, closed := cell(text, comma)
		if !more || !closed {
			return closed
		}
		text = rest
	}
}

// afterQuote is what follows a quoted cell's closing mark.
func afterQuote(text string) string {
	for {
		_, after, found := strings.Cut(text, `"`)
		if !found || !strings.HasPrefix(after, `"`) {
			return after
		}
		text = after[1:]
	}
}

// stillQuoted reports whether a quoted cell that was open before this line is open after it.
func stillQuoted(text string, comma byte) bool {
	_, closed := split(`"`+text, comma)
	return !closed
}

// beginsUTF8 reports whether a text that may be cut off is UTF-8.
func beginsUTF8(head []byte) bool {
	if utf8.Valid(head) {
		return true
	}
	for back := 1; back < min(utf8.UTFMax, len(head)+1); back++ {
		if at := len(head) - back; !utf8.FullRune(head[at:]) && utf8.Valid(head[:at]) {
			return true
		}
	}
	return false
}

// decode gives a cell as UTF-8; what is not UTF-8 is read as Windows-1252, the spreadsheets' other form.
func (c *csvRows) decode(s string) string {
	if !c.old && utf8.ValidString(s) {
		return s
	}
	decoded, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return decoded
}

// shorten cuts a value for a list.
func shorten(s string) string {
	const most = 80
	s = oneLine(s)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
