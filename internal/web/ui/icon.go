package ui

import (
	"bytes"
	"html/template"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"parvis/assets"
)

// Icon is a pictogram of the set in assets/icons. It is decoration: the words beside it carry the meaning.
type Icon struct {
	Name string
	Big  bool // in a tinted square, as on doors and steps
}

// HTML refers to the pictogram's symbol, which Render adds once a page.
func (i Icon) HTML() template.HTML {
	m := begin()
	if i.Big {
		return m.raw(`<span class="tile">`).icon(i.Name).raw(`</span>`).done()
	}
	return m.icon(i.Name).done()
}

// IconNames lists the set.
func IconNames() []string { return slices.Sorted(maps.Keys(icons())) }

// HasIcon reports whether the set has a pictogram of this name.
func HasIcon(name string) bool { return icons()[name] != "" }

var drawing = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)

// icons holds each pictogram's shapes by name.
var icons = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	files, err := fs.Glob(assets.Files, "icons/*.svg")
	if err != nil || len(files) == 0 {
		panic("the program was built without its pictograms")
	}
	for _, file := range files {
		text, err := assets.Files.ReadFile(file)
		shape := drawing.FindSubmatch(text)
		if err != nil || shape == nil {
			panic(file + " is not a pictogram")
		}
		name := strings.TrimSuffix(strings.TrimPrefix(file, "icons/"), ".svg")
		all[name] = strings.ReplaceAll(strings.Join(strings.Fields(string(shape[1])), " "), " />", "/>")
	}
	return all
})

// use is how a page shows a pictogram; its name follows.
var use = []byte(`<use href="#i-`)

// insertSprite puts the symbols of the pictograms that the page uses before its end.
func insertSprite(b *bytes.Buffer) {
	names := map[string]bool{}
	for _, rest, found := bytes.Cut(b.Bytes(), use); found; _, rest, found = bytes.Cut(rest, use) {
		name, _, _ := bytes.Cut(rest, []byte(`"`))
		names[string(name)] = true
	}
	end := bytes.LastIndex(b.Bytes(), []byte("</body>"))
	if len(names) == 0 || end < 0 {
		return
	}
	tail := string(b.Bytes()[end:])
	b.Truncate(end)
	b.WriteString(`<svg class="sprite" aria-hidden="true">`)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		b.WriteString(`<symbol id="i-` + name + `" viewBox="0 0 24 24">` + icons()[name] + `</symbol>`)
	}
	b.WriteString(`</svg>` + tail)
}
