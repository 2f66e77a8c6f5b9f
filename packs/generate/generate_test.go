package main

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/org"
	"parvis/packs"
)

// TestCommittedFilesAreWhatTheRecipesGive promises that nobody wrote into the packs by hand, and that the generator
// gives the same on every machine.
func TestCommittedFilesAreWhatTheRecipesGive(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		files, err := generate(id)
		if err != nil {
			t.Errorf("%s: %v", id, err)
			continue
		}
		for name, want := range files {
			got, err := fs.ReadFile(packs.FS, path.Join(id, name))
			if err != nil {
				t.Error(err)
			} else if !bytes.Equal(got, want) {
				t.Errorf("%s/%s is not what the recipe gives from %q on; run: go run ./packs/generate", id, name, firstDifference(got, want))
			}
		}
	}
}

func firstDifference(a, b []byte) string {
	as, bs := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return bs[i]
		}
	}
	return "the end"
}

// table reads a committed table of a pack as maps by column.
func table(t *testing.T, id, name string) []map[string]string {
	t.Helper()
	data, err := fs.ReadFile(packs.FS, path.Join(id, name))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatalf("%s/%s: %v", id, name, err)
	}
	var all []map[string]string
	for _, r := range rows[1:] {
		row := map[string]string{}
		for i, column := range rows[0] {
			row[column] = r[i]
		}
		all = append(all, row)
	}
	return all
}

func loaded(t *testing.T, id string) *org.Pack {
	t.Helper()
	dir, err := packs.Open(id)
	if err != nil {
		t.Fatal(err)
	}
	p, err := org.LoadPack(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestThePacksHaveTheSizeOfTheirTerritories counts what the territories are known for.
func TestThePacksHaveTheSizeOfTheirTerritories(t *testing.T) {
	t.Parallel()
	social := map[string]bool{"shop": true, "cooperative": true}
	nord := table(t, "nord", "places.csv")
	help, own := 0, 0
	for _, p := range nord[:1200] {
		if !social[p["kind"]] {
			help++
		}
	}
	for _, p := range nord[1200:] {
		if strings.HasPrefix(p["organisation"], "org-") {
			own++
		}
	}
	services := 0
	for _, s := range table(t, "nord", "services.csv") {
		if s["place"] <= "nd-1200" {
			services++
		}
	}
	if help != 1200 || services != 1800 || len(nord) != 1450 || own < 200 {
		t.Errorf("nord: %d places of help with %d services, %d in all, %d organisations of the social economy", help, services, len(nord), own)
	}
	for _, c := range []struct {
		id, kind string
		want     int
	}{{"jingan", "neighbourhood-committee", 249}, {"jingan", "canteen", 26}, {"sector4", "online", 12}, {"hai-van", "community-hall", 26},
		{"hai-van", "mobile-stand", 22}, {"auch", "canteen", 8}} {
		n := 0
		for _, p := range table(t, c.id, "places.csv") {
			if p["kind"] == c.kind {
				n++
			}
		}
		if n != c.want {
			t.Errorf("%s has %d of kind %s, want %d", c.id, n, c.kind, c.want)
		}
	}
	houses := map[string]bool{}
	for _, p := range table(t, "jingan", "places.csv") {
		if p["kind"] == "warm-house" {
			houses[p["unit"]] = true
		}
	}
	if len(houses) != 3 {
		t.Errorf("warm houses in %d sub-districts, want 3", len(houses))
	}
}

// TestVillageHallsTellOfComputersAndTheConnection is HV-10.
func TestVillageHallsTellOfComputersAndTheConnection(t *testing.T) {
	t.Parallel()
	computers, connected := 0, 0
	for _, p := range table(t, "hai-van", "places.csv") {
		if p["kind"] != "community-hall" {
			continue
		}
		if strings.Contains(p["equipment"], "computer:") {
			computers++
		}
		if strings.Contains(p["equipment"], "connection:") {
			connected++
		}
	}
	if computers < 15 || connected < 18 {
		t.Errorf("of 26 halls %d say how many computers, %d what connection", computers, connected)
	}
}

// fiction is how the phone numbers of each territory begin: ranges that nobody has.
var fiction = map[string]string{"nord": "03 53 01 ", "auch": "05 36 49 ", "sector4": "021 000 ", "hai-van": "0236 0000 ", "jingan": "021 9999 "}

// TestNothingPretendsToBeReal promises that every record says that it is a demo, and that nobody is called or written to.
func TestNothingPretendsToBeReal(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		p := loaded(t, id)
		if !strings.HasPrefix(p.Phone, fiction[id]) {
			t.Errorf("%s answers at %s", id, p.Phone)
		}
		phones := map[string]bool{}
		for _, row := range table(t, id, "places.csv") {
			if row["source"] != "demo" {
				t.Errorf("%s %s: source %q", id, row["id"], row["source"])
			}
			if n := row["phones"]; n != "" && (!strings.HasPrefix(n, fiction[id]) || phones[n]) {
				t.Errorf("%s %s: phone %q is a real one's or another's", id, row["id"], n)
			} else {
				phones[n] = true
			}
			if m := row["mails"]; m != "" && !strings.HasSuffix(m, ".example") {
				t.Errorf("%s %s: mail %q", id, row["id"], m)
			}
			if row["source_url"] != "" || row["sites"] != "" {
				t.Errorf("%s %s points to a site", id, row["id"])
			}
		}
		for _, o := range p.Organisations {
			if o.Source != "demo" || o.Mail != "" && !strings.HasSuffix(o.Mail, ".example") {
				t.Errorf("%s: organisation %+v", id, o)
			}
		}
	}
}

// TestPlacesStandWhereTheySay promises points inside the outline, units that exist, and hours that can be read.
func TestPlacesStandWhereTheySay(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		p := loaded(t, id)
		organisations := map[string]bool{"": true}
		for _, o := range p.Organisations {
			organisations[o.ID] = true
		}
		names := map[string]bool{}
		for _, row := range table(t, id, "places.csv") {
			where := id + " " + row["id"]
			if row["lat"] != "" {
				lat, _ := strconv.ParseFloat(row["lat"], 64)
				lon, _ := strconv.ParseFloat(row["lon"], 64)
				if !p.Outline.Contains(geo.Point{Lat: lat, Lon: lon}) {
					t.Errorf("%s lies outside at %g, %g", where, lat, lon)
				}
				if u, ok := p.Unit(row["unit"]); !ok || u.Around() {
					t.Errorf("%s is in unit %q", where, row["unit"])
				}
			} else if row["kind"] != "online" && row["kind"] != "phone-line" {
				t.Errorf("%s is nowhere", where)
			}
			if _, err := hours.Parse(row["hours"]); err != nil || row["hours"] == "" {
				t.Errorf("%s: hours %q: %v", where, row["hours"], err)
			}
			if !organisations[row["organisation"]] {
				t.Errorf("%s: organisation %q", where, row["organisation"])
			}
			if key := row["name"] + "/" + row["town"] + "/" + row["address"]; names[key] {
				t.Errorf("%s: another %s", where, key)
			} else {
				names[key] = true
			}
		}
	}
}

