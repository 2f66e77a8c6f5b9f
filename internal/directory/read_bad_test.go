package directory

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

// bombed is a zip whose one file unpacks to much.
func bombed(t testing.TB, name, begins string, n int64) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	to, err := w.Create(name)
	if err == nil {
		_, err = io.Copy(to, io.MultiReader(strings.NewReader(begins), io.LimitReader(filler{}, n)))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Bad feeds of data.inclusion and HSDS get a sentence that says what to do, and memory stays where it is.
func TestBadPackagesGetASentence(t *testing.T) {
	dir, _ := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), north(t))
	var columns []string
	for i := range 600 {
		columns = append(columns, fmt.Sprintf("c%d", i))
	}
	much, more := int64(100<<20), int64(hsdsMost)
	if testing.Short() {
		much = 8 << 20
	}
	service := `{"id":"` + uuidOf("s") + `","name":"Aide","status":"active","description":"`
	for _, c := range []struct {
		name string
		feed io.Reader
		want string
	}{
		{"HSDS that is one text without an end", endless(service, much), "long-row 1"},
		{"data.inclusion that is one text without an end", endless(`{"structures":[{"source":"s","id":"s--1","nom":"`, much), "long-row 1"},
		{"a table of 200 columns and no row", bytes.NewReader(zipped(t, map[string]string{"services.csv": strings.Join(columns[:200], ",")})), ""},
		{"a table of 600 columns", bytes.NewReader(zipped(t, map[string]string{"services.csv": strings.Join(columns, ",")})), "many-columns 1"},
		{"a table of one line without an end", bytes.NewReader(bombed(t, "services.csv", "id,name\n1,", much)), "long-line 1"},
		{"a bomb of tables", bytes.NewReader(bombed(t, "services.csv", "id,name\n1,", more)), "hsds-large"},
		{"a bomb of pages", bytes.NewReader(bombed(t, "page.json", service, much)), "long-row 1"},
		{"a zip of nothing", bytes.NewReader(zipped(t, map[string]string{"a.txt": "bonjour", "datapackage.json": "../x"})), "package-nothing"},
		{"pages that are something else", bytes.NewReader(zipped(t, map[string]string{"a.json": `[{"nom":"x","id":1}]`})), "package-file 1"},
		{"a zip that is cut off", bytes.NewReader(zipped(t, hsdsTablesFor())[:200]), "xlsx-mapping"},
		{"a package that describes itself wrongly", bytes.NewReader(zipped(t, map[string]string{"datapackage.json": `{"resources":7}`, "services.csv": "id,name\n,x\n"})), "no-id 1"},
	} {
		refused(t, dir, c.name, c.feed, Feed{Source: "x"}, c.want)
	}
}

// JSON in another encoding than UTF-8 is read as what it is.
func TestOtherEncodingsAreRead(t *testing.T) {
	t.Parallel()
	text := `{"structures":[{"source":"s","id":"s--1","nom":"Médiathèque","date_maj":"2026-01-01","commune":"Lille"}],"services":[]}`
	old, err1 := charmap.Windows1252.NewEncoder().String(text)
	wide, err2 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	for name, feed := range map[string]string{"Windows-1252": old, "UTF-16": wide, "with a mark": "\ufeff" + text} {
		dir, _ := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), north(t))
		report := importText(t, dir, feed, Feed{})
		places, _, err := dir.Places(t.Context(), id.From("s", "1"))
		if err != nil || len(places) != 1 || places[0].Name["fr"] != "Médiathèque" || report.Warned+report.Rejected != 0 {
			t.Errorf("%s: %+v %v %s", name, places, err, why(report))
		}
	}
}
