package inclusion

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What is written of our codes is read back as codes that are written as the same.
func TestCodesThereAndBack(t *testing.T) {
	t.Parallel()
	for need, theme := range themeOf {
		needs, ok := Needs(theme)
		if !ok || !slices.Equal(Themes(needs), []string{theme}) {
			t.Errorf("%s is written %s, read as %q", need, theme, needs)
		}
	}
	for ours, theirs := range publicOf {
		if back, ok := Audiences(theirs); !ok || len(back) != 1 || Public(back[0]) != Public(ours) {
			t.Errorf("%s: %s", ours, back)
		}
	}
	for code, label := range networks {
		if got := Networks([]string{label}); !slices.Equal(got, []string{code}) {
			t.Errorf("%s is called %s, which is %q", code, label, got)
		}
	}
	if all, ok := Audiences(Everyone); !ok || len(all) != 0 {
		t.Error("everyone is somebody")
	}
	if _, ok := Needs("x"); ok {
		t.Error("a need of nothing")
	}
	if _, ok := Network("x"); ok {
		t.Error("a network of nothing")
	}
	for code, want := range map[string]string{"mobilite--preparer-un-permis": "preparer un permis", "seniors": "seniors", "actifs-de-loin": "actifs de loin"} {
		if got := Words(code); got != want {
			t.Errorf("%s: %s", code, got)
		}
	}
	if got := Themes([]string{"legal-help", "meals", "family", "social-rights"}); len(got) != 2 || !slices.IsSorted(got) {
		t.Error(got)
	}
}

// Every code that we write or read is one of the schema's.
func TestCodesAreTheSchemas(t *testing.T) {
	t.Parallel()
	known := func(file string) []string {
		for _, root := range []string{os.Getenv("PARVIS_SHARED"), "../../../../shared"} {
			data, err := os.ReadFile(filepath.Join(root, "data/places/data-inclusion/v1/extra", file))
			if root == "" || err != nil {
				continue
			}
			var list []struct{ Value string }
			if err := json.Unmarshal(data, &list); err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, one := range list {
				all = append(all, one.Value)
			}
			return all
		}
		t.Skip("the schema's vocabularies are not on this machine: put the shared data beside the project, or name its folder in PARVIS_SHARED")
		return nil
	}
	themes, publics, all := known("thematiques.json"), known("publics.json"), known("reseaux-porteurs.json")
	read := 0
	for theme := range needsOf {
		if read++; !slices.Contains(themes, theme) {
			t.Errorf("there is no theme %s", theme)
		}
	}
	for public := range audiencesOf {
		if !slices.Contains(publics, public) {
			t.Errorf("there is no audience %s", public)
		}
	}
	for network := range networks {
		if !slices.Contains(all, network) {
			t.Errorf("there is no network %s", network)
		}
	}
	if len(networks) != len(all) {
		t.Errorf("%d networks of %d", len(networks), len(all))
	}
	t.Logf("%d of %d themes are read as needs", read, len(themes))
}
