package org_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"parvis/internal/geo"
	"parvis/internal/org"
)

// A value of the wrong kind: whoever wrote it is told what kind belongs there, in words and not in Go's names.
func TestAValueOfTheWrongKindIsToldWhatBelongsThere(t *testing.T) {
	t.Parallel()
	const file = org.TerritoryFile
	tells(t, []slip{
		{file, "hue: 205", "hue: [205]", "territory.yaml:10", "a list cannot stand here", "a whole number"},
		{file, "hue: 205", "hue: |\n  two\n  hundred", "territory.yaml:10", "cannot stand here", "a whole number"},
		{file, "hue: 205", "hue: Hải Vân sáng", "territory.yaml:10", "cannot stand here", "a whole number"},
		{file, "zoom: 12", "zoom: near", "territory.yaml:12", "near cannot stand here", "a number"},
		{file, "zoom: 12", "zoom: 12\napproximate: perhaps", "territory.yaml:13", "perhaps cannot stand here", "true or false"},
		{file, "mail: bonjour@lune.example", "mail: [a@b.example]", "territory.yaml:15", "a list cannot stand here", "a text"},
		{file, "zone: Europe/Paris", "zone: {paris: yes}", "territory.yaml:8", "several fields cannot stand here", "a text"},
		{file, "worked: [2026-05-02]", "worked: [[2026-05-02]]", "territory.yaml:23", "a list cannot stand here", "a text"},
		{file, "workdays: [mon,", "workdays: [{mon: yes},", "territory.yaml:22", "several fields cannot stand here", "a text"},
		{file, "{door: counter, text: {fr: Venez., en: Come.}}", "counter", "territory.yaml:20", "counter cannot stand here", "fields with their values"},
		{file, "days: [2026-07-04..2026-08-31]", "days: 2026-07-04..2026-08-31", "territory.yaml:28", "cannot stand here", "a list"},
		{org.OrganisationsFile, "authority: true", "authority: 'the town'", "organisations.yaml:2", "cannot stand here", "true or false"},
		{org.OrganisationsFile, "doors: [counter, phone]", "doors: counter", "organisations.yaml:6", "counter cannot stand here", "a list"},
		{org.OrganisationsFile, "- id: mairie", "mairie:\n- id: mairie", "organisations.yaml:1", "several fields cannot stand here", "a list"},
	})
}

// What the first table of slips leaves out: the fields that may be missing are read as strictly when they are there.
func TestWhatMayBeLeftOutIsReadWhenItIsThere(t *testing.T) {
	t.Parallel()
	const orgs = org.OrganisationsFile
	tells(t, []slip{
		{orgs, "mail: amis@lune.example", "phone: call us", "organisations.yaml:11", `phone "call us"`, "as people dial it"},
		{orgs, "mail: amis@lune.example", "site: http://amis.example", "organisations.yaml:11", "site", "https://"},
		{orgs, "mail: amis@lune.example", "about: {fr: Des amis}", "organisations.yaml:11", `about has no text in "en"`, "each of fr, en"},
		{orgs, "id: amis", "id: Les amis", "organisations.yaml:7", `id "Les amis"`, "small letters"},
		{orgs, "id: accueil", "id: mairie", "organisations.yaml:6", `id "mairie" is there twice`, "teams included"},
		{orgs, "hours: Mo-Fr 09:00-17:00", "phone: desk", "organisations.yaml:6", `phone "desk"`, "dial"},
		{orgs, "hours: Mo-Fr 09:00-17:00", "mail: desk", "organisations.yaml:6", `mail "desk"`, "help@"},
		{orgs, "en: Front desk", "de: Empfang", "organisations.yaml:6", `a text in "de"`, "the languages en"},
		{org.TerritoryFile, "doors:\n  - {door: counter, text: {fr: Venez., en: Come.}}", "doors: []", "territory.yaml:19", "no door", "at least one of online"},
		{org.TerritoryFile, "zoom: 12", "zoom: 12\nfreshness: {ask: 8, stale: 6}", "territory.yaml:13", "no longer trusted", "ask: 5"},
		{org.TerritoryFile, "zoom: 12", "zoom: 12\nfreshness: {ask: -1}", "territory.yaml:13", "no longer trusted", "ask: 5"},
		{org.TerritoryFile, "zone: Europe/Paris", "zone: Local", "territory.yaml:8", `zone "Local"`, "Europe/Paris"},
		{org.TerritoryFile, "currency: EUR", "currency: eur", "territory.yaml:9", `currency "eur"`, "EUR"},
		{org.TerritoryFile, "country: FR", "country: fr", "territory.yaml:7", `country "fr"`, "FR"},
		{org.TerritoryFile, "languages: [fr, en]", "languages: [fr, en, fr]", "territory.yaml:6", `language "fr"`, "each once"},
		{org.TerritoryFile, "hue: 205", "hue: -1", "territory.yaml:10", "hue is -1", "0 to 359"},
		{org.TerritoryFile, "value: 12", "value: 12, unit: '%'", "territory.yaml:42", `unit "%"`, "percent"},
		{org.TerritoryFile, "Hôtel de ville}}", "' '}}", "territory.yaml:43", "directory.kind.town-hall", "the territory's word for it"},
		{org.TerritoryFile, "complaint-site: https://www.cnil.fr", "complaint-site: https://", "territory.yaml:37", "complaint-site", "https://"},
	})
}

