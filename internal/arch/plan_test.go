package arch_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the floors into ARCHITECTURE.md")

const (
	plan       = "ARCHITECTURE.md"
	floorsFrom = "<!-- floors -->\n"
	floorsTo   = "<!-- end -->"
)

// floorTable is the table of floors as ARCHITECTURE.md shows it.
func floorTable() string {
	var b strings.Builder
	b.WriteString("| floor | packages | may import on their own floor |\n|---|---|---|\n")
	for _, f := range floors {
		may := strings.ReplaceAll(f.may, " ", ", ")
		if may == "" {
			may = "nothing"
		}
		fmt.Fprintf(&b, "| %d | %s | %s |\n", f.level, strings.ReplaceAll(f.packages, " ", ", "), may)
	}
	return b.String()
}

// replaceFloors puts the table between its marks.
func replaceFloors(text string) (string, error) {
	before, rest, ok := strings.Cut(text, floorsFrom)
	_, after, found := strings.Cut(rest, floorsTo)
	if !ok || !found {
		return "", fmt.Errorf("%s has no place for the floors", plan)
	}
	return before + floorsFrom + floorTable() + floorsTo + after, nil
}

func TestThePlanShowsTheFloors(t *testing.T) {
	t.Parallel()
	text := house(t).text(plan)
	want, err := replaceFloors(text)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("../../"+plan, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if text != want {
		t.Errorf("%s does not show the floors as they are: go test ./internal/arch -run Plan -update", plan)
	}
	if _, err := replaceFloors("no table here"); err == nil {
		t.Error("a plan without the table passes")
	}
}
