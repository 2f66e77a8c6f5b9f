package parvis_test

import (
	"regexp"
	"strings"
	"testing"

	"parvis"
)

func TestVersionIsTheNewestHeading(t *testing.T) {
	t.Parallel()
	for changes, want := range map[string]string{
		"# Changes\n\n## Unreleased\n\n* a\n":                                     "0.0.0+unreleased",
		"# Changes\n\n## Unreleased\n\n* b\n\n## 0.1.0 (2026-12-01)\n\n* a\n":     "0.1.0+unreleased",
		"# Changes\n\n## 0.1.0 (2026-12-01)\n\n* a\n":                             "0.1.0",
		"# Changes\r\n\r\n## 0.2.0\r\n\r\n## 0.1.0 (2026-12-01)\r\n":              "0.2.0",
		"# Changes\n\nsee ## 9.9.9\n### 8.8.8\n## 1.0.0-rc.1 (2027-01-01)\n* a\n": "1.0.0-rc.1",
		"": "0.0.0",
	} {
		if got := parvis.Version(changes); got != want {
			t.Errorf("%q tells %s, want %s", changes, got, want)
		}
	}
}

// The change log keeps to the form that the version is read from.
func TestTheChangeLogHasItsForm(t *testing.T) {
	t.Parallel()
	release := regexp.MustCompile(`^## \d+\.\d+\.\d+(-[0-9a-z.]+)? \(\d{4}-\d\d-\d\d\)$`)
	for i, line := range headings(parvis.Changes) {
		if i == 0 && line == "## Unreleased" {
			continue
		}
		if !release.MatchString(line) {
			t.Errorf("%q: a heading is \"## Unreleased\", on top alone, or \"## 1.2.0 (2026-12-01)\"", line)
		}
	}
	if len(headings(parvis.Changes)) == 0 {
		t.Error("the change log tells no change")
	}
}

func headings(text string) (all []string) {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "## ") {
			all = append(all, strings.TrimSpace(line))
		}
	}
	return all
}
