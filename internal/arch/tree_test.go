package arch_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// tree is the project's files as the rules see them.
type tree struct {
	fsys  fs.FS
	fset  *token.FileSet
	names []string // every file, sorted
	gos   []*source
}

// source is one Go file: its folder from the root ("internal/db"), its text and its syntax.
type source struct {
	name, dir string
	test      bool
	lines     int
	syntax    *ast.File
}

// skipped are folders that hold nothing of ours.
var skipped = map[string]bool{".git": true, "bin": true, "data": true, "node_modules": true, "results": true}

func load(fsys fs.FS) (*tree, error) {
	t := &tree{fsys: fsys, fset: token.NewFileSet()}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipped[d.Name()]:
			return fs.SkipDir
		case d.IsDir() && name != "." && has(fsys, path.Join(name, "go.mod")):
			return fs.SkipDir // a module of its own
		case d.IsDir() || !d.Type().IsRegular():
			return nil
		}
		t.names = append(t.names, name)
		if path.Ext(name) != ".go" {
			return nil
		}
		return t.parse(name)
	})
	return t, err
}

func (t *tree) parse(name string) error {
	text, err := fs.ReadFile(t.fsys, name)
	if err != nil {
		return err
	}
	syntax, err := parser.ParseFile(t.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	t.gos = append(t.gos, &source{name: name, dir: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
		lines: strings.Count(string(text), "\n"), syntax: syntax})
	return nil
}

func has(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}

// text is a file's content; empty when it is not there.
func (t *tree) text(name string) string {
	b, err := fs.ReadFile(t.fsys, name)
	if err != nil {
		return ""
	}
	return string(b)
}

// imports are the paths that a file imports.
func (s *source) imports() []string {
	var paths []string
	for _, spec := range s.syntax.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

// ours reports whether a file is the program's own code, not a tool's or a test's.
func (s *source) ours() bool {
	return !s.test && (strings.HasPrefix(s.dir, "internal/") || strings.HasPrefix(s.dir, "cmd/") || strings.HasPrefix(s.dir, "packs") ||
		s.dir == "assets")
}

// at is where a node stands, for a fault's text.
func (t *tree) at(n ast.Node) string {
	p := t.fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

var whole = sync.OnceValues(func() (*tree, error) { return load(os.DirFS("../..")) })

// house is the real tree.
func house(t *testing.T) *tree {
	t.Helper()
	tree, err := whole()
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// planted is a small tree of name, text pairs.
func planted(t *testing.T, files ...string) *tree {
	t.Helper()
	m := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		m[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	tree, err := load(m)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// holds fails the test with each fault of the real tree.
func holds(t *testing.T, faults []string) {
	t.Helper()
	for _, fault := range faults {
		t.Error(fault)
	}
}

// finds fails the test unless the planted tree has exactly one fault, and it says this.
func finds(t *testing.T, faults []string, says string) {
	t.Helper()
	if len(faults) != 1 || !strings.Contains(faults[0], says) {
		t.Errorf("want one fault with %q, got %q", says, faults)
	}
}
