package arch_test

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"strings"
	"testing"
)

// selectors calls f with every "pkg.Name" of a file, where pkg is the name that path is imported under.
func (s *source) selectors(importPath string, f func(n ast.Node, name string)) {
	local := ""
	for _, spec := range s.syntax.Imports {
		if strings.Trim(spec.Path.Value, `"`) == importPath {
			local = path.Base(importPath)
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	if local == "" {
		return
	}
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == local {
				f(n, sel.Sel.Name)
			}
		}
		return true
	})
}

// clockFaults finds code that asks the machine for the time anywhere but in clock.
func clockFaults(t *tree) []string {
	var faults []string
	for _, s := range t.gos {
		if !s.ours() || s.dir == "internal/clock" {
			continue
		}
		s.selectors("time", func(n ast.Node, name string) {
			if name == "Now" || name == "Since" || name == "Until" {
				faults = append(faults, fmt.Sprintf("%s: time.%s: ask a clock.Clock", t.at(n), name))
			}
		})
	}
	return faults
}

func TestTimeComesFromTheClock(t *testing.T) {
	t.Parallel()
	holds(t, clockFaults(house(t)))
	finds(t, clockFaults(planted(t, "internal/x/x.go", "package x\nimport \"time\"\nvar T = time.Now()\n")), "x.go:3: time.Now")
	finds(t, clockFaults(planted(t, "cmd/x/x.go", "package x\nimport t \"time\"\nvar S = t.Since\n")), "time.Since")
	holds(t, clockFaults(planted(t, "internal/clock/c.go", "package clock\nimport \"time\"\nvar T = time.Now()\n",
		"internal/x/x_test.go", "package x\nimport \"time\"\nvar T = time.Now()\n")))
}

// dialects are the places outside db where code branches on the engine.
func dialects(t *tree) []string {
	var places []string
	for _, s := range t.gos {
		if !s.ours() || s.dir == "internal/db" || strings.HasPrefix(s.dir, "internal/db/") {
			continue
		}
		s.selectors("parvis/internal/db", func(n ast.Node, name string) {
			if name == "SQLite" || name == "Postgres" {
				places = append(places, t.at(n))
			}
		})
	}
	return places
}

func TestFewPlacesBranchOnTheEngine(t *testing.T) {
	t.Parallel()
	places := dialects(house(t))
	t.Logf("%d places outside db branch on the engine, %d allowed: %s", len(places), dialectCap, strings.Join(places, " "))
	if len(places) > dialectCap {
		t.Errorf("%d places branch on the engine, more than %d", len(places), dialectCap)
	}
	if got := dialects(planted(t, "internal/x/x.go", "package x\nimport \"parvis/internal/db\"\nvar A, B = db.SQLite, db.Postgres\n")); len(got) != 2 {
		t.Errorf("planted two, saw %q", got)
	}
}

// docFaults finds packages that do not say what they are, and exported names without a comment outside page packages.
func docFaults(t *tree) []string {
	var faults []string
	said, first := map[string]bool{}, map[string]string{}
	for _, s := range t.gos {
		if s.test {
			continue
		}
		if first[s.dir] == "" {
			first[s.dir] = s.name
		}
		said[s.dir] = said[s.dir] || s.syntax.Doc != nil
		if s.ours() && !strings.HasSuffix(s.dir, "web") && s.syntax.Name.Name != "main" {
			for _, d := range s.syntax.Decls {
				faults = append(faults, t.undocumented(d)...)
			}
		}
	}
	for dir, name := range first {
		if !said[dir] {
			faults = append(faults, fmt.Sprintf("%s: package %s does not say what it is", name, dir))
		}
	}
	return faults
}

func (t *tree) undocumented(d ast.Decl) []string {
	var faults []string
	fault := func(n ast.Node, name string) {
		faults = append(faults, fmt.Sprintf("%s: %s has no comment", t.at(n), name))
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) {
			fault(d, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if d.Doc == nil && spec.Doc == nil && spec.Name.IsExported() {
					fault(spec, spec.Name.Name)
				}
			case *ast.ValueSpec:
				if d.Doc == nil && spec.Doc == nil && spec.Comment == nil && spec.Names[0].IsExported() {
					fault(spec, spec.Names[0].Name)
				}
			}
		}
	}
	return faults
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	exported := false
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			exported = exported || id.IsExported()
			return false
		}
		return true
	})
	return exported
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	holds(t, docFaults(house(t)))
	finds(t, docFaults(planted(t, "internal/x/x.go", "package x\n")), "does not say what it is")
	finds(t, docFaults(planted(t, "internal/x/x.go", "// Package x is.\npackage x\n\nfunc F() {}\n")), "F has no comment")
	finds(t, docFaults(planted(t, "internal/x/x.go", "// Package x is.\npackage x\n\n// T is.\ntype T int\n\nfunc (t *T) M() {}\n")), "M has no comment")
	holds(t, docFaults(planted(t, "internal/x/xweb/x.go", "// Package xweb is.\npackage xweb\n\ntype Page struct{}\n")))
}

// signs are texts that have no place in a committed file. They are written in pieces so that this file is not one.
var signs = []struct {
	re  *regexp.Regexp
	why string
}{
	{regexp.MustCompile(`(^|[^\w.~])/(work|farm|root|home/\w+)/`), "a path of somebody's machine"},
	{regexp.MustCompile(`C:\\` + `Users\\`), "a path of somebody's machine"},
	{regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`), "a to-do names where it is tracked, or is not written"},
	{regexp.MustCompile(`(?i)lorem` + ` ipsum`), "text that says nothing"},
	{regexp.MustCompile(`registry\.` + `npmjs|proxy\.` + `golang\.org`), "a registry's address: the machine's own settings say it"},
}

// written are the files whose words are ours; the others are data and pictures.
var written = map[string]bool{".go": true, ".md": true, ".html": true, ".css": true, ".js": true, ".mjs": true, ".sql": true,
	".json": true, ".yaml": true, ".toml": true, ".service": true, ".mod": true, "": true}

func signFaults(t *tree) []string {
	var faults []string
	for _, name := range t.names {
		if !written[path.Ext(name)] || path.Base(name) == "LICENSE" || strings.Contains(name, "testdata/") || bundled(name) {
			continue
		}
		n := 0
		for line := range strings.Lines(t.text(name)) {
			n++
			for _, sign := range signs {
				if found := sign.re.FindString(line); found != "" {
					faults = append(faults, fmt.Sprintf("%s:%d: %q is %s", name, n, found, sign.why))
				}
			}
		}
	}
	return faults
}

// bundled reports whether a file was built from a library: its words are not ours.
func bundled(name string) bool {
	return strings.HasPrefix(name, "assets/map/") && path.Ext(name) != ".go" || strings.HasSuffix(name, "go.sum") ||
		strings.HasPrefix(name, ".git")
}

func TestNothingTellsOfAMachineOrOfLater(t *testing.T) {
	t.Parallel()
	holds(t, signFaults(house(t)))
	finds(t, signFaults(planted(t, "docs/x.md", "see /home/"+"ana/parvis\n")), "somebody's machine")
	finds(t, signFaults(planted(t, "internal/x/x.go", "// Package x is.\npackage x // TO"+"DO later\n")), "x.go:2")
	holds(t, signFaults(planted(t, "docs/x.md", "the folder ~/fields/ is yours, as is https://example.org/home/\n")))
}
