package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parvis/internal/geo"
	"parvis/internal/search"
)

// town holds places of five languages: id, name, town, needs.
var town = [][4]string{
	{"bib-r", "Bibliothèque Jean-Jaurès", "Roubaix", "Ordinateurs en libre accès"},
	{"bib-l", "Bibliothèque municipale", "Lille", "Ateliers informatiques"},
	{"mairie-r", "Mairie de Roubaix", "Roubaix", "Carte d'identité, passeport"},
	{"mairie-l", "Mairie de Lille", "Lille", "Carte d'identité"},
	{"social", "Centre social Saint-Martin", "Lille", "Aide alimentaire, écrivain public"},
	{"cœur", "Maison du Cœur de l'Œuvre", "Tourcoing", "Vêtements"},
	{"ascii", "ECOLE JULES FERRY", "DUNKERQUE", "Cantine"},
	{"haivan", "Nhà văn hóa thôn Tà Lang", "Hải Vân", "Máy tính và mạng internet"},
	{"danang", "Ủy ban nhân dân phường Hải Châu", "Đà Nẵng", "Định danh điện tử"},
	{"stefan", "Școala Ștefan cel Mare", "București", "Înscriere la grădiniță"},
	{"cedilla", "Biblioteca Şoseaua Olteniţei", "Bucureşti", "Calculatoare"},
	{"tsg", "静安区图书馆", "上海", "电脑和无线网络"},
	{"cq", "重庆路社区食堂", "上海", "助餐服务"},
	{"cn", "长宁敬老院", "上海", "养老床位"},
}

func docs(rows [][4]string) []search.Doc {
	var all []search.Doc
	for _, row := range rows {
		all = append(all, search.Doc{ID: row[0], Fields: []search.Field{
			{Name: "name", Text: row[1], Weight: 8}, {Name: "town", Text: row[2], Weight: 4}, {Name: "needs", Text: row[3], Weight: 2},
		}, Facets: map[string][]string{"town": {row[2]}}})
	}
	return all
}

func indexOf(docs ...search.Doc) *search.Index {
	x := search.New()
	x.Put(docs...)
	return x
}

func ids(hits []search.Hit) (all []string) {
	for _, h := range hits {
		all = append(all, h.ID)
	}
	return all
}

func TestWordsAsTheyCome(t *testing.T) {
	t.Parallel()
	x := indexOf(docs(town)...)
	for asked, want := range map[string]string{
		// accents, case, apostrophes, ligatures
		"bibliotheque jaures": "bib-r", "BIBLIOTHÈQUE JAURÈS": "bib-r", "coeur de l'oeuvre": "cœur", "Cœur": "cœur", "école": "ascii",
		// mistakes: one letter left out, one too many, another, two swapped; two in long words
		"bibliotheqe roubaix": "bib-r", "rubaix mairie": "mairie-r", "mairie roubbaix": "mairie-r", "mairie rouabix": "mairie-r",
		"turcoing": "cœur", "biblothéqe jaures": "bib-r", "dunqerque": "ascii", "passport": "mairie-r", "alimentair": "social",
		// half words, abbreviations, endings
		"bibli jau": "bib-r", "st martin": "social", "ordinateur": "bib-r", "cantines": "ascii", "atelier informatique": "bib-l",
		// together and apart
		"biblio theque roubaix": "bib-r", "saintmartin": "social", "ecrivainpublic": "social",
		// Vietnamese with, without and with half of its marks
		"nhà văn hóa": "haivan", "nha van hoa": "haivan", "nvh": "haivan", "nhà van hóa tà lang": "haivan", "hai van": "haivan", "haivan": "haivan",
		"đà nẵng": "danang", "da nang": "danang", "danang": "danang", "Đa nang": "danang", "da nag": "danang", "ubnd hai chau": "danang", "may tinh": "haivan",
		// Romanian, comma and cedilla
		"ștefan": "stefan", "şcoala ştefan": "stefan", "scoala stefan": "stefan", "scola stefan": "stefan", "soseaua oltenitei": "cedilla",
		"biblioteci": "cedilla", "gradinite": "stefan", "bucuresti calculator": "cedilla",
		// Chinese: characters, spaces, pinyin, every reading, initials, a character of the same sound
		"静安": "tsg", "静安图书馆": "tsg", "静 安 图书": "tsg", "图书馆 静安": "tsg", "jing an": "tsg", "jingan": "tsg", "tushuguan": "tsg", "jinganqu tushuguan": "tsg",
		"tu shu guan": "tsg", "tsg": "tsg", "静按": "tsg", "精安区": "tsg", "chongqing": "cq", "zhongqing lu": "cq", "食堂": "cq", "changning": "cn", "jinglaoyuan": "cn",
		"敬老院 长宁": "cn", "wuxian wangluo": "tsg",
	} {
		for _, typed := range []bool{false, true} {
			r := x.Search(search.Query{Words: asked, Limit: 3, Prefix: typed})
			if len(r.Hits) == 0 || r.Hits[0].ID != want {
				t.Errorf("%q (still typed: %v) finds %v, want %s first", asked, typed, ids(r.Hits), want)
			} else if len(r.Hits[0].Reasons) == 0 {
				t.Errorf("%q: no reason told", asked)
			}
		}
	}
}

