package org_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"parvis/internal/geo"
	"parvis/internal/org"
	"parvis/packs"
)

// small is a pack that loads; each line of a file is one thing, so that a test can replace it.
var small = map[string]string{
	org.TerritoryFile: `id: lune
name: {fr: Ville de Lune, en: Town of Lune}
short: {fr: Lune, en: Lune}
sentence: {fr: Une ville., en: A town.}
hosts: [lune.localhost]
languages: [fr, en]
country: FR
zone: Europe/Paris
currency: EUR
hue: 205
centre: {lat: 43.5, lon: 0.5}
zoom: 12
phone: 05 36 49 00 00
hours: Mo-Fr 09:00-17:00; PH off
mail: bonjour@lune.example
address: {fr: "Mairie", en: "Town hall"}
emergency: "112"
numbers: [{number: "15", name: {fr: SAMU, en: Ambulance}}]
doors:
  - {door: counter, text: {fr: Venez., en: Come.}}
examples: [{fr: la cantine, en: the canteen}]
workdays: [mon, tue, wed, thu, fri]
worked: [2026-05-02]
holidays:
  - {name: {fr: Fête du Travail, en: Labour Day}, days: [2026-05-01, 2027-05-01]}
  - {name: {fr: Le pont, en: The bridge}, days: [2026-05-01..2026-05-04]}
school-holidays:
  - {name: {fr: Été, en: Summer}, days: [2026-07-04..2026-08-31]}
legal:
  publisher: {fr: Lune, en: Lune}
  director: {fr: Le maire, en: The mayor}
  host: {fr: Ici, en: Here}
  privacy-contact: donnees@lune.example
  privacy-role: {fr: Délégué, en: Officer}
  privacy-law: {fr: RGPD, en: GDPR}
  complaint: {fr: CNIL, en: CNIL}
  complaint-site: https://www.cnil.fr
  accessibility: {fr: Non audité, en: Not audited}
  accessibility-contact: acces@lune.example
  accessibility-law: {fr: Loi, en: Law}
  accessibility-complaint: {fr: Défenseur, en: Defender}
figures: [{value: 12, label: {fr: services, en: services}}]
words: {fr: {directory.kind.town-hall: Hôtel de ville}}
`,
	org.OrganisationsFile: `- id: mairie
  authority: true
  kind: town-hall
  name: {fr: Mairie, en: Town hall}
  teams:
    - {id: accueil, name: {fr: Accueil, en: Front desk}, doors: [counter, phone], hours: Mo-Fr 09:00-17:00}
- id: amis
  kind: association
  parent: mairie
  name: {fr: Les Amis, en: Friends}
  mail: amis@lune.example
`,
	org.OutlineFile: `{"type":"Polygon","coordinates":[[[0,43],[1,43],[1,44],[0,44],[0,43]]]}`,
	org.UnitsFile: `code,name,name_en,kind,lat,lon
n,Nord,North,quarter,43.8,0.5
s,Sud,,quarter,43.2,0.5
v,Voisine,,around,43.2,1.5
`,
	org.UnitAreasFile: `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"n"},"geometry":{"type":"Polygon","coordinates":[[[0,43.5],[1,43.5],[1,44],[0,44],[0,43.5]]]}}
]}`,
	org.TownsFile: `code,name,names,kind,lat,lon,population,postcodes
1,Lune,,commune,43.5,0.5,1200,32000
2,Sole,,commune,43.7,0.6,300,32001
`,
	org.SourcesFile:  "All of it was drawn by hand.\n",
	org.PlacesFile:   "id,name\n1,Mairie\n",
	org.ServicesFile: "id,place,name\n1,1,Accueil\n",
}

