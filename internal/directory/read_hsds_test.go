package directory

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

// uuidOf is an id as HSDS wants it.
func uuidOf(name string) string { return id.From("hsds-test", name) }

// hsdsTablesFor are the tables of a small package: two places, three services, one of which ended and one without a place.
func hsdsTablesFor() map[string]string {
	u := uuidOf
	lines := func(all ...string) string { return strings.Join(all, "\n") + "\n" }
	return map[string]string{
		"datapackage.json": `{"resources":[{"name":"organizations","path":"orgs-2026.csv"},{"name":"services","path":"services.csv"}]}`,
		"orgs-2026.csv": lines("id,name,description,email,website", u("o1")+",Réseau du Lin,Des lieux pour tous,o@nord.example,lin.example",
			u("o2")+",Ligne d'écoute,Ligne d'écoute,,"),
		"locations.csv": lines("id,location_type,url,name,description,transportation,latitude,longitude", u("l1")+",physical,https://lin.example/a,Médiathèque du Lin,Un fauteuil,Bus 4,50.63,3.05",
			u("l2")+",physical,,,,,100,101", ",physical,,Sans id,,,,"),
		"services.csv": lines("id,organization_id,name,description,url,email,status,application_process,fees_description,eligibility_description,minimum_age,maximum_age,assured_date,alert",
			u("s1")+","+u("o1")+",Premiers pas,Par petits groupes,https://lin.example/pas,aide@nord.example,active,Sans rendez-vous,Un carnet à acheter,\"Jeunes, Personnes âgées\",12,,2026-10-01,",
			u("s2")+","+u("o1")+",Fini,,,,defunct,,,,,,,",
			u("s3")+","+u("o2")+",Écoute,Nuit et jour,,,temporarily closed,Appelez,,Tous ceux qui veulent,,,3026-01-01,Fermé en août",
			u("s4")+",,Sans lieu,,,,active,,,,,,,", u("s5")+","+u("o1")+",,,,,active,,,,,,,", ",,,,,,active,,,,,,,"),
		"service_at_location.csv": lines("id,service_id,location_id,description", u("a1")+","+u("s1")+","+u("l1")+",Au premier étage", u("a2")+","+u("s1")+","+u("l2")+",",
			u("a3")+","+u("s2")+","+u("l1")+",", u("a5")+","+u("s5")+","+u("l1")+",", "a9,"+u("s1")+",l9,"),
		"phones.csv": lines("id,location_id,service_id,organization_id,number,extension,description", "p1,"+u("l1")+",,,\"\"\"+33 3 20 00 00 01\"\"\",,accueil",
			"p2,,"+u("s1")+",,0320000002,12,", "p3,,,"+u("o2")+",3939,,", "p4,,"+u("none")+",,0320000009,,"),
		"addresses.csv": lines("id,location_id,address_1,address_2,city,state_province,postal_code,country,address_type",
			"x1,"+u("l1")+",84 rue du Lin,étage 2,Lille,,59000,FR,postal", "x2,"+u("l1")+",85 rue du Lin,,Lille,,59000,FR,physical", "x3,"+u("l2")+",1 quai,,Roubaix,,59100,FR,physical"),
		"schedules.csv": lines("id,service_id,location_id,freq,interval,byday,opens_at,closes_at,description,valid_to,bymonthday",
			"h1,,"+u("l1")+",WEEKLY,1,\"MO,TU\",09:00:00,12:00:00,Le matin,,", "h2,,"+u("l1")+",WEEKLY,,MO,14:00,17:00,Le matin,,", "h3,,"+u("l1")+",WEEKLY,,SU,10:00,11:00,Jadis,2020-01-01,",
			"h4,"+u("s1")+",,MONTHLY,,1MO,10:00,11:00,Le premier lundi,,"),
		"languages.csv":          lines("id,service_id,location_id,name,code", "g1,"+u("s1")+","+u("l1")+",French,fra", "g2,,"+u("l1")+",Urdu,ur"),
		"accessibility.csv":      lines("id,location_id,description,details,url", "c1,"+u("l1")+",Accessible en fauteuil roulant,,https://acceslibre.example/1", "c2,"+u("l1")+",Boucle magnétique,À l'accueil,"),
		"cost_options.csv":       lines("id,service_id,option,currency,amount,amount_description", "k1,"+u("s1")+",Plein tarif,eur,5,par an", "k2,"+u("s1")+",Moins de 18 ans,eur,0,", "k3,"+u("s1")+",X,eur,beaucoup,"),
		"required_documents.csv": lines("id,service_id,document,uri", "d1,"+u("s1")+",Une pièce d'identité,"),
		"taxonomy_terms.csv":     lines("id,code,name,description,taxonomy", "t1,digital-first-steps,x,,need", "t2,,Logement,,open-eligibility", "t3,Z1,Jardinage,,open-eligibility"),
		"attributes.csv":         lines("id,link_id,taxonomy_term_id,link_type,link_entity", "e1,"+u("s1")+",t1,,service", "e2,"+u("s1")+",t2,,service", "e3,"+u("s1")+",t3,,service", "e4,"+u("s1")+",t9,,service"),
		"contacts.csv":           lines("id,service_id,name,title,department,email", "n1,"+u("s1")+",Madame Untel,Cheffe,Accueil,untel@nord.example"),
		"programs.csv":           lines("id,name", "q,r"),
	}
}

