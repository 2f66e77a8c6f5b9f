package directory

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"
)

// drawnCell draws what people put into cells: words, accents, separators, quotation marks, lines.
var drawnCell = rapid.Custom(func(t *rapid.T) string {
	pieces := rapid.SliceOfN(rapid.SampledFrom([]string{"Mairie", "é", "œ", "\"", "\"\"", ",", ";", "\t", "|", "\n", " ", "12", "l'", "-", "Ç", "a"}), 0, 8).Draw(t, "pieces")
	return strings.Join(pieces, "")
})

// tableOf draws a table as a spreadsheet writes it, and says what its rows are.
func tableOf(t *rapid.T) (text string, want []row) {
	names := []string{"id", "nom", "commune", "adresse", "services"}
	comma := rapid.SampledFrom([]rune{',', ';', '\t'}).Draw(t, "comma")
	crlf := rapid.Bool().Draw(t, "crlf")
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = comma, crlf
	if err := w.Write(names); err != nil {
		t.Fatal(err)
	}
	line := 2
	for i := range rapid.IntRange(0, 12).Draw(t, "rows") {
		record := []string{fmt.Sprint("id-", i)}
		cells := map[string]string{"id": record[0]}
		lines := 0
		for _, name := range names[1:] {
			cell := drawnCell.Draw(t, name)
			record = append(record, cell)
			if cell = clean(cell); cell != "" {
				cells[name] = cell
			}
			lines += strings.Count(record[len(record)-1], "\n")
		}
		if err := w.Write(record); err != nil {
			t.Fatal(err)
		}
		want = append(want, row{line: line, cells: cells})
		line += lines + 1
	}
	w.Flush()
	text = b.String()
	if rapid.Bool().Draw(t, "Windows-1252") {
		old, err := charmap.Windows1252.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		if text == old || !utf8.ValidString(old) { // else nobody can tell: "Çœ" is "ǜ" in the other form
			return old, want
		}
	}
	if rapid.Bool().Draw(t, "mark") {
		text = "\ufeff" + text
	}
	return text, want
}

// Whatever a spreadsheet writes, in whichever of its ways, is read back cell by cell, with the line of each row.
func TestWhatASpreadsheetWritesIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, want := tableOf(t)
		feed, err := newCSV(strings.NewReader(text), csvForm{want: func(name string) bool { _, ok := standardColumn(name); return ok }})
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; ; i++ {
			got, err := feed.next()
			if errors.Is(err, io.EOF) {
				if i != len(want) {
					t.Fatalf("%d rows of %d in %q", i, len(want), text)
				}
				return
			}
			if err != nil {
				t.Fatalf("row %d of %q: %v", i, text, err)
			}
			if i >= len(want) || got.line != want[i].line || !maps.Equal(got.cells, want[i].cells) {
				t.Fatalf("row %d of %q\nis   %+v\nwant %+v", i, text, got, want[min(i, len(want)-1)])
			}
		}
	})
}

// Whatever a program writes as a list of objects is read back.
func TestWhatAProgramWritesIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var objects []map[string]any
		var want []map[string]string
		for i := range rapid.IntRange(0, 8).Draw(t, "objects") {
			object, cells := map[string]any{"id": i}, map[string]string{"id": fmt.Sprint(i)}
			for _, name := range []string{"nom", "adresse"} {
				text := drawnCell.Draw(t, name)
				object[name] = text
				if text = clean(text); text != "" {
					cells[name] = text
				}
			}
			if several := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b c", "d"}), 0, 3).Draw(t, "services"); len(several) > 0 {
				object["services"], cells["services"] = several, strings.Join(several, "|")
			}
			objects, want = append(objects, object), append(want, cells)
		}
		text, err := writeObjects(objects, rapid.SampledFrom([]string{"list", "indented", "lines", "inside"}).Draw(t, "form"))
		if err != nil {
			t.Fatal(err)
		}
		if len(objects) == 0 {
			return
		}
		feed, err := newJSON(bytes.NewReader(text), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			got, err := feed.next()
			if err != nil || !maps.Equal(got.cells, want[i]) {
				t.Fatalf("object %d of %s is %v, %v", i, text, got.cells, err)
			}
		}
		if _, err := feed.next(); !errors.Is(err, io.EOF) {
			t.Fatalf("after the last object of %s: %v", text, err)
		}
	})
}

