package arch_test

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// The caps of docs/develop/testing.md: what a reader can hold in mind.
const (
	fileMedian   = 150
	fileMost     = 450 // 95 of 100 files
	fileCap      = 800
	funcMost     = 60 // 95 of 100 functions
	funcCap      = 120
	testRatio    = 0.8 // lines of tests to a line of code
	dialectCap   = 15
	ratioFromLoc = 500 // below this the ratio says nothing
)

// figures are the tree's sizes, in lines.
type figures struct {
	files, funcs []int // sorted
	code, tests  int
	faults       []string
}

func measure(t *tree) figures {
	var f figures
	for _, s := range t.gos {
		if s.test || proves(s.name) {
			f.tests += s.lines
		} else {
			f.code += s.lines
		}
		f.files = append(f.files, s.lines)
		if s.lines > fileCap {
			f.faults = append(f.faults, fmt.Sprintf("%s has %d lines, more than %d", s.name, s.lines, fileCap))
		}
		for _, d := range s.syntax.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			lines := t.fset.Position(fn.End()).Line - t.fset.Position(fn.Pos()).Line + 1
			f.funcs = append(f.funcs, lines)
			if lines > funcCap && path.Base(s.name) != "routes.go" {
				f.faults = append(f.faults, fmt.Sprintf("%s: %s has %d lines, more than %d", t.at(fn), fn.Name.Name, lines, funcCap))
			}
		}
	}
	for _, name := range t.names {
		if told := path.Ext(name) == ".mjs" && strings.HasPrefix(name, "test/") || path.Ext(name) == ".txtar"; told {
			f.tests += strings.Count(t.text(name), "\n") // stories in a browser, and from the command line
		}
	}
	slices.Sort(f.files)
	slices.Sort(f.funcs)
	f.shares()
	return f
}

// proving are folders that hold nothing but what tests stand on, and the proofs.
var proving = []string{"cmd/proof", "internal/db/dbtest", "internal/web/webtest", "internal/i18n/i18ntest", "internal/search/searchtest"}

// proves reports whether a file counts as a test by where it lies.
func proves(name string) bool { return slices.Contains(proving, path.Dir(name)) }

// shares adds the faults that concern the whole rather than one file.
func (f *figures) shares() {
	over := func(what string, got, most int) {
		if got > most {
			f.faults = append(f.faults, fmt.Sprintf("%s is %d lines, more than %d", what, got, most))
		}
	}
	over("the median file", share(f.files, 50), fileMedian)
	over("the file that 95 of 100 stay under", share(f.files, 95), fileMost)
	over("the function that 95 of 100 stay under", share(f.funcs, 95), funcMost)
	if f.code > ratioFromLoc && float64(f.tests) < testRatio*float64(f.code) {
		f.faults = append(f.faults, fmt.Sprintf("%d lines of tests for %d lines of code: %.2f, less than %.1f",
			f.tests, f.code, float64(f.tests)/float64(f.code), testRatio))
	}
}

// share is the value that p of 100 stay at or under; sorted must be sorted.
func share(sorted []int, p int) int {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)-1)*p/100]
}

func TestSizes(t *testing.T) {
	t.Parallel()
	f := measure(house(t))
	t.Logf("%d Go files: median %d lines, 95 %% up to %d, longest %d", len(f.files), share(f.files, 50), share(f.files, 95), share(f.files, 100))
	t.Logf("%d functions: median %d lines, 95 %% up to %d, longest %d", len(f.funcs), share(f.funcs, 50), share(f.funcs, 95), share(f.funcs, 100))
	t.Logf("%d lines of code, %d lines of tests: %.2f", f.code, f.tests, float64(f.tests)/float64(max(f.code, 1)))
	holds(t, f.faults)
}

func TestSizesSeeWhatIsPlanted(t *testing.T) {
	t.Parallel()
	long := "package x\n\nfunc Long() {\n"
	for range funcCap {
		long += "\tprintln()\n"
	}
	faults := measure(planted(t, "internal/x/x.go", long+"}\n")).faults
	if len(faults) != 2 {
		t.Errorf("want the long function and the function share, got %q", faults)
	}
	text := "package x\n"
	for range fileCap {
		text += "// a line\n"
	}
	if faults := measure(planted(t, "internal/x/x.go", text)).faults; len(faults) != 4 {
		t.Errorf("want the long file, the median, the share and the missing tests, got %q", faults)
	}
}
