package arch_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const dependencies = "docs/develop/dependencies.md"

var (
	required = regexp.MustCompile(`(?m)^\s*(?:require\s+)?([\w./-]+\.[\w./-]+) v\S+$`)
	rowed    = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|")
)

// dependencyFaults compares the libraries that go.mod asks for itself with the rows of the list that accounts for them.
func dependencyFaults(t *tree) []string {
	var faults, asked, listed []string
	for _, m := range required.FindAllStringSubmatch(t.text("go.mod"), -1) {
		asked = append(asked, m[1])
	}
	for _, m := range rowed.FindAllStringSubmatch(t.text(dependencies), -1) {
		listed = append(listed, m[1])
	}
	for _, s := range t.gos {
		for _, imported := range s.imports() {
			if first, _, _ := strings.Cut(imported, "/"); strings.Contains(first, ".") && !within(imported, listed) {
				faults = append(faults, fmt.Sprintf("%s imports %s, and %s does not account for it", s.name, imported, dependencies))
			}
		}
	}
	for _, library := range asked {
		if !slices.Contains(listed, library) {
			faults = append(faults, fmt.Sprintf("go.mod asks for %s, and %s does not say why", library, dependencies))
		}
	}
	for _, library := range listed {
		if !strings.Contains(t.text("go.mod"), library+" v") {
			faults = append(faults, fmt.Sprintf("%s accounts for %s, and go.mod does not ask for it", dependencies, library))
		}
	}
	return faults
}

func within(imported string, libraries []string) bool {
	return slices.ContainsFunc(libraries, func(library string) bool {
		return imported == library || strings.HasPrefix(imported, library+"/")
	})
}

func TestEveryLibraryIsAccountedFor(t *testing.T) {
	t.Parallel()
	holds(t, dependencyFaults(house(t)))
	const mod = "module parvis\n\nrequire (\n\texample.org/one v1.2.3\n\texample.org/two/v2 v2.0.0\n)\n\nrequire example.org/three v0.1.0 // indirect\n"
	finds(t, dependencyFaults(planted(t, "go.mod", mod, dependencies, "| `example.org/one` | why |\n")), "asks for example.org/two/v2")
	finds(t, dependencyFaults(planted(t, "go.mod", mod, dependencies,
		"| `example.org/one` |\n| `example.org/two/v2` |\n| `example.org/four` |\n")), "accounts for example.org/four")
	finds(t, dependencyFaults(planted(t, "x/x.go", "package x\nimport _ \"example.org/one/part\"\n")), "x.go imports example.org/one/part")
}
