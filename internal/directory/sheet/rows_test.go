package sheet

import (
	"errors"
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// sheetOf reads the rows of a sheet that consists of these.
func sheetOf(t testing.TB, text string) (string, error) {
	t.Helper()
	got, err := read(file(t, map[string]string{"xl/worksheets/sheet1.xml": rows(text)}), "")
	return strings.Join(got, "\n"), err
}

func TestCellsOfEachKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, cell, want string }{
		{"true", `<c t="b"><v>1</v></c>`, "true"},
		{"false", `<c t="b"><v>0</v></c>`, "false"},
		{"neither", `<c t="b"><v>2</v></c>`, ""},
		{"a fault of a formula", `<c t="e"><f>1/0</f><v>#DIV/0!</v></c>`, ""},
		{"a formula and its number", `<c><f>A1*2</f><v>42</v></c>`, "42"},
		{"a formula that was never computed", `<c><f>A1*2</f></c>`, ""},
		{"a shared text", `<c t="s"><v> 1 </v></c>`, "Mairie "},
		{"a shared text that is not there", `<c t="s"><v>2</v></c>`, ""},
		{"a shared text below the first", `<c t="s"><v>-1</v></c>`, ""},
		{"a text in its cell, in pieces", `<c t="inlineStr"><is><r><rPr><b/></rPr><t>Mai</t></r><r><t>rie</t></r></is></c>`, "Mairie"},
		{"a text and how it sounds", `<c t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh><phoneticPr fontId="1"/></is></c>`, "東京"},
		{"a piece behind how another sounds", `<c t="inlineStr"><is><r><t>東</t></r><rPh><t>x</t></rPh><r><t>京</t></r></is></c>`, "東京"},
		{"marks of XML", `<c t="inlineStr"><is><t>A &amp; B&#10;&lt;C&gt;</t></is></c>`, "A & B\n<C>"},
		{"the end of a line", `<c t="str"><v>Lundi_x000D_&#10;Mardi_x000d_</v></c>`, "Lundi\r\nMardi\r"},
		{"a mark that was meant", `<c t="str"><v>_x005F_x000D_</v></c>`, "_x000D_"},
		{"what only looks like a mark", `<c t="inlineStr"><is><t>_x00_ _xD83D_ _x12345_ x0041_</t></is></c>`, "_x00_ _xD83D_ _x12345_ x0041_"},
		{"a day as text", `<c t="d"><v>2026-05-31</v></c>`, "2026-05-31"},
		{"a number with its zeros", `<c><v>0059000</v></c>`, "0059000"},
		{"a very great number", `<c><v>1e400</v></c>`, "1e400"},
		{"a number below zero", `<c><v>-1.50E-2</v></c>`, "-0.015"},
		{"a style that is not there", `<c s="99"><v>46173</v></c>`, "46173"},
		{"a style of the styles' own", `<c s="-1"><v>46173</v></c>`, "46173"},
		{"half a day", `<c s="1"><v>0.5</v></c>`, "1899-12-30T12:00:00"},
		{"a second before midnight", `<c s="1"><v>46173.99999</v></c>`, "2026-05-31T23:59:59"},
		{"midnight, nearly", `<c s="1"><v>46173.9999999</v></c>`, "2026-06-01"},
		{"no day: text in a day's style", `<c s="1"><v>demain</v></c>`, "demain"},
		{"no day: not a number", `<c s="1"><v>NaN</v></c>`, "NaN"},
		{"no day: after the last", `<c s="1"><v>2958467</v></c>`, "2958467"},
	} {
		if got, err := sheetOf(t, `<row>`+c.cell+`<c t="str"><v>.</v></c></row>`); err != nil || got != "1:"+c.want+"|." {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}

// Which numbers are days is told by their format: our own code, or a number that the standard gives a meaning.
func TestFormatsThatShowDays(t *testing.T) {
	t.Parallel()
	for code, day := range map[string]bool{
		"General": false, "dd/mm/yyyy": true, "[$-40C]d mmmm yyyy;@": true, `yyyy\-mm\-dd`: true, `yyyy"年"m"月"d"日"`: true, "JJ/MM/AAAA": false, "mmm yy": true,
		"[h]:mm": false, "hh:mm:ss": false, `0.00" days"`: false, `0\d`: false, `0\ \y\r`: false, "[Red]0": false, "0 [$yd]": false, `\"d`: true, "": false,
	} {
		if isDate(code) != day {
			t.Errorf("%q shows a day: %v", code, !day)
		}
	}
	const ids = 82
	var xfs, cells strings.Builder
	for id := range ids {
		fmt.Fprintf(&xfs, `<xf numFmtId="%d"/>`, id)
		fmt.Fprintf(&cells, `<c s="%d"><v>46173</v></c>`, id)
	}
	got, err := read(file(t, map[string]string{"xl/styles.xml": "<styleSheet><cellXfs>" + xfs.String() + `</cellXfs><dxfs><xf numFmtId="14"/></dxfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": rows("<row>" + cells.String() + "</row>")}), "")
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	var days []string
	for id, cell := range strings.Split(strings.TrimPrefix(got[0], "1:"), "|") {
		if cell == "2026-05-31" {
			days = append(days, fmt.Sprint(id))
		}
	}
	if want := "14 15 16 17 22 27 28 29 30 31 36 50 51 52 53 54 57 58"; strings.Join(days, " ") != want {
		t.Errorf("days are %v, want %s", days, want)
	}
}

// Hidden rows are rows, a merged cell says something once, and cells lie where they say, wherever they stand in the file.
func TestRowsAndCellsLieWhereTheySay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"a hidden row", `<row r="1"><c><v>1</v></c></row><row r="2" hidden="1"><c><v>2</v></c></row>`, "1:1\n2:2"},
		{"merged cells", `<row r="1"><c r="A1"><v>1</v></c><c r="B1"/><c r="C1"><v>3</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells><sheetData><row><c><v>9</v></c></row>`, "1:1||3"},
		{"an empty cell far out", `<row r="1"><c r="XFD1" s="1"/><c r="B1"><v>2</v></c></row>`, "1:|2"},
		{"a cell without a name behind one with", `<row r="1"><c r="C1"><v>1</v></c><c><v>2</v></c></row>`, "1:||1|2"},
		{"the last of two in one place", `<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>`, "1:2"},
		{"a name in small letters", `<row r="1"><c r="c1"><v>1</v></c></row>`, "1:1"},
		{"a name without a row", `<row r="1"><c r="C"><v>1</v></c></row>`, "1:1"},
		{"a row number again", `<row r="5"><c><v>1</v></c></row><row r="5"><c><v>2</v></c></row><row r="0"><c><v>3</v></c></row>`, "5:1\n6:2\n7:3"},
		{"the last row of all", `<row r="1048576"><c><v>1</v></c></row>`, "1048576:1"},
		{"a row that is none of the format's", `<row r="1048577"><c><v>1</v></c></row>`, "1:1"},
		{"an empty sheet", "", ""},
		{"the last column", `<row r="1"><c r="SF1"><v>1</v></c></row>`, "1:" + strings.Repeat("|", MostColumns-1) + "1"},
	} {
		if got, err := sheetOf(t, c.text); err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	if got, err := sheetOf(t, `<row r="1048576"><c><v>1</v></c></row><row><c><v>2</v></c></row>`); !errors.Is(err, ErrTooLarge) || got != "1048576:1" {
		t.Errorf("a row behind the last: %q, %v", got, err)
	}
	if _, err := sheetOf(t, `<row r="1"><c r="SG1"><v>1</v></c></row>`); !errors.Is(err, ErrTooManyCs) {
		t.Errorf("a column behind the last: %v", err)
	}
}

// Of a book without styles or shared texts the rest is read; whatever breaks off is told as no spreadsheet.
func TestPartsThatAreNotThereOrBreakOff(t *testing.T) {
	t.Parallel()
	const row = `<row r="1"><c t="s"><v>0</v></c><c s="1"><v>46173</v></c><c t="inlineStr"><is><t>x</t></is></c></row>`
	for _, c := range []struct{ part, text, want string }{
		{"xl/sharedStrings.xml", "", "1:|2026-05-31|x"},
		{"xl/styles.xml", "", "1:nom|46173|x"},
		{"xl/sharedStrings.xml", "<sst/>", "1:|2026-05-31|x"},
		{"xl/sharedStrings.xml", "<sst><si/><si><t>x</t></si></sst>", "1:|2026-05-31|x"},
	} {
		got, err := read(file(t, map[string]string{c.part: c.text, "xl/worksheets/sheet1.xml": rows(row)}), "")
		if err != nil || strings.Join(got, "\n") != c.want {
			t.Errorf("%s is %q: %q, %v, want %q", c.part, c.text, got, err, c.want)
		}
	}
	for _, c := range []struct {
		part, text string
		want       error
	}{
		{"xl/_rels/workbook.xml.rels", "", ErrNoSheet},
		{"xl/_rels/workbook.xml.rels", "<Relationships", ErrNoSheet},
		{"xl/workbook.xml", `<workbook><sheets/></workbook>`, ErrNoSheet},
		{"xl/workbook.xml", `<workbook><sheets><sheet name="x" r:id="rId9"/></sheets></workbook>`, ErrNoSheet},
		{"xl/sharedStrings.xml", "<sst><si><rPh><t>x", ErrNoSheet},
		{"xl/sharedStrings.xml", "<sst><si><t>x</t", ErrNoSheet},
		{"xl/styles.xml", "<styleSheet><cellXfs", ErrNoSheet},
		{"xl/worksheets/sheet1.xml", "<worksheet/>", ErrNoSheet},
		{"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c r=", ErrNoSheet},
		{"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c/></row>", ErrNoSheet},
	} {
		parts := map[string]string{"xl/worksheets/sheet1.xml": rows(row)}
		parts[c.part] = c.text
		if got, err := read(file(t, parts), ""); !errors.Is(err, c.want) {
			t.Errorf("%s is %q: %q, %v, want %v", c.part, c.text, got, err, c.want)
		}
	}
}

// Any table is read as it was written, whichever way each of its cells is stored: shared or in its cell, named or not.
func TestATableIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		var texts, body strings.Builder
		var want []string
		line, shared := 0, 0
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			line += rapid.IntRange(1, 1000).Draw(t, "rows further")
			fmt.Fprintf(&body, `<row r="%d">`, line)
			var cells []string
			for at := range rapid.IntRange(1, 30).Draw(t, "columns") {
				value := rapid.SampledFrom([]string{"", "a", " b ", "É", "1<2 & 3", "_x0041", "0059"}).Draw(t, "value")
				name := ""
				if value == "" || cells == nil || rapid.Bool().Draw(t, "named") {
					name = fmt.Sprintf(` r="%s%d"`, letters(at), line)
				}
				cells = append(cells, value)
				switch {
				case value == "": // no cell: the next one has to say where it is
					fmt.Fprintf(&body, `<c%s/>`, name)
				case rapid.Bool().Draw(t, "shared"):
					fmt.Fprintf(&body, `<c%s t="s"><v>%d</v></c>`, name, shared)
					fmt.Fprintf(&texts, "<si><t>%s</t></si>", html.EscapeString(value))
					shared++
				default:
					fmt.Fprintf(&body, `<c%s t="inlineStr"><is><t>%s</t></is></c>`, name, html.EscapeString(value))
				}
			}
			body.WriteString("</row>")
			want = append(want, fmt.Sprintf("%d:%s", line, strings.TrimRight(strings.Join(cells, "|"), "|")))
		}
		got, err := read(file(outer, map[string]string{"xl/sharedStrings.xml": "<sst>" + texts.String() + "</sst>", "xl/worksheets/sheet1.xml": rows(body.String())}), "")
		if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Fatalf("%q, %v\nwant %q", got, err, want)
		}
	})
}

// letters is the name of a column: 0 is A, 26 is AA.
func letters(at int) string {
	if at < 26 {
		return string(rune('A' + at))
	}
	return letters(at/26-1) + letters(at%26)
}

// A moment written as a spreadsheet counts it is read as that moment, to the second, from 1900 as from 1904.
func TestMomentsAreReadToTheSecond(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from, b := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC), &Book{}
		if b.from04 = rapid.Bool().Draw(t, "from 1904"); b.from04 {
			from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		days, second := rapid.IntRange(1, 100000).Draw(t, "days"), rapid.IntRange(0, 86399).Draw(t, "second")
		want := from.AddDate(0, 0, days).Add(time.Duration(second) * time.Second).Format("2006-01-02T15:04:05")
		if got := b.day(fmt.Sprintf("%.9f", float64(days)+float64(second)/86400)); got != strings.TrimSuffix(want, "T00:00:00") {
			t.Fatalf("%s, want %s", got, want)
		}
	})
}
