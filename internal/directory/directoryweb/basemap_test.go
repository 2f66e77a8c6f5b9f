package directoryweb_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/directory/directoryweb"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// based is a territory's pages over a map of streets.
func based(t *testing.T, base directoryweb.Base) *webtest.Client {
	t.Helper()
	site := webtest.Site(t, directoryweb.Locales)
	return webtest.New(t, web.NewHandler(site, directoryweb.NewRoom(nil, pack(t, "auch"), base).Routes()))
}

func TestTheMapFileIsServedInRanges(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "streets.pmtiles")
	if err := os.WriteFile(file, []byte("PMTiles and then the streets"), 0o600); err != nil {
		t.Fatal(err)
	}
	client := based(t, directoryweb.Base{File: file})
	whole := client.Get("/basemap.pmtiles").Is(200)
	if whole.Body != "PMTiles and then the streets" || whole.Header.Get("Content-Encoding") != "" {
		t.Errorf("served as %q, %s", whole.Body, whole.Header.Get("Content-Encoding"))
	}
	part := client.With("Range", "bytes=0-6").Get("/basemap.pmtiles").Is(206)
	if part.Body != "PMTiles" || part.Header.Get("Content-Range") != "bytes 0-6/28" {
		t.Errorf("the first bytes are %q, %s", part.Body, part.Header.Get("Content-Range"))
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if gone := client.Get("/basemap.pmtiles").Is(503); strings.Contains(gone.Body, file) {
		t.Error("where the file lies is nobody's business")
	}
}

func TestWithoutAMapFileNoneIsServed(t *testing.T) {
	t.Parallel()
	based(t, directoryweb.Base{Address: "https://tiles.example/{z}/{x}/{y}.mvt"}).Get("/basemap.pmtiles").Is(404)
}
