package opendata_test

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// noon is a Monday in November, at noon in Paris.
var noon = time.Date(2026, time.November, 23, 11, 0, 0, 0, time.UTC)

func fr(text string) i18n.Text { return i18n.Text{"fr": text} }

var wordsRead = sync.OnceValues(func() (*i18n.Bundle, error) {
	words := i18n.NewBundle()
	return words, words.Add(directory.Locales)
})

// open makes a directory on a store, whose clock stands at noon.
func open(t testing.TB, store *db.DB) *directory.Directory {
	t.Helper()
	words, err := wordsRead()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	d, err := directory.New(directory.Options{
		DB: store, Words: words.Clone(), Clock: clock.At(noon), Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Setting: directory.Setting{Zone: zone, Country: "FR", Languages: []string{"fr", "en"},
			Towns: geo.NewGazetteer(geo.Named{Code: "59350", Name: "Lille", Point: geo.Point{Lat: 50.63, Lon: 3.05}, Postcodes: []string{"59000"}})},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// setting is a territory in the north of France.
func setting(d *directory.Directory) *opendata.Setting {
	return &opendata.Setting{Territory: "nord", Site: "https://nord.example.org", Country: "FR", Zone: d.Setting().Zone, Languages: []string{"fr", "en"}, TownCode: d.TownCodes(),
		Word: func(lang string, g directory.Group, code string) string { return lang + ":" + string(g) + ":" + code }}
}

// library is an entry of which much is known.
func library() directory.Entry {
	at := geo.Point{Lat: 50.6311, Lon: 3.0468}
	updated := noon.AddDate(0, -1, 0)
	p := directory.Place{
		ID: "mediatheque", Organisation: "reseau", Kind: "library", Name: i18n.Text{"fr": "Médiathèque Le Lin Bleu", "en": "Le Lin Bleu media library"},
		About: fr("Un fauteuil et du temps."), Address: directory.Address{Street: "84 rue du Lin", More: "rez-de-chaussée", Postcode: "59000", Town: "Lille"}, Point: &at,
		Contact: directory.Contact{Phones: []directory.Phone{{Number: "+33353010012", Note: "accueil"}}, Mails: []string{"lin@nord.example"}, Sites: []string{"https://www.lin.example/"}},
		Hours:   directory.ReadHours("Mo-Fr 09:00-12:00,14:00-17:30; Sa 10:00-12:00; PH off"), Wheelchair: directory.WheelchairYes, Access: "https://acceslibre.example/lin",
		Languages: []string{"fr", "ar"}, Labels: []string{"Aidants Connect", "Point d'accès numérique CAF", "Un autre"}, Register: "43493312300029",
		Equipment: []directory.Equipment{{Code: "computer", Number: 4}}, Said: []directory.Said{{Field: "telephone", Text: "demander Madame Untel"}},
		Record: directory.Record{Source: directory.Source{Name: "Les Bonnes Clés", ID: "12", URL: "https://cles.example/12", Updated: updated}, Confirmed: directory.Confirmation{By: "Madame Untel", At: noon.AddDate(0, 0, -3)}, Changed: noon},
	}
	services := []directory.Service{
		{ID: "lin-pas", Place: p.ID, Name: fr("Premiers pas"), Details: fr("Par petits groupes."), Needs: []string{"digital-first-steps", "digital-everyday", "meals"}, Audiences: []string{"older", "merit"},
			Ways: []string{directory.WayOnline, directory.WayCounter, directory.WayPhone}, Entry: []string{directory.EntryWalkIn, directory.EntryReferral}, Fee: directory.FeeFree, Languages: []string{"fr"},
			Booking: "https://rdv.example/lin", Hours: directory.ReadHours(`We 14:00-16:00 "sur inscription"`), Capacity: directory.Capacity{Left: 4, Said: noon, Until: noon.AddDate(0, 1, 0)},
			Record: directory.Record{Source: directory.Source{Name: "Les Bonnes Clés", ID: "s1", Updated: updated}, Changed: noon}},
		{ID: "lin-aide", Place: p.ID, Name: fr("Aide"), Fee: directory.FeeConditional, FeeNote: fr("Dix euros l'an"), Record: directory.Record{Changed: noon}},
	}
	o := directory.Organisation{ID: "reseau", Name: fr("Réseau Clic et Clef"), Contact: directory.Contact{Mails: []string{"reseau@nord.example"}}, Record: directory.Record{Changed: noon}}
	return directory.Entry{Place: p, Services: services, Organisation: &o}
}

// fill puts the library, and places of which little is known, into a directory.
func fill(t testing.TB, d *directory.Directory) {
	t.Helper()
	e := library()
	if _, err := d.PutOrganisation(t.Context(), "tester", *e.Organisation); err != nil {
		t.Fatal(err)
	}
	places := []directory.Place{
		e.Place, {ID: "portail", Kind: "online", Name: fr("Portail La Loutre"), Hours: directory.ReadHours("24/7")},
		{ID: "bus", Kind: "mobile-stand", Name: fr("Bus"), Itinerant: true, Hours: directory.ReadHours("Tu[1,3] 14:00-16:00")},
		{ID: "fini", Kind: "school", Name: fr("École du Canal")}, {ID: id.From("x"), Kind: "association", Name: fr("La Bobine"), Hours: directory.ReadHours("quand la lumière est allumée")},
	}
	for _, p := range places {
		if _, err := d.PutPlace(t.Context(), "tester", p); err != nil {
			t.Fatal(err)
		}
	}
	services := append(e.Services, directory.Service{ID: "cours", Place: "fini", Name: fr("Cours du soir")},
		directory.Service{ID: "demande", Place: "portail", Name: fr("Demander une aide"), Needs: []string{"social-rights"}, Ways: []string{directory.WayOnline}, Fee: directory.FeePaid})
	for _, s := range services {
		if _, err := d.PutService(t.Context(), "tester", s); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.EndPlace(t.Context(), "tester", "fini"); err != nil {
		t.Fatal(err)
	}
}

// shared is the folder of the data that several projects share; the test is skipped, and says so, where it is not there.
func shared(t testing.TB, name string) string {
	t.Helper()
	for _, root := range []string{os.Getenv("PARVIS_SHARED"), "../../../../shared"} {
		if root == "" {
			continue
		}
		if path := filepath.Join(root, name); exists(path) {
			return path
		}
	}
	t.Skipf("%s is not on this machine: put the shared data beside the project, or name its folder in PARVIS_SHARED", name)
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
