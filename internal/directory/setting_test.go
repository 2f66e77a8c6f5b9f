package directory

import (
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/geo"
)

func TestAnAddressFindsItsTown(t *testing.T) {
	t.Parallel()
	towns := newTowns(geo.NewGazetteer(
		geo.Named{Code: "1", Name: "Beaumont", Postcodes: []string{"74160"}}, geo.Named{Code: "2", Name: "Beaumont", Postcodes: []string{"07110"}},
		geo.Named{Code: "3", Name: "Saint-Étienne", Postcodes: []string{"42000", "42100"}}, geo.Named{Code: "4", Name: "Đà Nẵng", Names: []string{"Tourane"}},
	))
	for _, c := range []struct{ name, postcode, code, want string }{
		{"Beaumont", "07110", "", "2"}, {"BEAUMONT", "74160", "", "1"}, {"Beaumont", "59000", "", ""}, {"Beaumont", "", "", ""},
		{"St Etienne", "42000", "", "3"}, {"SAINT ETIENNE CEDEX 2", "42100", "", "3"}, {"Saint-Étienne", "42999", "", "3"}, {"Saint-Étienne", "59000", "", ""},
		{"da nang", "", "", "4"}, {"tourane", "50000", "", "4"}, {"Ailleurs", "", "3", "3"}, {"", "", "", ""},
	} {
		got := ""
		if town := towns.find(c.name, c.postcode, c.code); town != nil {
			got = town.Code
		}
		if got != c.want {
			t.Errorf("%q %q %q is town %q, want %q", c.name, c.postcode, c.code, got, c.want)
		}
	}
	if newTowns(nil).find("Lille", "59000", "59350") != nil {
		t.Error("without a gazetteer a town is found")
	}
}

func TestNamesInCapitalsCalmDown(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"SAINT-JEAN-DE-LUZ": "Saint-Jean-de-Luz", "L'ÎLE-D'YEU": "L'Île-d'Yeu", "Lille": "Lille", "LE HAVRE": "Le Havre", "": "", "静安": "静安",
		"ÉTAPLES": "Étaples", "aix les bains": "aix les bains",
	} {
		if got := calmer(name); got != want {
			t.Errorf("%q calms down to %q, want %q", name, got, want)
		}
	}
}

func TestADirectoryHasItsSettings(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	dir, err := New(Options{DB: d})
	if err != nil {
		t.Fatal(err)
	}
	s := dir.Setting()
	if s.Zone != time.UTC || s.Months != 6 || s.Languages[0] != "en" {
		t.Errorf("%+v", s)
	}
	if time.Since(dir.Now()) > time.Minute {
		t.Errorf("it is %v", dir.Now())
	}
	if r, err := dir.Search(t.Context(), Query{Words: "x"}); err != nil || r.Total != 0 {
		t.Errorf("before anything is there: %+v, %v", r, err)
	}
}
