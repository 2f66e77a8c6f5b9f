package app_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"parvis/internal/app"
)

func TestAnImportIsTakenBack(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, o app.Options) {
		if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
			t.Fatal(err)
		}
		feed := `{"source":"s","id":"s--1","nom":"Lieu","date_maj":"2026-01-01","horaires_accueil":null,"commune":"Vald"}`
		var out bytes.Buffer
		if err := app.Import(t.Context(), o, app.Feed{Territory: "vald", File: strings.NewReader(feed), Name: "feed.json", Out: &out}); err != nil {
			t.Fatal(err)
		}
		id := regexp.MustCompile(`--undo (\S+)`).FindStringSubmatch(out.String())
		if id == nil {
			t.Fatal(out.String())
		}
		for _, want := range []string{"Retirées\u202f: 1.", "Retirées\u202f: 0."} {
			out.Reset()
			if err := app.UndoImport(t.Context(), o, "vald", id[1], &out); err != nil || !strings.Contains(out.String(), want) {
				t.Errorf("%v %s", err, out.String())
			}
		}
		out.Reset()
		if err := app.ListImports(t.Context(), o, "vald", &out); err != nil || !strings.Contains(out.String(), id[1]) || !strings.Contains(out.String(), "1 new") || !strings.Contains(out.String(), "taken back") {
			t.Errorf("%v %s", err, out.String())
		}
		if err := app.UndoImport(t.Context(), o, "vald", "nothing", &out); err == nil {
			t.Error("nothing is taken back")
		}
		if err := app.UndoImport(t.Context(), o, "elsewhere", id[1], &out); err == nil {
			t.Error("in a territory that is not there")
		}
	})
}
