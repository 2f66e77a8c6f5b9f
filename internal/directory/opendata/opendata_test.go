package opendata_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
	"parvis/internal/id"
)

// schema compiles a schema of a file, with what it refers to beside it. Formats count.
func schema(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	path, err := filepath.Abs(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// valid fails the test unless a value, as JSON, is as a schema wants it.
func valid(t testing.TB, s *jsonschema.Schema, value any) {
	t.Helper()
	if err := against(s, value); err != nil {
		t.Errorf("%v\n%s", err, asJSON(value))
	}
}

func against(s *jsonschema.Schema, value any) error {
	read, err := jsonschema.UnmarshalJSON(strings.NewReader(asJSON(value)))
	if err != nil {
		return err
	}
	return s.Validate(read)
}

func asJSON(value any) string {
	if raw, ok := value.(json.RawMessage); ok {
		return string(raw)
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func TestNothingPersonalGoesOut(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		d := open(t, store)
		fill(t, d)
		if err := d.Confirm(t.Context(), "tester", "Madame Untel", "mediatheque"); err != nil {
			t.Fatal(err)
		}
		s := setting(d)
		var b bytes.Buffer
		_, e1 := s.WriteGeoJSON(t.Context(), d, &b)
		_, _, e2 := s.WriteInclusion(t.Context(), d, &b)
		_, e3 := s.WriteHSDS(t.Context(), d, &b)
		_, e4 := d.WriteStandard(t.Context(), &b, "Nord")
		if err := errors.Join(e1, e2, e3, e4); err != nil {
			t.Fatal(err)
		}
		if text := b.String(); strings.Contains(text, "Untel") || strings.Contains(text, "tester") {
			t.Error("who confirmed it, or who entered it, is in it")
		}
		if text := b.String(); !strings.Contains(text, "Lin Bleu") || strings.Contains(text, "École du Canal") {
			t.Error("a place is missing, or one that is gone is there")
		}
	})
}

func TestGeoJSONHoldsEveryPlace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		d := open(t, store)
		fill(t, d)
		var b bytes.Buffer
		written, err := setting(d).WriteGeoJSON(t.Context(), d, &b)
		if err != nil {
			t.Fatal(err)
		}
		var read struct {
			Type     string `json:"type"`
			Features []struct {
				ID       string `json:"id"`
				Geometry *struct {
					Coordinates [2]float64 `json:"coordinates"`
				} `json:"geometry"`
				Properties opendata.Place `json:"properties"`
			} `json:"features"`
		}
		if err := json.Unmarshal(b.Bytes(), &read); err != nil {
			t.Fatal(err)
		}
		if read.Type != "FeatureCollection" || len(read.Features) != 4 || written != 4 {
			t.Fatalf("%s, %d features, %d written", read.Type, len(read.Features), written)
		}
		for _, f := range read.Features {
			switch f.ID {
			case "mediatheque":
				if f.Geometry == nil || f.Geometry.Coordinates != [2]float64{3.0468, 50.6311} || f.Properties.Name["en"] != "Le Lin Bleu media library" || len(f.Properties.Services) != 2 {
					t.Errorf("%+v", f)
				}
			default:
				if f.Geometry != nil {
					t.Errorf("%s has a position", f.ID)
				}
			}
		}
	})
}

func TestRecordSaysWhatThePlaceSays(t *testing.T) {
	t.Parallel()
	e := library()
	s := &opendata.Setting{Site: "https://nord.example.org", Country: "FR"}
	r := s.Record(&e, noon)
	if r.Page != "https://nord.example.org/places/mediatheque" || r.Hours.OSM == "" || r.Position.Lat != 50.6311 || r.Organisation.ID != "reseau" ||
		r.Source.ID != "12" || !r.Changed.Equal(noon) || r.Gone != nil || r.Phones[0].Note != "accueil" || r.Equipment[0].Number != 4 {
		t.Errorf("%+v", r)
	}
	if c := r.Services[0].Capacity; c == nil || c.Left != 4 {
		t.Errorf("capacity %+v", c)
	}
	if later := s.Record(&e, noon.AddDate(0, 2, 0)); later.Services[0].Capacity != nil {
		t.Error("a capacity that nobody renewed is still told")
	}
	e.Place.Gone, e.Services[1].Gone = noon, noon
	if r = s.Record(&e, noon); r.Gone == nil || r.Services[1].Gone == nil || r.Services[0].Gone != nil {
		t.Errorf("gone %v", r.Gone)
	}
}

