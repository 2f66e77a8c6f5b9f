package directory

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/directory/mapping"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// readMapping reads a mapping file of the test data, or a text.
func readMapping(t testing.TB, text string) *mapping.Mapping {
	t.Helper()
	name := "mapping.yaml"
	if strings.HasSuffix(text, ".yaml") {
		data, err := os.ReadFile(text)
		if err != nil {
			t.Fatal(err)
		}
		name, text = filepath.Base(text), string(data)
	}
	m, err := ReadMapping(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// exports is the folder of the four real exports, which are not part of the project.
func exports(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("PARVIS_TEST_EXPORTS")
	if folder == "" {
		folder = "../../../shared/data/places/sources"
	}
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the four real exports are not here; PARVIS_TEST_EXPORTS tells where they are")
	}
	return folder
}

// why is a report's findings by message, the most frequent first.
func why(r *Report) string {
	var all []string
	for _, o := range r.ByReason() {
		all = append(all, fmt.Sprintf("%s %d", o.Key[strings.LastIndexByte(o.Key, '.')+1:], o.N))
	}
	return strings.Join(all, ", ")
}

// The four real exports load by mapping alone; reading them a second time changes nothing and appends no event.
func TestRealExportsLoadByMappingAlone(t *testing.T) {
	t.Parallel()
	folder := exports(t)
	for _, c := range []struct{ mapping, file, figures, reasons string }{
		{"aix-en-provence", "aix-en-provence", "rows 38 added 38 changed 0 same 0 back 0 gone 0 warned 0 rejected 0", ""},
		{"bus-charente", "bus-france-services-charente", "rows 12 added 12 changed 0 same 0 back 0 gone 0 warned 1 rejected 0", "point-beyond 1"},
		{"hub-lo", "hub-lo", "rows 426 added 426 changed 0 same 0 back 0 gone 0 warned 121 rejected 0", "hours-prose 71, hours-unread 49, mail 3, site 1"},
		{"nouvelle-caledonie", "nouvelle-caledonie", "rows 92 added 92 changed 0 same 0 back 0 gone 0 warned 7 rejected 0", "hours-day 7, site 3"},
	} {
		t.Run(c.mapping, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				dir, _ := open(t, d, north(t))
				f := Feed{Mapping: readMapping(t, "testdata/mappings/"+c.mapping+".yaml"), EndMissing: true}
				file := filepath.Join(folder, c.file+".json")
				dry := f
				dry.DryRun = true
				would := importFile(t, dir, file, dry)
				if n := last(t, d); n != 0 || len(would.Plan) < 2*would.Added {
					t.Errorf("a dry run appended %d events, lists %d of %d", n, len(would.Plan), would.Added)
				}
				report := importFile(t, dir, file, f)
				if got := figures(report); got != c.figures || got != figures(would) {
					t.Errorf("%s\na dry run said %s", got, figures(would))
				}
				if got := why(report); got != c.reasons {
					t.Error(got)
				}
				before := last(t, d)
				if again := importFile(t, dir, file, f); again.Same != report.Added || again.In() != again.Same || last(t, d) != before {
					t.Errorf("second import: %s, %d events more", figures(again), last(t, d)-before)
				}
			})
		})
	}
}

// own is a mapping into our own words: a place, its service, who answers for it.
const own = `
register: Ville
list: {nothing: "-"}
leave-out: {column: état, is: fermé, because: fermé pour de bon}
place:
  id: n°
  name: nom
  name_en: {template: "{nom} (town)"}
  organisation: qui
  postcode: {column: cp, digits: 5}
  town: ville
  position: {column: où, within: [49, 2, 51.5, 4.5], swapped: turn}
  kind: {column: type, table: {Médiathèque: library}, otherwise: service-point}
  phones: {column: tél, split: ","}
  hours: {monday: lundi, tuesday: mardi}
  updated: {column: le, date: dd/mm/yyyy}
service:
  name: {value: Accueil}
  needs: {column: offre, split: ",", table: {Démarches: [online-forms, tax]}}
  fee: {value: free}
`

const header = "N°;Nom;Qui;CP;Ville;Où;Type;Tél;Lundi;Mardi;Le;Offre;État\n"

