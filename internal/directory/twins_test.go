package directory

import (
	"slices"
	"strings"
	"testing"

	"parvis/internal/geo"
	"parvis/internal/i18n"
)

// alma is a place as one register knows it; other tells what another one says otherwise.
func alma(source string, other func(p *Place)) *looks {
	p := Place{ID: source, Name: fr("Médiathèque de l'Alma"), Address: Address{Street: "12 bis, rue de Paris", Postcode: "59100", Town: "Roubaix"},
		Point: &geo.Point{Lat: 50.69, Lon: 3.18}, Register: "215 905 126 00019",
		Contact: Contact{Phones: []Phone{{Number: "+33320000001"}}, Mails: []string{"alma@nord.example"}, Sites: []string{"https://www.nord.example/alma/"}}}
	p.Source.Name = source
	if other != nil {
		other(&p)
	}
	return looksOf(&p)
}

func TestHowAlikeTwoRecordsAre(t *testing.T) {
	t.Parallel()
	moved := func(metres float64) *geo.Point { return &geo.Point{Lat: 50.69 + metres/111_195, Lon: 3.18} }
	unknown := func(p *Place) { p.Contact, p.Register = Contact{}, "" }
	for _, c := range []struct {
		what  string
		other func(p *Place)
		want  Verdict
		sign  string // one that must be told
	}{
		{"the same in all", nil, Match, "same-register"},
		{"without accents, shortened, the number written otherwise", func(p *Place) { p.Name, p.Address.Street = fr("MEDIATHEQUE ALMA"), "12b r. Paris" }, Match, "same-address"},
		{"the town in the name", func(p *Place) { p.Name = fr("Médiathèque Alma Roubaix") }, Match, "same-name"},
		{"only the phone in common", func(p *Place) { p.Register, p.Contact = "", Contact{Phones: p.Contact.Phones} }, Match, "same-phone"},
		{"only the site in common", func(p *Place) { p.Register, p.Contact = "", Contact{Sites: []string{"http://nord.example/alma"}} }, Match, "same-site"},
		{"no point", func(p *Place) { p.Point = nil }, Match, "same-address"},
		{"no way to reach it in common", unknown, Unsure, "same-address"},
		{"a slip in the name, no way to reach it", func(p *Place) { unknown(p); p.Name = fr("Médiathéque de l'Alna") }, Unsure, "same-name"},
		{"another number of the register", func(p *Place) { p.Register = "552 100 554" }, Unsure, "other-register"},
		{"another number of the register, and nothing else", func(p *Place) { unknown(p); p.Register = "552 100 554" }, NoMatch, "other-register"},
		{"the next house, known by the same", func(p *Place) { p.Address.Street = "14 rue de Paris" }, Unsure, "other-number"},
		{"the next house", func(p *Place) { unknown(p); p.Address.Street = "14 rue de Paris" }, NoMatch, "other-number"},
		{"200 metres on, an address that says nothing", func(p *Place) { p.Address.Street, p.Point = "", moved(200) }, Unsure, "near"},
		{"a kilometre on", func(p *Place) { p.Point = moved(1100) }, NoMatch, "far"},
		{"another town, no point", func(p *Place) { p.Point, p.Address.Town, p.Address.Postcode = nil, "Lille", "59000" }, NoMatch, "other-town"},
		{"another name behind the same door, known by the same", func(p *Place) { p.Name = fr("Point info jeunes") }, Unsure, "other-name"},
		{"another name behind the same door", func(p *Place) { unknown(p); p.Name = fr("Point info jeunes") }, NoMatch, "other-name"},
		{"a number in the name", func(p *Place) { unknown(p); p.Name = fr("Médiathèque de l'Alma 2") }, Unsure, "alike-name"},
		{"a longer name", func(p *Place) { p.Name = fr("Médiathèque de l'Alma, espace numérique") }, Unsure, "alike-name"},
		{"no name at all", func(p *Place) { unknown(p); p.Name = i18n.Text{} }, NoMatch, "other-name"},
		{"twice in one register", func(p *Place) { p.Source.Name = "a" }, Unsure, "same-source"},
	} {
		a, b := alma("a", nil), alma("b", c.other)
		there, back := compare(a, b), compare(b, a)
		if there.Verdict != c.want || !there.has(Sign(c.sign)) {
			t.Errorf("%s: %s, for %v, against %v, %.0f m; want %s with %s", c.what, there.Verdict, there.For, there.Against, there.Metres, c.want, c.sign)
		}
		if back.Verdict != there.Verdict || !slices.Equal(back.For, there.For) || !slices.Equal(back.Against, there.Against) {
			t.Errorf("%s: %v the other way round", c.what, back)
		}
	}
}

func TestNumbersInNamesAreNotMistyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want Sign
	}{
		{"Collège 1", "Collège 2", OtherName}, {"Collège 12", "Collège 12", SameName}, {"Centre social Nord", "Centre social Sud", OtherName},
		{"静安寺街道社区服务中心", "静安寺街道社区服务中心", SameName}, {"静安寺街道社区服务中心", "曹家渡街道社区卫生站", OtherName},
		{"Nhà văn hóa thôn Phú Túc", "Nhà văn hoá thôn Phú Túc", SameName}, {"Biblioteca Ștefan cel Mare", "Biblioteca Ştefan cel Mare", SameName},
		{"Mairie", "Mairie de quartier", OtherName}, {"France Services", "Espace France Services", AlikeName},
	} {
		if got := namesAlike(nameWords(c.a, ""), nameWords(c.b, "")); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.a, c.b, got, c.want)
		}
	}
}

func TestStreetsAreOneInManyWritings(t *testing.T) {
	t.Parallel()
	for _, one := range []string{"12 bis rue du Général de Gaulle", "12bis, Rue du Gal. de Gaulle", "12 B r. général de gaulle"} {
		number, words := streetWords(one)
		if got := number + " " + strings.Join(words, " "); got != "12b gaulle general rue" {
			t.Errorf("%s: %s", one, got)
		}
	}
}