func TestInclusionIsValid(t *testing.T) {
	t.Parallel()
	structures, services := schema(t, "data/places/data-inclusion/v1/structure.json"), schema(t, "data/places/data-inclusion/v1/service.json")
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		d := open(t, store)
		fill(t, d)
		var b bytes.Buffer
		n, m, err := setting(d).WriteInclusion(t.Context(), d, &b)
		if err != nil {
			t.Fatal(err)
		}
		var read struct{ Structures, Services []json.RawMessage }
		if err := json.Unmarshal(b.Bytes(), &read); err != nil {
			t.Fatal(err)
		}
		if len(read.Structures) != n || len(read.Services) != m || n != 4 || m != 3 {
			t.Errorf("%d structures of %d, %d services of %d", len(read.Structures), n, len(read.Services), m)
		}
		for _, one := range read.Structures {
			valid(t, structures, one)
		}
		for _, one := range read.Services {
			valid(t, services, one)
		}
		if against(structures, map[string]string{"nom": "X"}) == nil {
			t.Error("what is no structure passes")
		}
	})
}

// TestInclusionHasAWordForEachCode walks all codes of our vocabularies: each is one of data.inclusion's own, or left out.
func TestInclusionHasAWordForEachCode(t *testing.T) {
	t.Parallel()
	services := schema(t, "data/places/data-inclusion/v1/service.json")
	structures := schema(t, "data/places/data-inclusion/v1/structure.json")
	s := &opendata.Setting{Territory: "nord"}
	for _, need := range directory.Codes(directory.GroupNeed) {
		for _, audience := range directory.Codes(directory.GroupAudience) {
			e := library()
			e.Services = []directory.Service{{ID: "x", Name: fr("Une aide"), Needs: []string{need}, Audiences: []string{audience}, Ways: directory.Codes(directory.GroupWay),
				Entry: directory.Codes(directory.GroupEntry), Fee: directory.FeePaid, Record: directory.Record{Changed: noon}}}
			e.Place.Labels = []string{"France Services", "Aidants Connect", "Conseillers numériques", "Emmaüs Connect", "La Croix Rouge", "Point d'accès numérique CAF", "Fabriques de Territoire", "Grande école du numérique"}
			structure, offered, ok := s.Inclusion(&e)
			if !ok || len(offered) != 1 || len(structure.ReseauxPorteurs) != 8 {
				t.Fatalf("%s %s: %+v", need, audience, structure)
			}
			valid(t, structures, structure)
			valid(t, services, offered[0])
		}
	}
}

func TestInclusionSaysOnlyWhatIsKnown(t *testing.T) {
	t.Parallel()
	d := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}))
	e := library()
	structure, services, ok := setting(d).Inclusion(&e)
	want := opendata.Structure{Source: "les-bonnes-cles", ID: "les-bonnes-cles--12", CodeInsee: "59350", Siret: "43493312300029", DateMaj: "2026-11-20", LienSource: "https://cles.example/12"}
	if !ok || structure.Source != want.Source || structure.ID != want.ID || structure.CodeInsee != want.CodeInsee || structure.Siret != want.Siret || structure.DateMaj != want.DateMaj || structure.LienSource != want.LienSource {
		t.Errorf("%+v", structure)
	}
	first, second := services[0], services[1]
	if got := fmt.Sprint(first.ID, first.Thematiques, first.Publics, first.PublicsPrecisions, first.ModesAccueil, first.ModesMobilisation, first.MobilisablePar, first.Frais); got !=
		"les-bonnes-cles--s1[numerique--maitriser-les-fondamentaux-du-numerique] [seniors]fr:audience:merit[a-distance en-presentiel] "+
			"[envoyer-un-courriel se-presenter telephoner utiliser-lien-mobilisation] [professionnels usagers]gratuit" {
		t.Error(got)
	}
	if got := fmt.Sprint(second.ID, second.Publics, second.Frais, second.FraisPrecisions, second.ModesAccueil, second.MobilisablePar, second.Description); got !=
		"nord--lin-aide[tous-publics]Dix euros l'an[] []Aide, Médiathèque Le Lin Bleu" {
		t.Error(got)
	}
	e.Place.Approximate, e.Place.Register, e.Place.Address.Postcode = true, "W751000000", "700000"
	e.Place.Name = fr(strings.Repeat("mot ", 60))
	structure, _, _ = setting(d).Inclusion(&e)
	if structure.Latitude != nil || structure.Siret != "" || structure.CodePostal != "" || len([]rune(structure.Nom)) > 150 || !strings.HasSuffix(structure.Nom, "…") {
		t.Errorf("%+v", structure)
	}
	e.Place.Name = fr("X")
	if _, _, ok := setting(d).Inclusion(&e); ok {
		t.Error("a name of one letter passes")
	}
}