func TestAMappingMakesPlacesAndServices(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		f := Feed{Mapping: readMapping(t, own), List: true}
		report := importText(t, dir, header+
			"1;Médiathèque;Ville de Lille;1190;Lille;3,06 50,63;médiathèque;03 20 00 00 01,-;9h-12h;fermé;31/05/2026;Démarches;\n"+
			"2;Mairie;;59000;Lille;;;;9h-12h sur rdv;;hier;gold;ouvert\n"+
			"3;Ancienne;;;;;;;;;;;Fermé\n"+
			"2;Encore;;;;;;;;;;;\n"+
			";Sans;;;;;;;;;;;\n"+
			"5;;;;;;;;;;;;x\n", f)
		if got := figures(report); got != "rows 6 added 2 changed 0 same 0 back 0 gone 0 warned 2 rejected 4" {
			t.Error(got)
		}
		var listed []string
		for _, one := range report.Findings {
			listed = append(listed, fmt.Sprintf("%d %s %s", one.Line, one.Field, one.Key[strings.LastIndexByte(one.Key, '.')+1:]))
		}
		slices.Sort(listed)
		want := []string{"2 où → lat point-turned", "3 le → updated date-form", "3 lundi, mardi → hours hours-prose", "3 offre → needs code", "4  left-out-because",
			"5 n° → id same-id", "6 n° → id no-id", "7 nom → name empty"}
		if !slices.Equal(listed, want) {
			t.Errorf("%q\nwant\n%q", listed, want)
		}
		if len(report.Plan) != 5 || report.Plan[0].Verb != Added {
			t.Errorf("%+v", report.Plan)
		}
		places, services, err := dir.Places(t.Context(), idOf("Ville", "1"), idOf("Ville", "2"))
		if err != nil || len(places) != 2 {
			t.Fatal(err, places)
		}
		p := places[0]
		if p.Kind != "library" || p.Address.Postcode != "01190" || p.Name["en"] != "Médiathèque (town)" || p.Point == nil || p.Point.Lat != 50.63 ||
			len(p.Contact.Phones) != 1 || p.Hours.OSM != "Mo 09:00-12:00; Tu off" || p.Source.ID != "1" || p.Source.Updated.IsZero() || p.Organisation == "" {
			t.Errorf("%+v", p)
		}
		if s := services[p.ID]; len(s) != 1 || !slices.Equal(s[0].Needs, []string{"online-forms", "tax"}) || s[0].Fee != FeeFree {
			t.Errorf("%+v", s)
		}
		sheet, err := dir.Sheet(t.Context(), p.ID)
		if err != nil || sheet.Organisation == nil || sheet.Organisation.Name["fr"] != "Ville de Lille" {
			t.Error(sheet, err)
		}
	})
}

// Services in a list of their own find the places of their register by the ids that these have there.
func TestAMappingOfServicesAlone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		importText(t, dir, "[{\"k\":7,\"n\":\"A\"}]", Feed{Mapping: readMapping(t, "register: R\nplace: {id: k, name: n}")})
		services := readMapping(t, "register: R\nlist: {rows: a.rows}\nservice: {id: s, place: p.k, name: n, needs: {value: tax}}")
		report := importText(t, dir, `{"x":{"rows":[1]},"a":{"of":[[2]],"rows":[{"s":1,"n":"Impôts","p":{"k":7}},{"s":2,"n":"x","p":{"k":8}}]}}`, Feed{Mapping: services})
		if got := figures(report); got != "rows 2 added 1 changed 0 same 0 back 0 gone 0 warned 0 rejected 1" || why(report) != "no-place 1" {
			t.Error(got, why(report))
		}
	})
}

