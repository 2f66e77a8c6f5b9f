package id_test

import (
	"strings"
	"testing"

	"parvis/internal/id"
)

func TestNewIsTimeOrderedAndValid(t *testing.T) {
	t.Parallel()
	last := ""
	for range 1000 {
		next := id.New()
		if !id.Valid(next) || next <= last {
			t.Fatalf("%q does not follow %q", next, last)
		}
		last = next
	}
	for _, not := range []string{"", "x", strings.Repeat("0", 36), "urn:uuid:" + id.New()} {
		if id.Valid(not) {
			t.Errorf("%q passes for an id", not)
		}
	}
}

func TestFromGivesOneIDToOneName(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, names := range [][]string{{"a", "bc"}, {"ab", "c"}, {"abc"}, {"bc", "a"}, {"a", "b", "c"}, {}, {""}} {
		got := id.From(names...)
		if !id.Valid(got) || got != id.From(names...) || seen[got] {
			t.Errorf("%q gives %s", names, got)
		}
		seen[got] = true
	}
}

func TestCodeIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	code := id.NewCode()
	for _, typed := range []string{code, strings.ToLower(code), strings.ReplaceAll(code, "-", ""), strings.ReplaceAll(code, "-", " ")} {
		if got, err := id.ParseCode(typed); err != nil || got != code {
			t.Errorf("ParseCode(%q) = %q, %v; want %q", typed, got, err, code)
		}
	}
}

func TestCodeCatchesSlips(t *testing.T) {
	t.Parallel()
	const alphabet = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"
	for range 50 {
		code := strings.ReplaceAll(id.NewCode(), "-", "")
		for i := range code {
			for _, c := range alphabet {
				if byte(c) != code[i] {
					if wrong := code[:i] + string(c) + code[i+1:]; parses(wrong) {
						t.Fatalf("%s passes for %s", wrong, code)
					}
				}
			}
			if i > 0 && code[i] != code[i-1] {
				swapped := code[:i-1] + code[i:i+1] + code[i-1:i] + code[i+1:]
				if parses(swapped) {
					t.Fatalf("%s passes for %s", swapped, code)
				}
			}
		}
	}
	for _, not := range []string{"", "7KM", "7KM-2QX-93T-HB0", "七七七"} {
		if parses(not) {
			t.Errorf("%q passes for a code", not)
		}
	}
}

func parses(code string) bool {
	_, err := id.ParseCode(code)
	return err == nil
}
