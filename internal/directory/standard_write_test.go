package directory

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// written is a directory in the national standard, with its rows sorted under their header.
func written(t testing.TB, dir *Directory) (string, *Written) {
	t.Helper()
	var b bytes.Buffer
	report, err := dir.WriteStandard(t.Context(), &b, "Territoire d'essai")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(rows[1:], func(a, b []string) int { return strings.Compare(a[17]+"\x00"+a[0], b[17]+"\x00"+b[0]) })
	var sorted bytes.Buffer
	if err := csv.NewWriter(&sorted).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return sorted.String(), report
}

// fresh is another directory with nothing in it.
func fresh(t *testing.T, like *db.DB) *Directory {
	t.Helper()
	address := dbtest.SQLite
	if like.Engine() == db.Postgres {
		address = dbtest.Postgres
	}
	dir, _ := open(t, dbtest.Open(t, address(t), db.Options{}), north(t))
	return dir
}

func TestStandardThereAndBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		for _, name := range []string{"testdata/standard.csv", "testdata/older.json", "testdata/windows.csv"} {
			importFile(t, dir, name, Feed{Source: "Essai " + name})
		}
		at := geo.Point{Lat: 50.6311, Lon: 3.0468}
		put(t, dir, Place{ID: "guichet", Kind: "service-centre", Name: fr("Guichet du Beffroi"), Address: Address{Street: "1 place du Beffroi", Postcode: "59000", Town: "LILLE"},
			Point: &at, Contact: Contact{Phones: []Phone{{Number: "3939"}, {Number: "03 20 00 00 01"}}, Sites: []string{"https://www.example.org/a|b;http=1"}}},
			Service{Name: fr("Aide"), Needs: []string{"online-forms"}, Audiences: []string{"older"}, Fee: FeeFree, Ways: []string{WayCounter, WayPhone}, Entry: []string{EntryAppointment}, Booking: "https://rdv.example.org/"},
			Service{Name: fr("Repas"), Needs: []string{"meals"}, Fee: FeePaid})
		put(t, dir, Place{ID: "bus", Kind: "mobile-stand", Name: fr("Bus"), Itinerant: true})
		first, report := written(t, dir)
		if report.Places < 12 || report.LeftOut["commune"]+report.LeftOut["adresse"]+report.LeftOut["code_postal"] == 0 {
			t.Errorf("%+v", report)
		}
		again := fresh(t, d)
		read := importText(t, again, first, Feed{Source: "autre"})
		if read.Added != report.Places || read.Warned+read.Rejected != 0 {
			t.Errorf("reading what was written: %s %v", figures(read), read.Findings)
		}
		if second, _ := written(t, again); second != first {
			t.Errorf("written again:\n%s\nfirst:\n%s", second, first)
		}
		row := rowsByID(t, first)["guichet"]
		want := map[string]string{"commune": "Lille", "code_insee": "59350", "source": "Territoire d'essai", "pivot": noRegister, "telephone": "+33320000001",
			"frais_a_charge": "Gratuit sous condition", "modalites_acces": "Téléphoner|Prendre un RDV en ligne", "services": "Aide aux démarches administratives",
			"publics_specifiquement_adresses": "Seniors", "prise_rdv": "https://rdv.example.org/", "typologie": "", "site_web": "https://www.example.org/a%7Cb%3Bhttp=1"}
		for column, value := range want {
			if row[column] != value {
				t.Errorf("%s is %q, not %q", column, row[column], value)
			}
		}
	})
}

func rowsByID(t testing.TB, table string) map[string]map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]string{}
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i, column := range rows[0] {
			cells[column] = row[i]
		}
		all[cells["id"]] = cells
	}
	return all
}

// shared is a file of the data that several projects share; the test is skipped, and says so, where it is not there.
func shared(t testing.TB, name string) []byte {
	t.Helper()
	for _, root := range []string{os.Getenv("PARVIS_SHARED"), "../../../shared"} {
		if root == "" {
			continue
		}
		if data, err := os.ReadFile(filepath.Join(root, name)); err == nil {
			return data
		}
	}
	t.Skipf("%s is not on this machine: put the shared data beside the project, or name its folder in PARVIS_SHARED", name)
	return nil
}

// tableSchema is what the national schema asks of a column.
type tableSchema struct {
	Fields []struct {
		Name        string `json:"name"`
		Type        string `json:"type"`
		Constraints struct {
			Required  bool   `json:"required"`
			Unique    bool   `json:"unique"`
			Pattern   string `json:"pattern"`
			MaxLength int    `json:"maxLength"`
		} `json:"constraints"`
	} `json:"fields"`
}