func TestHalfTyped(t *testing.T) {
	t.Parallel()
	x := indexOf(docs(town)...)
	for asked, want := range map[string]string{
		"bibliothèque j": "bib-r", "roubaix m": "mairie-r", "tushug": "tsg", "jinganq": "tsg", "jinga": "tsg", "da na": "danang", "Đà Nẵ": "danang", "hai va": "haivan", "静": "tsg",
		"stef": "stefan", "bibliothqu jau": "bib-r", "tourcoi": "cœur", "turcoin": "cœur", "de l": "cœur",
	} {
		if r := x.Search(search.Query{Words: asked, Limit: 3, Prefix: true}); len(r.Hits) == 0 || !slices.Contains(ids(r.Hits), want) {
			t.Errorf("%q finds %v, want %s", asked, ids(r.Hits), want)
		}
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	x := indexOf(docs(town)...)
	for asked, want := range map[string][]search.Reason{
		"Bibliothèque de Roubaix": {{Word: "Bibliothèque", Field: "name", Matched: "bibliotheque", Kind: search.Exact}, {Word: "Roubaix", Field: "town", Matched: "roubaix", Kind: search.Exact}},
		"bibli jau":               {{Word: "bibli", Field: "name", Matched: "bibliotheque", Kind: search.Prefix}, {Word: "jau", Field: "name", Matched: "jaures", Kind: search.Prefix}},
		"Mairie rubaix":           {{Word: "Mairie", Field: "name", Matched: "mairie", Kind: search.Exact}, {Word: "rubaix", Field: "name", Matched: "roubaix", Kind: search.Spelling}},
		"jingan":                  {{Word: "jingan", Field: "name", Matched: "jingan", Kind: search.Pinyin}},
		"静":                       {{Word: "静", Field: "name", Matched: "静", Kind: search.Exact}},
	} {
		r := x.Search(search.Query{Words: asked, Limit: 1})
		if len(r.Hits) != 1 || !slices.Equal(r.Hits[0].Reasons, want) {
			t.Errorf("%q: %+v, want %+v", asked, r.Hits, want)
		}
	}
}

func TestNeverADeadEnd(t *testing.T) {
	t.Parallel()
	x := indexOf(docs(town)...)
	for asked, want := range map[string]struct{ dropped, first string }{
		"bibliothèque Tourcoing":          {"Tourcoing", "bib"}, // both words occur, never together: the rarer pair of letters stays
		"mairie de Roubaix xyzxyz":        {"xyzxyz", "mairie-r"},
		"carte d'identité Lille Roubaix":  {"Roubaix", "mairie-l"},
		"je cherche la mairie de roubaix": {"", "mairie-r"},
	} {
		r := x.Search(search.Query{Words: asked, Limit: 3})
		if len(r.Hits) == 0 {
			t.Errorf("%q: a dead end", asked)
			continue
		}
		if asked == "bibliothèque Tourcoing" {
			if len(r.Dropped) != 1 || len(r.Suggest) == 0 {
				t.Errorf("%q: dropped %q, suggests %q", asked, r.Dropped, r.Suggest)
			}
			continue
		}
		if strings.Join(r.Dropped, " ") != want.dropped && len(r.Dropped) != 1 || r.Hits[0].ID != want.first && want.dropped != "Roubaix" {
			t.Errorf("%q: dropped %q, first %s; want %q, %s", asked, r.Dropped, r.Hits[0].ID, want.dropped, want.first)
		}
	}
	for _, asked := range []string{"xyzxyz", "qqq www"} {
		r := x.Search(search.Query{Words: asked, Limit: 3})
		if r.Total != 0 || len(r.Hits) != 0 || len(r.Dropped) != len(strings.Fields(asked)) {
			t.Errorf("%q: %+v", asked, r)
		}
	}
	if r := x.Search(search.Query{Words: " -- !", Limit: 20}); r.Total != len(town) || len(r.Dropped) != 0 {
		t.Errorf("no word asked finds %d, want all", r.Total)
	}
}

func TestCorrected(t *testing.T) {
	t.Parallel()
	x := indexOf(docs(town)...)
	for asked, want := range map[string]string{
		"bibliotheque": "", "bibliothequo rubaix": "bibliothèque roubaix", "danang": "đà nẵng", "mairie rubaix": "mairie roubaix", "静安": "", "ordinateur": "", "scoala": "",
		"l'ordinateur de la bibliothequo": "l'ordinateur de la bibliothèque", "mairie-rubaix": "mairie-roubaix", "mairie, (rubaix)": "mairie roubaix",
		"l’ordinateur d’rubaix": "l’ordinateur d’roubaix", "bibliothequo   rubaix": "bibliothèque roubaix",
	} {
		if r := x.Search(search.Query{Words: asked, Limit: 1}); r.Corrected != want {
			t.Errorf("%q is understood as %q, want %q", asked, r.Corrected, want)
		}
	}
}

func TestRanking(t *testing.T) {
	t.Parallel()
	field := func(name, text string, weight float32) search.Field {
		return search.Field{Name: name, Text: text, Weight: weight}
	}
	x := indexOf(
		search.Doc{ID: "about", Fields: []search.Field{field("name", "Point info", 8), field("about", "à côté de la mairie", 1)}},
		search.Doc{ID: "long", Fields: []search.Field{field("name", "Annexe de la mairie de quartier des hauts champs", 8)}},
		search.Doc{ID: "name", Fields: []search.Field{field("name", "Mairie", 8)}},
		search.Doc{ID: "prefix", Fields: []search.Field{field("name", "Mairies annexes", 8)}},
		search.Doc{ID: "typo", Fields: []search.Field{field("name", "Marie", 8)}},
		search.Doc{ID: "boosted", Fields: []search.Field{field("name", "Mairie", 8)}, Boost: 0.5},
		search.Doc{ID: "sunk", Fields: []search.Field{field("name", "Mairie", 8)}, Boost: -3},
		search.Doc{ID: "a-name", Fields: []search.Field{field("name", "Mairie", 8)}},
	)
	got := strings.Join(ids(x.Search(search.Query{Words: "mairie", Limit: 9}).Hits), " ")
	if got != "boosted a-name name long prefix about sunk" {
		t.Errorf("order %s", got)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	var all []search.Doc
	for i := range 95 {
		all = append(all, search.Doc{ID: fmt.Sprintf("%03d", i), Fields: []search.Field{{Name: "name", Text: "Mairie"}}})
	}
	x := indexOf(all...)
	for _, words := range []string{"", "mairie"} {
		var seen []string
		for offset := 0; ; offset += 10 {
			r := x.Search(search.Query{Words: words, Limit: 10, Offset: offset})
			if r.Total != 95 {
				t.Fatalf("total %d", r.Total)
			}
			if len(r.Hits) == 0 {
				break
			}
			seen = append(seen, ids(r.Hits)...)
		}
		if len(seen) != 95 || !slices.IsSorted(seen) {
			t.Errorf("%q: pages give %d, in order of id: %v", words, len(seen), slices.IsSorted(seen))
		}
	}
	if r := x.Search(search.Query{Words: "mairie"}); r.Total != 95 || r.Hits != nil {
		t.Errorf("none wanted: %+v", r)
	}
	if r := x.Search(search.Query{Limit: 1 << 40, Offset: 90}); len(r.Hits) != 5 {
		t.Errorf("%d hits", len(r.Hits))
	}
}

func TestPutReplacesAndRemoveTakesOut(t *testing.T) {
	t.Parallel()
	x := indexOf(docs(town)...)
	x.Put(docs([][4]string{{"bib-r", "Médiathèque", "Wasquehal", "Livres"}})...)
	if r := x.Search(search.Query{Words: "jaures", Limit: 1}); slices.Contains(ids(r.Hits), "bib-r") {
		t.Error("found by a word that it had before")
	}
	if r := x.Search(search.Query{Words: "mediatheque", Limit: 1}); len(r.Hits) != 1 || r.Hits[0].ID != "bib-r" {
		t.Errorf("not found by its new name: %v", r.Hits)
	}
	x.Remove("bib-r", "nobody", "bib-r")
	if r := x.Search(search.Query{Words: "wasquehal", Limit: 1}); r.Total != 0 || x.Len() != len(town)-1 {
		t.Errorf("%d found, %d documents", r.Total, x.Len())
	}
	x.Put(docs(town)...)
	x.Put()
	if r := x.Search(search.Query{Words: "jaures", Limit: 1}); len(r.Hits) != 1 || r.Hits[0].ID != "bib-r" || x.Len() != len(town) {
		t.Error("what was put again is not found")
	}
	var empty search.Doc
	x.Put(empty)
	if x.Len() != len(town)+1 {
		t.Error("a document without anything is a document")
	}
}

func TestEmptyIndex(t *testing.T) {
	t.Parallel()
	x := search.New()
	r := x.Search(search.Query{Words: "mairie", Limit: 3, Near: &geo.Point{}, Within: 5, Filters: map[string][]string{"a": {"b"}}})
	if r.Total != 0 || len(r.Hits) != 0 || x.Len() != 0 || x.Suggest("ma", 3) != nil {
		t.Errorf("%+v", r)
	}
	x.Remove("x")
}
