package directory

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/geo"
)

// manyLooks are made records, of which every tenth is there again in another register, written a little otherwise.
func manyLooks(n int) []*looks {
	r := rand.New(rand.NewPCG(3, 4))
	words := []string{"maison", "espace", "centre", "numérique", "jeunes", "familles", "quartier", "médiathèque", "atelier", "accueil", "solidarité", "services"}
	all := make([]*looks, 0, n)
	for i := 0; len(all) < n; i++ {
		p := Place{ID: fmt.Sprintf("p%07d", i), Name: fr(fmt.Sprint(words[r.IntN(12)], " ", words[r.IntN(12)], " ", words[r.IntN(12)], " ", i%977)),
			Address: Address{Street: fmt.Sprint(1+r.IntN(200), " rue ", words[r.IntN(12)]), Postcode: fmt.Sprint(59000 + i%300), Town: fmt.Sprint("ville ", i%300)},
			Point:   &geo.Point{Lat: 50 + r.Float64(), Lon: 3 + r.Float64()}, Contact: Contact{Phones: []Phone{{Number: fmt.Sprint("+333", i%(1+n/2))}}}}
		p.Source.Name = "a"
		all = append(all, looksOf(&p))
		if i%10 == 0 && len(all) < n {
			p.ID, p.Source.Name, p.Name = p.ID+"b", "b", fr(strings.ToUpper(p.Name["fr"]))
			p.Point = &geo.Point{Lat: p.Point.Lat + 0.0002*r.Float64(), Lon: p.Point.Lon}
			all = append(all, looksOf(&p))
		}
	}
	return all
}

func everyOne(string) bool { return true }

// Looking only where something is shared finds what comparing all with all would.
func TestBlocksLoseNoPair(t *testing.T) {
	t.Parallel()
	all := manyLooks(700)
	found := map[string]Verdict{}
	for _, p := range pairsOf(all, everyOne) {
		found[p.one.id+" "+p.other.id] = p.Verdict
	}
	want := 0
	for i, a := range all {
		for _, b := range all[i+1:] {
			if l := compare(a, b); l.Verdict != NoMatch {
				want++
				if found[a.id+" "+b.id] == "" {
					t.Errorf("%v and %v: %s, for %v, and not found", *a, *b, l.Verdict, l.For)
				}
			}
		}
	}
	if want != len(found) || want < 50 {
		t.Errorf("%d pairs, %d found", want, len(found))
	}
}

// Looking only at what is fresh finds its pairs as looking at all does, and as sure.
func TestWhatIsFreshIsComparedWithAll(t *testing.T) {
	t.Parallel()
	all := append(manyLooks(300), alma("a", nil), alma("b", nil), alma("b", func(p *Place) { p.ID = "c" }))
	whole := map[string]Verdict{}
	for _, p := range pairsOf(all, everyOne) {
		whole[p.one.id+" "+p.other.id] = p.Verdict
	}
	for _, one := range all {
		n := 0
		for _, p := range pairsOf(all, func(id string) bool { return id == one.id }) {
			key := p.one.id + " " + p.other.id
			if whole[key] != p.Verdict {
				t.Errorf("%s: %s alone, %s in all", key, p.Verdict, whole[key])
			}
			if p.one.id == one.id || p.other.id == one.id {
				n++
			}
		}
		for key := range whole {
			if a, b, _ := strings.Cut(key, " "); a == one.id || b == one.id {
				n--
			}
		}
		if n != 0 {
			t.Errorf("%s: %d pairs too many", one.id, n)
		}
	}
}

// A record that is as much like two others of one register is no sure match of either.
func TestWhichOfTwoIsForAPerson(t *testing.T) {
	t.Parallel()
	found := pairsOf([]*looks{alma("a", nil), alma("b", nil), alma("b", func(p *Place) { p.ID = "c" })}, everyOne)
	if len(found) != 3 || slices.ContainsFunc(found, func(p pair) bool { return p.Verdict != Unsure }) {
		t.Error(found)
	}
	if found := pairsOf([]*looks{alma("a", nil), alma("b", nil), alma("c", nil)}, everyOne); len(found) != 3 || found[0].Verdict != Match {
		t.Error("three registers, one place", found)
	}
}

