package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

const (
	relations = `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`
	workbook  = `<x:workbook xmlns:x="urn:x"><x:workbookPr/><x:sheets><x:sheet name="Lieux" sheetId="1" r:id="rId1"/><x:sheet name="Autre" sheetId="2" r:id="rId2"/></x:sheets></x:workbook>`
	shared    = `<sst><si><t>nom</t></si><si><r><t>Mai</t></r><r><t xml:space="preserve">rie </t></r><rPh><t>sound</t></rPh></si></sst>`
	styles    = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/><numFmt numFmtId="171" formatCode="[Red]0.00&quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`
)

// file packs parts; those that are not given are the ones above.
func file(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{"xl/_rels/workbook.xml.rels": relations, "xl/workbook.xml": workbook, "xl/sharedStrings.xml": shared, "xl/styles.xml": styles,
		"xl/worksheets/sheet2.xml": rows(`<row r="1"><c t="inlineStr"><is><t>seul</t></is></c></row>`)}
	for name, text := range parts {
		all[name] = text
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		if text == "" {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func rows(text string) string { return `<worksheet><sheetData>` + text + `</sheetData></worksheet>` }

func read(data []byte, name string) ([]string, error) {
	book, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	r, err := book.Rows(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var all []string
	for {
		line, cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, fmt.Sprintf("%d:%s", line, strings.Join(cells, "|")))
	}
}

func TestCellsAreReadAsTheyAreStored(t *testing.T) {
	t.Parallel()
	got, err := read(file(t, map[string]string{"xl/worksheets/sheet1.xml": rows(`<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>` +
		`<row r="5"><c r="A5"><v>1190</v></c><c r="B5" s="1"><v>46173</v></c><c r="C5" s="2"><v>46173.5</v></c><c r="D5" s="3"><v>46173</v></c></row>` +
		`<row><c t="b"><v>1</v></c><c t="str"><f>A1</f><v>formula</v></c><c t="e"><v>#N/A</v></c><c><v>0.10000000000000001</v></c><c><v>1.3E4</v></c><c t="s"><v>99</v></c></row><row/>`)}), "")
	want := "2:nom||Mairie \n5:1190|2026-05-31|2026-05-31T12:00:00|46173\n6:true|formula||0.1|13000\n7:"
	if err != nil || strings.Join(got, "\n") != want {
		t.Errorf("%v\n%s\nwant\n%s", err, strings.Join(got, "\n"), want)
	}
}

func TestASheetIsFoundByItsName(t *testing.T) {
	t.Parallel()
	data := file(t, map[string]string{"xl/worksheets/sheet1.xml": rows("")})
	if got, err := read(data, " autre"); err != nil || strings.Join(got, "") != "1:seul" {
		t.Error(got, err)
	}
	if _, err := read(data, "Nulle part"); !errors.Is(err, ErrNotThere) {
		t.Error(err)
	}
	book, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil || strings.Join(book.Sheets(), ",") != "Lieux,Autre" {
		t.Error(book, err)
	}
}

func TestDaysCountedFrom1904(t *testing.T) {
	t.Parallel()
	got, err := read(file(t, map[string]string{"xl/workbook.xml": strings.Replace(workbook, "workbookPr", `workbookPr date1904="1"`, 1),
		"xl/worksheets/sheet1.xml": rows(`<row><c s="1"><v>44711</v></c><c s="1"><v>-4</v></c></row>`)}), "")
	if err != nil || strings.Join(got, "") != "1:2026-05-31|-4" {
		t.Error(got, err)
	}
}

func TestWhatIsNoSpreadsheet(t *testing.T) {
	t.Parallel()
	whole := file(t, map[string]string{"xl/worksheets/sheet1.xml": rows(`<row r="1"><c r="A1"><v>1</v></c></row>`)})
	wide := `<row r="1"><c r="ZZ1"><v>1</v></c></row>`
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, ErrNoSheet},
		{"a text", []byte("id,nom\n"), ErrNoSheet},
		{"an old one", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ErrOld},
		{"cut off", whole[:len(whole)-40], ErrNoSheet},
		{"a zip of something else", file(t, map[string]string{"xl/workbook.xml": "", "xl/_rels/workbook.xml.rels": ""}), ErrNoSheet},
		{"no XML", file(t, map[string]string{"xl/workbook.xml": "<a"}), ErrNoSheet},
		{"a part is missing", file(t, nil), ErrNotThere},
		{"a sheet that breaks off", file(t, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c><v>1`}), ErrNoSheet},
		{"in another character set", file(t, map[string]string{"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="EBCDIC"?>` + rows("")}), ErrNoSheet},
		{"too many columns", file(t, map[string]string{"xl/worksheets/sheet1.xml": rows(wide)}), ErrTooManyCs},
	} {
		if got, err := read(c.data, ""); !errors.Is(err, c.want) {
			t.Errorf("%s: %q, %v, want %v", c.name, got, err, c.want)
		}
	}
}

// A small file that unpacks to a great one is refused in bounded memory: one cell, the shared texts, endless attributes.
func TestBombs(t *testing.T) {
	t.Parallel()
	much := strings.Repeat("aaaaaaaaaaaaaaaa", 1<<20)
	for name, parts := range map[string]map[string]string{
		"one cell":         {"xl/worksheets/sheet1.xml": rows(`<row><c t="str"><v>` + much + `</v></c></row>`)},
		"one cell of many": {"xl/worksheets/sheet1.xml": rows(`<row><c t="str"><v>` + strings.Repeat("aaaaaaa<!-- -->", 1<<17) + `</v></c></row>`)},
		"one attribute":    {"xl/worksheets/sheet1.xml": rows(`<row r="` + much + `"></row>`)},
		"shared texts":     {"xl/sharedStrings.xml": "<sst>" + strings.Repeat("<si><t>"+strings.Repeat("a", 4000)+"</t></si>", 17<<10) + "</sst>", "xl/worksheets/sheet1.xml": rows("")},
		"styles":           {"xl/styles.xml": "<a>" + strings.Repeat("<b/>", 3<<20) + "</a>", "xl/worksheets/sheet1.xml": rows("")},
	} {
		if testing.Short() && name != "one cell" { // each takes seconds
			continue
		}
		data := file(t, parts)
		if got, err := read(data, ""); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %.80q, %v", name, got, err)
		}
		if len(data) > 1<<20 {
			t.Errorf("%s is no bomb: %d bytes", name, len(data))
		}
	}
}

func TestARowNumberIsNotBelieved(t *testing.T) {
	t.Parallel()
	got, err := read(file(t, map[string]string{"xl/worksheets/sheet1.xml": rows(`<row r="999999999999"><c><v>1</v></c></row><row r="x"><c r="1A"><v>2</v></c></row><row r="1"><c r="AAAA1"><v>3</v></c></row>`)}), "")
	if err != nil || strings.Join(got, " ") != "1:1 2:2 3:3" {
		t.Error(got, err)
	}
}
