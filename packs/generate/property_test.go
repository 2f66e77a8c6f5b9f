package main

import (
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/org"
)

// TestEverySpotGetsItsDue: systematic sampling gives each spot its share of the places, rounded down or up, and no other.
func TestEverySpotGetsItsDue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		l := &land{}
		total := 0.0
		for i := range rapid.IntRange(1, 30).Draw(rt, "spots") {
			s := spot{name: strconv.Itoa(i), weight: rapid.IntRange(1, 300000).Draw(rt, "weight")}
			l.spots, total = append(l.spots, s), total+share(s)
		}
		count := rapid.IntRange(1, 500).Draw(rt, "count")
		got := map[string]int{}
		chosen := l.choose(portion{Count: count}, newDraw(rapid.Uint64().Draw(rt, "seed")))
		for _, s := range chosen {
			got[s.name]++
		}
		if len(chosen) != count {
			rt.Fatalf("%d spots for %d places", len(chosen), count)
		}
		for _, s := range l.spots {
			if due := share(s) / total * float64(count); math.Abs(float64(got[s.name])-due) > 1.0001 {
				rt.Fatalf("spot %s with weight %d has %d places, its due is %.2f", s.name, s.weight, got[s.name], due)
			}
		}
	})
}

// TestDrawsKeepWithinTheirBounds: whatever the weights, what is drawn was there to be drawn.
func TestDrawsKeepWithinTheirBounds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		d := newDraw(rapid.Uint64().Draw(rt, "seed"), rapid.String().Draw(rt, "key"))
		from := rapid.IntRange(-50, 50).Draw(rt, "from")
		to := from + rapid.IntRange(0, 100).Draw(rt, "more")
		if v := d.between(from, to); v < from || v > to {
			rt.Fatalf("%d is not between %d and %d", v, from, to)
		}
		weights := rapid.MapOf(rapid.StringN(1, 4, -1), rapid.IntRange(0, 120)).Draw(rt, "weights")
		one, sum := d.weigh(weights), 0
		for _, w := range weights {
			sum += w
		}
		if weights[one] == 0 && sum > 0 || one != "" && sum == 0 {
			rt.Fatalf("drew %q of %v", one, weights)
		}
		some := d.some(weights)
		if (len(some) == 0) != (len(weights) == 0) || !slices.IsSortedFunc(some, func(a, b string) int { return weights[b] - weights[a] }) {
			rt.Fatalf("drew %q of %v", some, weights)
		}
		for key, w := range weights {
			if w >= 100 && !slices.Contains(some, key) {
				rt.Fatalf("%q is certain and not in %q", key, some)
			}
		}
		for i, key := range some {
			if _, there := weights[key]; !there || slices.Contains(some[:i], key) {
				rt.Fatalf("%q was drawn of %v", some, weights)
			}
		}
	})
}

// TestNoTwoPlacesShareANumber: as many numbers as there are digits for, all different, all of one form.
func TestNoTwoPlacesShareANumber(t *testing.T) {
	t.Parallel()
	for digits, limit := range map[int]int{2: 100, 3: 1000, 4: 10000} {
		for lang, width := range map[string]int{"fr": digits + 2, "zh": digits + 1} {
			m := &maker{recipe: &recipe{Phone: "00", Digits: digits, Lang: lang}}
			seen := map[string]bool{}
			for n := range limit {
				number := m.number(n)
				if seen[number] || len(number) != len("00")+width && (lang != "fr" || digits != 2) {
					t.Fatalf("%s, %d digits: %q is there twice, or has not its form", lang, digits, number)
				}
				seen[number] = true
			}
		}
	}
}

