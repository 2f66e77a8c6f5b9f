package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// A small run prints every figure and ends with the same as JSON; the index finds misspelt words that the others miss.
func TestSearchPrintsItsFigures(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := run(context.Background(), []string{"search", "-n", "600", "-q", "60", "-dir", t.TempDir()}, &out); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	var figures searchFigures
	if err := json.Unmarshal([]byte(text[strings.LastIndex(strings.TrimSpace(text), "\n")+1:]), &figures); err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	if figures.Places != 600 || len(figures.Engines)+len(figures.Without) != 3 || figures.RatioFTS5 <= 0 || figures.Heap == 0 {
		t.Errorf("figures %+v", figures)
	}
	for i, e := range figures.Engines {
		if e.Right.P99 <= 0 || e.Right.P50 > e.Right.P99 || e.Letters.P99 <= 0 || e.Right.Found < 0.8 {
			t.Errorf("%s: %+v", e.Name, e)
		}
		if found := e.Misspelt.Found; i == 0 && found < 0.9 || i > 0 && found > 0.5 {
			t.Errorf("%s finds %.0f %% of the misspelt", e.Name, 100*found)
		}
	}
	for _, words := range []string{"index in memory", "SQLite FTS5", "RssAnon", "times as fast as FTS5"} {
		if !strings.Contains(text, words) {
			t.Errorf("no %q in:\n%s", words, text)
		}
	}
}

func TestSearchAlone(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := run(context.Background(), []string{"search", "-n", "300", "-q", "20", "-peers=false"}, &out); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); strings.Contains(text, "FTS5") || !strings.Contains(text, `"engines":[{"name":"index in memory"`) {
		t.Errorf("peers were not asked for:\n%s", text)
	}
}
