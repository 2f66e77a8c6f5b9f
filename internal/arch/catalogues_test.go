package arch_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// languages are those that every word exists in.
var languages = []string{"en", "fr", "ro", "vi", "zh"}

// catalogue is one folder's words: language, key, text (a plural's forms joined).
type catalogue map[string]map[string]string

// catalogues reads every locales folder of the tree.
func catalogues(t *tree) (map[string]catalogue, []string) {
	found, faults := map[string]catalogue{}, []string{}
	for _, name := range t.names {
		dir := path.Dir(name)
		if path.Base(dir) != "locales" || path.Ext(name) != ".json" || strings.Contains(name, "testdata/") {
			continue
		}
		var raw map[string]json.RawMessage
		if err := json.Unmarshal([]byte(t.text(name)), &raw); err != nil {
			faults = append(faults, fmt.Sprintf("%s: %v", name, err))
			continue
		}
		if found[dir] == nil {
			found[dir] = catalogue{}
		}
		found[dir][strings.TrimSuffix(path.Base(name), ".json")] = texts(raw)
	}
	return found, faults
}

func texts(raw map[string]json.RawMessage) map[string]string {
	words := map[string]string{}
	for key, value := range raw {
		var one string
		var forms map[string]string
		if json.Unmarshal(value, &one) == nil {
			words[key] = one
		} else if json.Unmarshal(value, &forms) == nil {
			words[key] = strings.Join(slices.Sorted(maps.Values(forms)), " ")
		}
	}
	return words
}

var blank = regexp.MustCompile(`{{-?\s*\.(\w+)`)

// blanks are the names that a text leaves open. N may be absent: a plural form often says its number in a word.
func blanks(text string) string {
	names := map[string]bool{}
	for _, m := range blank.FindAllStringSubmatch(text, -1) {
		if m[1] != "N" {
			names[m[1]] = true
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(names)), " ")
}

// catalogueFaults finds words that are missing, empty, or leave open what the English text does not.
func catalogueFaults(t *tree) []string {
	found, faults := catalogues(t)
	for dir, c := range found {
		for lang := range c {
			if !slices.Contains(languages, lang) {
				faults = append(faults, fmt.Sprintf("%s/%s.json: no language of the house", dir, lang))
			}
		}
		for _, lang := range languages {
			faults = append(faults, against(dir, lang, c["en"], c[lang])...)
		}
	}
	return faults
}

func against(dir, lang string, english, words map[string]string) []string {
	var faults []string
	name := fmt.Sprintf("%s/%s.json", dir, lang)
	for key, text := range english {
		switch got, ok := words[key]; {
		case !ok:
			faults = append(faults, fmt.Sprintf("%s: %s is missing", name, key))
		case strings.TrimSpace(got) == "":
			faults = append(faults, fmt.Sprintf("%s: %s is empty", name, key))
		case blanks(got) != blanks(text):
			faults = append(faults, fmt.Sprintf("%s: %s leaves open %q, English %q", name, key, blanks(got), blanks(text)))
		}
	}
	for key := range words {
		if _, ok := english[key]; !ok {
			faults = append(faults, fmt.Sprintf("%s: %s is not in English", name, key))
		}
	}
	return faults
}

func TestEveryWordIsInEveryLanguage(t *testing.T) {
	t.Parallel()
	holds(t, catalogueFaults(house(t)))
	c := func(files ...string) *tree {
		full := []string{"x/locales/fr.json", `{"x.a":"oui {{.Name}}"}`, "x/locales/ro.json", `{"x.a":"da {{.Name}}"}`,
			"x/locales/vi.json", `{"x.a":"có {{.Name}}"}`, "x/locales/zh.json", `{"x.a":"是 {{.Name}}"}`, "x/locales/en.json", `{"x.a":"yes {{.Name}}"}`}
		return planted(t, append(full, files...)...)
	}
	holds(t, catalogueFaults(c()))
	finds(t, catalogueFaults(c("x/locales/ro.json", `{}`)), "ro.json: x.a is missing")
	finds(t, catalogueFaults(c("x/locales/vi.json", `{"x.a":"có"}`)), `leaves open "", English "Name"`)
	finds(t, catalogueFaults(c("x/locales/zh.json", `{"x.a":{"other":"是 {{.Name}}"},"x.b":"别"}`)), "x.b is not in English")
	finds(t, catalogueFaults(c("x/locales/fr.json", `{"x.a":" "}`)), "is empty")
	finds(t, catalogueFaults(c("x/locales/de.json", `{"x.a":"ja {{.Name}}"}`)), "no language of the house")
}

