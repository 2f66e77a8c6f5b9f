package directory

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/geo"
	"parvis/internal/id"
)

func reader(t *testing.T) *standardReader {
	t.Helper()
	s := north(t)
	return &standardReader{setting: s, source: "Essai", now: today, service: fr("Aide"), towns: newTowns(s.Towns), previous: map[string]int{}}
}

// readOne reads a row that is right but for the given cells.
func readOne(t *testing.T, cells map[string]string) draft {
	t.Helper()
	all := map[string]string{"id": "1", "nom": "Lieu", "commune": "Lille", "code_postal": "59000", "adresse": "1 rue Neuve"}
	for name, value := range cells {
		all[name] = value
	}
	return reader(t).read(row{line: 7, cells: all})
}

// heard are a draft's findings: field and message, and whether the row stays out.
func heard(d draft) string {
	var all []string
	for _, f := range d.findings {
		text := f.Field + " " + f.Key[strings.LastIndexByte(f.Key, '.')+1:]
		if f.Rejected {
			text += "!"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func TestStandardReadsTheWholeRow(t *testing.T) {
	t.Parallel()
	d := readOne(t, map[string]string{
		"pivot": "434 933 123 00029", "typologie": "RFS", "telephone": "03 53 01 00 12", "courriels": "a@example.org;b@example.org",
		"site_web": "https://example.org/;https://example.org/2", "horaires": "Mo-Fr 09:00-12:00; PH off", "presentation_resume": "Court.",
		"presentation_detail": "Long.", "date_maj": "2026-10-01", "itinerance": "Itinérant", "structure_parente": "Ville d'essai",
		"services":                        "Accès internet et matériel informatique|Aide aux démarches administratives",
		"publics_specifiquement_adresses": "Seniors|Jeunes", "prise_en_charge_specifique": "Langues étrangères (anglais)|Surdité",
		"frais_a_charge": "Gratuit", "dispositif_programmes_nationaux": "France Services|Aidants Connect", "modalites_acces": "Se présenter|Téléphoner",
		"modalites_accompagnement": "À distance|Accompagnement individuel", "fiche_acces_libre": "https://example.org/acces", "prise_rdv": "https://example.org/rdv",
	})
	if len(d.findings) > 0 {
		t.Fatalf("heard %s", heard(d))
	}
	p, s := d.place, d.service
	for name, ok := range map[string]bool{
		"id":           p.ID == id.From("Essai", "1") && s.Place == p.ID && s.ID != p.ID,
		"source":       p.Source.Name == "Essai" && p.Source.ID == "1" && p.Source.Updated.Equal(time.Date(2026, 9, 30, 22, 0, 0, 0, time.UTC)),
		"register":     p.Register == "43493312300029",
		"kind":         p.Kind == "service-centre",
		"address":      p.Address == Address{Street: "1 rue Neuve", Postcode: "59000", Town: "Lille", Unit: "59-lille"},
		"point":        p.Point != nil && p.Approximate && *p.Point == geo.Point{Lat: 50.6311, Lon: 3.0468},
		"contact":      p.Contact.Phones[0].Number == "+33353010012" && len(p.Contact.Mails) == 2 && len(p.Contact.Sites) == 2,
		"hours":        p.Hours.OSM == "Mo-Fr 09:00-12:00; PH off",
		"about":        p.About["fr"] == "Court.\n\nLong.",
		"labels":       slices.Equal(p.Labels, []string{"France Services", "Aidants Connect"}),
		"access":       p.Access == "https://example.org/acces" && s.Booking == "https://example.org/rdv",
		"itinerant":    p.Itinerant,
		"needs":        slices.Equal(s.Needs, []string{"online-forms", "internet-access", "computer-access", "social-rights"}),
		"audiences":    slices.Equal(s.Audiences, []string{"young", "older", "disabled", "migrants"}),
		"ways":         slices.Equal(s.Ways, []string{"online", "counter", "near-home", "phone"}),
		"entry":        slices.Equal(s.Entry, []string{"walk-in"}),
		"languages":    slices.Equal(s.Languages, []string{"en"}),
		"fee":          s.Fee == FeeFree,
		"details":      s.Details["fr"] == "À distance. Accompagnement individuel.",
		"equipment":    len(p.Equipment) == 2 && p.Equipment[0].Code == "computer",
		"said":         len(p.Said) == 1 && p.Said[0] == Said{"prise_en_charge_specifique", "Surdité"},
		"organisation": d.organisation != nil && p.Organisation == d.organisation.ID && d.organisation.Name["fr"] == "Ville d'essai",
	} {
		if !ok {
			t.Errorf("%s is wrong in\n%+v\n%+v", name, *p, *s)
		}
	}
}

func TestStandardListsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cells map[string]string
		want  string
	}{
		{nil, ""},
		{map[string]string{"id": ""}, "id no-id!"},
		{map[string]string{"nom": "  "}, "nom no-name!"},
		{map[string]string{"commune": ""}, "commune no-town-kept"},
		{map[string]string{"commune": "", "code_postal": ""}, "commune no-town!"},
		{map[string]string{"code_postal": "1190"}, "code_postal postcode-zero"},
		{map[string]string{"code_postal": "59 000"}, ""},
		{map[string]string{"code_postal": "59000.0"}, ""},
		{map[string]string{"code_postal": "F-59000"}, "code_postal postcode"},
		{map[string]string{"pivot": "00000000000000"}, ""},
		{map[string]string{"pivot": "12"}, "pivot register"},
		{map[string]string{"date_maj": "2026-11-23"}, ""},
		{map[string]string{"date_maj": "2026-05-31T10:00:00Z"}, ""},
		{map[string]string{"date_maj": "31/05/2026"}, ""},
		{map[string]string{"date_maj": "2026-11-24"}, "date_maj date-to-come"},
		{map[string]string{"date_maj": "1026-05-31"}, "date_maj date"},
		{map[string]string{"date_maj": "hier"}, "date_maj date"},
		{map[string]string{"latitude": "50.6", "longitude": "3.06"}, ""},
		{map[string]string{"latitude": "50,6", "longitude": "3,06"}, ""},
		{map[string]string{"latitude": "-21.1", "longitude": "55.5"}, ""}, // La Réunion
		{map[string]string{"latitude": "50.6"}, "longitude point-number"},
		{map[string]string{"latitude": "nord", "longitude": "3"}, "latitude point-number"},
		{map[string]string{"latitude": "NaN", "longitude": "3"}, "latitude point-number"},
		{map[string]string{"latitude": "0", "longitude": "0"}, "latitude point-zero"},
		{map[string]string{"latitude": "3.06", "longitude": "50.6"}, "latitude point-swapped"},
		{map[string]string{"latitude": "38.7", "longitude": "-9.1"}, "latitude point-outside"},
		{map[string]string{"telephone": "03 53 01 00 12 / 03.53.01.00.13"}, ""},
		{map[string]string{"telephone": "à venir"}, "telephone phone"},
		{map[string]string{"courriels": "a@example.org, b"}, "courriels mail"},
		{map[string]string{"site_web": "example.org"}, ""},
		{map[string]string{"site_web": "https://example.org/a;b=c"}, ""},
		{map[string]string{"site_web": "néant"}, "site_web site"},
		{map[string]string{"prise_rdv": "oui", "fiche_acces_libre": "non"}, "fiche_acces_libre site, prise_rdv site"},
		{map[string]string{"horaires": "24/7"}, ""},
		{map[string]string{"horaires": "lundi 9h-12h"}, "horaires hours-prose"},
		{map[string]string{"horaires": "parfois"}, "horaires hours-unread"},
		{map[string]string{"services": "Aide aux démarche administratives"}, "services value-near"},
		{map[string]string{"services": "Danse"}, "services value"},
		{map[string]string{"frais_a_charge": "gratuit|Payant"}, ""},
		{map[string]string{"itinerance": "Fixe|Volant"}, "itinerance value"},
	} {
		d := readOne(t, c.cells)
		if got := heard(d); got != c.want {
			t.Errorf("%v: heard %q, want %q", c.cells, got, c.want)
		}
		for _, f := range d.findings {
			if f.Line != 7 || f.Rejected != strings.Contains(c.want, "!") {
				t.Errorf("%v: %+v", c.cells, f)
			}
		}
	}
}

func TestStandardKeepsAPlaceWhosePositionIsWrong(t *testing.T) {
	t.Parallel()
	d := readOne(t, map[string]string{"latitude": "3.06", "longitude": "50.6"})
	if d.rejected() || d.place.Point == nil || !d.place.Approximate {
		t.Errorf("the place is not at its town's point: %+v", d.place)
	}
	if f := d.findings[0]; f.Args[1] != "50.6" || f.Args[3] != "3.06" {
		t.Errorf("what would be right is not said: %v", f.Args)
	}
	nowhere := readOne(t, map[string]string{"latitude": "0", "longitude": "0", "commune": "Ailleurs", "code_postal": "13000"})
	if nowhere.rejected() || nowhere.place.Point != nil || nowhere.place.Approximate {
		t.Errorf("a town nobody knows has a point: %+v", nowhere.place)
	}
}

func TestStandardSpeaksTheOlderWordsToo(t *testing.T) {
	t.Parallel()
	d := readOne(t, map[string]string{
		"publics_accueillis":       "Adultes;Seniors (+ 65 ans);Handicaps mentaux : déficiences limitant les activités d'une personne",
		"conditions_acces":         "Gratuit : Je peux accéder gratuitement au lieu et à ses services;Adhésion : L'accès au lieu et/ou à ses services nécessite d'y adhérer",
		"modalites_accompagnement": "Seul : j'ai accès à du matériel et une connexion;Avec de l'aide : je suis accompagné seul dans l'usage du numérique",
		"services":                 "Prendre en main un ordinateur;Accéder à du matériel", "courriel": "a@example.org", "siret": "43493312300029",
	})
	s := d.service
	if len(d.findings) > 0 || !slices.Equal(s.Audiences, []string{"adults", "older", "disabled"}) || s.Fee != FeeConditional ||
		!slices.Equal(s.Needs, []string{"digital-first-steps", "computer-access"}) || len(d.place.Contact.Mails) != 1 ||
		d.place.Register == "" || !strings.Contains(s.FeeNote["fr"], "Adhésion") {
		t.Errorf("heard %q; %+v", heard(d), s)
	}
}

func TestOneIDIsOnePlace(t *testing.T) {
	t.Parallel()
	r := reader(t)
	cells := map[string]string{"id": "1", "nom": "Lieu", "commune": "Lille"}
	if first := r.read(row{line: 2, cells: cells}); first.rejected() {
		t.Error("the first is refused")
	}
	second := r.read(row{line: 9, cells: cells})
	if heard(second) != "id same-id!" || second.findings[0].Args[1] != 2 {
		t.Errorf("heard %q, %v", heard(second), second.findings)
	}
	other := r.read(row{line: 10, cells: map[string]string{"id": "1", "nom": "Lieu", "commune": "Lille", "source": "Ailleurs"}})
	if other.rejected() || other.place.ID == id.From("Essai", "1") {
		t.Error("one id of two sources is one place")
	}
}

func TestKindIsTakenFromTheNameWhenNobodySaid(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"MAIRIE DE LENS": "town-hall", "Espace France Services": "service-centre", "Médiathèque du Lac": "library", "MJC Nord": "community-hall",
		"Centre socio-culturel": "social-centre", "École du Parc": "school", "Pécole": KindServicePoint, "Chez Nous": KindServicePoint,
		"Bus numérique": "mobile-stand", "Busigny accueil": KindServicePoint,
	} {
		if got := readOne(t, map[string]string{"nom": name}).place.Kind; got != want {
			t.Errorf("%s is a %s, want %s", name, got, want)
		}
	}
}

func TestFeesOfARowAreOneWord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		said []string
		want string
	}{
		{nil, FeeUnknown}, {[]string{FeeFree}, FeeFree}, {[]string{FeeFree, FeeFree}, FeeFree}, {[]string{FeeFree, FeePaid}, FeeConditional},
		{[]string{FeeConditional, FeeFree}, FeeConditional}, {[]string{FeePaid}, FeePaid},
	} {
		if got := fee(c.said); got != c.want {
			t.Errorf("%v is %s, want %s", c.said, got, c.want)
		}
	}
}
