// Package sheet reads the rows of a spreadsheet file (Office Open XML, ECMA-376: .xlsx), one after another.
//
// What always holds:
//
//   - Memory stays bounded whatever the file says: the list of shared texts, one cell, one row, the columns and all that
//     is unpacked have limits, and what a file claims about its sizes is not believed.
//   - A cell is its value as text: a number as it is stored, a day as 2026-05-31, never as a format would show it, so that
//     a postcode is not made a price.
//   - Formulas are not computed, nothing outside the file is read.
package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What can be wrong with a file as a whole.
var (
	ErrNoSheet   = errors.New("the file is no .xlsx spreadsheet")
	ErrOld       = errors.New("the file is an old .xls spreadsheet or is closed with a password")
	ErrTooLarge  = errors.New("the spreadsheet unpacks to more than is read")
	ErrNotThere  = errors.New("there is no such sheet")
	ErrTooManyCs = errors.New("a row has more columns than are read")
)

// Limits of a spreadsheet.
const (
	MostUnpacked = 512 << 20 // bytes of one part, unpacked
	MostShared   = 64 << 20  // bytes of the shared texts
	MostCell     = 256 << 10 // bytes of one cell; the format has 32,767 letters
	MostColumns  = 500
	mostDetail   = 8 << 20 // bytes of the other parts, unpacked
	mostRow      = 1 << 20 // rows that the format has
	mostParts    = 5000
)

// Book is an open spreadsheet.
type Book struct {
	zip    *zip.Reader
	sheets []named
	shared []string
	dates  []bool // by style: its numbers are days
	from04 bool   // days are counted from 1904
}

type named struct{ name, part string }

// Open reads what a spreadsheet has but its rows.
func Open(r io.ReaderAt, size int64) (*Book, error) {
	head := make([]byte, 8)
	if n, _ := r.ReadAt(head, 0); bytes.HasPrefix(head[:n], []byte("\xd0\xcf\x11\xe0")) {
		return nil, ErrOld
	}
	z, err := zip.NewReader(r, size)
	if err != nil || len(z.File) > mostParts {
		return nil, ErrNoSheet
	}
	b := &Book{zip: z}
	targets, err := b.relations()
	if err != nil {
		return nil, err
	}
	if err := b.workbook(targets); err != nil {
		return nil, err
	}
	if len(b.sheets) == 0 {
		return nil, ErrNoSheet
	}
	if err := b.styles(); err != nil {
		return nil, err
	}
	return b, b.texts()
}

// Sheets are the names of the book's sheets in their order.
func (b *Book) Sheets() []string {
	var all []string
	for _, s := range b.sheets {
		all = append(all, s.name)
	}
	return all
}

// part opens a part of the book; nil when there is none such.
func (b *Book) part(name string, most int64) (*decoder, error) {
	at := slices.IndexFunc(b.zip.File, func(f *zip.File) bool { return strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) })
	if at < 0 {
		return nil, nil
	}
	f, err := b.zip.File[at].Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", ErrNoSheet, name)
	}
	return newDecoder(f, most), nil
}

// walk gives each element of a part to f.
func (b *Book) walk(name string, f func(*decoder, xml.StartElement) error) error {
	d, err := b.part(name, mostDetail)
	if err != nil || d == nil {
		return err
	}
	defer d.close()
	for {
		token, err := d.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			if err := f(d, start); err != nil {
				return err
			}
		}
	}
}

// relations are the parts that the book's parts go by, by id.
func (b *Book) relations() (map[string]string, error) {
	targets := map[string]string{}
	err := b.walk("xl/_rels/workbook.xml.rels", func(_ *decoder, e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return nil
		}
		target := attr(e, "Target")
		if strings.HasPrefix(target, "/") {
			target = strings.TrimPrefix(target, "/")
		} else {
			target = path.Join("xl", target)
		}
		targets[attr(e, "Id")] = target
		return nil
	})
	return targets, err
}

func (b *Book) workbook(targets map[string]string) error {
	return b.walk("xl/workbook.xml", func(_ *decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			on := attr(e, "date1904")
			b.from04 = on == "1" || on == "true"
		case "sheet":
			if part := targets[attr(e, "id")]; part != "" && len(b.sheets) < mostParts {
				b.sheets = append(b.sheets, named{attr(e, "name"), part})
			}
		}
		return nil
	})
}

// texts reads the texts that cells share.
func (b *Book) texts() error {
	size, text, in := 0, strings.Builder{}, false
	d, err := b.part("xl/sharedStrings.xml", MostUnpacked)
	if err != nil || d == nil {
		return err
	}
	defer d.close()
	for {
		token, err := d.token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			in = token.Name.Local == "t"
			if token.Name.Local == "rPh" { // how it sounds, not what it says
				if err := d.skip(); err != nil {
					return err
				}
			}
		case xml.CharData:
			if in {
				text.Write(token)
			}
		case xml.EndElement:
			in = false
			if token.Name.Local == "si" {
				if size += text.Len() + 16; size > MostShared {
					return ErrTooLarge
				}
				b.shared = append(b.shared, unescaped(text.String()))
				text.Reset()
			}
		}
	}
}

// styles reads which styles show numbers as days (18.8.30: the format codes that come with the format itself).
func (b *Book) styles() error {
	own, inside := map[string]bool{}, false
	return b.walk("xl/styles.xml", func(_ *decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			own[attr(e, "numFmtId")] = isDate(attr(e, "formatCode"))
		case "cellXfs":
			inside = true
		case "cellStyles", "cellStyleXfs", "dxfs":
			inside = false
		case "xf":
			if inside && len(b.dates) < 1<<16 {
				id, _ := strconv.Atoi(attr(e, "numFmtId"))
				b.dates = append(b.dates, own[attr(e, "numFmtId")] || isDay(id))
			}
		}
		return nil
	})
}

// isDay reports whether a format that files do not write out shows a day; from 27 on as China, Japan and Korea have them.
func isDay(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 54 || id == 57 || id == 58
}

// isDate reports whether a format code shows a day: it has y or d outside of quotation marks and brackets
// and not behind a backslash, which makes it a letter.
func isDate(code string) bool {
	quoted, bracket, letter := false, false, false
	for _, r := range strings.ToLower(code) {
		switch {
		case letter:
			letter = false
		case r == '\\' && !quoted:
			letter = true
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '[' || r == ']':
			bracket = r == '['
		case !bracket && (r == 'y' || r == 'd'):
			return true
		}
	}
	return false
}

var escape = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescaped writes out the marks that XML has no way for: "_x000D_" is the end of a line (22.9.2.19).
func unescaped(text string) string {
	return escape.ReplaceAllStringFunc(text, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 16)
		if err != nil || n >= 0xD800 && n < 0xE000 {
			return m
		}
		return string(rune(n))
	})
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