// pack gives the small pack with one text of one file replaced; an empty file name replaces nothing.
func pack(t *testing.T, file, old, fresh string) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range small {
		if name == file {
			if !strings.Contains(text, old) {
				t.Fatalf("%s has no %q", file, old)
			}
			text = strings.Replace(text, old, fresh, 1)
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func load(t *testing.T, fsys fstest.MapFS) *org.Pack {
	t.Helper()
	p, err := org.LoadPack(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTheSmallPackLoads(t *testing.T) {
	t.Parallel()
	p := load(t, pack(t, "", "", ""))
	if p.ID != "lune" || p.Name["fr"] != "Ville de Lune" || p.Hue != 205 || p.Centre != (geo.Point{Lat: 43.5, Lon: 0.5}) {
		t.Errorf("territory %+v", p.Territory)
	}
	if p.Language() != "fr" || !p.Offers("en") || p.Offers("vi") {
		t.Errorf("languages %v", p.Languages)
	}
	if p.Words["fr"]["directory.kind.town-hall"] != "Hôtel de ville" || p.Figures[0].Value != 12 {
		t.Errorf("words %v, figures %v", p.Words, p.Figures)
	}
	if len(p.Organisations) != 2 || p.Organisations[0].Teams[0].Doors[1] != "phone" || p.Organisations[1].Parent != "mairie" {
		t.Errorf("organisations %+v", p.Organisations)
	}
	if a, ok := p.Authority(); !ok || a.ID != "mairie" {
		t.Errorf("authority %+v", a)
	}
	if !p.Outline.Contains(p.Centre) || p.Gazetteer.Len() != 2 {
		t.Errorf("%d towns, centre inside: %v", p.Gazetteer.Len(), p.Outline.Contains(p.Centre))
	}
	for name, open := range map[string]func() (interface{ Close() error }, error){
		"places":   func() (interface{ Close() error }, error) { return p.Places() },
		"services": func() (interface{ Close() error }, error) { return p.Services() },
	} {
		if f, err := open(); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestUnitsHaveNamesAndAreas(t *testing.T) {
	t.Parallel()
	p := load(t, pack(t, "", "", ""))
	north, ok := p.Unit("n")
	if !ok || north.Name.In("en") != "North" || north.Name.In("fr") != "Nord" || north.Outline.Empty() {
		t.Errorf("north %+v", north)
	}
	if south, _ := p.Unit("s"); south.Name.In("en", p.Languages...) != "Sud" || south.Outline != nil {
		t.Errorf("south %+v", south)
	}
	if v, _ := p.Unit("v"); !v.Around() || north.Around() {
		t.Error("the neighbour is around, the quarter is not")
	}
	if _, ok := p.Unit("x"); ok {
		t.Error("a unit that nobody wrote")
	}
	if u, ok := p.UnitAt(geo.Point{Lat: 43.8, Lon: 0.2}); !ok || u.Code != "n" {
		t.Errorf("at the north: %v %v", u.Code, ok)
	}
	if u, ok := p.UnitAt(geo.Point{Lat: 43.2, Lon: 0.2}); ok {
		t.Errorf("the south has no outline, and yet %v", u.Code)
	}
}

type slip struct{ file, old, fresh, at, wrong, right string }

// slips are what goes wrong in a pack, and what the person who wrote it is told: file, line, wrong, right.
var slips = []slip{
	{org.TerritoryFile, "hosts: [", "hosst: [", "territory.yaml:5", `unknown field "hosst"`, `"hosts"`},
	{org.TerritoryFile, "hue: 205", "hue: blue", "territory.yaml:10", "blue cannot stand here", "a whole number"},
	{org.TerritoryFile, "hue: 205", "hue: 400", "territory.yaml:10", "hue is 400", "0 to 359"},
	{org.TerritoryFile, "hue: 205", "hue: 205\nhue: 10", "territory.yaml:11", `"hue" is given twice, first in line 10`, "once"},
	{org.TerritoryFile, "hosts: [lune.localhost]", "hosts: lune.localhost", "territory.yaml:5", "cannot stand here", "a list"},
	{org.TerritoryFile, "hosts: [lune.localhost]", "hosts: ['http://Lune']", "territory.yaml:5", "host", "small letters"},
	{org.TerritoryFile, "hosts: [lune.localhost]", "hosts: []", "territory.yaml:5", "no host name", "example.org"},
	{org.TerritoryFile, "short: {fr: Lune, en: Lune}", "short: {fr: Lune}", "territory.yaml:3", `short has no text in "en"`, "each of fr, en"},
	{org.TerritoryFile, "short: {fr: Lune, en: Lune}", "short: {fr: Lune, en: Moon, de: Mond}", "territory.yaml:3", `a text in "de"`, "en, fr, ro, vi, zh"},
	{org.TerritoryFile, "short: {fr: Lune, en: Lune}", "short: Lune", "territory.yaml:3", "Lune cannot stand here", "each language"},
	{org.TerritoryFile, "languages: [fr, en]", "languages: [fr, xx]", "territory.yaml:6", `language "xx"`, "en, fr"},
	{org.TerritoryFile, "languages: [fr, en]", "languages: []", "territory.yaml:6", "no language", "the default first"},
	{org.TerritoryFile, "country: FR", "country: France", "territory.yaml:7", `country "France"`, "FR"},
	{org.TerritoryFile, "zone: Europe/Paris", "zone: Paris", "territory.yaml:8", `zone "Paris"`, "Europe/Paris"},
	{org.TerritoryFile, "currency: EUR", "currency: euro", "territory.yaml:9", `currency "euro"`, "EUR"},
	{org.TerritoryFile, "centre: {lat: 43.5, lon: 0.5}", "centre: {lat: 435, lon: 0.5}", "territory.yaml:11", "not on the map", "lat: 43"},
	{org.TerritoryFile, "centre: {lat: 43.5, lon: 0.5}", "centre: {lat: 48.8, lon: 2.3}", "territory.yaml:11", "outside the outline", "inside"},
	{org.TerritoryFile, "zoom: 12", "zoom: 40", "territory.yaml:12", "zoom is 40", "18"},
	{org.TerritoryFile, "phone: 05 36 49 00 00", "phone: on demand", "territory.yaml:13", `phone "on demand"`, "as people dial it"},
	{org.TerritoryFile, "hours: Mo-Fr 09:00-17:00; PH off", "hours: weekdays", "territory.yaml:14", `hours "weekdays"`, "OpenStreetMap"},
	{org.TerritoryFile, "mail: bonjour@lune.example", "mail: bonjour", "territory.yaml:15", `mail "bonjour"`, "help@example.org"},
	{org.TerritoryFile, `numbers: [{number: "15"`, `numbers: [{number: "x"`, "territory.yaml:18", `number "x"`, "dial"},
	{org.TerritoryFile, "{door: counter,", "{door: countre,", "territory.yaml:20", `door "countre"`, `"counter"`},
	{org.TerritoryFile, "workdays: [mon,", "workdays: [monday,", "territory.yaml:22", `workdays "monday"`, "one of sun, mon"},
	{org.TerritoryFile, "workdays: [mon, tue, wed, thu, fri]", "workdays: []", "territory.yaml:22", "no working day", "mon, tue"},
	{org.TerritoryFile, "worked: [2026-05-02]", "worked: [2026-02-30]", "territory.yaml:23", `day "2026-02-30"`, "2026-05-01"},
	{org.TerritoryFile, "2026-05-01, 2027-05-01", "2026-05-01, 2027-5-1", "territory.yaml:25", `day "2027-5-1"`, "2026-05-01"},
	{org.TerritoryFile, "2026-05-01..2026-05-04", "2026-05-04..2026-05-01", "territory.yaml:26", "day", "in a row"},
	{org.TerritoryFile, "2026-07-04..2026-08-31", "2026-07-04..2027-08-31", "territory.yaml:28", "day", "in a row"},
	{org.TerritoryFile, "days: [2026-07-04..2026-08-31]", "days: []", "territory.yaml:28", "without days", "days: ["},
	{org.TerritoryFile, "privacy-contact: donnees@lune.example", "privacy-contact: donnees", "territory.yaml:33", "privacy-contact", "help@"},
	{org.TerritoryFile, "complaint-site: https://www.cnil.fr", "complaint-site: www.cnil.fr", "territory.yaml:37", "complaint-site", "https://"},
	{org.TerritoryFile, "  director: {fr: Le maire, en: The mayor}", "  director: {fr: Le maire}", "territory.yaml:31", "director has no text", "each of"},
	{org.TerritoryFile, "words: {fr:", "words: {vi:", "territory.yaml:43", `words in "vi"`, "fr or en"},
	{org.TerritoryFile, "words: {fr: {directory.kind.town-hall: Hôtel de ville}}", "words: {fr: {Directory Kind: x}}", "territory.yaml:43", "Directory Kind", "message key"},
	{org.TerritoryFile, "value: 12", "value: 12, unit: per cent", "territory.yaml:42", `unit "per cent"`, `"percent"`},
	{org.TerritoryFile, "id: lune", "id: La Lune", "territory.yaml:1", `id "La Lune"`, "small letters"},
	{org.TerritoryFile, "hue: 205", "hue: [", "territory.yaml:", "it is not YAML", "name: value"},
	{org.OrganisationsFile, "kind: town-hall", "kind: townhall", "organisations.yaml:3", `kind "townhall"`, `"town-hall"`},
	{org.OrganisationsFile, "authority: true", "authority: false", "organisations.yaml:1", "no organisation is the authority", "authority: true"},
	{org.OrganisationsFile, "id: amis", "id: amis\n  authority: true", "organisations.yaml:8", "a second authority", "one"},
	{org.OrganisationsFile, "doors: [counter, phone]", "doors: []", "organisations.yaml:6", "without a door", "doors:"},
	{org.OrganisationsFile, "doors: [counter, phone]", "doors: [counter, phon]", "organisations.yaml:6", `doors "phon"`, `"phone"`},
	{org.OrganisationsFile, "doors: [counter, phone]", "dors: [counter, phone]", "organisations.yaml:6", `unknown field "dors"`, `"doors"`},
	{org.OrganisationsFile, "hours: Mo-Fr 09:00-17:00", "hours: 'all day'", "organisations.yaml:6", "hours", "Mo-Fr"},
	{org.OrganisationsFile, "id: amis", "id: accueil", "organisations.yaml:7", `id "accueil" is there twice`, "each id once"},
	{org.OrganisationsFile, "parent: mairie", "parent: mairies", "organisations.yaml:9", `parent "mairies"`, "of this file"},
	{org.OrganisationsFile, "parent: mairie", "parent: amis", "organisations.yaml:9", `parent "amis"`, "of this file"},
	{org.OrganisationsFile, "mail: amis@lune.example", "mail: amis", "organisations.yaml:11", "mail", "help@"},
	{org.OutlineFile, `{"type":"Polygon"`, "{\n\"type\":\"Polygon\" ?", "geo/outline.geojson:2", "it is not JSON", "GeoJSON"},
	{org.OutlineFile, "Polygon", "Polygone", "geo/outline.geojson:1", "GeoJSON", "longitude first"},
	{org.OutlineFile, "[[[0,43],[1,43]", "[[[0,143],[1,43]", "geo/outline.geojson:1", "not on earth", "longitude first"},
	{org.UnitsFile, "code,name,name_en", "code,nom,name_en", "geo/units.csv:1", `unknown column "nom"`, `"name"`},
	{org.UnitsFile, "kind,lat,lon", "kind,lat,lun", "geo/units.csv:1", `column "lon" is missing`, "code,name"},
	{org.UnitsFile, "s,Sud,", "n,Sud,", "geo/units.csv:3", `code "n" is there twice, first in line 2`, "once"},
	{org.UnitsFile, "s,Sud,,quarter,43.2", "s,Sud,,quarter,\"43,2\"", "geo/units.csv:3", `lat "43,2"`, "43.6463"},
	{org.UnitsFile, "s,Sud,,quarter", "s,,,quarter", "geo/units.csv:3", "name is empty", "a name"},
	{org.UnitsFile, "s,Sud,,quarter", "s,Sud,quarter", "geo/units.csv:3", "5 values", "6, one a column"},
	{org.UnitsFile, "s,Sud", "s,S\"ud\"", "geo/units.csv:3", "quote", "in quotes"},
	{org.UnitAreasFile, `"code":"n"`, `"code":"nn"`, "geo/units.geojson", `code "nn"`, "geo/units.csv"},
	{org.TownsFile, "2,Sole,", "1,Sole,", "geo/towns.csv:3", `"1" is there twice`, "each code once"},
	{org.TownsFile, "43.7,0.6", "43.7,north", "geo/towns.csv:3", `lon "north"`, "degrees"},
	{org.TownsFile, "code,name", "name,names", "geo/towns.csv:1", `"code" is missing`, "code,name"},
	{org.SourcesFile, "All of it was drawn by hand.\n", " \n", "SOURCES.md", "nothing says", "licence"},
}

func TestASlipIsToldWithItsLineAndWhatWouldBeRight(t *testing.T) {
	t.Parallel()
	tells(t, slips)
}

// tells asks LoadPack about each slip, and that it tells of little else.
func tells(t *testing.T, slips []slip) {
	t.Helper()
	for _, slip := range slips {
		_, err := org.LoadPack(pack(t, slip.file, slip.old, slip.fresh))
		var faults org.Faults
		if !errors.As(err, &faults) {
			t.Errorf("%q for %q: error %v", slip.fresh, slip.old, err)
			continue
		}
		told := false
		for _, f := range faults {
			where := f.File
			if f.Line > 0 {
				where = fmt.Sprintf("%s:%d", f.File, f.Line)
			}
			at := where == slip.at || strings.HasSuffix(slip.at, ":") && strings.HasPrefix(where, slip.at)
			told = told || at && strings.Contains(f.Wrong, slip.wrong) && strings.Contains(f.Right, slip.right)
		}
		if !told {
			t.Errorf("%q for %q: told\n%v\nwant %s: %s; right: %s", slip.fresh, slip.old, err, slip.at, slip.wrong, slip.right)
		}
		if len(faults) > 3 {
			t.Errorf("%q for %q: one slip, %d faults:\n%v", slip.fresh, slip.old, len(faults), err)
		}
	}
}

func TestMissingFilesAreToldAllAtOnce(t *testing.T) {
	t.Parallel()
	_, err := org.LoadPack(fstest.MapFS{})
	for _, file := range []string{org.TerritoryFile, org.OutlineFile, org.UnitsFile, org.TownsFile, org.SourcesFile} {
		if err == nil || !strings.Contains(err.Error(), file+": ") {
			t.Errorf("nothing about %s in\n%v", file, err)
		}
	}
	if strings.Contains(err.Error(), org.OrganisationsFile) || strings.Contains(err.Error(), org.UnitAreasFile) {
		t.Errorf("what may be left out is asked for:\n%v", err)
	}
	empty := pack(t, "", "", "")
	empty[org.TerritoryFile] = &fstest.MapFile{}
	if _, err := org.LoadPack(empty); err == nil || !strings.Contains(err.Error(), "territory.yaml:1: it is empty") {
		t.Errorf("an empty territory: %v", err)
	}
}

func TestAPackMayHaveNoOrganisationYet(t *testing.T) {
	t.Parallel()
	fsys := pack(t, "", "", "")
	fsys[org.OrganisationsFile] = &fstest.MapFile{Data: []byte("[] # - {id: town-hall, kind: town-hall}\n")}
	p := load(t, fsys)
	if _, ok := p.Authority(); ok || len(p.Organisations) != 0 {
		t.Errorf("organisations %+v", p.Organisations)
	}
}

func TestTheFivePacksLoad(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		dir, err := packs.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		p, err := org.LoadPack(dir)
		if err != nil {
			t.Errorf("%s:\n%v", id, err)
			continue
		}
		if p.ID != id || !p.Offers("en") || len(p.Units) < 3 || p.Gazetteer.Len() < 14 {
			t.Errorf("%s: id %q, languages %v, %d units, %d towns", id, p.ID, p.Languages, len(p.Units), p.Gazetteer.Len())
		}
		if n := len(p.Calendar(p.Language()).Public); n < 20 {
			t.Errorf("%s: %d public holidays in three years", id, n)
		}
	}
	if _, err := packs.Open("atlantis"); err == nil {
		t.Error("a pack that is none opens")
	}
}
