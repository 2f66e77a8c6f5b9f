package geo_test

import (
	"slices"
	"strings"
	"testing"

	"parvis/internal/geo"
)

const towns = "\ufeffcode,name,names,kind,lat,lon,population,postcodes,extra\n" +
	`59350,Lille,Rijsel,commune,50.6292,3.0573,236234,59000|59160|59260|59777|59800,x
59512,Roubaix,,commune,50.6927,3.1778,98828,59100,
59599,Tourcoing,,commune,50.7236,3.1612,98656,59200,
59183,Dunkerque,Duinkerke|Dunkirk,commune,51.0344,2.3768,86279,59140|59240|59430|59640,
62765,Saint-Omer,,commune,50.7503,2.2522,14937,62500,
62193,Calais,,commune,50.9513,1.8587,72929,62100,
32013,Auch,,commune,43.6465,0.5855,22173,32000,
59367,Lys-lez-Lannoy,,commune,50.6722,3.2153,13324,59390,
20194,Phường Hải Vân,Hải Vân,ward,16.13125,107.97475,,,
20242,Phường Hải Châu,,ward,16.0611,108.2183,,,
48,Đà Nẵng,,city,16.0678,108.2208,1134310,,
310106,静安区,静安,district,31.2286,121.4484,975707,200040,
310105,长宁区,,district,31.2204,121.4246,693051,200050,
179132,București,Bucharest|Bucarest,city,44.4268,26.1025,1716961,,
S4,Sectorul 4,Sector 4,sector,44.3769,26.1203,287828,,
179141,Ștefăneștii de Jos,,commune,44.5333,26.2,5775,077175,
`

