package directoryweb_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

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
	"parvis/packs"
)

// world is a territory's directory with its pages, and somebody who reads them.
type world struct {
	*webtest.Client
	dir     *directory.Directory
	store   *db.DB
	clock   *clock.Manual
	handler http.Handler
}

// loaded keeps packs that tests read: their outlines, towns and holidays are real.
var loaded sync.Map

func pack(t testing.TB, id string) *org.Pack {
	t.Helper()
	found, ok := loaded.Load(id)
	if !ok {
		files, err := packs.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		one, err := org.LoadPack(files)
		if err != nil {
			t.Fatal(err)
		}
		found, _ = loaded.LoadOrStore(id, one)
	}
	one := *found.(*org.Pack)
	one.Languages = append(slices.Clone(one.Languages[:1]), slices.DeleteFunc(slices.Clone(i18n.Languages), func(l string) bool { return l == one.Languages[0] })...)
	return &one
}

// each runs a test on both engines, in a territory with the pack's shape, in all five languages, at webtest.Noon.
func each(t *testing.T, id string, f func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	for engine, address := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			f(t, open(t, address(t), pack(t, id), nil))
		})
	}
}

// open builds the pages on a store; change may alter the site before.
func open(t *testing.T, address string, p *org.Pack, change func(*web.Site)) *world {
	t.Helper()
	w := &world{clock: clock.At(webtest.Noon)}
	store := dbtest.Open(t, address, db.Options{Clock: w.clock})
	w.store = store
	site := webtest.Site(t, directory.Locales, directoryweb.Locales)
	site.Territory, site.Pack, site.Clock = &p.Territory, p, w.clock
	var err error
	w.dir, err = directory.New(directory.Options{
		DB: store, Words: site.Words, Clock: w.clock, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Setting: directory.Setting{
			Zone: p.Location(), Country: p.Country, Languages: p.Languages, Holidays: p.Calendar(p.Language()), Towns: p.Gazetteer, Units: units(p),
			House: p.Name, Phone: p.Phone, Origin: "http://nord.localhost:8080",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	site.Sequence = w.dir.Sequence
	if change != nil {
		change(site)
	}
	w.handler = web.NewHandler(site, directoryweb.NewRoom(w.dir, p, directoryweb.Base{}).Routes())
	w.Client = webtest.New(t, w.handler)
	follow(t, w.dir)
	return w
}

func units(p *org.Pack) []directory.Unit {
	all := make([]directory.Unit, len(p.Units))
	for i, u := range p.Units {
		all[i] = directory.Unit{Code: u.Code, Name: u.Name}
	}
	return all
}

// follow keeps the index true until the test ends.
func follow(t *testing.T, dir *directory.Directory) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	if err := dir.Load(ctx); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = dir.Follow(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
}

// settle waits until the index knows every change.
func (w *world) settle(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := w.dir.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
}

// put enters a place with its services.
func (w *world) put(t *testing.T, p directory.Place, services ...directory.Service) {
	t.Helper()
	if _, err := w.dir.PutPlace(t.Context(), "tester", p); err != nil {
		t.Fatalf("put %s: %v", p.ID, err)
	}
	for i, s := range services {
		s.Place = p.ID
		if s.ID == "" {
			s.ID = p.ID + "-s" + string(rune('1'+i))
		}
		if _, err := w.dir.PutService(t.Context(), "tester", s); err != nil {
			t.Fatalf("put service of %s: %v", p.ID, err)
		}
	}
}

// at moves the clock to a local time of the territory, and forward only.
func (w *world) at(t *testing.T, local string) {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", local, w.dir.Setting().Zone)
	if err != nil {
		t.Fatal(err)
	}
	w.clock.Set(moment)
}

// ids are the places of a list, in its order.
func ids(page *webtest.Page) []string {
	var all []string
	for _, n := range page.All("ol.results > li[data-id]") {
		all = append(all, attr(n, "data-id"))
	}
	return all
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// total is how many there are in all, as the page says it to scripts.
func total(page *webtest.Page) string { return page.Attr("[data-total]", "data-total") }

// holds fails the test unless a text has all parts. No-break spaces count as spaces.
func holds(t *testing.T, where, text string, parts ...string) {
	t.Helper()
	plain := plain(text)
	for _, part := range parts {
		if !strings.Contains(plain, part) {
			t.Errorf("%s lacks %q: %.900s", where, part, plain)
		}
	}
}

func plain(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2011", "-").Replace(text)
}

var (
	lille     = geo.Point{Lat: 50.6311, Lon: 3.0468}
	roubaix   = geo.Point{Lat: 50.6901, Lon: 3.1817}
	douai     = geo.Point{Lat: 50.3714, Lon: 3.0800}
	bucharest = geo.Point{Lat: 44.3950, Lon: 26.1200}
)

func fr(text string) i18n.Text { return i18n.Text{"fr": text} }

func date(year int, month time.Month, day int) hours.Date { return hours.NewDate(year, month, day) }

// library is a place of which much is known.
func library() directory.Place {
	at := lille
	return directory.Place{
		ID: "mediatheque", Organisation: "reseau", Kind: "library", Name: i18n.Text{"fr": "Médiathèque Le Lin Bleu", "en": "Le Lin Bleu media library"},
		About: i18n.Text{"fr": "Un fauteuil et du temps.", "en": "An armchair and time."}, Bring: fr("Vos identifiants"),
		Address: directory.Address{Street: "84 rue du Lin", Postcode: "59000", Town: "Lille", Unit: "59-c21"}, Point: &at,
		Contact: directory.Contact{
			Phones: []directory.Phone{{Number: "03 53 01 00 12", Note: "accueil"}}, Mails: []string{"lin@nord.example"}, Sites: []string{"https://www.lin.example/horaires"},
		},
		Hours: directory.ReadHours("Mo-Fr 09:00-17:30; Sa 10:00-12:00; PH off"), Wheelchair: directory.WheelchairYes,
		Languages: []string{"fr", "ar"}, Labels: []string{"Aidants Connect"},
		Equipment: []directory.Equipment{{Code: "computer", Number: 4}, {Code: "connection", Note: "fibre"}, {Code: "wifi"}},
		Record:    directory.Record{Source: directory.Source{Name: "registre", URL: "https://registre.example/", Updated: webtest.Noon.AddDate(0, -1, 0)}, Confirmed: directory.Confirmation{At: webtest.Noon.AddDate(0, -1, 0), By: "Le Lin Bleu"}},
	}
}

// lessons are what the library offers.
func lessons() []directory.Service {
	return []directory.Service{
		{
			Name: i18n.Text{"fr": "Premiers pas avec l’ordinateur", "en": "First steps with a computer"}, Details: fr("Par petits groupes."), Needs: []string{"digital-first-steps"},
			Audiences: []string{"older"}, Ways: []string{directory.WayCounter}, Entry: []string{directory.EntryAppointment}, Fee: directory.FeeFree,
			FeeNote: fr("Gratuit pour les abonnés"), Languages: []string{"fr"}, Hours: directory.ReadHours(`We 14:00-16:00 "sur inscription"`),
			Booking: "https://www.rendezvous.example/lin", Capacity: directory.Capacity{Left: 4, Said: webtest.Noon.AddDate(0, 0, -2), Until: webtest.Noon.AddDate(0, 1, 0)},
		},
		{Name: fr("Remplir un formulaire"), Needs: []string{"online-forms", "tax"}, Ways: []string{directory.WayCounter, directory.WayPhone}, Entry: []string{directory.EntryWalkIn}, Fee: directory.FeeFree},
	}
}

// people fills a territory: two organisations, a library, and places of every kind that a page must cope with.
func (w *world) people(t *testing.T) {
	t.Helper()
	for _, o := range []directory.Organisation{
		{ID: "reseau", Kind: "association", Name: fr("Réseau Clic et Clef"), About: fr("Des lieux où l’on apprend."), Town: "Lille", Contact: directory.Contact{Phones: []directory.Phone{{Number: "03 53 01 00 13"}}, Mails: []string{"reseau@nord.example"}}, Record: directory.Record{Source: directory.Source{Updated: webtest.Noon}}},
		{ID: "atelier", Kind: "cooperative", Name: i18n.Text{"fr": "Atelier Répare", "en": "Repair Workshop"}, About: fr("On répare à plusieurs."), Town: "Roubaix", Needs: []string{"repair-reuse"}},
	} {
		if _, err := w.dir.PutOrganisation(t.Context(), "tester", o); err != nil {
			t.Fatal(err)
		}
	}
	w.put(t, library(), lessons()...)
	for _, p := range others() {
		w.put(t, p.place, p.services...)
	}
	if err := w.dir.EndPlace(t.Context(), "tester", "fini"); err != nil {
		t.Fatal(err)
	}
	w.settle(t)
}

// offer is a place with its services.
type offer struct {
	place    directory.Place
	services []directory.Service
}

func others() []offer {
	at := func(p geo.Point) *geo.Point { return &p }
	free := func(name, need string) []directory.Service {
		return []directory.Service{{Name: fr(name), Needs: []string{need}, Ways: []string{directory.WayCounter}, Fee: directory.FeeFree}}
	}
	fresh := directory.Record{Confirmed: directory.Confirmation{At: webtest.Noon.AddDate(0, -1, 0)}}
	return []offer{
		{directory.Place{ID: "payant", Kind: "service-point", Name: fr("Espace numérique La Toupie"), Address: directory.Address{Street: "3 rue du Fil", Postcode: "59100", Town: "Roubaix", Unit: "59-c30"}, Point: at(roubaix), Hours: directory.ReadHours("Mo-Sa 14:00-19:00"), Wheelchair: directory.WheelchairNo, Record: fresh},
			[]directory.Service{{Name: fr("Remplir sa déclaration d’impôts"), Needs: []string{"tax"}, Ways: []string{directory.WayCounter}, Fee: directory.FeePaid}}},
		{directory.Place{ID: "bus", Kind: "mobile-stand", Name: fr("Bus du numérique"), Itinerant: true, Hours: directory.ReadHours("Tu[1,3] 14:00-16:00"), Record: fresh}, free("Aide sur la place du village", "digital-everyday")},
		{directory.Place{ID: "portail", Kind: "online", Name: fr("Portail La Loutre"), Hours: directory.ReadHours("24/7"), Record: fresh},
			[]directory.Service{{Name: fr("Demander une aide"), Needs: []string{"social-rights"}, Ways: []string{directory.WayOnline}, Fee: directory.FeeFree}}},
		{directory.Place{ID: "muet", Kind: "town-hall", Name: fr("Mairie de Douai"), Address: directory.Address{Postcode: "59500", Town: "Douai"}, Point: at(douai), Approximate: true, Record: fresh}, free("Aide aux démarches", "online-forms")},
		{directory.Place{ID: "griffe", Kind: "association", Name: fr("Association La Bobine"), Address: directory.Address{Town: "Douai"}, Point: at(douai), Hours: directory.ReadHours("quand la lumière est allumée"), Record: fresh}, nil},
		{directory.Place{ID: "fini", Kind: "school", Name: fr("École du Canal"), Point: at(douai), Hours: directory.ReadHours("Mo-Fr 09:00-17:00")}, free("Cours du soir", "digital-everyday")},
		{directory.Place{ID: "vieux", Kind: "service-point", Name: fr("Point numérique Les Charmes"), Point: at(douai), Hours: directory.ReadHours("Mo-Fr 09:00-11:00"), Record: directory.Record{Confirmed: directory.Confirmation{At: webtest.Noon.AddDate(0, -9, 0)}}}, free("Mails et mots de passe", "digital-everyday")},
		{directory.Place{ID: "exemple", Kind: "service-point", Name: fr("Point numérique Le Saule"), Point: at(douai), Hours: directory.ReadHours("Mo-Fr 18:00-20:00"), Record: directory.Record{Source: directory.Source{Name: "demo", Updated: webtest.Noon.AddDate(0, -2, 0)}}}, free("Photos et mails", "digital-everyday")},
		{directory.Place{ID: "coop", Organisation: "atelier", Kind: "cooperative", Name: fr("Coopérative du Canal"), Address: directory.Address{Town: "Roubaix", Unit: "59-c30"}, Point: at(roubaix), Hours: directory.ReadHours("We-Sa 10:00-19:00"), Record: fresh}, free("Réparer son vélo", "repair-reuse")},
	}
}

func contains(text, part string) bool { return strings.Contains(plain(text), part) }

func hrefs(nodes []*html.Node) []string {
	all := make([]string, len(nodes))
	for i, n := range nodes {
		all[i] = attr(n, "href")
	}
	return all
}