// kitchenOf is a territory of one square with one model, for tests that change one thing of it.
func kitchenOf(lang string) *maker {
	own := map[string]string{"fr": "Quartier Nord", "vi": "Phường Bắc", "zh": "北区", "ro": "Cartier Nord"}[lang]
	square := geo.Hull([]geo.Point{{Lat: 50, Lon: 3}, {Lat: 50.1, Lon: 3}, {Lat: 50, Lon: 3.1}, {Lat: 50.1, Lon: 3.1}}, 0)
	unit := org.Unit{Code: "n", Name: i18n.Text{lang: own, "en": "North quarter"}, Point: geo.Point{Lat: 50.05, Lon: 3.05}, Outline: square}
	s := spot{code: "1", name: "Le Bourg", kind: "town", postcode: "59000", weight: 1000, at: unit.Point, unit: unit}
	return &maker{taken: map[string]bool{}, land: &land{outline: square, units: []org.Unit{unit}, spots: []spot{s}, spread: 500},
		recipe: &recipe{Territory: "essai", Prefix: "es", Seed: 1, Lang: lang, Phone: "00", Digits: 4, Host: "essai.example", Services: 6,
			Places:    []portion{{Model: "hall", Count: 3}},
			Authority: organisation{ID: "mairie", Kind: "town-hall", Name: i18n.Text{lang: "Mairie", "en": "Town hall"}},
			kitchen: kitchen{Names: []string{"Lilas", "Tilleul|Lime", "Merle"}, Streets: []string{"Rue Bleue"}, Hours: map[string][]string{"day": {"Mo-Fr 09:00-17:00"}},
				Models: map[string]model{"hall": {Kind: "community-hall", Own: 100, OwnKind: "association", Hours: []string{"day"},
					Names: []string{"Salle {name}"}, NamesEn: []string{"{name} hall"}, Offers: map[string]int{"help": 1, "print": 1}}},
				Offers: map[string]offer{
					"help":  {Needs: []string{"basics"}, Also: map[string]int{"forms": 100}, Fee: map[string]int{"paid": 1}, FeeNote: []sentence{{own: "2 €", en: "€2"}}, Entry: map[string]int{"walk-in": 1}, Capacity: numbers{100, 2, 5}, Names: []sentence{{own: "Aide", en: "Help"}}, Details: []sentence{{own: "Là", en: "There"}}},
					"print": {Needs: []string{"forms"}, Fee: map[string]int{"free": 1}, FeeNote: []sentence{{own: "2 €", en: "€2"}}, Ways: map[string]int{"online": 1}, Entry: map[string]int{"walk-in": 1}, Names: []sentence{{own: "Copie", en: "Copy"}}, Details: []sentence{{own: "Là", en: "There"}}}}}}}
}

func TestAServiceFollowsItsOffer(t *testing.T) {
	t.Parallel()
	m := kitchenOf("fr")
	if err := m.make(); err != nil {
		t.Fatal(err)
	}
	if len(m.places) != 3 || len(m.services) != 6 {
		t.Fatalf("%d places, %d services", len(m.places), len(m.services))
	}
	for _, s := range m.services {
		n, _ := strconv.Atoi(s.capacity)
		switch s.name {
		case "Aide":
			until, err := time.Parse(time.DateOnly, s.until)
			if !slices.Equal(s.needs, []string{"basics", "forms"}) || s.feeNote != "2 €" || s.feeNoteEn != "€2" || n < 2 || n > 5 || err != nil || until.Before(today.AddDate(0, 0, -30)) {
				t.Errorf("help %+v", s)
			}
		case "Copie": // what is free has no note about its price, what is online no door to come in by
			if s.feeNote != "" || s.entry != nil || s.capacity != "" || s.until != "" || !slices.Equal(s.ways, []string{"online"}) {
				t.Errorf("copies %+v", s)
			}
		}
	}
	for _, p := range m.places {
		if p.updated > today.Format(time.DateOnly) || p.confirmed != "" && (p.confirmed < p.updated || p.confirmed >= today.Format(time.DateOnly)) {
			t.Errorf("%s was changed on %s and confirmed on %s", p.id, p.updated, p.confirmed)
		}
		if got := needs(p.id, m.services); !slices.Equal(slices.Sorted(slices.Values(got)), []string{"basics", "forms"}) {
			t.Errorf("%s is for %v", p.id, got)
		}
	}
}

func TestAnAddressIsWrittenAsItsCountryWritesIt(t *testing.T) {
	t.Parallel()
	for lang, want := range map[string]string{"fr": `^\d+ Rue Bleue$`, "ro": `^Rue Bleue nr\. \d+$`, "zh": `^Rue Bleue\d+号$`, "vi": `^Rue Bleue$`} {
		m := kitchenOf(lang)
		if err := m.make(); err != nil {
			t.Fatal(err)
		}
		for _, p := range m.places {
			if !regexp.MustCompile(want).MatchString(p.street) || p.town != "Le Bourg" || p.postcode != "59000" || p.unit != "n" || p.approximate != (lang == "vi" || lang == "zh") {
				t.Errorf("%s: %q, %s %s in %s, approximate: %v", lang, p.street, p.postcode, p.town, p.unit, p.approximate)
			}
		}
	}
	m := kitchenOf("fr")
	m.Town, m.Postcode, m.Street = "Ville", "59999", map[string]string{"town": "Place {in}"}
	if err := m.make(); err != nil || m.places[0].street != "Place au Bourg, Le Bourg" || m.places[0].town != "Ville" || m.places[0].postcode != "59999" {
		t.Errorf("in one town: %+v, %v", m.places[0], err)
	}
	m = kitchenOf("fr")
	m.Within = true
	if err := m.make(); err != nil || m.places[0].town != "Quartier Nord" {
		t.Errorf("within a unit: %+v, %v", m.places[0], err)
	}
}

