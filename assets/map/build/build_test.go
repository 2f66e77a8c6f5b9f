package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// The committed bundle is what its sources give: built again in memory and compared byte by byte.
func TestCommittedBundleMatchesItsSource(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("../node_modules/maplibre-gl"); err != nil {
		t.Skip("the map's npm packages are not installed: run `npm ci` in assets/map")
	}
	dir, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	options := Options(dir)
	options.Write = false
	result := api.Build(options)
	if len(result.Errors) > 0 {
		t.Fatal(result.Errors[0].Text)
	}
	for _, file := range result.OutputFiles {
		committed, err := os.ReadFile(file.Path)
		if err != nil || !bytes.Equal(committed, file.Contents) {
			t.Errorf("%s is not what its source gives (%v): run `go run ./build` in assets/map", filepath.Base(file.Path), err)
		}
	}
	if len(result.OutputFiles) != 3 {
		t.Errorf("%d files built, want map.js, map.css and worker.js", len(result.OutputFiles))
	}
}