func TestDryRunAndShrinking(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		f := Feed{Mapping: readMapping(t, "register: R\nplace: {id: id, name: n, town: v}"), EndMissing: true}
		var text strings.Builder
		text.WriteString("id,n,v\n")
		for i := range 9 {
			fmt.Fprintf(&text, "%d,Lieu %d,Lille\n", i, i)
		}
		importText(t, dir, text.String(), f)
		before := last(t, d)
		dry := f
		dry.DryRun = true
		report := importText(t, dir, "id,n,v\n0,Lieu 0,Douai\n1,Lieu 1,Lille\n2,L,Lille\n3,L,Lille\n4,L,Lille\n5,L,Lille\n9,Neuf,Lille\n", dry)
		if got := figures(report); got != "rows 7 added 1 changed 5 same 1 back 0 gone 3 warned 0 rejected 0" || last(t, d) != before {
			t.Error(got, last(t, d)-before)
		}
		var out strings.Builder
		if err := report.Write(&out, bundle(t).Printer("en", dir.setting.Zone, "EUR")); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"A dry run: nothing was written.", "New · Neuf · ", "Changed · Lieu 0 · " + idOf("R", "0") + " · town", " · name", "No longer there · Lieu 8"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%q is not in\n%s", want, out.String())
			}
		}
		short := "id,n,v\n0,Lieu 0,Lille\n1,Lieu 1,Lille\n"
		_, err := dir.Import(t.Context(), strings.NewReader(short), f)
		if !problem.Is(err, problem.Invalid) || last(t, d) != before {
			t.Errorf("%v, %d events", err, last(t, d)-before)
		}
		f.Fewer = true
		if report := importText(t, dir, short, f); report.Gone != 7 {
			t.Error(figures(report))
		}
	})
}

func idOf(source, row string) string { return id.From(source, row) }

// spreadsheet packs rows of texts as a spreadsheet.
func spreadsheet(t testing.TB, rows ...string) []byte {
	t.Helper()
	body := ""
	for _, row := range rows {
		body += "<row>"
		for cell := range strings.SplitSeq(row, ";") {
			body += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>"
		}
		body += "</row>"
	}
	return packed(t, "<worksheet><sheetData>"+body+"</sheetData></worksheet>")
}

