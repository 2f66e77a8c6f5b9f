package ui_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"parvis/assets"
	"parvis/internal/web/ui"
)

func TestScriptsGoOutWithoutTheirComments(t *testing.T) {
	t.Parallel()
	names, err := fs.Glob(assets.Files, "js/*.js")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		written, err := assets.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sent := string(ui.FindAsset(ui.AssetPath(name)).Body)
		if len(sent) >= len(written) || path.Ext(name) != ".js" {
			t.Errorf("%s: %d bytes written, %d sent", name, len(written), len(sent))
		}
		var code []string
		for line := range strings.Lines(string(written)) {
			if line = strings.TrimSpace(line); !strings.HasPrefix(line, "//") {
				code = append(code, line)
			}
		}
		if got := strings.TrimSpace(sent); got != strings.TrimSpace(strings.Join(code, "\n")) {
			t.Errorf("%s lost more than comments and spaces:\n%s", name, got)
		}
	}
}
