package org

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is one thing that is wrong with a pack, and what would be right.
type Fault struct {
	File  string // inside the pack, "geo/units.csv"
	Line  int    // from 1; 0 when the whole file is meant
	Wrong string // "hue is 400"
	Right string // "a whole number from 0 to 359"
}

// String reads as compilers write, so that editors find the line: "territory.yaml:12: hue is 400; right: ...".
func (f Fault) String() string {
	where := f.File
	if f.Line > 0 {
		where = fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	if f.Right == "" {
		return where + ": " + f.Wrong
	}
	return where + ": " + f.Wrong + "; right: " + f.Right
}

// Faults is everything that is wrong with a pack, by file and line. It is the error of LoadPack.
type Faults []Fault

// Error is one line a fault.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

func (f *Faults) add(file string, line int, wrong, right string) {
	*f = append(*f, Fault{File: file, Line: line, Wrong: wrong, Right: right})
}

// err is nil without a fault, else the faults in their order.
func (f Faults) err() error {
	if len(f) == 0 {
		return nil
	}
	slices.SortStableFunc(f, func(a, b Fault) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Wrong, b.Wrong))
	})
	return f
}

// nearest is the known word that is closest to a misspelt one, "" when none is close.
func nearest(word string, known []string) string {
	best, least := "", max(2, len(word)/3)+1
	for _, k := range known {
		if d := edits(word, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// edits counts the letters to add, drop or change between a and b (Levenshtein).
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := last
			if a[i] != b[j] {
				change++
			}
			last = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// oneOf suggests a known word for a misspelt one, else lists them all.
func oneOf(word string, known []string) string {
	known = slices.DeleteFunc(slices.Clone(known), func(k string) bool { return k == "" }) // what may be left out is no advice
	if k := nearest(word, known); k != "" {
		return fmt.Sprintf("%q", k)
	}
	return "one of " + strings.Join(known, ", ")
}