// packed packs a sheet as a spreadsheet that has just this one.
func packed(t testing.TB, sheet string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook><sheets><sheet name="Lieux" r:id="r1"/></sheets></workbook>`,
		"xl/worksheets/s.xml":        sheet,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The same list in each of its forms makes the same records: what came first as CSV is known in all others.
func TestOneListInManyForms(t *testing.T) {
	t.Parallel()
	utf16 := []byte{0xff, 0xfe}
	for _, r := range "n\tnom\tville\n1\tÉcole\tLille\n" {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		const section = "place: {id: n, name: nom, town: ville}\n"
		for i, c := range []struct {
			list string
			data []byte
		}{
			{"", []byte("n,nom,ville\n1,École,Lille\n")},
			{"", []byte("n;nom;ville\r\n1;\xc9cole;Lille\r\n")},
			{"{encoding: windows-1252, separator: \"|\", header: 3}", []byte("Liste | des\n\nn|nom|ville\n1|\xc9cole|Lille\n")},
			{"", utf16},
			{"{encoding: utf-16}", utf16[2:]},
			{"", []byte(`[{"n":1,"nom":"École","ville":"Lille"}]`)},
			{"{rows: lieux}", []byte("{\"total\":1,\"lieux\":[{\"n\":1,\"nom\":\"École\",\"ville\":\"Lille\"}]}")},
			{"", spreadsheet(t, "n;nom;ville", "1;École;Lille")},
			{"{sheet: lieux, header: 2}", spreadsheet(t, "Liste", "n;nom;ville", "1;École;Lille")},
		} {
			text := "register: R\n" + section
			if c.list != "" {
				text = "list: " + c.list + "\n" + text
			}
			report, err := dir.Import(t.Context(), bytes.NewReader(c.data), Feed{Mapping: readMapping(t, text)})
			if err != nil || report.Rows != 1 || i > 0 && report.Same != 1 {
				t.Errorf("%d %s: %v %s %s", i, c.list, err, figures(report), why(report))
			}
		}
	})
}

// zeros is a feed that never ends and whose beginning is given: what one line of 100 MB is like.
func endless(begins string, n int64) io.Reader {
	return io.MultiReader(strings.NewReader(begins), io.LimitReader(filler{}, n), strings.NewReader("\n2,b\n"))
}

type filler struct{}

func (filler) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// Bad files get a sentence that says what to do, and memory stays where it is.
func TestBadFilesGetASentence(t *testing.T) {
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	dir, _ := open(t, d, north(t))
	const simple = "register: R\nplace: {id: id, name: n}\n"
	var columns []string
	for i := range 600 {
		columns = append(columns, fmt.Sprintf("c%d", i))
	}
	much := int64(100 << 20) // more than the memory that it may take
	if testing.Short() {
		much = 8 << 20 // the sentences alone
	}
	bomb := spreadsheet(t, "id;n", "1;"+strings.Repeat("a", 8<<20))
	for _, c := range []struct {
		name, mapping string
		feed          io.Reader
		want          string
	}{
		{"nothing", simple, strings.NewReader(" \n"), "nothing"},
		{"a column that is not there", simple, strings.NewReader("id,nom\n"), "map-column"},
		{"200 columns", simple, strings.NewReader(strings.Join(columns[:200], ",") + "\n"), "map-column"},
		{"600 columns", simple, strings.NewReader(strings.Join(columns, ",") + "\n"), "many-columns"},
		{"a line without an end", simple, endless("id,n,", much), "long-line"},
		{"a row without an end", simple, endless("id,n\n1,", much), "long-line 1"},
		{"JSON that is one text without an end", simple, endless("[{\"id\":\"", much), "long-row 1"},
		{"JSON without the path", "list: {rows: a.b}\n" + simple, strings.NewReader(`{"a":{"c":[]}}`), "no-rows"},
		{"JSON that ends on the way", "list: {rows: a.b}\n" + simple, strings.NewReader(`{"a":{"c":[`), "broken"},
		{"a path to no list", "list: {rows: a}\n" + simple, strings.NewReader(`{"a":1}`), "no-rows"},
		{"the wrong encoding", "list: {form: csv, encoding: utf-16}\n" + simple, strings.NewReader("id,n\n1,a\n"), "map-column"},
		{"a JSON path that no row has", "register: R\nplace: {id: id, name: n, town: adresse.vile}", strings.NewReader(`[{"id":1,"n":"a","adresse":{"ville":"x"}}]`), "map-unmet 1"},
		{"an old spreadsheet", simple, strings.NewReader("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "xls"},
		{"a broken spreadsheet", simple, strings.NewReader("PK\x03\x04 and nothing"), "xlsx-broken"},
		{"a bomb", simple, bytes.NewReader(bomb), "xlsx-large 1"},
		{"a sheet that is not there", "list: {sheet: Autre}\n" + simple, bytes.NewReader(spreadsheet(t, "id;n")), "no-sheet"},
		{"a spreadsheet without a mapping", "", bytes.NewReader(bomb), "xlsx-mapping"},
	} {
		f := Feed{}
		if c.mapping != "" {
			f.Mapping = readMapping(t, c.mapping)
		}
		refused(t, dir, c.name, c.feed, f, c.want)
	}
}

// refused reads a bad file: it wants one sentence, by the end of its key, in bounded memory.
func refused(t *testing.T, dir *Directory, name string, bad io.Reader, f Feed, want string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	report, err := dir.Import(t.Context(), bad, f)
	runtime.ReadMemStats(&after)
	said := why(report)
	var wrong *problem.Error
	if errors.As(err, &wrong) {
		said = strings.TrimPrefix(wrong.Key, "directory.import.")
		bundle(t).Printer("fr", dir.setting.Zone, "EUR").T(wrong.Key, wrong.Args...)
	}
	if said != want {
		t.Errorf("%s: %q, %v, want %q", name, said, err, want)
	}
	if grown := int64(after.Sys) - int64(before.Sys); grown > 64<<20 {
		t.Errorf("%s: %d MB more memory", name, grown>>20)
	}
}

func TestMappingsThatCannotBe(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"standard: {id: a, nom: b}\nplace: {id: a, name: b}": "it has standard beside place",
		"service: {name: a, needs: b}":                       "its services stand alone",
		"place: {name: a}":                                   "place needs id",
	} {
		if _, err := ReadMapping("m.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}
