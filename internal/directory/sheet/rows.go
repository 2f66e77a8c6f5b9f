package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Rows are the rows of a sheet.
type Rows struct {
	book *Book
	d    *decoder
	line int
	done bool
}

// Rows begins to read a sheet; the first one when name is empty.
func (b *Book) Rows(name string) (*Rows, error) {
	at := 0
	if name != "" {
		at = slices.IndexFunc(b.sheets, func(s named) bool { return strings.EqualFold(strings.TrimSpace(s.name), strings.TrimSpace(name)) })
	}
	if at < 0 {
		return nil, ErrNotThere
	}
	d, err := b.part(b.sheets[at].part, MostUnpacked)
	if err != nil {
		return nil, err
	}
	if d == nil {
		return nil, fmt.Errorf("%w: %s", ErrNotThere, b.sheets[at].part)
	}
	return &Rows{book: b, d: d}, nil
}

// Close ends the reading.
func (r *Rows) Close() { r.d.close() }

// Next gives the next row that is written in the file, with its number on the sheet, from 1; io.EOF after the last.
func (r *Rows) Next() (line int, cells []string, err error) {
	for !r.done {
		token, err := r.token()
		if err != nil {
			r.done = true
			return 0, nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "row" {
				r.line++
				if n, err := strconv.Atoi(attr(token, "r")); err == nil && n >= r.line && n <= mostRow {
					r.line = n
				}
				if r.line > mostRow {
					r.done = true
					return 0, nil, ErrTooLarge
				}
				cells, err := r.row()
				return r.line, cells, err
			}
		case xml.EndElement:
			r.done = token.Name.Local == "sheetData"
		}
	}
	return 0, nil, io.EOF
}

// token gives the next token. A sheet ends with its data, not with its file.
func (r *Rows) token() (xml.Token, error) {
	token, err := r.d.token()
	if errors.Is(err, io.EOF) {
		err = fmt.Errorf("%w: it breaks off", ErrNoSheet)
	}
	return token, err
}

// row reads the cells of the row that has just begun.
func (r *Rows) row() ([]string, error) {
	var cells []string
	next := 0
	for {
		token, err := r.token()
		if err != nil {
			r.done = true
			return cells, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local != "c" {
				continue
			}
			at := column(attr(token, "r"))
			if at < 0 {
				at = next
			}
			value, err := r.cell(token)
			if err != nil {
				r.done = true
				return cells, err
			}
			next = at + 1
			if value == "" {
				continue
			}
			if at >= MostColumns {
				r.done = true
				return cells, ErrTooManyCs
			}
			for len(cells) <= at {
				cells = append(cells, "")
			}
			cells[at] = value
		case xml.EndElement:
			if token.Name.Local == "row" {
				return cells, nil
			}
		}
	}
}

// cell reads the value of the cell that has just begun.
func (r *Rows) cell(start xml.StartElement) (string, error) {
	var value, inline strings.Builder
	in, sound := "", false
	for {
		token, err := r.token()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			in = token.Name.Local
			sound = sound || in == "rPh" // how it sounds, not what it says
		case xml.CharData:
			switch {
			case in == "v":
				value.Write(token)
			case in == "t" && !sound:
				inline.Write(token)
			}
			if value.Len()+inline.Len() > MostCell {
				return "", ErrTooLarge
			}
		case xml.EndElement:
			in = ""
			sound = sound && token.Name.Local != "rPh"
			if token.Name.Local == "c" {
				return r.value(start, strings.TrimSpace(value.String()), inline.String()), nil
			}
		}
	}
}

func (r *Rows) value(start xml.StartElement, value, inline string) string {
	switch attr(start, "t") {
	case "s":
		if n, err := strconv.Atoi(value); err == nil && n >= 0 && n < len(r.book.shared) {
			return r.book.shared[n]
		}
		return ""
	case "inlineStr":
		return unescaped(inline)
	case "e": // "#N/A"
		return ""
	case "b":
		return map[string]string{"1": "true", "0": "false"}[value]
	case "str", "d":
		return unescaped(value)
	}
	if style, err := strconv.Atoi(attr(start, "s")); err == nil && style >= 0 && style < len(r.book.dates) && r.book.dates[style] {
		return r.book.day(value)
	}
	return number(value)
}

// number writes a number as people do: 1.3E4 is 13000, and 0.1 that became 0.10000000000000001 is 0.1 again.
func number(value string) string {
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || !strings.ContainsAny(value, ".eE") {
		return value
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// day turns a count of days into a day, with its hour when it has one (18.17.4.1).
func (b *Book) day(value string) string {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || !(n >= 0 && n <= 2958466) {
		return value
	}
	from := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if b.from04 {
		from = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	days := int(n)
	at := from.AddDate(0, 0, days).Add(time.Duration((n-float64(days))*86400+0.5) * time.Second)
	if at.Hour()+at.Minute()+at.Second() == 0 {
		return at.Format(time.DateOnly)
	}
	return at.Format("2006-01-02T15:04:05")
}

// column is the place of a cell in its row, from 0; -1 when its name does not tell ("BC12" is 54).
func column(name string) int {
	at := 0
	for i, c := range name {
		switch {
		case c >= 'A' && c <= 'Z' && i < 3:
			at = at*26 + int(c-'A') + 1
		case c >= '0' && c <= '9' && i > 0:
			return at - 1
		default:
			return -1
		}
	}
	return -1
}