// writeObjects writes objects in one of the forms of feeds.
func writeObjects(objects []map[string]any, form string) ([]byte, error) {
	switch form {
	case "indented":
		return json.MarshalIndent(objects, "", "  ")
	case "inside":
		return json.Marshal(map[string]any{"lieux": objects})
	case "lines":
		var b bytes.Buffer
		w := json.NewEncoder(&b)
		for _, o := range objects {
			if err := w.Encode(o); err != nil {
				return nil, err
			}
		}
		return b.Bytes(), nil
	}
	return json.Marshal(objects)
}

func TestCellsAreCutIntoTheirValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		cut  func(string) []string
		cell string
		want []string
	}{
		{"values at the bar", values, "Jeunes|Seniors | Jeunes", []string{"Jeunes", "Seniors"}},
		{"values at the semicolon", values, "Gratuit ; Payant;", []string{"Gratuit", "Payant"}},
		{"values on lines", values, "a,\nb,\nc", []string{"a", "b", "c"}},
		{"no values", values, " | ; ", nil},
		{"phone numbers", numbers, "03 53 01 00 12 / 03 53 01 00 13|03 53 01 00 14", []string{"03 53 01 00 12", "03 53 01 00 13", "03 53 01 00 14"}},
		{"mails", mails, "a@example.org|b@example.org;c@example.org", []string{"a@example.org", "b@example.org", "c@example.org"}},
		{"mails with spaces between", mails, "a@example.org b@example.org", []string{"a@example.org", "b@example.org"}},
		{"somebody without a mail", mails, "pas de mail", []string{"pas de mail"}},
		{"sites", sites, "https://a.org/|http://b.org", []string{"https://a.org/", "http://b.org"}},
		{"sites at a semicolon", sites, "https://a.org/;https://b.org", []string{"https://a.org/", "https://b.org"}},
		{"sites after a comma and a space", sites, "www.a.org, www.b.org", []string{"www.a.org", "www.b.org"}},
		{"a semicolon of an address", sites, "https://a.org/x;y=1?z=2,3", []string{"https://a.org/x;y=1?z=2,3"}},
		{"somebody without a site", sites, "pas de site", []string{"pas de site"}},
		{"lists of our own tables", bars, "fr| en ||fr", []string{"fr", "en"}},
		{"an empty list", bars, "", nil},
	} {
		if got := c.cut(c.cell); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q is cut into %q, want %q", c.name, c.cell, got, c.want)
		}
	}
}

func TestTextIsCleaned(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		" a \u0000b\u0007 ": "a b", "a\r\nb": "a\nb", "\ufeffa": "a", "a\xffb": "ab", "\t\n ": "", "a\u00a0b": "a\u00a0b", "đ静": "đ静",
	} {
		if got := clean(text); got != want {
			t.Errorf("clean(%q) = %q, want %q", text, got, want)
		}
	}
	if got := oneLine(" a\n\n b\t c "); got != "a b c" {
		t.Errorf("one line: %q", got)
	}
	if got := shorten(strings.Repeat("é", 100)); got != strings.Repeat("é", 80)+"…" {
		t.Errorf("shortened: %q", got)
	}
	if got := shorten("short"); got != "short" {
		t.Errorf("shortened: %q", got)
	}
	for name, want := range map[string]string{"Adresse ": "adresse", "CODE POSTAL": "code_postal", "Prénom": "prenom", "": ""} {
		if got := columnName(name); got != want {
			t.Errorf("column %q is %q, want %q", name, got, want)
		}
	}
}
