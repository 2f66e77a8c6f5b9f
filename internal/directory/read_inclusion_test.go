package directory

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// inclusionFeed is a page with two lists: a structure that says much, one that says little, and services.
const inclusionFeed = `{"structures":[
{"source":"dora","id":"dora--1","nom":"Mairie de Lille","date_maj":"2026-10-01","description":"Un accueil pour tous.","lien_source":"https://dora.example/1","siret":"43493312300029",
 "commune":"Lille","code_postal":"59000","code_insee":"59350","adresse":"1 place du Beffroi","complement_adresse":null,"latitude":50.63,"longitude":3.05,"telephone":"03 20 00 00 01",
 "courriel":"mairie@nord.example","site_web":"nord.example","horaires_accueil":"Mo-Fr 09:00-12:00","accessibilite_lieu":"https://acceslibre.example/1","reseaux_porteurs":["france-service","inconnu"]},
{"source":"dora","id":"dora--2","nom":"Le Relais","date_maj":"2030-01-01","code_postal":"5900","telephone":"zéro","courriel":"nulle part","latitude":95,"longitude":1,"siret":"12"},
{"source":"dora","id":"dora--2","nom":"Encore","date_maj":"2026-01-01"},
{"source":"dora","id":"","nom":"Sans","date_maj":"2026-01-01"},
{"source":"dora","id":"dora--4","nom":"","date_maj":"hier"}
],"services":[
{"source":"dora","structure_id":"dora--1","id":"dora--s1","nom":"Aide","description":"On vous aide.","date_maj":"2026-10-02","type":"atelier","thematiques":["numerique--maitriser-les-fondamentaux-du-numerique","remobilisation--lien-social"],
 "frais":"payant","frais_precisions":"2 €","publics":["jeunes","etudiants"],"publics_precisions":"Anciens combattants","conditions_acces":"Avoir un carnet","telephone":"03 20 00 00 09","courriel":"mairie@nord.example",
 "contact_nom_prenom":"Madame Untel","modes_accueil":["a-distance","en-presentiel"],"lien_mobilisation":"https://rdv.example/1","modes_mobilisation":["telephoner","utiliser-lien-mobilisation"],"mobilisable_par":["professionnels","usagers"],
 "mobilisation_precisions":"Appelez le matin","horaires_accueil":"Mo 09:00-10:00","commune":"Lille","code_postal":"59000","adresse":"1 place du Beffroi"},
{"source":"dora","structure_id":"dora--1","id":"dora--s2","nom":"Permanence à Roubaix","description":"Ailleurs.","date_maj":"2026-10-02","publics":["tous-publics"],"modes_mobilisation":["se-presenter"],"commune":"Roubaix","code_postal":"59100","adresse":"2 rue du Canal","telephone":"03 20 00 00 10"},
{"source":"dora","structure_id":"dora--9","id":"dora--s3","nom":"Nulle part","description":"Perdu.","date_maj":"2026-10-02"},
{"source":"dora","id":"dora--s4","nom":"Sans lieu","description":"Perdu.","date_maj":"2026-10-02","frais":"troc"}
]}`

func TestInclusionIsRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		report := asTold(t, dir, d, []byte(inclusionFeed), Feed{Source: "x"})
		if got := figures(report); got != "rows 9 added 4 changed 0 same 0 back 0 gone 0 warned 3 rejected 5" {
			t.Error(got)
		}
		var told []string
		for _, f := range report.Findings {
			told = append(told, fmt.Sprintf("%d %s %s %s", f.Line, f.Row, f.Field, strings.TrimPrefix(f.Key, "directory.")))
		}
		want := []string{"2 dora--1 reseaux_porteurs import.term", "5 dora--2 date_maj import.date-to-come", "5 dora--2 siret import.register", "5 dora--2 code_postal import.postcode",
			"5 dora--2 latitude wrong.point", "5 dora--2 telephone wrong.phone", "5 dora--2 courriel wrong.mail", "6 dora--2 id import.same-id", "7  id import.no-id", "8 dora--4 nom import.no-name",
			"8 dora--4 date_maj import.date", "10 dora--s1 thematiques import.term", "10 dora--s1 publics import.term", "15 dora--s3 place import.no-place", "16 dora--s4 structure_id import.no-structure"}
		slices.Sort(told)
		slices.Sort(want)
		if !slices.Equal(told, want) {
			t.Errorf("%q\nwant %q", told, want)
		}
		places, services, err := dir.Places(t.Context(), id.From("dora", "1"))
		if err != nil || len(places) != 1 || len(services[places[0].ID]) != 1 {
			t.Fatal(places, services, err)
		}
		p, s := places[0], services[places[0].ID][0]
		if p.Kind != "town-hall" || p.Register != "43493312300029" || p.Contact.Sites[0] != "https://nord.example" || !slices.Equal(p.Labels, []string{"France Services", "inconnu"}) ||
			p.Source.URL != "https://dora.example/1" || p.Hours.OSM == "" || p.Approximate {
			t.Errorf("%+v", p)
		}
		if want := "On vous aide.\n\nAussi : lien social\n\nPour qui : etudiants. Anciens combattants\n\nConditions d’accès : Avoir un carnet\n\nComment demander : Appelez le matin\n\nTéléphone : 03 20 00 00 09"; strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(s.Details["fr"]) != want {
			t.Errorf("%q", s.Details["fr"])
		}
		if strings.Contains(fmt.Sprint(p, s), "Untel") {
			t.Error("a contact person is named")
		}
		if !slices.Equal(s.Audiences, []string{"young"}) || !slices.Equal(s.Ways, []string{WayCounter, WayPhone}) ||
			!slices.Equal(s.Entry, []string{EntryAppointment, EntryReferral}) || s.Fee != FeePaid || s.FeeNote["fr"] != "2 €" || s.Booking == "" {
			t.Errorf("%+v", s)
		}
		hits, err := dir.Entries(t.Context(), EntryQuery{})
		if err != nil || len(hits) != 3 {
			t.Fatal(len(hits), err)
		}
		at := slices.IndexFunc(hits, func(e Entry) bool { return e.Place.Address.Town == "Roubaix" })
		if at < 0 || hits[at].Place.Address.Street != "2 rue du Canal" || len(hits[at].Services) != 1 || hits[at].Place.Contact.Phones[0].Number != "+33320000010" {
			t.Errorf("a service that is given elsewhere: %+v", hits)
		}
		before := last(t, d)
		if again := asTold(t, dir, d, []byte(inclusionFeed), Feed{Source: "x", EndMissing: true}); again.In() != again.Same || again.Gone != 0 || last(t, d) != before {
			t.Errorf("again: %s", figures(again))
		}
	})
}

