// Package parvis is the change log and what it says of the program's version. There is one truth: the headings of
// CHANGELOG.md, the newest first, "Unreleased" on top while there is something to release.
package parvis

import (
	_ "embed"
	"strings"
)

// Changes is CHANGELOG.md.
//
//go:embed CHANGELOG.md
var Changes string

// unreleased is the heading above all others, of what no release has yet.
const unreleased = "Unreleased"

// Version is the newest release in a change log: "1.2.0", or "1.2.0+unreleased" when there are changes after it. Before
// the first release it is "0.0.0+unreleased".
func Version(changes string) string {
	after := ""
	for line := range strings.Lines(changes) {
		heading, ok := strings.CutPrefix(strings.TrimSpace(line), "## ")
		if !ok {
			continue
		}
		if heading != unreleased {
			release, _, _ := strings.Cut(heading, " ") // "1.2.0 (2026-12-01)"
			return release + after
		}
		after = "+unreleased"
	}
	return "0.0.0" + after
}
