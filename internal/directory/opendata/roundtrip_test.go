package opendata_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
	"parvis/internal/geo"
	"parvis/internal/i18n"
)

// territory is a directory with the words of its vocabularies, in the north of France, at a moment.
func territory(t testing.TB, store *db.DB, now time.Time) (*directory.Directory, *opendata.Setting) {
	t.Helper()
	words := i18n.NewBundle()
	for _, from := range []error{words.Add(directory.Locales), words.Add(os.DirFS("../directoryweb"))} {
		if from != nil {
			t.Fatal(from)
		}
	}
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	d, err := directory.New(directory.Options{
		DB: store, Words: words, Clock: clock.At(now), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Setting: directory.Setting{Zone: zone, Country: "FR", Languages: []string{"fr", "en"},
			Units: []directory.Unit{{Code: "59512", Name: fr("Roubaix")}, {Code: "ville", Name: fr("Lille")}},
			Towns: geo.NewGazetteer(
				geo.Named{Code: "59350", Name: "Lille", Point: geo.Point{Lat: 50.63, Lon: 3.05}, Postcodes: []string{"59000"}},
				geo.Named{Code: "59512", Name: "Roubaix", Point: geo.Point{Lat: 50.69, Lon: 3.18}, Postcodes: []string{"59100"}})},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, &opendata.Setting{Territory: "nord", Site: "https://nord.example.org", Country: "FR", Zone: zone, Languages: []string{"fr", "en"}, TownCode: d.TownCodes(),
		Word: func(lang string, g directory.Group, code string) string {
			return words.Printer(lang, zone, "").T(directory.Key(g, code))
		}}
}

// another opens an empty store of the same engine.
func another(t testing.TB, like *db.DB) *db.DB {
	t.Helper()
	address := dbtest.SQLite
	if like.Engine() == db.Postgres {
		address = dbtest.Postgres
	}
	return dbtest.Open(t, address(t), db.Options{})
}

func some(t *rapid.T, label string, from ...string) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 0, min(4, len(from)), rapid.ID[string]).Draw(t, label)
}

func codesOf(t *rapid.T, g directory.Group) []string {
	return some(t, string(g), directory.Codes(g)...)
}

func words(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"Aide", "aux", "démarches", "—", "\n\n", "\"", "|", ";", "L’été,", "ouvert.", "a\tb", "<b>", "Đà Nẵng", strings.Repeat("long ", 50)}), 0, 7).Draw(t, label), " ")
}

// richEntry draws a place that says much, with its services and who answers for it.
func richEntry(n int) *rapid.Generator[directory.Entry] {
	return rapid.Custom(func(t *rapid.T) directory.Entry { return drawEntry(t, n) })
}

