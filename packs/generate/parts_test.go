package main

import (
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"parvis/internal/geo"
)

func TestADrawDependsOnItsKeyAlone(t *testing.T) {
	t.Parallel()
	a, b := newDraw(7, "library", "3"), newDraw(7, "library", "3")
	for range 100 {
		if a.next() != b.next() {
			t.Fatal("two draws of one key differ")
		}
	}
	for _, other := range []*draw{newDraw(8, "library", "3"), newDraw(7, "library3"), newDraw(7, "librar", "y3"), newDraw(7, "library", "4")} {
		if other.next() == newDraw(7, "library", "3").next() {
			t.Error("another key draws the same")
		}
	}
	if got := newDraw(1, "fixed").next(); got != newDraw(1, "fixed").next() || got == 0 {
		t.Errorf("drew %d", got)
	}
}

func TestChoicesKeepTheirWeights(t *testing.T) {
	t.Parallel()
	d := newDraw(1, "weights")
	seen := map[string]int{}
	for range 10000 {
		seen[d.weigh(map[string]int{"often": 90, "seldom": 10, "never": 0})]++
	}
	if seen["never"] > 0 || seen["seldom"] < 800 || seen["seldom"] > 1200 {
		t.Errorf("drew %v", seen)
	}
	for range 1000 {
		if v := d.between(3, 5); v < 3 || v > 5 {
			t.Fatalf("%d is not between 3 and 5", v)
		}
		if v := d.part(); v < -1 || v > 1 {
			t.Fatalf("%g is not between -1 and 1", v)
		}
	}
	if d.below(0) != 0 || d.pick(nil) != "" || d.chance(0) || !d.chance(100) {
		t.Error("nothing gives nothing")
	}
}

func TestSomeAlwaysChoosesOne(t *testing.T) {
	t.Parallel()
	d := newDraw(1, "some")
	for range 1000 {
		got := d.some(map[string]int{"walk-in": 20, "appointment": 30})
		if len(got) == 0 {
			t.Fatal("nobody gets in")
		}
		if len(got) == 2 && got[0] != "appointment" {
			t.Fatalf("%v: the usual way comes first", got)
		}
	}
	if got := d.some(map[string]int{"everyone": 100}); !slices.Equal(got, []string{"everyone"}) {
		t.Errorf("drew %v", got)
	}
	if got := d.some(nil); got != nil {
		t.Errorf("drew %v of nothing", got)
	}
}

func TestFrenchTownsTakeTheirPreposition(t *testing.T) {
	t.Parallel()
	for town, want := range map[string]string{"Lille": "à Lille", "Le Quesnoy": "au Quesnoy", "Les Moëres": "aux Moëres",
		"La Madeleine": "à La Madeleine", "Auch": "à Auch", "Leers": "à Leers"} {
		if got := in(town); got != want {
			t.Errorf("%s: %q, want %q", town, got, want)
		}
	}
}

