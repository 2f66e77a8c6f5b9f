package main

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
)

// A short run prints every figure, none of them zero, and leaves nothing behind in its folder but what it was given.
func TestWritesPrintsItsFigures(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	err := run(context.Background(), []string{"writes", "-dir", t.TempDir(), "-callers", "16", "-for", "50ms", "-rounds", "1"}, &out)
	if err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if n := len(regexp.MustCompile(`[1-9]\d* tx/s`).FindAllString(text, -1)); n != 4 {
		t.Errorf("%d rates in:\n%s", n, text)
	}
	for _, words := range []string{"synchronous=FULL, 16 callers", "syncs/s", "callers in a commit", "times the rate"} {
		if !strings.Contains(text, words) {
			t.Errorf("no %q in:\n%s", words, text)
		}
	}
}

func TestAnUnknownBenchIsNamed(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"nothing"}, {"search,pages"}} {
		if err := run(context.Background(), args, nil); err == nil || !strings.Contains(err.Error(), "writes") {
			t.Errorf("%v: %v", args, err)
		}
	}
}

func TestMedianIsTheMiddle(t *testing.T) {
	t.Parallel()
	if m := median([]float64{9, 1, 5}, func(a float64) float64 { return a }); m != 5 {
		t.Errorf("got %v", m)
	}
}