func drawEntry(t *rapid.T, n int) directory.Entry {
	at := geo.Point{Lat: rapid.Float64Range(50, 51).Draw(t, "lat"), Lon: rapid.Float64Range(2, 4).Draw(t, "lon")}
	source := rapid.SampledFrom([]directory.Source{{}, {Name: "Les Bonnes Clés", ID: fmt.Sprint(n), URL: "https://cles.example/" + fmt.Sprint(n), Updated: noon.AddDate(0, -2, 0)}}).Draw(t, "source")
	opening := func(label string) directory.Hours {
		return directory.ReadHours(rapid.SampledFrom([]string{"", "Mo-Fr 09:00-12:00,14:00-17:30; Sa 10:00-12:00; PH off", "24/7", "Tu[1,3] 14:00-16:00", `We 14:00-16:00 "sur rendez-vous"`,
			"lundi de 9h à 12h", "Fr 22:00-02:00", "Jul-Aug Mo 09:00-12:00", "Mo 08:00-10:00; Mo 08:00-12:00"}).Draw(t, label))
	}
	p := directory.Place{
		ID: fmt.Sprintf("lieu-%d", n), Kind: rapid.SampledFrom(directory.Codes(directory.GroupKind)).Draw(t, "kind"), Name: i18n.Text{"fr": words(t, "name") + "xyz", "en": "A place"},
		About: fr(words(t, "about")), Bring: fr(words(t, "bring")), Point: &at, Approximate: rapid.Bool().Draw(t, "approximate"), Itinerant: rapid.Bool().Draw(t, "itinerant"),
		Address: directory.Address{Street: rapid.SampledFrom([]string{"", "84 rue du Lin", "1, place \"du\" Beffroi"}).Draw(t, "street"), More: rapid.SampledFrom([]string{"", "étage 2"}).Draw(t, "more"),
			Postcode: rapid.SampledFrom([]string{"59000", "59100", "", "1234"}).Draw(t, "postcode"), Town: rapid.SampledFrom([]string{"Lille", "ROUBAIX", "Ailleurs", ""}).Draw(t, "town"),
			Unit: rapid.SampledFrom([]string{"", "59512", "ville"}).Draw(t, "unit")},
		Hours: opening("hours"), Wheelchair: rapid.SampledFrom(directory.Codes(directory.GroupWheelchair)).Draw(t, "wheelchair"), Access: rapid.SampledFrom([]string{"", "https://acceslibre.example/a"}).Draw(t, "access"),
		Languages: some(t, "languages", "fr", "ar", "zh-Hant"), Labels: some(t, "labels", "Aidants Connect", "France services", "Emmaüs Connect", "Un autre", "CCAS"), Register: rapid.SampledFrom([]string{"", "43493312300029", "W123456789"}).Draw(t, "register"),
		Record: directory.Record{Source: source, Confirmed: directory.Confirmation{By: "Madame Untel", At: noon.AddDate(0, 0, -3)}}}
	for _, code := range codesOf(t, directory.GroupEquipment) {
		p.Equipment = append(p.Equipment, directory.Equipment{Code: code, Number: 2})
	}
	p.Contact = directory.Contact{Mails: some(t, "mails", "a@example.org", "b@example.org"), Sites: some(t, "sites", "https://a.example/?q=1|2", "http://b.example/x")}
	for _, number := range some(t, "phones", "3939", "+33320000001", "+40213000000") {
		p.Contact.Phones = append(p.Contact.Phones, directory.Phone{Number: number, Note: rapid.SampledFrom([]string{"", "le matin"}).Draw(t, "note")})
	}
	e := directory.Entry{Place: p}
	if rapid.Bool().Draw(t, "organised") {
		e.Organisation = &directory.Organisation{ID: rapid.SampledFrom([]string{"reseau", "ville"}).Draw(t, "who")}
		e.Place.Organisation = e.Organisation.ID
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "services") {
		e.Services = append(e.Services, directory.Service{
			ID: fmt.Sprintf("s-%d-%d", n, i), Place: p.ID, Name: fr(words(t, "service") + "abc"), Details: fr(words(t, "details")), Needs: codesOf(t, directory.GroupNeed), Audiences: codesOf(t, directory.GroupAudience),
			Ways: codesOf(t, directory.GroupWay), Entry: codesOf(t, directory.GroupEntry), Fee: rapid.SampledFrom(directory.Codes(directory.GroupFee)).Draw(t, "fee"), FeeNote: fr(words(t, "fee note")),
			Languages: some(t, "spoken", "fr", "ro"), Hours: opening("own hours"), Booking: rapid.SampledFrom([]string{"", "https://rdv.example/a"}).Draw(t, "booking"),
			Capacity: directory.Capacity{Left: 3, Said: noon, Until: noon.AddDate(0, 1, 0)}, Record: directory.Record{Source: directory.Source{Name: source.Name, ID: source.ID, Updated: source.Updated}}})
	}
	return e
}

