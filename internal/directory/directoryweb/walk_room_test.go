package directoryweb_test

import (
	"context"
	"testing"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/directory"
	"parvis/internal/directory/directoryweb"
	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/i18n"
	"parvis/internal/org"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// valley is a territory that exists nowhere, its directory filled, its pages served.
type valley struct {
	t         *testing.T
	directory *directory.Directory
	clock     *clock.Manual
	client    *webtest.Client
}

// inValley runs f on each engine with a fresh valley, at noon of a Wednesday.
func inValley(t *testing.T, f func(t *testing.T, v *valley)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, openValley(t, d)) })
}

// text says one thing in all five languages.
func text(words string) i18n.Text { return i18n.Text{"fr": words} }

func openValley(t *testing.T, store *db.DB) *valley {
	t.Helper()
	site := webtest.Site(t, directory.Locales, directoryweb.Locales)
	centre := geo.Point{Lat: 43.65, Lon: 0.58}
	pack := &org.Pack{
		Territory: *site.Territory,
		Outline:   geo.Hull([]geo.Point{centre}, 20000),
		Units:     []org.Unit{{Code: "haut", Name: text("Vald-le-Haut"), Kind: "quarter", Point: centre, Outline: geo.Hull([]geo.Point{centre}, 6000)}},
		Gazetteer: geo.NewGazetteer(
			geo.Named{Code: "1", Name: "Vald-le-Haut", Kind: "commune", Point: centre, Population: 9000, Postcodes: []string{"32000"}},
			geo.Named{Code: "2", Name: "Montfort", Kind: "commune", Point: geo.Point{Lat: 43.75, Lon: 0.70}, Population: 1200},
		),
	}
	pack.Centre, pack.Zoom = centre, 11
	site.Territory, site.Pack = &pack.Territory, pack
	now := clock.At(webtest.Noon)
	site.Clock = now
	zone, err := time.LoadLocation(pack.Zone)
	if err != nil {
		t.Fatal(err)
	}
	rooms, err := directory.New(directory.Options{
		DB: store, Words: site.Words, Clock: now, Log: site.Log,
		Setting: directory.Setting{
			Zone: zone, Country: "FR", Languages: pack.Languages, Towns: pack.Gazetteer,
			Units: []directory.Unit{{Code: "haut", Name: text("Vald-le-Haut")}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	v := &valley{t: t, directory: rooms, clock: now}
	v.fill()
	if err := rooms.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = rooms.Follow(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	site.Sequence = rooms.Sequence
	v.client = webtest.New(t, web.NewHandler(site, directoryweb.NewRoom(rooms, pack, directoryweb.Base{}).Routes()))
	return v
}

// put keeps a place and its services.
func (v *valley) put(p directory.Place, services ...directory.Service) {
	v.t.Helper()
	if _, err := v.directory.PutPlace(v.t.Context(), "", p); err != nil {
		v.t.Fatal(err)
	}
	for _, s := range services {
		s.Place = p.ID
		if _, err := v.directory.PutService(v.t.Context(), "", s); err != nil {
			v.t.Fatal(err)
		}
	}
}

// known waits until a search finds what was changed.
func (v *valley) known() {
	v.t.Helper()
	if err := v.directory.CatchUp(v.t.Context()); err != nil {
		v.t.Fatal(err)
	}
}

func at(lat, lon float64) *geo.Point { return &geo.Point{Lat: lat, Lon: lon} }

// fill keeps what the stories of these tests need.
func (v *valley) fill() {
	v.t.Helper()
	if _, err := v.directory.PutOrganisation(v.t.Context(), "", directory.Organisation{
		ID: "tilleul", Kind: "association", Name: text("Le Tilleul"), Town: "Vald-le-Haut", Needs: []string{"repair-reuse"},
		Contact: directory.Contact{Sites: []string{"https://tilleul.example"}, Mails: []string{"bonjour@tilleul.example"}},
	}); err != nil {
		v.t.Fatal(err)
	}
	fresh := directory.Record{Source: directory.Source{Name: "Registre", ID: "1", URL: "https://registre.example/1", Updated: webtest.Noon.AddDate(0, -1, 0)}}
	v.put(directory.Place{
		ID: "mediatheque", Kind: "library", Name: i18n.Text{"fr": "Médiathèque des Glycines", "en": "Wisteria Library"},
		About: text("Des ordinateurs et quelqu’un pour vous aider."), Bring: text("Vos identifiants"), Point: at(43.65, 0.58),
		Address:    directory.Address{Street: "4 rue des Glycines", Postcode: "32000", Town: "Vald-le-Haut", Unit: "haut"},
		Contact:    directory.Contact{Phones: []directory.Phone{{Number: "05 36 49 00 01"}}, Mails: []string{"glycines@vald.example"}, Sites: []string{"https://www.glycines.example/"}},
		Hours:      directory.ReadHours("We 09:00-12:00,14:00-18:00; Sa 10:00-12:00"),
		Wheelchair: "yes", Languages: []string{"fr", "en"},
		Equipment: []directory.Equipment{{Code: "computer", Number: 6}, {Code: "printer"}}, Record: fresh,
	}, directory.Service{
		ID: "papiers", Name: text("Papiers en ligne"), Needs: []string{"online-forms", "computer-access"}, Ways: []string{"counter"},
		Entry: []string{"walk-in"}, Fee: "free", Audiences: []string{"older"},
	})
	v.put(directory.Place{
		ID: "recyclerie", Organisation: "tilleul", Kind: "shop", Name: text("Recyclerie du Pont"), Point: at(43.66, 0.60),
		Address: directory.Address{Street: "1 quai du Pont", Town: "Vald-le-Haut"}, Hours: directory.ReadHours("Tu-Sa 14:00-18:00"), Wheelchair: "no",
	}, directory.Service{ID: "reparer", Name: text("Réparer ensemble"), Needs: []string{"repair-reuse"}, Ways: []string{"counter"}, Fee: "paid", FeeNote: text("2 € la séance")})
	v.put(directory.Place{
		ID: "bus", Kind: "mobile-stand", Name: text("Bus des services"), Itinerant: true, Hours: directory.Hours{Given: "les jours de marché"},
		Contact: directory.Contact{Phones: []directory.Phone{{Number: "05 36 49 00 03"}}},
	}, directory.Service{ID: "bus-aide", Name: text("Aide aux démarches"), Needs: []string{"online-forms"}, Ways: []string{"near-home", "phone"}, Fee: "free"})
	v.put(directory.Place{
		ID: "ancien", Kind: "social-centre", Name: text("Centre social Vieux Moulin"), Point: at(43.75, 0.70), Approximate: true,
		Address: directory.Address{Town: "Montfort"},
		Record:  directory.Record{Source: directory.Source{Name: "Registre", ID: "9", Updated: webtest.Noon.AddDate(-2, 0, 0)}},
	}, directory.Service{ID: "logement", Name: text("Logement"), Needs: []string{"housing"}, Ways: []string{"counter"}, Fee: "free"})
}

// shut closes a place on some days.
func (v *valley) shut(place, reason string, from, to hours.Date) {
	v.t.Helper()
	_, err := v.directory.Close(v.t.Context(), "", directory.Closure{Place: place, From: from, To: to, Reason: text(reason)})
	if err != nil {
		v.t.Fatal(err)
	}
}
