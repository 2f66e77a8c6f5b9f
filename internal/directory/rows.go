package directory

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"parvis/internal/directory/mapping"
)

// A feed is read row by row, whatever its form: a row has its line in the file and its cells by column name.
type row struct {
	line   int
	cells  map[string]string
	object map[string]any // in JSON, where a mapping asks for it
	file   string         // of a package of several
	made   *draft         // where the feed is read whole before its rows are given
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

// mostColumns is how many columns a table may have. No list that somebody keeps has more.
const mostColumns = 500

// columnName is a column's name in its one form: "Adresse " and "adresse" are the same.
func columnName(s string) string { return mapping.ColumnName(s) }

// csvRows reads comma-separated tables as they come: UTF-8 or Windows-1252, with or without a byte order mark, with
// commas, semicolons or tabs, with Windows, Unix or old Mac line ends.
type csvRows struct {
	in     *bufio.Reader
	count  *counter
	comma  byte
	names  []string
	line   int        // lines handed out or put back so far
	queued []physical // lines put back after a quotation mark that nobody closed
	header int
	old    bool // it begins in Windows-1252, so all of it is
}

// physical is one line of the file without its end; long when no row is as long, and its text is not kept.
type physical struct {
	text string
	long bool
}

// csvForm is what is known of a table before it is looked at; what is empty is found by looking.
type csvForm struct {
	want     func(column string) bool // columns that tables of this kind have: they decide what separates
	comma    byte
	encoding string // of package mapping
	header   int    // its line
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

// newCSV reads the header of a table.
func newCSV(r io.Reader, form csvForm) (*csvRows, error) {
	count := &counter{r: r}
	in := bufio.NewReaderSize(utf16Aware(count, form.encoding), 64<<10)
	head, _ := in.Peek(in.Size())
	c := &csvRows{in: in, count: count, old: !beginsUTF8(head)}
	if form.encoding != "" {
		c.old = form.encoding == mapping.EncodingWindows
	}
	for {
		lines, err := c.logical(cmp.Or(form.comma, ','))
		if err != nil {
			return nil, err
		}
		if lines.line < form.header || !lines.long && strings.TrimSpace(strings.Trim(lines.text, ",;\t\"")) == "" {
			continue // what stands above the header
		}
		if lines.long {
			return nil, lines.tooLong()
		}
		commas := []byte{',', ';', '\t', '|'}
		if form.comma != 0 {
			commas = []byte{form.comma}
		}
		c.comma, c.names = separator(lines.text, commas, form.want, c.decode)
		c.header = lines.line
		if len(c.names) > mostColumns {
			return nil, &Finding{Line: c.header, Key: "directory.import.many-columns", Args: []any{"N", len(c.names), "Most", mostColumns}, Rejected: true}
		}
		return c, nil
	}
}

// tooLong is the finding of a line that no row of a table is as long as.
func (l lines) tooLong() error {
	return &Finding{Line: l.line, Key: "directory.import.long-line", Args: []any{"Most", rowBytes >> 20}, Rejected: true}
}

// utf16Aware turns UTF-16 with its mark, which spreadsheets call "Unicode text", or without where it is said, into UTF-8
// and drops a UTF-8 mark.
func utf16Aware(r io.Reader, encoding string) io.Reader {
	in := bufio.NewReader(r)
	head, _ := in.Peek(3)
	switch {
	case encoding == mapping.EncodingUTF16:
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = in.Discard(3)
	}
	return in
}

// separator finds what separates a table's cells: what makes the most known columns of its header.
func separator(header string, commas []byte, want func(string) bool, decode func(string) string) (comma byte, names []string) {
	best := -1
	for _, try := range commas {
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
		if lines.long {
			return row{}, lines.tooLong()
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
	physical
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
	if _, closed := split(first.text, comma); closed || first.long {
		return lines{first, at}, nil
	}
	more, size := []physical{}, len(first.text)
	text := strings.Builder{}
	text.WriteString(first.text)
	inside := true
	for inside && len(more) < rowLines && size < rowBytes {
		next, err := c.physical()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return lines{}, err
		}
		more, size = append(more, next), size+len(next.text)
		if next.long {
			break
		}
		text.WriteString("\n" + next.text)
		inside = stillQuoted(next.text, comma)
	}
	if !inside && wellClosed(text.String(), comma) {
		return lines{physical{text: text.String()}, at}, nil
	}
	c.queued = append(more, c.queued...)
	c.line = at
	return lines{first, at}, nil
}

// physical reads one line of the file.
func (c *csvRows) physical() (physical, error) {
	if len(c.queued) > 0 {
		next := c.queued[0]
		c.queued = c.queued[1:]
		c.line++
		return next, nil
	}
	next, err := readLine(c.in)
	if err == nil {
		c.line++
	}
	return next, err
}

// readLine reads up to a line end of any kind. A line longer than a row may be is passed over, and told to be so.
func readLine(in *bufio.Reader) (line physical, err error) {
	var b []byte
	for {
		c, err := in.ReadByte()
		if err != nil {
			if errors.Is(err, io.EOF) && (len(b) > 0 || line.long) {
				return line.ended(b), nil
			}
			return line, err
		}
		switch c {
		case '\r':
			if next, err := in.Peek(1); err == nil && next[0] == '\n' {
				_, _ = in.ReadByte()
			}
			return line.ended(b), nil
		case '\n':
			return line.ended(b), nil
		}
		if b = append(b, c); len(b) > rowBytes {
			b, line.long = b[:0], true
		}
	}
}

func (p physical) ended(text []byte) physical {
	if !p.long {
		p.text = string(text)
	}
	return p
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