// rich fills a directory with generated entries.
func rich(t testing.TB, d *directory.Directory, n int) {
	t.Helper()
	for _, o := range []directory.Organisation{
		{ID: "reseau", Name: fr("Réseau Clic et Clef"), About: fr("Des lieux."), Contact: directory.Contact{Mails: []string{"r@example.org"}, Phones: []directory.Phone{{Number: "+33320000009"}}, Sites: []string{"https://r.example/"}}},
		{ID: "ville", Name: fr("Ville"), Kind: "town-hall", Town: "Lille"},
	} {
		if _, err := d.PutOrganisation(t.Context(), "tester", o); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		e := richEntry(i).Example(i)
		if _, err := d.PutPlace(t.Context(), "tester", e.Place); err != nil {
			t.Fatal(err)
		}
		for _, s := range e.Services {
			if _, err := d.PutService(t.Context(), "tester", s); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// format is one that can be written and read back.
type format struct {
	name  string
	write func(t testing.TB, d *directory.Directory, s *opendata.Setting) string
	// records are what was written, a text each by id; what no format can carry from one territory to another is taken out.
	records func(t testing.TB, text string) map[string]string
}

var formats = []format{
	{"national CSV", func(t testing.TB, d *directory.Directory, _ *opendata.Setting) string {
		var b bytes.Buffer
		if _, err := d.WriteStandard(t.Context(), &b, "Nord"); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}, func(t testing.TB, text string) map[string]string {
		return tableRecords(t, text)
	}},
	{"data.inclusion", func(t testing.TB, d *directory.Directory, s *opendata.Setting) string {
		var b bytes.Buffer
		if _, _, err := s.WriteInclusion(t.Context(), d, &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}, func(t testing.TB, text string) map[string]string {
		var whole struct{ Structures, Services []map[string]any }
		if err := json.Unmarshal([]byte(text), &whole); err != nil {
			t.Fatal(err)
		}
		all := map[string]string{}
		for kind, list := range map[string][]map[string]any{"structure ": whole.Structures, "service ": whole.Services} {
			for _, one := range list {
				all[kind+one["id"].(string)] = asJSON(one)
			}
		}
		return all
	}},
	{"HSDS", func(t testing.TB, d *directory.Directory, s *opendata.Setting) string {
		var b bytes.Buffer
		if _, err := s.WriteHSDS(t.Context(), d, &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}, func(t testing.TB, text string) map[string]string {
		all := map[string]string{}
		for line := range strings.Lines(text) {
			var one map[string]any
			if err := json.Unmarshal([]byte(line), &one); err != nil {
				t.Fatal(err)
			}
			delete(one, "last_modified") // when it last changed in the territory that writes it
			all[one["id"].(string)] = asJSON(one)
		}
		return all
	}},
}

func tableRecords(t testing.TB, text string) map[string]string {
	t.Helper()
	all := map[string]string{}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if i > 0 {
			all[row[17]+" "+row[0]] = strings.Join(row, "\x00")
		}
	}
	return all
}

// same fails the test where what was written again differs from what was written first.
func same(t testing.TB, f format, first, second string) {
	t.Helper()
	before, after := f.records(t, first), f.records(t, second)
	if len(before) != len(after) || len(before) == 0 {
		t.Errorf("%s: %d records written, %d written again", f.name, len(before), len(after))
	}
	wrong := 0
	for id, text := range before {
		if after[id] != text {
			if wrong++; wrong < 4 {
				t.Errorf("%s: %s\nwas %s\nis  %s", f.name, id, text, after[id])
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%s: %d of %d differ", f.name, wrong, len(before))
	}
}

// bringBack reads what was written into an empty territory, a year later by its clock, and writes it again.
func bringBack(t *testing.T, f format, like *db.DB, text string) {
	t.Helper()
	store := another(t, like)
	d, s := territory(t, store, noon.AddDate(1, 0, 0))
	report, err := d.Import(t.Context(), strings.NewReader(text), directory.Feed{Source: "export", EndMissing: true, Ask: true})
	if err != nil || report.Rejected > 0 {
		t.Fatalf("%s: %v, %d rejected: %v", f.name, err, report.Rejected, report.Findings[:min(3, len(report.Findings))])
	}
	same(t, f, text, f.write(t, d, s))
	again, err := d.Import(t.Context(), strings.NewReader(text), directory.Feed{Source: "export", EndMissing: true, Ask: true})
	if err != nil || again.Added+again.Changed+again.Back+again.Gone+again.Rejected != 0 || again.Same == 0 {
		t.Errorf("%s: read again: %v, %+v", f.name, err, again.Reasons)
		t.Errorf("added %d changed %d back %d gone %d", again.Added, again.Changed, again.Back, again.Gone)
	}
}

// What a territory writes, read into an empty one and written again, is the same, in every format that can be read back.
func TestThereAndBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		d, s := territory(t, store, noon)
		rich(t, d, 250)
		for _, f := range formats {
			bringBack(t, f, store, f.write(t, d, s))
		}
	})
}

// The same for the four real exports.
func TestRealExportsThereAndBack(t *testing.T) {
	t.Parallel()
	folder := shared(t, "data/places/sources")
	mappings, err := filepath.Glob("../testdata/mappings/*.yaml")
	if err != nil || len(mappings) < 4 {
		t.Fatal(mappings, err)
	}
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		d, s := territory(t, store, noon)
		for _, name := range mappings {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			mapping, err := directory.ReadMapping(filepath.Base(name), data)
			if err != nil {
				t.Fatal(err)
			}
			file := strings.NewReplacer(".yaml", ".json", "bus-charente", "bus-france-services-charente").Replace(filepath.Base(name))
			feed, err := os.ReadFile(filepath.Join(folder, file))
			if os.IsNotExist(err) {
				continue // a mapping for another list
			}
			if err != nil {
				t.Fatal(err)
			}
			if _, err := d.Import(t.Context(), bytes.NewReader(feed), directory.Feed{Mapping: mapping}); err != nil {
				t.Fatal(name, err)
			}
		}
		for _, f := range formats {
			bringBack(t, f, store, f.write(t, d, s))
		}
	})
}