// What somebody corrected stays; what the feed no longer has ends; a feed that lost too much ends nothing.
func TestInclusionLives(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		feed := func(n, services int) []byte {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, `{"source":"s","id":"s--%d","nom":"Lieu %d","date_maj":"2026-01-01","horaires_accueil":null}`+"\n", i, i)
			}
			for i := range services {
				fmt.Fprintf(&b, `{"source":"s","id":"s--%d","structure_id":"s--%d","nom":"Aide","date_maj":"2026-01-01"}`+"\n", i, i%n)
			}
			return []byte(b.String())
		}
		f := Feed{Source: "x", EndMissing: true}
		if did := asTold(t, dir, d, feed(450, 450), f); did.Added != 900 || did.Rejected != 0 { // several batches
			t.Fatal(figures(did), why(did))
		}
		one, _, err := dir.Places(t.Context(), id.From("s", "7"))
		if err != nil {
			t.Fatal(err)
		}
		one[0].Bring = fr("une carte")
		put(t, dir, one[0])
		if did := asTold(t, dir, d, feed(440, 300), Feed{Source: "x", EndMissing: true, Fewer: true}); did.Gone != 160 || did.Changed != 0 {
			t.Error(figures(did))
		}
		if one, _, err = dir.Places(t.Context(), id.From("s", "7")); err != nil || one[0].Bring["fr"] != "une carte" {
			t.Error("a correction is lost", err)
		}
		events := last(t, d)
		_, err = dir.Import(t.Context(), bytes.NewReader(feed(200, 200)), f)
		var wrong *problem.Error
		if !errors.As(err, &wrong) || wrong.Key != "directory.import.shrinks" || !reflect.DeepEqual(wrong.Args, []any{"Source", "s", "Gone", 240, "Here", 440}) || last(t, d) != events {
			t.Errorf("%+v, %d events", err, last(t, d)-events)
		}
	})
}

// zipped packs files.
func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range files {
			if !yield(name) {
				return
			}
		}
	}) {
		to, err := w.Create(name)
		if err == nil {
			_, err = to.Write([]byte(files[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Pages that were saved one by one are one feed: as a folder, as a zip, or one after another.
func TestInclusionInPages(t *testing.T) {
	t.Parallel()
	pages := map[string]string{
		"services-1.json":   `{"items":[{"source":"s","id":"s--a","structure_id":"s--1","nom":"Aide","date_maj":"2026-01-01"}],"total":1,"page":1,"size":1,"pages":1}`,
		"structures-1.json": `{"items":[{"source":"s","id":"s--1","nom":"Un lieu","date_maj":"2026-01-01","reseaux_porteurs":null}],"total":2,"page":1,"size":1,"pages":2}`,
		"structures-2.json": `{"items":[{"source":"s","id":"s--2","nom":"Deux lieux","date_maj":"2026-01-01","reseaux_porteurs":null},7],"total":2,"page":2,"size":1,"pages":2}`,
		"empty.json":        "", ".hidden.json": "{", "lisez-moi.txt": "bonjour",
	}
	folder := fstest.MapFS{}
	for name, text := range pages {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, feed := range map[string]Feed{"folder": {Folder: folder}, "zip": {}, "one after another": {}} {
		dir, _ := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), north(t))
		data := zipped(t, pages)
		if name == "one after another" {
			data = []byte(pages["structures-1.json"] + "\n" + pages["structures-2.json"] + pages["services-1.json"])
		}
		report, err := dir.Import(t.Context(), bytes.NewReader(data), feed)
		if err != nil || report.Added != 3 || report.Rejected != 1 {
			t.Errorf("%s: %v %s %v", name, err, figures(report), report.Findings)
			continue
		}
		if f := report.Findings[0]; name != "one after another" && f.File != "structures-2.json" || f.Line < 1 {
			t.Errorf("%s: %+v", name, f)
		}
	}
}