func inMemory(files map[string]string) fs.FS {
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

func TestTheTablesOfHSDSAreRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		feed := Feed{Source: "Lin"}
		report := asTold(t, dir, d, zipped(t, hsdsTablesFor()), feed)
		if got := figures(report); got != "rows 13 added 6 changed 0 same 0 back 0 gone 0 warned 5 rejected 6" {
			t.Error(got)
		}
		checkHSDSFindings(t, report)
		places, services, err := dir.Places(t.Context(), uuidOf("l1"))
		if err != nil || len(places) != 1 || len(services[places[0].ID]) != 1 {
			t.Fatal(places, services, err)
		}
		checkHSDSRecords(t, places[0], services[places[0].ID][0])
		entries, err := dir.Entries(t.Context(), EntryQuery{})
		if err != nil || len(entries) != 3 || strings.Contains(fmt.Sprintf("%+v", entries), "Untel") || strings.Contains(fmt.Sprintf("%+v", entries), "untel") {
			t.Errorf("%d places, %v, or a contact person is named", len(entries), err)
		}
		before := last(t, d)
		feed.EndMissing, feed.Folder = true, inMemory(hsdsTablesFor())
		if again := asTold(t, dir, d, nil, feed); again.In() != again.Same || again.Gone != 0 || last(t, d) != before {
			t.Errorf("again, from a folder: %s", figures(again))
		}
	})
}

func checkHSDSFindings(t *testing.T, report *Report) {
	t.Helper()
	var told []string
	for _, f := range report.Findings {
		row := f.Row
		for _, name := range []string{"o1", "o2", "l1", "l2", "s1", "s2", "s3", "s4", "s5"} {
			row = strings.ReplaceAll(row, uuidOf(name), name)
		}
		told = append(told, fmt.Sprintf("%s %d %s %s %s", f.File, f.Line, row, f.Field, strings.TrimPrefix(f.Key, "directory.")))
	}
	slices.Sort(told)
	want := []string{"locations.csv 3 l2 latitude wrong.point", "locations.csv 4  location.id import.no-id", "phones.csv 5 p4  import.no-owner", "service_at_location.csv 6 a9 service_at_location import.no-owner", "services.csv 2 s1 attributes import.term", "services.csv 2 s1 attributes import.term",
		"services.csv 2 s1 cost_options wrong.number", "services.csv 2 s1 cost_options wrong.number", "services.csv 2 s1 schedules import.hours-unread", "services.csv 2 s1 schedules import.hours-unread",
		"services.csv 3 s2 status import.ended", "services.csv 4 s3 assured_date import.date-to-come", "services.csv 4 s3 status import.closed-now",
		"services.csv 5 s4 service_at_locations import.no-location", "services.csv 6 s5 name wrong.empty", "services.csv 7  id import.no-id"}
	if !slices.Equal(told, want) {
		t.Errorf("%q\nwant %q", told, want)
	}
}