// TestWhatCannotBeMadeIsSaid: a recipe that asks for more than its land or its names give stops, and names the model.
func TestWhatCannotBeMadeIsSaid(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*maker){
		`model "hall": no name is left for Le Bourg`: func(m *maker) { m.recipe.Places[0].Count = 4 },
		`model "hall": 1 spots for 3 places`:         func(m *maker) { m.recipe.Places[0].Once = true },
		`model "hall": 0 spots for 3 places`:         func(m *maker) { m.recipe.Places[0].Least = 5000 },
	} {
		m := kitchenOf("fr")
		spoil(m)
		if err := m.make(); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if err := decode("nord.yaml", &kitchen{}); err == nil || !strings.HasPrefix(err.Error(), "nord.yaml: ") {
		t.Errorf("a recipe that is read as a list of words: %v", err)
	}
	for where, ok := range map[string]bool{"nowhere": false, "town": true} {
		dir := os.DirFS(filepath.Join("..", "auch"))
		if _, err := readLand(dir, &recipe{Lang: "fr", Spots: spotRule{Kinds: []string{map[bool]string{true: "commune"}[ok]}}}); (err == nil) != ok {
			t.Errorf("spots in %s: %v", where, err)
		}
	}
}

// TestAModelIsLikeAnother: what a model says itself wins, what it does not say comes from the other.
func TestAModelIsLikeAnother(t *testing.T) {
	t.Parallel()
	base := model{Kind: "library", Names: []string{"A"}, NamesEn: []string{"a"}, Hours: []string{"day"}, About: [][]sentence{{{own: "1"}}, {{own: "2"}}}, Chance: []int{80, 40},
		Equipment: []piece{{Code: "wifi"}}, Offers: map[string]int{"help": 1}}
	same := model{Like: "x"}.over(base)
	if same.Kind != "library" || len(same.About) != 2 || len(same.Chance) != 2 || same.Equipment[0].Code != "wifi" || same.Offers["help"] != 1 || same.Hours[0] != "day" {
		t.Errorf("who says nothing is the same: %+v", same)
	}
	one := model{Names: []string{"B"}, NamesEn: []string{"b"}, Hours: []string{"night"}, About: [][]sentence{{{own: "3"}}}, Equipment: []piece{{Code: "tablet"}}, Offers: map[string]int{"print": 1}}.over(base)
	if one.Names[0] != "B" || one.NamesEn[0] != "b" || one.Hours[0] != "night" || !slices.Equal(one.Chance, []int{80}) || one.Equipment[0].Code != "tablet" || len(one.Offers) != 1 {
		t.Errorf("who says all is itself: %+v", one)
	}
	longer := model{About: [][]sentence{{{own: "3"}}, {{own: "4"}}, {{own: "5"}}}, Chance: []int{10, 20, 30}}
	if got := longer.over(base).Chance; !slices.Equal(got, []int{10, 20, 30}) {
		t.Errorf("its own chances are 10, 20, 30, not %v", got)
	}
	r := kitchenOf("fr").recipe
	longer.Chance = nil
	r.Models["hall"] = longer.over(base) // more to say than the other has chances for
	if err := r.check(); err == nil || !strings.Contains(err.Error(), "3 texts, 2 chances") {
		t.Errorf("three texts with two chances: %v", err)
	}
}

// TestFilesAreWrittenWhereTheyBelong: what is written is what was made, can be read again, and a folder that is missing is told.
func TestFilesAreWrittenWhereTheyBelong(t *testing.T) {
	t.Parallel()
	m := kitchenOf("fr")
	m.Authority.Teams = []team{{ID: "accueil", Name: i18n.Text{"fr": "Accueil", "en": "Desk"}, Doors: []string{"counter"}}}
	if err := m.make(); err != nil {
		t.Fatal(err)
	}
	files, err := m.files()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := write(folder, files); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if got, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(got) != string(files[name]) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := write(filepath.Join(folder, "none"), files); err == nil {
		t.Error("a folder that is not there was written to")
	}
	var all []org.Organisation
	if err := yaml.Unmarshal(files["organisations.yaml"], &all); err != nil || len(all) != 4 || !all[0].Authority || all[1].Authority || all[0].Teams[0].ID != "accueil" {
		t.Fatalf("organisations %+v, %v", all, err)
	}
	for i, o := range all[1:] {
		p := m.places[i]
		if o.ID != "org-"+p.id || o.Name["fr"] != p.name || o.Name["en"] != p.nameEn || o.Town != p.town || o.Phone != p.phone || o.Mail != p.mail || o.Source != "demo" {
			t.Errorf("%+v is not the organisation of %+v", o, p)
		}
	}
}