// schemaFaults are what a table breaks of the schema.
func schemaFaults(t testing.TB, schema []byte, table string) []string {
	t.Helper()
	var s tableSchema
	if err := json.Unmarshal(schema, &s); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	if len(rows[0]) != len(s.Fields) {
		return []string{fmt.Sprintf("%d columns, not %d", len(rows[0]), len(s.Fields))}
	}
	for i, f := range s.Fields {
		if rows[0][i] != f.Name {
			faults = append(faults, fmt.Sprintf("column %d is %s, not %s", i+1, rows[0][i], f.Name))
		}
		pattern := regexp.MustCompile(f.Constraints.Pattern)
		known := map[string]bool{}
		for n, row := range rows[1:] {
			value, where := row[i], fmt.Sprintf("row %d: %s %q", n+1, f.Name, row[i])
			_, notDay := time.Parse(time.DateOnly, value)
			switch {
			case value == "" && f.Constraints.Required:
				faults = append(faults, where+" is missing")
			case value == "":
			case !pattern.MatchString(value):
				faults = append(faults, where+" is not as the pattern wants it")
			case f.Constraints.MaxLength > 0 && len([]rune(value)) > f.Constraints.MaxLength:
				faults = append(faults, where+" is too long")
			case f.Constraints.Unique && known[value]:
				faults = append(faults, where+" is there twice")
			case f.Type == "date" && notDay != nil:
				faults = append(faults, where+" is no day")
			}
			known[value] = true
		}
	}
	return faults
}

func TestStandardIsValid(t *testing.T) {
	t.Parallel()
	schema := shared(t, "data/places/schema-lieux-mediation.json")
	real := shared(t, "data/places/hinaura-lieux-687.json")
	dir, _ := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), north(t))
	importFile(t, dir, "testdata/standard.csv", Feed{Source: "Essai"})
	importText(t, dir, string(real), Feed{Source: "Hinaura"})
	table, report := written(t, dir)
	t.Logf("%d places written, left out: %v", report.Places, report.LeftOut)
	if report.Places < 500 {
		t.Errorf("%d places written", report.Places)
	}
	for i, fault := range schemaFaults(t, schema, table) {
		if t.Error(fault); i == 20 {
			t.Fatal("and more")
		}
	}
	again, _ := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), north(t))
	importText(t, again, table, Feed{Source: "autre"})
	second, _ := written(t, again)
	if second != table {
		for id, row := range rowsByID(t, table) {
			for column, value := range rowsByID(t, second)[id] {
				if value != row[column] {
					t.Fatalf("%s: %s was %q, is %q", id, column, row[column], value)
				}
			}
		}
		t.Errorf("%d bytes written again, %d before", len(second), len(table))
	}
	broken := strings.Replace(table, "Gratuit", "Gratis", 1)
	if faults := schemaFaults(t, schema, broken); len(faults) == 0 {
		t.Error("a value that the schema does not have passes")
	}
}

// drawnText draws what people write into a text.
func drawnText(label string, t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"Mairie", "France Services", "CCAS", "médiathèque", "a", "\n\n", ". ", "À distance.", "Accompagnement individuel.",
		"Atelier collectif.", ";", "|", ",", strings.Repeat("mot ", 40), "\"", " "}), 0, 6).Draw(t, label), " ")
}

func drawnCodes(label string, g Group, t *rapid.T) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(vocabularies[g]), 0, 5, rapid.ID[string]).Draw(t, label)
}

// drawnEntry draws a place with its services, as they can be in a directory.
func drawnEntry(t *rapid.T, n int) (Place, []Service) {
	point := geo.Point{Lat: rapid.Float64Range(41, 52).Draw(t, "lat"), Lon: rapid.Float64Range(-5, 9).Draw(t, "lon")}
	p := Place{ID: fmt.Sprintf("lieu-%d", n), Kind: rapid.SampledFrom(vocabularies[GroupKind]).Draw(t, "kind"), Name: i18n.Text{"fr": drawnText("name", t) + "x", "en": "X"},
		About:   fr(drawnText("about", t)),
		Address: Address{Street: drawnText("street", t) + "rue", Postcode: rapid.SampledFrom([]string{"59000", "59100", "59500"}).Draw(t, "postcode"), Town: rapid.SampledFrom([]string{"LILLE", "Roubaix", "Saint-Jans-Cappel", "Ailleurs", "VILLE-DU-BOIS"}).Draw(t, "town")},
		Point:   &point, Approximate: rapid.Bool().Draw(t, "approximate"), Itinerant: rapid.Bool().Draw(t, "itinerant"),
		Labels:   rapid.SliceOfN(rapid.SampledFrom([]string{"France services", "Aidants Connect", "ORDI 3.0", "Un label; le nôtre", "formé à « duplex » (illettrisme)", "a|b"}), 0, 4).Draw(t, "labels"),
		Register: rapid.SampledFrom([]string{"", "43493312300029", "00000000000000", "???"}).Draw(t, "register"),
		Hours:    ReadHours(rapid.SampledFrom([]string{"", "Mo-Fr 09:00-12:00,14:00-17:00; PH off", "le matin"}).Draw(t, "hours"))}
	mails := rapid.SliceOfN(rapid.SampledFrom([]string{"a@example.org", "b|c@example.org", "d@example.org"}), 0, 3).Draw(t, "mails")
	p.Contact.Mails = append(p.Contact.Mails, mails...)
	for _, number := range rapid.SliceOfN(rapid.SampledFrom([]string{"3939", "+33320000001", "+40213000000"}), 0, 3).Draw(t, "phones") {
		p.Contact.Phones = append(p.Contact.Phones, Phone{Number: number})
	}
	for _, said := range []struct {
		field  string
		values []string
	}{
		{"typologie", []string{"MUNI", "RFS", "EPN", "AUTRE", "BIB", "XYZ"}}, {"services", []string{"Utilisation sécurisée du numérique", "Compréhension du monde numérique", "Du neuf"}},
		{"publics_specifiquement_adresses", []string{"Étudiants"}}, {"prise_en_charge_specifique", []string{"Surdité", "Langues étrangères (autres)"}}, {"modalites_acces", []string{publicClosed}},
	} {
		for _, value := range rapid.SliceOfNDistinct(rapid.SampledFrom(said.values), 0, len(said.values), rapid.ID[string]).Draw(t, said.field) {
			p.Said = append(p.Said, Said{Field: said.field, Text: value})
		}
	}
	var services []Service
	for i := range rapid.IntRange(0, 3).Draw(t, "services") {
		services = append(services, Service{ID: fmt.Sprintf("%s-%d", p.ID, i), Place: p.ID, Name: fr("Aide"), Details: fr(drawnText("details", t)), Needs: drawnCodes("needs", GroupNeed, t),
			Audiences: drawnCodes("audiences", GroupAudience, t), Ways: drawnCodes("ways", GroupWay, t), Entry: drawnCodes("entry", GroupEntry, t),
			Fee: rapid.SampledFrom(vocabularies[GroupFee]).Draw(t, "fee"), Languages: rapid.SampledFrom([][]string{nil, {"en"}, {"fr", "en"}}).Draw(t, "languages"),
			Booking: rapid.SampledFrom([]string{"", "https://rdv.example.org/"}).Draw(t, "booking")})
	}
	return p, services
}

