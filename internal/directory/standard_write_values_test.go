package directory

import (
	"slices"
	"strings"
	"testing"
)

func TestTypologyOfAPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, name, said, labels, want string
	}{
		{"town-hall", "Mairie", "", "", "MUNI"},
		{"town-hall", "Guichet", "", "", "MUNI"},
		{"library", "Médiathèque", "", "", "BIB"},
		{"community-hall", "Maison de quartier", "", "", "MQ"},
		{"association", "La Bobine", "", "", "ASSO"},
		{"post", "La Poste", "", "", "LA_POSTE"},
		{"social-centre", "Centre social", "", "", "CS"},
		{"social-centre", "CCAS d'Auch", "", "", "CCAS"},
		{"service-centre", "Guichet", "", "", ""},
		{"service-centre", "France Services d'Auch", "", "", "RFS"},
		{"service-centre", "Guichet", "", "France services", "RFS"},
		{"canteen", "La Table", "", "", ""},
		{"canteen", "Mairie", "", "", "AUTRE"},
		{"canteen", "Mairie", "AUTRE", "", "AUTRE"},
		{"town-hall", "Mairie", "AUTRE", "", "AUTRE"},
		{"town-hall", "Mairie", "MUNI", "", "MUNI"},
		{"town-hall", "Mairie", "RFS", "", "MUNI|RFS"},
		{"town-hall", "Mairie", "XYZ", "", "MUNI|XYZ"},
		{"canteen", "La Table", "BIB", "", "BIB"},
		{"canteen", "La Table", "EPN", "", ""},
	} {
		p := &Place{Kind: c.kind, Name: fr(c.name)}
		if c.said != "" {
			p.Said = []Said{{Field: "typologie", Text: c.said}}
		}
		if c.labels != "" {
			p.Labels = []string{c.labels}
		}
		if got := typology(p); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestEachCodeOfAKindIsReadAsThatKind(t *testing.T) {
	t.Parallel()
	for kind, code := range kindCodes {
		if standardKinds[valueKey(code)] != kind {
			t.Errorf("%s is written %s, which is read as %q", kind, code, standardKinds[valueKey(code)])
		}
	}
	for kind, code := range map[string]string{"service-centre": "RFS", "social-centre": "CCAS"} {
		if standardKinds[valueKey(code)] != kind {
			t.Errorf("%s is written %s", kind, code)
		}
	}
}

// TestEachValueIsReadAsWhatItIsWrittenFor: a value that a code brings is read as that code again.
func TestEachValueIsReadAsWhatItIsWrittenFor(t *testing.T) {
	t.Parallel()
	for value, needs := range sayNeeds {
		m := standardServices.means[valueKey(value)]
		for _, need := range needs {
			if !slices.Contains(m.needs, need) || m.keep {
				t.Errorf("%s is written for %s, and read as %v", value, need, m.needs)
			}
		}
		if !slices.Contains(servicesOf102, value) {
			t.Errorf("%s is not of the standard", value)
		}
	}
	for value, audiences := range sayAudiences {
		m := standardAudiences.means[valueKey(value)]
		if !slices.Equal(m.audiences, audiences) {
			t.Errorf("%s is written for %v, and read as %v", value, audiences, m.audiences)
		}
		if !slices.Contains(slices.Concat(audiencesOf102, careOf102), value) {
			t.Errorf("%s is not of the standard", value)
		}
	}
	for code, value := range sayFees {
		if standardFees.means[valueKey(value)].fee != code {
			t.Errorf("%s is written %s", code, value)
		}
	}
	for _, value := range supportOf102 {
		if standardSupport.means[valueKey(value)].say == "" {
			t.Errorf("%s has no sentence", value)
		}
	}
}

func TestAccessOfAPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ways, entry, booking, support, phone, mail, said, want string
	}{
		{want: ""},
		{ways: WayCounter, want: ""},
		{ways: WayCounter, entry: EntryWalkIn, want: "Se présenter"},
		{ways: WayPhone, want: "Téléphoner"},
		{ways: WayPhone, phone: "+33320000001", want: "Téléphoner"},
		{ways: WayOnline, want: "Contacter par mail"},
		{ways: WayOnline, entry: EntryAppointment, want: "Prendre un RDV en ligne"},
		{ways: WayOnline, entry: EntryAppointment, mail: "a@example.org", want: "Contacter par mail|Prendre un RDV en ligne"},
		{entry: EntryAppointment, want: ""},
		{entry: EntryAppointment, booking: "https://rdv.example.org/", want: "Prendre un RDV en ligne"},
		{entry: EntryReferral, want: "Envoyer un mail avec une fiche de prescription"},
		{ways: WayPhone, support: "À distance", want: ""},
		{ways: WayPhone, support: "À distance", phone: "+33320000001", want: "Téléphoner"},
		{support: "À distance", mail: "a@example.org", want: "Contacter par mail"},
		{said: publicClosed, want: publicClosed},
	} {
		o := offered102{ways: nonEmpty(c.ways), entry: nonEmpty(c.entry), booking: c.booking}
		p := &Place{}
		if c.said != "" {
			p.Said = []Said{{Field: "modalites_acces", Text: c.said}}
		}
		got := strings.Join(access(p, o, nonEmpty(c.support), map[string]string{"telephone": c.phone, "courriels": c.mail}), "|")
		if got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestSupportIsReadFromItsSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ details, want string }{
		{"", ""},
		{"En autonomie.", "En autonomie"},
		{"Accompagnement individuel. Atelier collectif.", "Accompagnement individuel|Dans un atelier collectif"},
		{"Bonjour.\nÀ distance.", "À distance"},
		{"Pas d'Accompagnement individuel.", ""},
		{"En autonomie, avec du matériel et une connexion.", ""},
		{"Venez. Atelier collectif. À distance. Merci.", "Dans un atelier collectif|À distance"},
	} {
		if got := strings.Join(supportSaid([]string{c.details}), "|"); got != c.want {
			t.Errorf("%q: %q", c.details, got)
		}
	}
}

func TestLabelsHaveTheirColumns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		labels                     []string
		programme, training, other string
	}{
		{nil, "", "", ""},
		{[]string{"France services"}, "France Services", "", ""},
		{[]string{"Aidants Connect", "AIDANTS CONNECT"}, "Aidants Connect", "", ""},
		{[]string{"ORDI 3.0", "France Services"}, "France Services", "ORDI 3.0", ""},
		{[]string{"Le nôtre", "a|b;c"}, "", "", "Le nôtre|a/b,c"},
		{[]string{"deux\nlignes", ";"}, "", "", "deux lignes"},
	} {
		cells := map[string]string{}
		standardLabels(c.labels, cells)
		if cells["dispositif_programmes_nationaux"] != c.programme || cells["formations_labels"] != c.training || cells["autres_formations_labels"] != c.other {
			t.Errorf("%q: %v", c.labels, cells)
		}
	}
}

func TestSitesStandSideBySide(t *testing.T) {
	t.Parallel()
	for _, site := range []string{"https://a.example/", "https://a.example/x;http=1", "https://a.example/?a|b", "https://a.example/,www.b", "https://a.example/;"} {
		cell := strings.Join(escapedSites([]string{site, "https://z.example/"}), "|")
		if cut := sites(cell); len(cut) != 2 || cut[1] != "https://z.example/" {
			t.Errorf("%s: %q is cut into %q", site, cell, cut)
		}
	}
}