func checkHSDSRecords(t *testing.T, p Place, s Service) {
	t.Helper()
	if p.Address.Street != "85 rue du Lin" || p.Hours.OSM != "Mo 09:00-12:00,14:00-17:00; Tu 09:00-12:00" || p.Hours.Given != "Le matin" || p.Wheelchair != WheelchairYes ||
		p.Access != "https://acceslibre.example/1" || !slices.Equal(p.Languages, []string{"fr", "ur"}) || p.Kind != "library" || len(p.Said) != 2 || p.Point == nil || p.Approximate {
		t.Errorf("%+v", p)
	}
	if len(p.Contact.Phones) != 1 || p.Contact.Phones[0] != (Phone{"+33320000001", "accueil"}) || p.Organisation != uuidOf("o1") || p.Contact.Sites[0] != "https://lin.example/a" {
		t.Errorf("%+v", p.Contact)
	}
	plain := strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(s.Details["fr"])
	for _, part := range []string{"Par petits groupes", "Au premier étage", "Aussi : Jardinage", "Âge : 12–", "À apporter : Une pièce d'identité", "Téléphone : 0320000002", "Site : https://lin.example/pas"} {
		if !strings.Contains(plain, part) {
			t.Errorf("%q does not say %q", plain, part)
		}
	}
	if !slices.Equal(s.Needs, []string{"digital-first-steps", "housing"}) || !slices.Equal(s.Audiences, []string{"young", "older"}) || !slices.Equal(s.Entry, []string{EntryWalkIn}) || s.Fee != FeeConditional ||
		s.FeeNote["fr"] != "Un carnet à acheter\n\nPlein tarif: 5 EUR par an\n\nMoins de 18 ans: 0 EUR" || s.Hours.Given != "Le premier lundi" || s.Hours.OSM != "" ||
		s.Source.ID != uuidOf("s1")+"--"+uuidOf("l1") || !slices.Equal(s.Languages, []string{"fr"}) {
		t.Errorf("%+v", s)
	}
}

// A record here that came from elsewhere, or was entered here, is left as it is whatever id a feed gives its own.
func TestAFeedTakesNobodyElsesRecord(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		put(t, dir, Place{ID: uuidOf("l1"), Kind: "library", Name: fr("La nôtre")})
		if _, err := dir.PutOrganisation(t.Context(), "tester", Organisation{ID: uuidOf("o1"), Name: fr("Les nôtres")}); err != nil {
			t.Fatal(err)
		}
		asTold(t, dir, d, zipped(t, hsdsTablesFor()), Feed{Source: "Lin"})
		report := asTold(t, dir, d, zipped(t, hsdsTablesFor()), Feed{Source: "Autre"})
		if report.Reasons["directory.import.entered-here"] != 2 || report.Reasons["directory.import.other-source"] < 3 || report.Changed != 0 {
			t.Errorf("%s %v", figures(report), report.Reasons)
		}
		sheet, err := dir.Sheet(t.Context(), uuidOf("l1"))
		if err != nil || sheet.Place.Name["fr"] != "La nôtre" {
			t.Errorf("%+v %v", sheet, err)
		}
	})
}

// The pages of the API in their forms make the same records, thin or full, in any order.
func TestThePagesOfHSDSAreRead(t *testing.T) {
	t.Parallel()
	service := func(more string) string {
		return `{"id":"` + uuidOf("s") + `","name":"Aide","status":"active"` + more + `}`
	}
	location := `{"id":"` + uuidOf("l") + `","location_type":"physical","name":"Salle","latitude":"50.63","longitude":3.05,"addresses":[{"address_1":"1 rue","city":"Lille","postal_code":59000}]}`
	organisation := `"organization":{"id":"` + uuidOf("o") + `","name":"Réseau","description":"Nous"}`
	full := service(`,` + organisation + `,"service_at_locations":[{"id":"` + uuidOf("a") + `","location":` + location + `}],"phones":null,"languages":"fr"`)
	page := func(rows string) string {
		return `{"total_items":1,"total_pages":1,"page_number":1,"size":1,"first_page":true,"last_page":true,"empty":false,"contents":[` + rows + `]}`
	}
	for name, feed := range map[string]string{
		"full, one to a line": full + "\n", "full page": page(full), "list": "[" + full + "]",
		"thin page, then where": page(service(`,`+organisation)) + page(`{"id":"`+uuidOf("a")+`","service":`+service("")+`,"location":`+location+`}`),
		"where alone":           page(`{"id":"` + uuidOf("a") + `","service":` + service(`,`+organisation) + `,"location":` + location + `}`),
		"places by organisation": page(`{"id":"`+uuidOf("o")+`","name":"Réseau","description":"Nous","locations":[`+location+`]}`) +
			page(service(`,"organization_id":"`+uuidOf("o")+`","service_at_locations":[{"id":"`+uuidOf("a")+`","location_id":"`+uuidOf("l")+`"}]`)),
	} {
		dir, _ := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), north(t))
		report := importText(t, dir, feed, Feed{Source: "Lin"})
		entry, found, err := dir.Entry(t.Context(), uuidOf("l"))
		if err != nil || !found || report.Added != 2 || report.Rejected != 0 || len(entry.Services) != 1 || entry.Services[0].ID != uuidOf("s") || entry.Organisation == nil ||
			entry.Organisation.Name["fr"] != "Réseau" || entry.Place.Address.Postcode != "59000" || entry.Place.Point == nil || entry.Place.Address.Unit != "59-lille" {
			t.Errorf("%s: %s %v\n%+v", name, figures(report), report.Findings, entry)
		}
	}
	for name, feed := range map[string]string{"broken": page(full)[:len(full)], "no object": page(`7,"x",` + full), "another name for the same id": page(full + "," + strings.Replace(full, "Aide", "Autre", 1))} {
		dir, _ := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), north(t))
		if report := importText(t, dir, feed, Feed{Source: "Lin"}); report.Rejected == 0 || report.Findings[0].Line != 1 {
			t.Errorf("%s: %s %v", name, figures(report), report.Findings)
		}
	}
}

