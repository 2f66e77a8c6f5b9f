package sheet

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// known are the errors that a reader answers with.
var known = []error{ErrNoSheet, ErrOld, ErrTooLarge, ErrNotThere, ErrTooManyCs}

// drain reads a book to its end and checks what must hold of its rows, whatever the file says.
func drain(t *testing.T, data []byte) {
	t.Helper()
	check := func(err error) bool {
		if err != nil && !slices.ContainsFunc(known, func(k error) bool { return errors.Is(err, k) }) {
			t.Fatalf("an error that nobody has words for: %v", err)
		}
		return err != nil
	}
	book, err := Open(bytes.NewReader(data), int64(len(data)))
	if check(err) {
		return
	}
	if len(book.Sheets()) == 0 {
		t.Fatal("a book without a sheet is open")
	}
	for _, name := range append(book.Sheets()[:min(3, len(book.sheets))], "") {
		rows, err := book.Rows(name)
		if check(err) {
			continue
		}
		before := 0
		for {
			line, cells, err := rows.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if check(err) {
				if _, _, again := rows.Next(); again == nil {
					t.Fatal("rows after what could not be read")
				}
				break
			}
			if line <= before || line > mostRow || len(cells) > MostColumns {
				t.Fatalf("row %d with %d cells after row %d", line, len(cells), before)
			}
			before = line
		}
		rows.Close()
	}
}

// FuzzXLSX: no bytes make trouble: they are rows, or an error that has words.
func FuzzXLSX(f *testing.F) {
	whole := file(f, map[string]string{"xl/worksheets/sheet1.xml": rows(`<row r="1"><c r="A1" t="s"><v>1</v></c><c s="1"><v>46173</v></c></row>`)})
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) <= 16<<10 {
			drain(t, data)
		}
	})
}

// FuzzSheet: as FuzzXLSX, for parts that are packed as they should be.
func FuzzSheet(f *testing.F) {
	for _, sheet := range []string{rows(`<row r="1"><c r="A1" t="s"><v>1</v></c><c s="2"><v>46173.25</v></c><c t="b"><v>1</v></c></row><row/>`),
		rows(`<row r="9"><c r="ZZZ9"><v>1e999</v></c><c t="inlineStr"><is><t>a</t></is></c></row>`), "<a><b", "<worksheet><sheetData/>", rows("<!-- --><row><![CDATA[x]]></row>")} {
		f.Add(sheet, shared, styles, workbook)
	}
	f.Add(rows("<row><c s=\"1\"><v>NaN</v></c></row>"), "<sst><si><t>&lt;</t>", "<styleSheet><cellXfs><xf numFmtId=\"22\"/>", strings.Replace(workbook, "workbookPr", "workbookPr date1904=\"true\"", 1))
	f.Fuzz(func(t *testing.T, sheet, texts, looks, book string) {
		if len(sheet)+len(texts)+len(looks)+len(book) > 16<<10 {
			return
		}
		drain(t, file(t, map[string]string{"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": texts, "xl/styles.xml": looks, "xl/workbook.xml": book}))
	})
}
