package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"parvis/internal/app"
	"parvis/packs"
)

// locked lets several write to a builder.
type locked struct {
	mu sync.Mutex
	w  *strings.Builder
}

func (l *locked) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(text)
}

func TestCheckFindsNothingInThePacksOfTheProgram(t *testing.T) {
	t.Parallel()
	for _, id := range packs.IDs() {
		if testing.Short() && id == "nord" { // the largest
			continue
		}
		pack, err := packs.Open(id)
		if err != nil {
			t.Fatal(err)
		}
		if name, err := app.CheckPack(t.Context(), pack); err != nil || name == "" {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// What the first start would refuse, check tells, by file, line and field.
func TestCheckReadsPlacesAndServices(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatal(err)
	}
	damage(t, o, "vald", "places.csv", "id,name,kind,town,lat,lon\na,Point Un,service-point,Auch,43.65,0.58\nb,,library,Auch,43.66,0.59\n")
	for what, err := range map[string]error{"pack": packFault(t, o), "installation": wholeFault(t, o)} {
		if err == nil || !strings.Contains(err.Error(), "places.csv: line 3 (b)") || !strings.Contains(err.Error(), "name") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := app.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "places.csv: line 3 (b)") || strings.Contains(err.Error(), "directory.") {
		t.Errorf("the start says %v", err)
	}
}

func TestATableWithoutItsColumnsIsExplained(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatal(err)
	}
	damage(t, o, "vald", "places.csv", "root:x:0:0\n")
	_, atStart := app.Open(t.Context(), o)
	for what, err := range map[string]error{"check": packFault(t, o), "start": atStart} {
		if err == nil || !strings.Contains(err.Error(), "places.csv: ") || strings.Contains(err.Error(), "directory.") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func packFault(t *testing.T, o app.Options) error {
	_, err := app.CheckPack(t.Context(), os.DirFS(filepath.Join(o.Config.Data, "vald", "pack")))
	return err
}

func wholeFault(t *testing.T, o app.Options) error {
	_, err := app.Check(t.Context(), o)
	return err
}

func TestCheckOfAnInstallation(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	if _, err := app.Check(t.Context(), o); err == nil || !strings.Contains(err.Error(), "parvis init") {
		t.Errorf("an empty folder: %v", err)
	}
	second := newTerritory
	second.ID, second.Host = "other", "other.localhost"
	for _, n := range []app.NewTerritory{newTerritory, second} {
		if _, err := app.Init(t.Context(), o, n); err != nil {
			t.Fatal(err)
		}
	}
	moveTo(t, o, "other", "vald.localhost")
	if err := wholeFault(t, o); err == nil || !strings.Contains(err.Error(), "other and vald both answer under vald.localhost") {
		t.Errorf("two under one name: %v", err)
	}
	damage(t, o, "other", "territory.yaml", "id: other\nnme: {fr: Val}\n")
	found, err := app.Check(t.Context(), o)
	if err == nil || !strings.Contains(err.Error(), "territory.yaml:2: ") || len(found.Fine) != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	said := strings.Join(found.Remarks, "\n")
	if !strings.Contains(said, "vald: territory.yaml still says nothing but the territory's name in address, legal.accessibility-law") || strings.Contains(said, "trusted_proxies") {
		t.Errorf("remarks:\n%s", said)
	}
	o.Config.Listen = ":80"
	if found, _ := app.Check(t.Context(), o); !strings.Contains(strings.Join(found.Remarks, "\n"), "trusted_proxies is empty") {
		t.Errorf("remarks: %q", found.Remarks)
	}
}

func TestOnlyHere(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"127.0.0.1:80": true, "localhost:80": true, "[::1]:80": true, "127.9.9.9:1": true,
		":80": false, "0.0.0.0:80": false, "192.168.1.2:80": false, "example.org:80": false, "nonsense": false, "": false,
	} {
		if got := app.OnlyHere(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

func TestCheckOfNoPack(t *testing.T) {
	t.Parallel()
	if _, err := app.CheckPack(t.Context(), fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "territory.yaml") {
		t.Errorf("an empty folder: %v", err)
	}
}