// The tables: what a spreadsheet or an editor does to a file is either read or told with its line.
func TestTablesAreReadAsSpreadsheetsWriteThem(t *testing.T) {
	t.Parallel()
	tells(t, []slip{
		{org.UnitsFile, small[org.UnitsFile], "", "geo/units.csv:1", "the header cannot be read", "code,name,kind,lat,lon"},
		{org.UnitsFile, "s,Sud,,quarter,43.2,0.5", "s,Sud,,quarter,NaN,0.5", "geo/units.csv:3", `lat "NaN"`, "degrees"},
		{org.UnitsFile, "s,Sud,,quarter,43.2,0.5", "s,Sud,,quarter,43.2,190", "geo/units.csv:3", `lon "190"`, "degrees"},
		{org.UnitsFile, "s,Sud,,quarter,43.2", ",Sud,,quarter,43.2", "geo/units.csv:3", "code is empty", "a code"},
		{org.UnitsFile, "s,Sud,,quarter,43.2", "s,Sud,,,43.2", "geo/units.csv:3", "kind is empty", "a kind"},
		{org.UnitsFile, "n,Nord,North,quarter,43.8,0.5", "n,\"Nord\nhaut\",North,quarter,43.8,0.5\nx", "geo/units.csv:4", "1 values", "6, one a column"},
		{org.UnitsFile, "name,name_en", "name,name", "geo/units.csv:1", `column "name" is there twice`, "once"},
		{org.TownsFile, "2,Sole,", ",Sole,", "geo/towns.csv:3", "code and name must not be empty", "code,name"},
		{org.TownsFile, "43.7,0.6,300", "43.7,0.6,few", "geo/towns.csv:3", `population "few"`, "a number of people"},
		{org.TownsFile, "2,Sole,", `2,S"ole",`, "geo/towns.csv:3", "bare \"", "code,name"},
		{org.TownsFile, "2,Sole,", "2,\"Sole,", "geo/towns.csv:", "\"", "code,name"},
		{org.TownsFile, small[org.TownsFile], "", "geo/towns.csv:1", "the header cannot be read", "code,name"},
	})
	for what, change := range map[string]func(string) string{
		"a byte order mark": func(s string) string { return "\ufeff" + s },
		"Windows' lines":    func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"a wide header":     func(s string) string { return strings.Replace(s, "code,name,", " Code , NAME ,", 1) },
		"spaces in cells":   func(s string) string { return strings.ReplaceAll(s, ",0.5", " , 0.5 ") },
		"an empty last row": func(s string) string { return s + "\n\n" },
	} {
		fsys := pack(t, "", "", "")
		for _, file := range []string{org.UnitsFile, org.TownsFile} {
			fsys[file] = &fstest.MapFile{Data: []byte(change(small[file]))}
		}
		p, err := org.LoadPack(fsys)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if u, ok := p.Unit("n"); !ok || u.Name["fr"] != "Nord" || u.Point != (geo.Point{Lat: 43.8, Lon: 0.5}) || p.Gazetteer.Len() != 2 {
			t.Errorf("%s: %+v, %d towns", what, u, p.Gazetteer.Len())
		}
	}
}