var (
	keyForm = regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9.-]*$`)
	action  = regexp.MustCompile(`(?s){{.*?}}`)
	quoted  = regexp.MustCompile(`"([^"\n]*)"`)
	// fileEnds are what makes a text with a dot a file's name, not a key.
	fileEnds = regexp.MustCompile(`\.(html|json|css|js|mjs|svg|csv|yaml|toml|sql|db|png|txt|md|go|mvt|geojson|ics|pem|age|localhost|invalid|example|org)$`)
)

// used is every text in code and templates that has the form of a key, with where it first stands. One that ends in a
// dot or a dash is the beginning of keys that code completes.
func used(t *tree, rooms map[string]bool) map[string]string {
	keys := map[string]string{}
	note := func(where, text string) {
		room, _, _ := strings.Cut(text, ".")
		if keyForm.MatchString(text) && rooms[room] && !fileEnds.MatchString(text) && keys[text] == "" {
			keys[text] = where
		}
	}
	for _, s := range t.gos {
		if s.test || path.Base(s.name) == "events.go" { // kinds of events look like keys
			continue
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			if _, ok := n.(*ast.ImportSpec); ok {
				return false
			}
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil {
					note(t.at(lit), text)
				}
			}
			return true
		})
	}
	for _, name := range t.names {
		if path.Ext(name) == ".html" && !strings.Contains(name, "testdata/") {
			for _, a := range action.FindAllString(t.text(name), -1) {
				for _, m := range quoted.FindAllStringSubmatch(a, -1) {
					note(name, m[1])
				}
			}
		}
	}
	return keys
}

// keyFaults finds keys that are asked for and do not exist, and keys that nobody asks for.
func keyFaults(t *tree) []string {
	found, faults := catalogues(t)
	exists, rooms := map[string]bool{}, map[string]bool{}
	for _, c := range found {
		for key := range c["en"] {
			room, _, _ := strings.Cut(key, ".")
			exists[key], rooms[room] = true, true
		}
	}
	uses := used(t, rooms)
	for key, where := range uses {
		if !exists[key] && !begins(key, exists) {
			faults = append(faults, fmt.Sprintf("%s asks for %q, which no catalogue has", where, key))
		}
	}
	for key := range exists {
		if uses[key] == "" && !completed(key, uses) {
			faults = append(faults, fmt.Sprintf("nobody asks for %q", key))
		}
	}
	slices.Sort(faults)
	return faults
}

func begins(key string, exists map[string]bool) bool {
	if !strings.HasSuffix(key, ".") && !strings.HasSuffix(key, "-") {
		return false
	}
	for k := range exists {
		if strings.HasPrefix(k, key) {
			return true
		}
	}
	return false
}

func completed(key string, uses map[string]string) bool {
	for use := range uses {
		if (strings.HasSuffix(use, ".") || strings.HasSuffix(use, "-")) && strings.HasPrefix(key, use) {
			return true
		}
	}
	return false
}

func TestEveryKeyExistsAndIsUsed(t *testing.T) {
	t.Parallel()
	holds(t, keyFaults(house(t)))
	c := func(code, html string) *tree {
		return planted(t, "x/locales/en.json", `{"x.a":"yes","x.kind.one":"one"}`, "x/x.go", "package x\n"+code, "x/templates/x.html", html)
	}
	const all = `var a, k = "x.a", "x.kind." + "one"` + "\n"
	holds(t, keyFaults(c(all, `<p>{{.T "x.a"}}</p>`)))
	finds(t, keyFaults(c(all, `<p>{{.T "x.b" "Name" .Name}}</p>`)), `x/templates/x.html asks for "x.b"`)
	finds(t, keyFaults(c(all+`var b = "x.c"`, "")), `x.go:3 asks for "x.c"`)
	finds(t, keyFaults(c(`var k = "x.kind." + "one"`, "")), `nobody asks for "x.a"`)
}