func TestHSDSIsValid(t *testing.T) {
	t.Parallel()
	services, organizations := schema(t, "data/places/hsds/schema/service.json"), schema(t, "data/places/hsds/schema/organization.json")
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		d := open(t, store)
		fill(t, d)
		var b bytes.Buffer
		n, err := setting(d).WriteHSDS(t.Context(), d, &b)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(b.String()), "\n")
		if n != 3 || len(lines) != 3 {
			t.Errorf("%d written on %d lines", n, len(lines))
		}
		for _, line := range lines {
			valid(t, services, json.RawMessage(line))
		}
		e := library()
		valid(t, organizations, setting(d).Organization(e.Organisation))
		if against(services, map[string]string{"id": "x", "name": "y", "status": "open"}) == nil {
			t.Error("what is no service passes")
		}
	})
}

func TestHSDSTaxonomiesAreValid(t *testing.T) {
	t.Parallel()
	taxonomy, term := schema(t, "data/places/hsds/schema/taxonomy.json"), schema(t, "data/places/hsds/schema/taxonomy_term.json")
	s := &opendata.Setting{Languages: []string{"fr"}}
	seen := map[string]bool{}
	for _, one := range opendata.Taxonomies() {
		valid(t, taxonomy, one)
		seen[one.ID] = true
	}
	for _, one := range s.Terms() {
		valid(t, term, one)
		if seen[one.ID] || !seen[one.TaxonomyID] {
			t.Errorf("%+v: its id is another's, or its taxonomy is none", one)
		}
		seen[one.ID] = true
	}
	if len(s.Terms()) < 80 || opendata.Taxonomy("nothing").ID != "" {
		t.Errorf("%d terms", len(s.Terms()))
	}
}

func TestHSDSService(t *testing.T) {
	t.Parallel()
	d := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}))
	e := library()
	s := setting(d)
	one := s.HSDS(&e, &e.Services[0], true)
	at := one.ServiceAtLocations[0].Location
	if one.ID != id.From("record", "lin-pas") || one.Status != "active" || one.Organization.Description != "Réseau Clic et Clef" || one.AssuredDate != "2026-11-20" || len(one.CostOptions) != 1 ||
		len(one.Attributes) != 3 || at.ID != id.From("record", "mediatheque") || at.Addresses[0].City != "Lille" || at.Accessibility[0].URL == "" || at.LocationType != "physical" {
		t.Errorf("%s", asJSON(one))
	}
	var rules []string
	for _, schedule := range at.Schedules {
		rules = append(rules, strings.Join([]string{schedule.Freq, schedule.ByDay, schedule.OpensAt, schedule.ClosesAt}, " "))
	}
	if got := strings.Join(rules, "; "); got != "WEEKLY MO,TU,WE,TH,FR 09:00 12:00; WEEKLY MO,TU,WE,TH,FR 14:00 17:30; WEEKLY SA 10:00 12:00" {
		t.Error(got)
	}
	if own := one.Schedules; len(own) != 1 || own[0].Freq != "" || own[0].Description == "" {
		t.Errorf("hours with words: %+v", own)
	}
	if short := s.HSDS(&e, &e.Services[0], false); short.Organization != nil || short.ServiceAtLocations != nil || short.OrganizationID != id.From("record", "reseau") {
		t.Errorf("%s", asJSON(short))
	}
	e.Place.Gone, e.Place.Approximate, e.Place.Kind, e.Place.Wheelchair, e.Place.Access = noon, true, "phone-line", directory.WheelchairUnknown, ""
	gone := s.HSDS(&e, &e.Services[1], true)
	if at = gone.ServiceAtLocations[0].Location; gone.Status != "defunct" || at.Latitude != nil || at.LocationType != "virtual" || at.Accessibility != nil {
		t.Errorf("%s", asJSON(gone))
	}
}

func TestUUID(t *testing.T) {
	t.Parallel()
	own := id.New()
	if opendata.UUID(own) != own || !id.Valid(opendata.UUID("mairie")) || opendata.UUID("mairie") == opendata.UUID("mairie-2") {
		t.Error("an id is not kept, or two are one")
	}
}

// fails is a writer that has no room left.
type fails struct{ room int }

func (f *fails) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

var errFull = errors.New("full")

func TestWritersSayThatTheyCouldNot(t *testing.T) {
	t.Parallel()
	d := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}))
	fill(t, d)
	s := setting(d)
	for room := 0; room < 3000; room += 250 {
		_, e1 := s.WriteGeoJSON(t.Context(), d, &fails{room})
		_, _, e2 := s.WriteInclusion(t.Context(), d, &fails{room})
		_, e3 := s.WriteHSDS(t.Context(), d, &fails{room})
		_, e4 := d.WriteStandard(t.Context(), &fails{min(room, 400)}, "Nord")
		for i, err := range []error{e1, e2, e3, e4} {
			if !errors.Is(err, errFull) {
				t.Errorf("writer %d with room for %d bytes: %v", i+1, room, err)
			}
		}
	}
}