func TestHoursOfSchedules(t *testing.T) {
	t.Parallel()
	week := func(days, from, to, about string) hsdsSchedule {
		return hsdsSchedule{Freq: "WEEKLY", ByDay: hsdsText(days), OpensAt: hsdsText(from), ClosesAt: hsdsText(to), Description: hsdsText(about)}
	}
	for _, c := range []struct {
		name       string
		from       []hsdsSchedule
		given, osm string
	}{
		{"none", nil, "", ""},
		{"as we write it", []hsdsSchedule{week("MO", "09:00", "12:00", "Mo 09:00-12:00; PH off"), week("TU", "1:00", "2:00", "Mo 09:00-12:00; PH off")}, "Mo 09:00-12:00; PH off", "Mo 09:00-12:00; PH off"},
		{"rules", []hsdsSchedule{week("MO,WE", "14:00+01:00", "17:00", ""), week("MO", "09:00:00Z", "12:00", "")}, "Mo 09:00-12:00,14:00-17:00; We 14:00-17:00", "Mo 09:00-12:00,14:00-17:00; We 14:00-17:00"},
		{"past midnight", []hsdsSchedule{week("FR", "22:00", "02:00", "La nuit")}, "La nuit", "Fr 22:00-02:00"},
		{"every other week", []hsdsSchedule{{Freq: "WEEKLY", Interval: "2", ByDay: "MO", OpensAt: "09:00", ClosesAt: "10:00", Description: "Semaines paires"}}, "Semaines paires", ""},
		{"words", []hsdsSchedule{{Description: "Quand il fait beau"}}, "Quand il fait beau", ""},
		{"over", []hsdsSchedule{{Freq: "WEEKLY", ByDay: "MO", OpensAt: "09:00", ClosesAt: "10:00", ValidTo: "2020-01-01"}}, "", ""},
		{"no time", []hsdsSchedule{week("MO", "neuf heures", "25:00", "")}, "", ""},
		{"no day", []hsdsSchedule{week("XX", "09:00", "10:00", "")}, "", ""},
	} {
		got := hsdsHours(c.from, today)
		if schedule, ok := got.Schedule(); c.osm != "" {
			want := ReadHours(c.osm)
			if wanted, _ := want.Schedule(); !ok || schedule.Text() != wanted.Text() {
				t.Errorf("%s: %+v", c.name, got)
			}
		} else if got.OSM != "" {
			t.Errorf("%s: %+v", c.name, got)
		}
		if c.osm == "" && got.Given != c.given || c.given != "" && got.Given == "" {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// The specification's own examples are read: the tables, and each of its pages.
func TestTheExamplesOfHSDSAreRead(t *testing.T) {
	t.Parallel()
	shared(t, "data/places/hsds/examples/base.json")
	folder := ""
	for _, root := range []string{os.Getenv("PARVIS_SHARED"), "../../../shared"} {
		if path := filepath.Join(root, "data/places"); root != "" && folder == "" {
			if _, err := os.Stat(path); err == nil {
				folder = path
			}
		}
	}
	for name, want := range map[string]int{"hsds/examples/service_full.json": 2, "hsds/examples/service_at_location_full.json": 2, "hsds/examples/service_list.json": 1,
		"hsds-uk-default/V3.0-UK-Default/service_full.json": 2, "hsds-uk-default/V3.0-UK-Default/service_at_location_list.json": 0, "hsds/examples/csv": 1} {
		dir, c := open(t, dbtest.Open(t, dbtest.SQLite(t), db.Options{}), north(t))
		c.Set(today.Add(time.Hour))
		f := Feed{Source: "Open Referral"}
		var data []byte
		var err error
		if path := filepath.Join(folder, name); strings.HasSuffix(name, ".json") {
			data, err = os.ReadFile(path)
		} else {
			f.Folder = os.DirFS(path)
		}
		if err != nil {
			t.Fatal(err)
		}
		report, err := dir.Import(t.Context(), bytes.NewReader(data), f)
		if err != nil || report.Added < want {
			t.Errorf("%s: %v, %s", name, err, figures(report))
		}
		t.Logf("%s: %s; %s", name, figures(report), why(report))
	}
}