// TestStandardSaysTheSameTwice reads what is written of any place, and writes it again, without a store between.
func TestStandardSaysTheSameTwice(t *testing.T) {
	t.Parallel()
	setting := north(t)
	writer := &standardWriter{setting: setting, own: "Essai", now: today, towns: newTowns(setting.Towns)}
	rapid.Check(t, func(t *rapid.T) {
		p, services := drawnEntry(t, 1)
		p.Source = Source{Name: "Essai", ID: p.ID}
		p.Changed = today
		if err := p.Clean("FR"); err != nil {
			t.Skip("no place")
		}
		for i := range services {
			if err := services[i].Clean(); err != nil {
				t.Fatal(err)
			}
		}
		first := writer.cells(&Entry{Place: p, Services: services})
		if lacking(first) != "" {
			t.Skip("not in the standard")
		}
		reader := &standardReader{setting: setting, source: "Essai", now: today, towns: newTowns(setting.Towns), previous: map[string]int{}}
		row := row{line: 2, cells: map[string]string{}}
		for column, value := range first {
			if value = clean(value); value != "" {
				row.cells[column] = value
			}
		}
		d := reader.read(row)
		if len(d.findings) > 0 {
			t.Fatalf("%v", d.findings)
		}
		second := writer.cells(&Entry{Place: *d.place, Services: []Service{*d.service}, Organisation: d.organisation})
		for _, column := range standardColumns {
			if clean(first[column]) != clean(second[column]) {
				t.Fatalf("%s was %q, is %q", column, first[column], second[column])
			}
		}
	})
}

func TestStandardIsFrances(t *testing.T) {
	t.Parallel()
	setting := north(t)
	setting.Country = "VN"
	dir, _ := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), setting)
	if _, err := dir.WriteStandard(t.Context(), &bytes.Buffer{}, "x"); !problem.Is(err, problem.Invalid) {
		t.Error(err)
	}
}

func TestStandardParesWhatSourcesShare(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		const head = "id,nom,commune,code_postal,adresse,source\n"
		importText(t, dir, head+"1,Mairie,Lille,59000,1 rue A,Une\n1,Poste,Lille,59000,2 rue A,Deux\n2,École,Lille,59000,3 rue A,Deux\n", Feed{})
		first, _ := written(t, dir)
		rows := rowsByID(t, first)
		if len(rows) != 3 || rows["une--1"] == nil || rows["deux--1"] == nil || rows["2"] == nil {
			t.Errorf("%v", rows)
		}
		again := fresh(t, d)
		importText(t, again, first, Feed{})
		if second, _ := written(t, again); second != first {
			t.Errorf("%s\n%s", first, second)
		}
	})
}

func TestPresentationIsReadAsOneText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 281)
	for _, c := range []struct{ about, resume, detail string }{
		{"", "", ""}, {"court", "court", ""}, {strings.Repeat("é", 280), strings.Repeat("é", 280), ""},
		{long, "", long}, {"tête\n\n" + long, "tête", long}, {long + "\n\nfin", "", long + "\n\nfin"},
		{"tête\n\n\n" + long, "", "tête\n\n\n" + long},
	} {
		if resume, detail := presentation(c.about); resume != c.resume || detail != c.detail {
			t.Errorf("%.20q: %.20q, %.20q", c.about, resume, detail)
		}
	}
}
