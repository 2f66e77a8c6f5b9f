package arch_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
)

// A floor's packages may import what lies below, and what may names on their own floor. ARCHITECTURE.md shows this
// table; a test keeps the two the same.
var floors = []struct {
	level    int
	packages string // names under internal/, or whole paths
	may      string // on the same floor, besides what lies below
}{
	{0, "problem clock id fold hours geo i18n config snapshot", "problem clock id fold"},
	{1, "db event search blob jobs audit form notify", "db event jobs"},
	{2, "authz org account people", "authz org"},
	{3, "directory", ""},
	{4, "web web/ui", "web/ui"},
	{5, "directory/directoryweb account/accountweb notify/notifyweb", ""},
	{6, "app", ""},
	{7, "cmd/parvis cmd/proof cmd/bench", ""},
}

// data are packages with one embedding file and no code of their own; app and what shows them may import them. The
// root folder is one: it holds the change log.
var data = map[string]int{".": 2, "packs": 2, "assets": 3}

// helpers are test packages: any test may import them, no program may.
var helpers = []string{"db/dbtest", "web/webtest", "i18n/i18ntest", "arch"}

// outside is the standard library that a floor must not touch: features know nothing of pages.
var outside = map[int][]string{3: {"net/http", "html/template", "text/template"}}

// libraries enter through the floor that needs them; the others ask that floor.
var libraries = map[string][]string{
	"modernc.org/sqlite":               {"db"},
	"github.com/jackc/pgx/v5":          {"db"},
	"github.com/pressly/goose/v3":      {"db"},
	"github.com/nicksnyder/go-i18n":    {"i18n"},
	"github.com/paulmach/orb":          {"geo", "directory/directoryweb"},
	"github.com/BurntSushi/toml":       {"config"},
	"github.com/minio/minio-go/v7":     {"blob"},
	"github.com/wneessen/go-mail":      {"notify"},
	"github.com/mozillazg/go-pinyin":   {"fold"},
	"github.com/alexedwards/argon2id":  {"account"},
	"github.com/alexedwards/scs/v2":    {"account", "account/accountweb", "web"},
	"github.com/klauspost/compress":    {"web", "snapshot"},
	"github.com/spf13/cobra":           {"cmd/parvis", "cmd/proof"},
	"github.com/danielgtaylor/huma/v2": {"directory/directoryweb"},
	"github.com/evanw/esbuild":         {"assets/map/build"},
	"github.com/jba/templatecheck":     {"web", "arch/pages"},
}

// short is a folder's name in the table: "internal/db" is "db".
func short(dir string) string { return strings.TrimPrefix(dir, "internal/") }

// place gives the floor of a package, and the name in the table that it belongs to: a folder inside a listed package
// stands where that package stands.
func place(dir string) (level int, room string, known bool) {
	if dir == "." {
		return data[dir], dir, true
	}
	for name := short(dir); name != "." && name != ""; name = path.Dir(name) {
		if level, ok := data[name]; ok {
			return level, name, true
		}
		for _, f := range floors {
			if slices.Contains(strings.Fields(f.packages), name) {
				return f.level, name, true
			}
		}
	}
	return 0, "", false
}

func floorFaults(t *tree) []string {
	var faults []string
	for _, s := range t.gos {
		if slices.Contains(helpers, short(s.dir)) || strings.HasPrefix(s.dir, "internal/arch") || strings.HasPrefix(s.dir, "test/") || strings.HasPrefix(s.dir, "assets/map") {
			continue
		}
		level, room, known := place(s.dir)
		if !known {
			faults = append(faults, fmt.Sprintf("%s: %s has no floor: give it one in internal/arch", s.name, s.dir))
			continue
		}
		for _, p := range s.imports() {
			if why := refused(s, level, room, p); why != "" {
				faults = append(faults, fmt.Sprintf("%s imports %s: %s", s.name, p, why))
			}
		}
	}
	return faults
}

// refused says why a file on a floor may not import a path; empty when it may.
func refused(s *source, level int, room, imported string) string {
	own, ok := strings.CutPrefix(imported, "parvis/")
	if imported == "parvis" {
		own, ok = ".", true
	}
	if !ok {
		if slices.Contains(outside[level], imported) && !s.test {
			return "a feature knows nothing of pages"
		}
		return libraryRefused(short(s.dir), imported)
	}
	if slices.Contains(helpers, short(own)) {
		if s.test {
			return ""
		}
		return "it is for tests alone"
	}
	theirs, there, known := place(own)
	switch {
	case !known:
		return "it has no floor"
	case there == room || theirs < level:
		return ""
	case theirs > level:
		return fmt.Sprintf("it stands on floor %d, this on floor %d", theirs, level)
	case s.test && level < 3:
		return ""
	}
	for _, f := range floors {
		if f.level == level && slices.Contains(strings.Fields(f.may), there) {
			return ""
		}
	}
	return fmt.Sprintf("both stand on floor %d", level)
}

func libraryRefused(pkg, imported string) string {
	for library, doors := range libraries {
		if imported != library && !strings.HasPrefix(imported, library+"/") {
			continue
		}
		for _, door := range doors {
			if pkg == door || strings.HasPrefix(pkg, door+"/") {
				return ""
			}
		}
		return "this library enters through " + strings.Join(doors, ", ")
	}
	return ""
}

func TestFloors(t *testing.T) {
	t.Parallel()
	holds(t, floorFaults(house(t)))
}

func TestFloorsSeeWhatIsPlanted(t *testing.T) {
	t.Parallel()
	file := func(pkg string, imports ...string) string {
		text := "package " + pkg + "\n"
		for _, i := range imports {
			text += "import _ \"" + i + "\"\n"
		}
		return text
	}
	cases := []struct{ name, text, says string }{
		{"internal/db/db.go", file("db", "parvis/internal/directory"), "floor 3, this on floor 1"},
		{"internal/directory/x.go", file("directory", "net/http"), "knows nothing of pages"},
		{"internal/directory/x.go", file("directory", "github.com/jackc/pgx/v5/pgconn"), "enters through db"},
		{"internal/search/x_test.go", file("search", "modernc.org/sqlite"), "enters through db"},
		{"internal/app/x.go", file("app", "parvis/internal/db/dbtest"), "for tests alone"},
		{"internal/account/accountweb/x.go", file("accountweb", "parvis/internal/directory/directoryweb"), "both stand on floor 5"},
		{"internal/search/x.go", file("search", "parvis/internal/blob"), "both stand on floor 1"},
		{"internal/helpers/x.go", file("helpers"), "has no floor"},
		{"internal/db/x.go", file("db", "parvis"), "floor 2, this on floor 1"},
		{"x.go", file("parvis", "parvis/internal/app"), "floor 6, this on floor 2"},
	}
	for _, c := range cases {
		finds(t, floorFaults(planted(t, c.name, c.text)), c.says)
	}
	fine := planted(t, "internal/directory/directoryweb/x.go", file("directoryweb", "net/http", "parvis/internal/directory", "parvis/internal/web/ui"),
		"internal/directory/x_test.go", file("directory", "parvis/internal/db/dbtest"))
	holds(t, floorFaults(fine))
}