func TestOutlinesAreToldWhatTheyLack(t *testing.T) {
	t.Parallel()
	tells(t, []slip{
		{org.OutlineFile, small[org.OutlineFile], "", "geo/outline.geojson:1", "it is not JSON", "GeoJSON"},
		{org.OutlineFile, small[org.OutlineFile], "null", "geo/outline.geojson:1", "", "polygon"},
		{org.OutlineFile, small[org.OutlineFile], `{"type":"Point","coordinates":[0,43]}`, "geo/outline.geojson:1", "", "polygon"},
		{org.OutlineFile, small[org.OutlineFile], `{"type":"FeatureCollection","features":[]}`, "geo/outline.geojson:1", "", "polygon"},
		{org.UnitAreasFile, small[org.UnitAreasFile], "{\n\n\"type\":", "geo/units.geojson:3", "it is not JSON", "GeoJSON"},
		{org.UnitAreasFile, small[org.UnitAreasFile], `{"type":"Quarters"}`, "geo/units.geojson:1", "GeoJSON", "a feature a unit"},
		{org.UnitAreasFile, `[[0,43.5],`, `[[0,143.5],`, "geo/units.geojson:1", "not on earth", "a feature a unit"},
		{org.UnitAreasFile, `"code":"n"`, `"code":7`, "geo/units.geojson", `feature 1 with code ""`, "geo/units.csv"},
		{org.UnitAreasFile, `{"type":"Polygon","coordinates":[[[0,43.5],[1,43.5],[1,44],[0,44],[0,43.5]]]}`, `{"type":"Point","coordinates":[0.5,43.8]}`,
			"geo/units.geojson", "has no unit, or no area", "a polygon"},
	})
}

// Many faults at once come in the order of the files and lines, and in the same order every time.
func TestFaultsAreToldInOneOrder(t *testing.T) {
	t.Parallel()
	broken := pack(t, "", "", "")
	text := strings.Replace(small[org.TerritoryFile], "short: {fr: Lune, en: Lune}", "short: {de: Mond, es: Luna, it: Luna, pt: Lua}", 1)
	before, _, _ := strings.Cut(text, "legal:")
	broken[org.TerritoryFile] = &fstest.MapFile{Data: []byte(before)}
	delete(broken, org.TownsFile)
	_, err := org.LoadPack(broken)
	var faults org.Faults
	if !errors.As(err, &faults) || len(faults) < 20 {
		t.Fatalf("%d faults: %v", len(faults), err)
	}
	for i, f := range faults {
		if i > 0 && (faults[i-1].File > f.File || faults[i-1].File == f.File && faults[i-1].Line > f.Line) {
			t.Errorf("%s comes after %s", f, faults[i-1])
		}
		if f.Wrong == "" || f.Right == "" || strings.Contains(f.String(), "\n") || !utf8.ValidString(f.String()) {
			t.Errorf("%q is no line that says what is wrong and what would be right", f)
		}
	}
	for range 20 {
		if _, again := org.LoadPack(broken); again.Error() != err.Error() {
			t.Fatalf("asked again it says\n%v\nand not\n%v", again, err)
		}
	}
	if got := (org.Fault{File: "a.csv", Line: 3, Wrong: "x"}).String(); got != "a.csv:3: x" {
		t.Errorf("a fault without a remedy is %q", got)
	}
}
