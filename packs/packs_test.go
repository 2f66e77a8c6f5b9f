package packs_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"parvis/internal/org"
	"parvis/packs"
)

func load(t *testing.T, id string) *org.Pack {
	t.Helper()
	folder, err := packs.Open(id)
	if err != nil {
		t.Fatal(err)
	}
	p, err := org.LoadPack(folder)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOpenGivesTheFivePacksAndNothingElse(t *testing.T) {
	t.Parallel()
	ids := packs.IDs()
	folders, err := fs.ReadDir(packs.FS, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if !slices.Contains(ids, f.Name()) {
			t.Errorf("%s is embedded and not listed", f.Name())
		}
	}
	if len(folders) != len(ids) || len(ids) != 5 {
		t.Errorf("%d folders, %d ids", len(folders), len(ids))
	}
	if _, err := packs.Open("generate"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the generator opens as a pack: %v", err)
	}
}

// TestEachTerritoryHasItsOwnFace promises that nobody takes one territory for another.
func TestEachTerritoryHasItsOwnFace(t *testing.T) {
	t.Parallel()
	hosts, hues := map[string]string{}, map[string]int{}
	for _, id := range packs.IDs() {
		p := load(t, id)
		for _, h := range p.Hosts {
			if other, taken := hosts[h]; taken {
				t.Errorf("%s and %s answer under %s", id, other, h)
			}
			hosts[h] = id
		}
		for other, hue := range hues {
			if distance := min((p.Hue-hue+360)%360, (hue-p.Hue+360)%360); distance < 35 {
				t.Errorf("%s and %s look alike: hues %d and %d", id, other, p.Hue, hue)
			}
		}
		hues[id] = p.Hue
		if len(p.Doors) != 5 || len(p.Examples) < 3 || len(p.Figures) == 0 || len(p.Numbers) < 3 {
			t.Errorf("%s has %d doors, %d examples, %d figures, %d numbers", id, len(p.Doors), len(p.Examples), len(p.Figures), len(p.Numbers))
		}
		if a, ok := p.Authority(); !ok || len(a.Teams) < 3 {
			t.Errorf("%s: the authority is %+v", id, a)
		}
	}
}

// TestOwnWordsReplaceWordsThatAreThere promises that no override is for a key that nobody uses.
func TestOwnWordsReplaceWordsThatAreThere(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	catalogues, err := filepath.Glob("../internal/*/locales/en.json")
	if err != nil {
		t.Fatal(err)
	}
	deeper, err := filepath.Glob("../internal/*/*/locales/en.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range slices.Concat(catalogues, deeper) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var keys map[string]any
		if err := json.Unmarshal(data, &keys); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for key := range keys {
			known[key] = true
		}
	}
	for _, id := range packs.IDs() {
		words := load(t, id).Words
		if len(words) < 2 {
			t.Errorf("%s says everything as everybody does", id)
		}
		for lang, own := range words {
			for key := range own {
				if !known[key] {
					t.Errorf("%s has a %s word for %s, which nobody says", id, lang, key)
				}
			}
		}
	}
}

// TestHolidaysReachThreeYears promises that the next years are not taken for years without rest.
func TestHolidaysReachThreeYears(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		p := load(t, id)
		years := map[string]int{}
		for _, period := range p.Calendar(p.Language()).Public {
			years[period.From.String()[:4]]++
		}
		for _, year := range []string{"2026", "2027", "2028"} {
			if years[year] < 6 {
				t.Errorf("%s: %d holidays in %s", id, years[year], year)
			}
		}
	}
}
