package directory

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/hours"
	"parvis/internal/i18n"
	"parvis/internal/org"
	"parvis/packs"
)

func packOf(t *testing.T, name string) *org.Pack {
	t.Helper()
	folder, err := fs.Sub(packs.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := org.LoadPack(folder)
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

func TestAPackGivesTheSetting(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, zone, country, language, town string }{
		{"auch", "Europe/Paris", "FR", "fr", "Auch"}, {"nord", "Europe/Paris", "FR", "fr", "Lille"}, {"hai-van", "Asia/Ho_Chi_Minh", "VN", "vi", "Hải Vân"},
		{"jingan", "Asia/Shanghai", "CN", "zh", "静安寺"}, {"sector4", "Europe/Bucharest", "RO", "ro", "Berceni"},
	} {
		s := SettingOf(packOf(t, c.name))
		if s.Zone.String() != c.zone || s.Country != c.country || s.Languages[0] != c.language || len(s.Units) == 0 || len(s.Holidays.Public) == 0 {
			t.Errorf("%s: %v %s %v, %d units, %d holidays", c.name, s.Zone, s.Country, s.Languages, len(s.Units), len(s.Holidays.Public))
		}
		for _, u := range s.Units {
			if u.Code == "" || u.Name.In(c.language) == "" {
				t.Errorf("%s: a unit without a name: %+v", c.name, u)
			}
		}
		if near := s.near(c.town); !near.Known {
			t.Errorf("%s: nobody is near %s", c.name, c.town)
		}
	}
	if near := SettingOf(packOf(t, "sector4")).near("Berceni"); near.Town.Kind != "quarter" || !near.Exact || near.Others[0].Name != "Berceni" {
		t.Errorf("Berceni is the quarter here before the village elsewhere: %+v", near)
	}
	s := SettingOf(packOf(t, "auch"))
	christmas := hours.NewDate(2026, time.December, 25)
	if name, ok := s.Holidays.PublicDay(christmas); !ok || name == "" {
		t.Errorf("Christmas is %q, %v", name, ok)
	}
}

func TestAPacksOrganisationsAreListed(t *testing.T) {
	t.Parallel()
	all := organisationsOf(&org.Pack{Organisations: []org.Organisation{
		{ID: "club", Kind: "association", Name: fr("Club"), About: fr("Aide"), Phone: "03 53 01 00 12", Mail: "club@example.org", Site: "https://example.org",
			Town: "Lille", Needs: []string{"job"}, Source: "demo"},
		{ID: "bare", Name: fr("Rien")},
	}})
	club, bare := all[0], all[1]
	if club.Contact.Phones[0].Number != "03 53 01 00 12" || club.Contact.Mails[0] != "club@example.org" || club.Source != (Source{Name: "demo", ID: "club"}) ||
		club.Town != "Lille" || club.Needs[0] != "job" {
		t.Errorf("%+v", club)
	}
	if len(bare.Contact.Phones)+len(bare.Contact.Mails)+len(bare.Contact.Sites) != 0 {
		t.Errorf("%+v", bare)
	}
	for i := range all {
		if err := all[i].Clean("FR"); err != nil {
			t.Errorf("%s: %v", all[i].ID, err)
		}
	}
}

func TestAPackTellsWhatIsWrongWithItsFiles(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		pack := &org.Pack{
			Territory:     org.Territory{ID: "essai"},
			Organisations: []org.Organisation{{ID: "club", Name: fr("Club"), Phone: "?"}},
			FS:            fstest.MapFS{"places.csv": {Data: []byte("id,name,kind,organisation\np,Lieu,castle,club\nq,Autre,library,nobody\n")}},
		}
		report, err := dir.ImportPack(t.Context(), pack, Feed{})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(report.Wrong(bundle(t).Printer("en", nil, "")), "\n")
		for _, want := range []string{"organisations.yaml: line 1 (club) · warning · phones", "places.csv: line 2 (p) · left out · kind · “castle”",
			"places.csv: line 3 (q) · warning · organisation · “nobody”"} {
			if !strings.Contains(got, want) {
				t.Errorf("%q is not in\n%s", want, got)
			}
		}
		sheet, err := dir.Sheet(t.Context(), "q")
		if err != nil || sheet.Place.Organisation != "" || sheet.Place.Source.Name != "essai" {
			t.Errorf("%+v, %v", sheet, err)
		}
		again, err := dir.ImportPack(t.Context(), pack, Feed{})
		if err != nil || again.Places.Same != 1 || again.Organisations.Same != 1 {
			t.Errorf("again: %s; %s; %v", figures(again.Places), figures(again.Organisations), err)
		}
	})
}

func TestAPackWithoutPlacesIsNoFault(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	dir, _ := open(t, d, north(t))
	report, err := dir.ImportPack(t.Context(), &org.Pack{FS: fstest.MapFS{}}, Feed{Source: "essai"})
	if err != nil || report.Places.Rows != 0 || len(report.Wrong(i18n.NewBundle().Printer("en", nil, ""))) != 0 {
		t.Errorf("%+v, %v", report, err)
	}
	if _, err := dir.ImportPack(t.Context(), &org.Pack{FS: fstest.MapFS{"places.csv": {Data: []byte("x")}}}, Feed{}); err == nil {
		t.Error("a file that is no table passes")
	}
}