// TestTextsAreWhole promises that no blank stayed, that both languages speak, and that no sentence ends in the middle.
func TestTextsAreWhole(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		for _, name := range []string{"places.csv", "services.csv"} {
			for _, row := range table(t, id, name) {
				for _, column := range slices.Sorted(maps.Keys(row)) {
					text := row[column]
					if strings.ContainsAny(text, "{}[]⟦") || strings.Contains(text, "//") || text != strings.TrimSpace(text) {
						if column != "hours" {
							t.Errorf("%s %s: %s %q", id, row["id"], column, text)
						}
					}
					en, both := row[column+"_en"]
					if both && (text == "") != (en == "") {
						t.Errorf("%s %s: %s is said in one language: %q, %q", id, row["id"], column, text, en)
					}
				}
				if row["name"] == "" || row["name_en"] == "" {
					t.Errorf("%s %s has no name", id, row["id"])
				}
			}
		}
	}
}

// TestThePacksVary promises that a demo does not show one sentence or one timetable everywhere.
func TestThePacksVary(t *testing.T) {
	t.Parallel()
	for id, least := range map[string][3]int{"nord": {260, 40, 300}, "auch": {70, 30, 80}, "sector4": {60, 20, 70}, "hai-van": {35, 15, 40}, "jingan": {60, 20, 60}} {
		seen := [3]map[string]bool{{}, {}, {}}
		old, confirmed := 0, 0
		rows := table(t, id, "places.csv")
		for _, row := range rows {
			seen[0][row["about"]], seen[1][row["hours"]], seen[2][row["languages"]+row["equipment"]] = true, true, true
			if row["updated"] < "2026-05-20" {
				old++
			}
			if row["confirmed"] != "" {
				confirmed++
			}
		}
		for i, what := range []string{"descriptions", "timetables", "furnishings"} {
			if len(seen[i]) < least[i] {
				t.Errorf("%s: %d %s, want %d at least", id, len(seen[i]), what, least[i])
			}
		}
		if n := len(rows); old < n/10 || old > n/3 || confirmed < n/3 {
			t.Errorf("%s: %d of %d not changed for six months, %d confirmed", id, old, n, confirmed)
		}
	}
}

// TestAPackStaysSmall keeps what travels inside the program below a megabyte and a quarter a territory.
func TestAPackStaysSmall(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		total := 0
		err := fs.WalkDir(packs.FS, id, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				info, err := d.Info()
				if err != nil {
					return err
				}
				total += int(info.Size())
			}
			return err
		})
		if err != nil || total > 1_300_000 {
			t.Errorf("%s: %d bytes, %v", id, total, err)
		}
	}
}