// A house where many offices share their number is no question for each two of them.
func TestAHouseOfManyOffices(t *testing.T) {
	t.Parallel()
	office := func(name string) *looks {
		return alma("a", func(p *Place) { p.ID, p.Name = name, fr(name) })
	}
	if found := pairsOf([]*looks{office("Mairie"), office("Bibliothèque")}, everyOne); len(found) != 1 || found[0].Verdict != Unsure {
		t.Error(found)
	}
	if found := pairsOf([]*looks{office("Mairie"), office("Bibliothèque"), office("Crèche"), office("Police")}, everyOne); len(found) != 0 {
		t.Error(found)
	}
}

// Some hundred thousand places take seconds, not hours.
func TestOneHundredThousandPlaces(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	all := manyLooks(100_000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := time.Now()
	found := pairsOf(all, everyOne)
	took := time.Since(begun)
	runtime.ReadMemStats(&after)
	t.Logf("%d pairs among %d places in %v, %d MB allocated", len(found), len(all), took, (after.TotalAlloc-before.TotalAlloc)>>20)
	if len(found) < 8000 || took > 2*time.Minute {
		t.Error(len(found), took)
	}
}

// standard is a feed of the national standard: a row a place, "id;nom;adresse;téléphone".
func standardFeed(rows ...string) string {
	var b strings.Builder
	b.WriteString("id,nom,commune,code_postal,adresse,latitude,longitude,telephone,services\n")
	for _, row := range rows {
		cells := append(strings.Split(row, ";"), "", "")
		fmt.Fprintf(&b, "%s,%s,Roubaix,59100,%s,50.69,3.18,%s,Aider aux démarches administratives\n", cells[0], cells[1], cells[2], cells[3])
	}
	return b.String()
}

// What two registers have in common is found once: the same file again asks nothing anew.
func TestAnImportTellsItsTwins(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		if first := importText(t, dir, standardFeed("1;Médiathèque Alma;12 rue de Paris", "2;Mairie;1 Grand-Place"), Feed{Source: "a"}); first.Twins != 0 {
			t.Error(first.Twins)
		}
		feed := standardFeed("x;MEDIATHEQUE DE L'ALMA;12 r. de Paris", "y;Piscine;9 rue des Bains")
		if dry := importText(t, dir, feed, Feed{Source: "b", DryRun: true}); dry.Twins != 0 {
			t.Error("a dry run notes nothing")
		}
		second := importText(t, dir, feed, Feed{Source: "b"})
		if second.Twins != 1 {
			t.Fatal(second.Twins)
		}
		var b strings.Builder
		if err := second.Write(&b, bundle(t).Printer("en", nil, "")); err != nil || !strings.Contains(b.String(), "1 pair of records may be the same place") {
			t.Error(b.String(), err)
		}
		before := last(t, d)
		if again := importText(t, dir, feed, Feed{Source: "b"}); again.Twins != 0 || again.Same != again.Rows || last(t, d) != before {
			t.Error(again.Twins, figures(again))
		}
		if changed := importText(t, dir, strings.Replace(feed, "MEDIATHEQUE DE L'ALMA", "Médiathèque de l'Alma", 1), Feed{Source: "b"}); changed.Changed != 1 || changed.Twins != 0 {
			t.Error("asked again", changed.Twins, figures(changed))
		}
	})
}

// How many pairs the four real exports have, each for itself and beside one another.
func TestRealExportsHaveTwins(t *testing.T) {
	t.Parallel()
	folder := exports(t)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		for _, c := range []struct {
			mapping, file string
			twins         int
		}{{"aix-en-provence", "aix-en-provence", 0}, {"bus-charente", "bus-france-services-charente", 0}, {"hub-lo", "hub-lo", 14}, {"nouvelle-caledonie", "nouvelle-caledonie", 2}} {
			report := importFile(t, dir, filepath.Join(folder, c.file+".json"), Feed{Mapping: readMapping(t, "testdata/mappings/"+c.mapping+".yaml")})
			if report.Twins != c.twins {
				t.Errorf("%s: %d pairs, not %d", c.mapping, report.Twins, c.twins)
			}
		}
	})
}