func gazetteer(t *testing.T) *geo.Gazetteer {
	t.Helper()
	g, err := geo.LoadGazetteer(strings.NewReader(towns))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestFindForgives(t *testing.T) {
	t.Parallel()
	g := gazetteer(t)
	for typed, want := range map[string]string{
		"Lille": "59350", "LILLE": "59350", "lile": "59350", "lil": "59350", "rijsel": "59350", "59800": "59350", "59000 Lille": "59350",
		"lille 59160": "59350", "Roubaix": "59512", "rubaix": "59512", "rouabix": "59512", "roub": "59512", "5910": "59512",
		"tourcoin": "59599", "dunkerke": "59183", "dunkirk": "59183", "dunker": "59183",
		"st omer": "62765", "Saint Omer": "62765", "saintomer": "62765", "omer": "62765", "saint-ommer": "62765",
		"lys lez lannoy": "59367", "lannoy": "59367", "Auch": "32013", "aush": "32013",
		"hai van": "20194", "haivan": "20194", "Hải Vân": "20194", "phuong hai van": "20194", "da nang": "48", "danang": "48", "da nag": "48", "Đà Nẵ": "48",
		"静安": "310106", "静安区": "310106", "jing an": "310106", "jingan": "310106", "jinganqu": "310106", "长宁": "310105", "changning": "310105",
		"bucuresti": "179132", "bucarest": "179132", "bucurestii": "179132", "sector 4": "S4", "sectorul 4": "S4", "Ştefăneştii": "179141", "stefanesti": "179141",
	} {
		got := g.Find(typed, 3)
		if len(got) == 0 || got[0].Code != want {
			t.Errorf("Find(%q) = %v, want %s first", typed, got, want)
		}
	}
	for _, nothing := range []string{"", "  ", "-", "zzzzzzz", strings.Repeat("a", 300)} {
		if got := g.Find(nothing, 5); len(got) != 0 {
			t.Errorf("Find(%q) = %v", nothing, got)
		}
	}
	if got := g.Find("lille", 0); got != nil {
		t.Errorf("none wanted, got %v", got)
	}
}

func TestFindRanksByExactnessThenPopulation(t *testing.T) {
	t.Parallel()
	g := geo.NewGazetteer(
		geo.Named{Code: "1", Name: "Saint-Martin-lez-Tatinghem", Population: 6000},
		geo.Named{Code: "2", Name: "Saint-Martin", Population: 300},
		geo.Named{Code: "3", Name: "Saint-Martin-Boulogne", Population: 11000},
		geo.Named{Code: "4", Name: "Grand Saint-Martin", Population: 90000},
		geo.Named{Code: "5", Name: "Saint-Marin", Population: 900000},
		geo.Named{Code: "5", Name: "twice"},
	)
	if g.Len() != 5 || len(g.All()) != 5 {
		t.Errorf("%d places", g.Len())
	}
	var order string
	for _, p := range g.Find("saint martin", 9) {
		order += p.Code
	}
	if order != "2314" {
		t.Errorf("order %s, want the name itself, then what begins so by population, then what holds the words", order)
	}
	order = ""
	for _, p := range g.Find("saint mrtin", 9) {
		order += p.Code
	}
	if !strings.HasPrefix(order, "2") || !strings.Contains(order, "3") {
		t.Errorf("order with a mistake %s", order)
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	g := gazetteer(t)
	if p, d, ok := g.Nearest(geo.Point{Lat: 50.69, Lon: 3.17}); !ok || p.Name != "Roubaix" || d > 1000 || d < 100 {
		t.Errorf("nearest %v at %.0f m", p, d)
	}
	if p, ok := g.ByCode("48"); !ok || p.Name != "Đà Nẵng" {
		t.Errorf("by code %v", p)
	}
	var none *geo.Gazetteer
	if _, _, ok := none.Nearest(lille); ok || none.Find("lille", 3) != nil || none.Len() != 0 || none.All() != nil {
		t.Error("a nil gazetteer is empty")
	}
	if _, ok := none.ByCode("48"); ok {
		t.Error("found in nothing")
	}
	if _, ok := g.ByCode("nowhere"); ok {
		t.Error("found nowhere")
	}
}

func TestLoadGazetteerTellsEveryFault(t *testing.T) {
	t.Parallel()
	_, err := geo.LoadGazetteer(strings.NewReader("code,name,lat,lon,population\n1,A,91,0,\n2,B,50,3,many\n3,,50,3,\n4,D,50.1,3,7\n4,E,50,x,\n4,F,50,4,1\n5,G,NaN,1,\n"))
	if err == nil {
		t.Fatal("no fault found")
	}
	for _, want := range []string{
		`line 2: lat "91": want degrees between -90 and 90`, `line 3: population "many"`, "line 4: code and name must not be empty",
		`line 6: lon "x"`, `line 7: code "4" is there twice`, `line 8: lat "NaN"`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %q", want, err)
		}
	}
	for text, want := range map[string]string{"": "header", "code,name,lat\n": `column "lon" is missing`, "code,name,lat,lon\n\"1": "quote"} {
		if _, err := geo.LoadGazetteer(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// FuzzFind: whatever is typed, places of the gazetteer are found, each once, at most those wanted, and always the same ones first.
func FuzzFind(f *testing.F) {
	g, err := geo.LoadGazetteer(strings.NewReader(towns))
	if err != nil {
		f.Fatal(err)
	}
	for _, typed := range []string{"lille", "59000 Lille", "静安", "Đà Nẵ", "st omer", "\xff", "st st st"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got := g.Find(typed, 4)
		if len(got) > 4 {
			t.Errorf("%d places for %q", len(got), typed)
		}
		seen := map[string]bool{}
		for _, p := range got {
			if known, ok := g.ByCode(p.Code); !ok || known.Name != p.Name || seen[p.Code] {
				t.Errorf("%q finds %q, unknown or twice", typed, p.Code)
			}
			seen[p.Code] = true
		}
		if fewer := g.Find(typed, 2); !slices.EqualFunc(fewer, got[:min(2, len(got))], func(a, b geo.Named) bool { return a.Code == b.Code }) {
			t.Errorf("%q finds %v first, and %v when two are wanted", typed, got, fewer)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var places []geo.Named
	for _, a := range []string{"Saint", "Mont", "Haut", "Ville", "Bois", "Pont", "Grand", "Petit", "Vieux", "Neuf"} {
		for i := range 3500 {
			name := a + "-" + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)) + "court"
			places = append(places, geo.Named{Code: name, Name: name})
		}
	}
	g := geo.NewGazetteer(places...)
	b.ResetTimer()
	for b.Loop() {
		g.Find("vilel abccourt", 8)
	}
}