func TestBlanksAreFilled(t *testing.T) {
	t.Parallel()
	v := said{name: "玉兰", nameEn: "Yulan", town: "Le Quesnoy", unit: "Phường Hải Vân", unitEn: "Hai Van ward", n: 6}
	for text, want := range map[string]string{"{name}: {n}": "玉兰: 6", "{in}": "au Quesnoy", "{town}": "Le Quesnoy"} {
		if got := v.own(text, "fr"); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
	if got := v.own("Trung tâm {unit}", "vi"); got != "Trung tâm phường Hải Vân" {
		t.Errorf("got %q", got)
	}
	if got := v.english("{name}, {unit}, {n}"); got != "Yulan, Hai Van ward, 6" {
		t.Errorf("got %q", got)
	}
	if got := joinSentences("zh", []string{"请坐。", "您好。"}); got != "请坐。您好。" {
		t.Errorf("got %q", got)
	}
	if own, en := named("玉兰|Yulan"); own != "玉兰" || en != "Yulan" {
		t.Errorf("got %q, %q", own, en)
	}
	if own, en := named("Le Tilleul"); own != en {
		t.Errorf("got %q, %q", own, en)
	}
}

func TestRecipesHaveShortForms(t *testing.T) {
	t.Parallel()
	var s []sentence
	if err := yaml.Unmarshal([]byte(`["[computer] Un poste. // A computer.", "Venez. // Come."]`), &s); err != nil {
		t.Fatal(err)
	}
	if s[0] != (sentence{"computer", "Un poste.", "A computer."}) || s[1] != (sentence{"", "Venez.", "Come."}) {
		t.Errorf("sentences %+v", s)
	}
	var p []piece
	if err := yaml.Unmarshal([]byte(`[computer 90 2 6, wifi 40, {code: connection, share: 70, notes: [4G]}]`), &p); err != nil {
		t.Fatal(err)
	}
	if p[0].To != 6 || p[1].Share != 40 || p[2].Notes[0] != "4G" {
		t.Errorf("pieces %+v", p)
	}
	var n numbers
	if err := yaml.Unmarshal([]byte(`30 1 12`), &n); err != nil || !slices.Equal(n, numbers{30, 1, 12}) {
		t.Errorf("numbers %v, %v", n, err)
	}
	for _, wrong := range []string{`["Venez."]`} {
		if err := yaml.Unmarshal([]byte(wrong), &s); err == nil || !strings.Contains(err.Error(), "no English") {
			t.Errorf("%s: %v", wrong, err)
		}
	}
	for _, wrong := range []string{`[computer]`, `[computer a]`, `[computer 1 2]`} {
		if err := yaml.Unmarshal([]byte(wrong), &p); err == nil {
			t.Errorf("%s is read as %+v", wrong, p)
		}
	}
	if err := yaml.Unmarshal([]byte(`30 x`), &n); err == nil {
		t.Error("x is read as a number")
	}
}

func TestARecipeIsCheckedBeforeItIsCooked(t *testing.T) {
	t.Parallel()
	good := func() *recipe {
		return &recipe{Places: []portion{{Model: "hall", Count: 1}}, kitchen: kitchen{
			Hours:  map[string][]string{"day": {"Mo-Fr 09:00-17:00"}},
			Models: map[string]model{"hall": {Hours: []string{"day"}, Names: []string{"Salle {name}"}, NamesEn: []string{"{name} hall"}, Offers: map[string]int{"help": 1}}},
			Offers: map[string]offer{"help": {Names: []sentence{{own: "Aide", en: "Help"}}, Details: []sentence{{own: "Là", en: "There"}}}}}}
	}
	if err := good().check(); err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(*recipe){
		"no model":   func(r *recipe) { r.Places[0].Model = "haul" },
		"no hours":   func(r *recipe) { r.Hours = nil },
		"no service": func(r *recipe) { r.Offers = nil },
		"0 English": func(r *recipe) {
			m := r.Models["hall"]
			m.NamesEn = nil
			r.Models["hall"] = m
		},
	} {
		r := good()
		spoil(r)
		if err := r.check(); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := readRecipe("atlantis"); err == nil {
		t.Error("a recipe of nowhere")
	}
}

func TestWhatATerritorySaysWinsOverWhatItIncludes(t *testing.T) {
	t.Parallel()
	got := joined(map[string]int{"a": 1}, map[string]int{"a": 2, "b": 2})
	if got["a"] != 1 || got["b"] != 2 || len(joined[int](nil, nil)) != 0 {
		t.Errorf("joined %v", got)
	}
}

func TestSpotsAreChosenByTheirPeople(t *testing.T) {
	t.Parallel()
	l := &land{spots: []spot{{name: "Ville", kind: "town", weight: 100000}, {name: "Bourg", kind: "town", weight: 5000}, {name: "Hameau", kind: "village", weight: 50}}}
	count := map[string]int{}
	for _, s := range l.choose(portion{Count: 200}, newDraw(1)) {
		count[s.name]++
	}
	if count["Ville"]+count["Bourg"]+count["Hameau"] != 200 || count["Ville"] < 5*count["Bourg"] || count["Bourg"] < count["Hameau"] {
		t.Errorf("chose %v", count)
	}
	for _, c := range []struct {
		p    portion
		want string
	}{{portion{Count: 2, Least: 10000}, "Ville"}, {portion{Count: 2, Most: 100}, "Hameau"}, {portion{Count: 2, Only: []string{"Bourg"}}, "Bourg"},
		{portion{Count: 1, Once: true, Kinds: []string{"village"}}, "Hameau"}} {
		got := l.choose(c.p, newDraw(1))
		if len(got) != c.p.Count || got[0].name != c.want {
			t.Errorf("%+v chose %v", c.p, got)
		}
	}
	if got := l.choose(portion{Count: 1, Only: []string{"Nulle part"}}, newDraw(1)); len(got) != 0 {
		t.Errorf("chose %v", got)
	}
}

func TestPlacesStayInsideTheOutline(t *testing.T) {
	t.Parallel()
	square := geo.Hull([]geo.Point{{Lat: 50, Lon: 3}, {Lat: 50.01, Lon: 3}, {Lat: 50, Lon: 3.01}, {Lat: 50.01, Lon: 3.01}}, 0)
	l := &land{outline: square, spread: 3000}
	s := spot{at: geo.Point{Lat: 50.005, Lon: 3.005}, weight: 100000}
	d := newDraw(1)
	for range 200 {
		if p := l.near(s, d); !square.Contains(p) {
			t.Fatalf("%v is outside", p)
		}
	}
}

func TestPhoneNumbersDoNotRepeat(t *testing.T) {
	t.Parallel()
	m := &maker{recipe: &recipe{Phone: "03 53 01", Digits: 4, Lang: "fr"}}
	seen := map[string]bool{}
	for n := range 5000 {
		number := m.number(n)
		if seen[number] || len(number) != len("03 53 01 00 00") {
			t.Fatalf("%q is there twice, or has not its form", number)
		}
		seen[number] = true
	}
	m.recipe = &recipe{Phone: "0236 0000", Digits: 3, Lang: "vi"}
	if got := m.number(1); got != "0236 0000 919" {
		t.Errorf("got %q", got)
	}
}

func TestEquipmentIsCounted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		list []string
		want int
	}{{[]string{"wifi", "computer:6"}, 6}, {[]string{"computer"}, 0}, {[]string{"computer:many"}, 0}, {nil, 0}} {
		if got := count(c.list, "computer"); got != c.want {
			t.Errorf("%v: %d computers, want %d", c.list, got, c.want)
		}
	}
}
